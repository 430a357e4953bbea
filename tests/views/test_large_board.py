"""A board of hundreds: do its pages stay as small as those of a small one, and everybody reachable?"""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import Attendance, MeetingReply, Membership
from cases.services import meeting as service
from cases.vocabulary import MeetingStatus, Reply, Role, Specialty
from tests.factories import a_case, agenda_item, board, meeting, member

pytestmark = pytest.mark.django_db
S = Specialty


@pytest.fixture
def here():
    return board(quorum_specialties=[S.SURGERY, S.RADIOLOGY])


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


@pytest.fixture
def coming(here):
    coming = meeting(here, invited_at=timezone.now())
    agenda_item(coming, a_case(here))
    return coming


@pytest.fixture
def running(here):
    running = meeting(here, starts_at=timezone.now(), status=MeetingStatus.RUNNING)
    agenda_item(running, a_case(here))
    return running


def seats(here, first: int, last: int) -> list:
    User = get_user_model()
    people = User.objects.bulk_create(
        User(email=f"s{n}@hospital.example", given_name="Ann", family_name=f"Seat{n:04}", password="!")
        for n in range(first, last)
    )
    Membership.objects.bulk_create(
        Membership(board=here, user=one, role=Role.MEMBER, specialty=S.SURGERY) for one in people
    )
    return people


PAGES = ("meeting", "publish-agenda", "people")


def test_more_seats_ask_no_more_questions_and_make_no_larger_pages(client, here, coordinator, coming):
    client.force_login(coordinator)
    client.get(reverse("cases:publish-agenda", args=[coming.pk]))  # the hospital's name is kept from then on
    found, filled = [], 0
    for many in (1, 3, 300, 600):
        seats(here, filled, many)
        filled = many
        costs = {}
        for name in (*PAGES, "meetings"):
            address = reverse(f"cases:{name}", args=[] if name == "meetings" else [coming.pk])
            with CaptureQueriesContext(connection) as seen:
                size = len(client.get(address).content)
            costs[name] = (len(seen), size)
        found.append(costs)

    one, three, hundreds, more = found
    for name in one:
        assert one[name][0] == three[name][0], name
        assert hundreds[name][0] == more[name][0] <= one[name][0] + 2, name
        assert abs(more[name][1] - hundreds[name][1]) < 200, name
        assert hundreds[name][1] < one[name][1] + 12_000, name


def test_of_hundreds_the_page_says_numbers_and_who_is_missing_and_the_rest_is_found(
    client, here, coordinator, coming
):
    people = seats(here, 0, 100)
    for one, reply in zip(people, [Reply.COMING, Reply.NOT_COMING, Reply.DEPUTY], strict=False):
        deputy = people[50] if reply == Reply.DEPUTY else None
        said = {"said_at": timezone.now(), "created_by": one}
        MeetingReply.objects.create(meeting=coming, user=one, reply=reply, deputy=deputy, **said)
    client.force_login(coordinator)
    shown = client.get(reverse("cases:meeting", args=[coming.pk])).content.decode()
    assert "2 come, 1 does not, nothing heard from 98" in shown
    assert f"Missing: {S.RADIOLOGY.short}" in shown
    assert "A. Seat0003" in shown
    assert "A. Seat0060" not in shown
    assert "and 89 more" in shown

    address = reverse("cases:people", args=[coming.pk])
    assert address in shown
    assert "A. Seat0060" in client.get(address, {"page": 2}).content.decode()
    found = client.get(address, {"q": "seat0060"}).content.decode()
    assert "A. Seat0060" in found
    assert "A. Seat0061" not in found
    for said, names in {"come": ("0000", "0002"), "not": ("0001",)}.items():
        rows = client.get(address, {"said": said}).context["page"].page.object_list
        assert [one.seat.family_name for one in rows] == [f"Seat{number}" for number in names]
    assert "somebody comes for them (A. Seat0050)" in client.get(address).content.decode()
    assert "Nobody is like that." in client.get(address, {"specialty": S.PATHOLOGY}).content.decode()


