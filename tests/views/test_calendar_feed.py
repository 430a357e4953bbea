"""Does a calendar read its person's meetings, nobody else's, and no patient?"""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from icalendar import Calendar

from cases.models import MailSettings
from cases.notices.feed_link import feed_url
from cases.services import meeting as service
from cases.vocabulary import MeetingStatus, Role
from tests.factories import a_case, a_patient, agenda_item, board, meeting, member, person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def here():
    return board()


@pytest.fixture
def reader(here):
    return member(here, given_name="Rita", family_name="Reader")


def path(user):
    return urlsplit(feed_url(user)).path


def read(client, user):
    answer = client.get(path(user))
    assert answer.status_code == 200
    return {str(event["UID"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_the_meetings_of_the_boards_on_which_one_sits(client, here, reader):
    now = timezone.now()
    shown = [meeting(here, starts_at=now + n * DAY, place="Room 2") for n in (-29, 1, 364)]
    for n in (-31, 366):
        meeting(here, starts_at=now + n * DAY)
    meeting(board())
    off = meeting(here, starts_at=now + 2 * DAY, status=MeetingStatus.CANCELLED)

    events = read(client, reader)

    assert len(events) == 4
    for one in shown:
        assert any(str(one.pk) in uid for uid in events)
    (cancelled,) = (event for event in events.values() if event["STATUS"] == "CANCELLED")
    assert str(off.pk) in cancelled["UID"]


def test_how_many_cases_and_nobody_s_name(client, here, reader):
    coming = meeting(here)
    patient = a_patient(family_name="Canarywharf", given_name="Ottoline", record_number="CANARY-1")
    for case in (a_case(board=here, patient=patient), a_case(board=here)):
        agenda_item(coming, case)

    (event,) = read(client, reader).values()
    content = client.get(path(reader)).content.decode().replace("\r\n ", "")

    assert event["DESCRIPTION"].startswith("2 cases.")
    assert "ATTENDEE" not in event
    for secret in ("Canarywharf", "Ottoline", "CANARY-1", "1958", patient.cases.get().number):
        assert secret not in content


def test_who_leaves_a_board_no_longer_reads_its_meetings(client, here, reader):
    meeting(here)
    reader.memberships.update(ended_at=timezone.now())
    assert read(client, reader) == {}


def test_a_renewed_address_leads_nowhere_and_so_does_that_of_an_ended_account(client, reader):
    old = path(reader)
    assert client.get(old).status_code == 200
    MailSettings.objects.create(user=reader, feed_version=2)
    reader.refresh_from_db()
    new = path(reader)

    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    reader.is_active = False
    reader.save()
    assert client.get(new).status_code == 404


def test_an_address_that_we_did_not_make_leads_nowhere(client, reader):
    body, _, sign = path(reader).removesuffix(".ics").rpartition(".")
    other = path(person()).rpartition("/")[2].partition(".")[0]

    for wrong in (f"{body}.{sign[:-1]}x.ics", f"/calendar/{other}.{sign}.ics", "/calendar/a.b.ics"):
        assert client.get(wrong).status_code == 404
    assert client.post(path(reader)).status_code == 405


def test_a_calendar_that_asks_again_is_told_that_nothing_has_changed(client, here, reader):
    coming = meeting(here)
    first = client.get(path(reader))
    same = client.get(path(reader), headers={"If-None-Match": first["ETag"]})
    agenda_item(coming, a_case(board=here))
    later = client.get(path(reader), headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "private, no-cache"
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert not first.cookies
    assert (same.status_code, same.content, later.status_code) == (304, b"", 200)


def test_the_feed_has_the_sequence_of_the_last_change(client, here, reader):
    coming = meeting(here)
    by = member(here, Role.COORDINATOR)
    start = coming.starts_at + DAY
    more = {"place": "", "version": 1, "by": by}
    service.move(meeting=coming, starts_at=start, ends_at=start + DAY / 24, **more)

    (event,) = read(client, reader).values()

    assert (event["SEQUENCE"], event.decoded("DTSTART")) == (1, start.replace(microsecond=0))


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_meetings(client, here, reader, n, django_assert_num_queries):
    for number in range(n):
        agenda_item(meeting(here, starts_at=timezone.now() + (number + 1) * DAY), a_case(board=here))
    address = path(reader)
    with django_assert_num_queries(2):
        client.get(address)
