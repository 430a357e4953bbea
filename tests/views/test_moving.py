"""Is it said what follows before a meeting is moved, called off or joined to another?"""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.services import meeting as service
from cases.vocabulary import MeetingStatus, Role
from tests.factories import a_case, board, meeting, member

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def here():
    return board(holidays="GB-ENG")


@pytest.fixture
def coordinator(here, client):
    someone = member(here, Role.COORDINATOR, given_name="Cora", family_name="Ordinator")
    client.force_login(someone)
    return someone


@pytest.fixture
def coming(here):
    return meeting(here, starts_at=datetime(2027, 2, 2, 8, tzinfo=here.zone), place="Room 2")


def address(name, one):
    return reverse(f"cases:{name}", args=[one.pk])


def typed(one, **more):
    said = {"day": "2027-02-03", "starts": "09:00", "ends": "10:30", "place": "Room 7", "reason": "Noise."}
    return said | {"version": one.version} | more


def listed(on, by):
    item = service.list_case(case=a_case(board=on.board), meeting=on, by=by)
    on.refresh_from_db()
    return item


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_page_says_who_is_told_and_moves_the_meeting(client, coming, coordinator):
    listed(coming, coordinator)
    service.publish_agenda(meeting=coming, version=coming.version, by=coordinator)
    coming.refresh_from_db()

    shown = text(client.get(address("move-meeting", coming)))
    answer = client.post(address("move-meeting", coming), typed(coming))

    coming.refresh_from_db()
    assert "1 person" in shown
    assert "Ordinator" in shown
    assert 'value="2027-02-02"' in shown
    assert 'value="08:00"' in shown
    assert answer.url == address("meeting", coming)
    start = coming.starts_at.astimezone(coming.board.zone)
    assert (start.date(), start.time(), coming.place) == (date(2027, 2, 3), time(9), "Room 7")


def test_nobody_is_told_of_what_was_never_sent(client, coming, coordinator):
    assert "nothing about this meeting has been sent" in text(client.get(address("move-meeting", coming)))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"day": "2027-02-09", "starts": "09:00"}, "meets already on 09-Feb-2027 from 08:00 to 10:00"),
        ({"ends": "08:00"}, "must end after it starts"),
        ({"day": "2026-01-05"}, "has passed"),
        ({"version": "0"}, "was changed meanwhile"),
        ({"day": ""}, "required"),
    ],
)
def test_a_move_that_cannot_be_is_refused_with_what_was_typed(
    client, here, coming, coordinator, changed, words
):
    meeting(here, starts_at=datetime(2027, 2, 9, 8, tzinfo=here.zone))

    answer = client.post(address("move-meeting", coming), typed(coming, **changed))

    assert answer.status_code == 422
    assert words in text(answer)
    assert "Noise." in text(answer)


def test_what_the_typed_time_means_is_said_before(client, here, coming, coordinator):
    listed(coming, coordinator)
    meeting(here, starts_at=datetime(2027, 12, 27, 9, tzinfo=here.zone))  # Christmas Day, substitute

    changed = {"day": "2027-12-27", "starts": "08:58", "ends": "09:01"}
    answer = text(client.post(address("look-at-move", coming), typed(coming, **changed), headers=HTMX))

    for words in (
        "27-Dec-2027",
        "meets then already",
        "does not work",
        "3 minutes longer",
        "Its 1 case comes",
    ):
        assert words in answer, words
    coming.refresh_from_db()
    assert coming.version == 2


def test_a_meeting_is_called_off_with_its_list_carried(client, here, coming, coordinator):
    item = listed(coming, coordinator)
    other = meeting(here, starts_at=datetime(2027, 2, 9, 8, tzinfo=here.zone))

    shown = text(client.get(address("cancel-meeting", coming)))
    refused = client.post(address("cancel-meeting", coming), {"reason": "", "carry_to": other.pk})
    answer = client.post(address("cancel-meeting", coming), {"reason": "Strike", "carry_to": other.pk})

    assert "Tue 09-Feb-2027 08:00: 6 of 120 minutes planned then" in shown
    assert refused.status_code == 422
    assert f'value="{other.pk}" selected' in text(refused)
    assert answer.url == address("meeting", other)
    item.refresh_from_db()
    assert item.meeting == other


def test_a_list_is_not_carried_to_another_board(client, coming, coordinator):
    elsewhere = meeting(board(), starts_at=timezone.now() + timedelta(days=3))
    for name, field in (("cancel-meeting", "carry_to"), ("merge-meeting", "into")):
        answer = client.post(address(name, coming), {"reason": "Strike", field: elsewhere.pk})
        assert answer.status_code == 422
    coming.refresh_from_db()
    assert coming.status == MeetingStatus.PLANNED


def test_two_meetings_become_one(client, here, coming, coordinator):
    item = listed(coming, coordinator)
    other = meeting(here, starts_at=datetime(2027, 2, 9, 8, tzinfo=here.zone))

    assert client.post(address("merge-meeting", coming), {"into": ""}).status_code == 422
    answer = client.post(address("merge-meeting", coming), {"into": other.pk}, follow=True)

    item.refresh_from_db()
    coming.refresh_from_db()
    assert (item.meeting, coming.merged_into) == (other, other)
    assert "at the end of this list" in text(answer)


def test_members_do_not_move_meetings(client, here, coming):
    client.force_login(member(here))
    for name in ("move-meeting", "cancel-meeting", "merge-meeting"):
        assert client.get(address(name, coming)).status_code == 403
    assert "Call it off" not in text(client.get(address("meeting", coming)))


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_meetings_and_people(
    client, here, coming, coordinator, n, django_assert_max_num_queries
):
    for number in range(n):
        member(here)
        listed(meeting(here, starts_at=coming.starts_at + timedelta(days=number + 1)), coordinator)
    listed(coming, coordinator)
    service.publish_agenda(meeting=coming, version=coming.version, by=coordinator)
    for name in ("move-meeting", "cancel-meeting"):
        with django_assert_max_num_queries(14):
            client.get(address(name, coming))