def test_on_a_large_board_a_deputy_is_found_by_name(client, here, coordinator, coming):
    people = seats(here, 0, 100)
    client.force_login(people[7])
    address = reverse("cases:reply-meeting", args=[coming.pk])
    wanted = client.get(reverse("cases:people-found", args=[coming.pk]), {"deputy": "ann seat0042"})
    assert f'<option value="{people[42].email}">Ann Seat0042, ' in wanted.content.decode()
    assert client.get(reverse("cases:people-found", args=[coming.pk]), {"deputy": " "}).content == b""

    for typed, reason in {
        "nobody": "Nobody who may be meant is called so.",
        "seat": "Several people are called so.",
        people[7].email: "Nobody who may be meant is called so.",
        "": "Choose who comes instead.",
    }.items():
        answer = client.post(address, {"reply": "DEPUTY", "deputy": typed})
        assert answer.status_code == 422
        assert reason in answer.content.decode()
        assert f'value="{typed}"' in answer.content.decode() or not typed
    assert client.post(address, {"reply": "DEPUTY", "deputy": "Seat0042"}).status_code == 302
    assert MeetingReply.objects.get().deputy == people[42]
    shown = client.get(reverse("cases:meeting", args=[coming.pk])).content.decode()
    assert f'value="{people[42].email}"' in shown


def test_what_was_said_by_telephone_on_a_large_board(client, here, coordinator, coming):
    people = seats(here, 0, 100)
    client.force_login(coordinator)
    said = {"other-user": people[9].email.upper(), "other-reply": "COMING"}
    address = reverse("cases:reply-for", args=[coming.pk])
    assert client.post(address, said | {"other-user": ""}).status_code == 422
    assert client.post(address, said).status_code == 302
    assert MeetingReply.objects.get().user == people[9]


def test_who_does_not_sit_here_finds_nobody(client, coming):
    client.force_login(member(board()))
    for name in ("people", "people-found"):
        assert client.get(reverse(f"cases:{name}", args=[coming.pk]), {"q": "a"}).status_code == 404


def test_on_a_large_board_those_who_are_there_are_listed_and_others_found(client, here, coordinator, running):
    people = seats(here, 0, 100)
    service.join(meeting=running, user=people[3], by=coordinator)
    client.force_login(coordinator)
    address, htmx = reverse("cases:attendance", args=[running.pk]), {"HX-Request": "true"}
    listed = client.get(address, headers=htmx).content.decode()
    assert f'id="person-{people[3].pk}"' in listed
    assert f'id="person-{people[4].pk}"' not in listed
    assert "Seat0059 and others" not in listed, "who is there is named instead"

    found = client.get(address, {"q": "seat000"}, headers=htmx).content.decode()
    assert f'id="person-{people[4].pk}"' in found
    assert f'id="person-{people[3].pk}"' not in found, "is there, and stands in the list"
    for page in (
        client.get(address, {"q": "seat0004"}),
        client.get(reverse("cases:hold-meeting", args=[running.pk])),
    ):
        assert 'id="attendance-found"' in page.content.decode()
        assert len(page.content) < 100_000
    came = client.post(reverse("cases:join", args=[running.pk]), {"user": people[4].pk}, headers=htmx)
    assert f'id="person-{people[4].pk}"' in came.content.decode()


def test_on_a_large_board_a_deputy_in_the_room_is_typed(client, here, coordinator, running):
    people = seats(here, 0, 100)
    client.force_login(coordinator)
    address = reverse("cases:deputy", args=[running.pk])
    form = client.get(reverse("cases:attendance", args=[running.pk])).content.decode()
    assert 'list="people-found"' in form
    said = {"deputy-deputy_for": "seat0001", "deputy-user": people[2].email, "deputy-email": ""}
    assert client.post(address, said | {"deputy-user": "seat"}).status_code == 422
    assert client.post(address, said).status_code == 302
    there = Attendance.objects.get(meeting=running, user=people[2])
    assert there.deputy_for == people[1]
