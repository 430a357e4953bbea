"""Does everybody still get what had not left when the meeting was given another place or time?"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from cases.models import MailSettings
from cases.services import invitations, reading, replies
from cases.services import meeting as service
from cases.vocabulary import CaseStatus, MailChoice, Reply, Role, Specialty
from tests.factories import a_case, agenda_item, board, meeting, member
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def at(day, clock):
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=LONDON)


class Clock:
    now = at("2026-10-01", "12:00")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def here():
    return board(holidays="GB-ENG", invite_days=10, quiet_from=time(20), quiet_until=time(7))


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


@pytest.fixture
def coming(here):
    """On a Thursday."""
    return meeting(here, starts_at=at("2026-11-05", "14:00"), place="Room 2")


def move(one, by, *, later=timedelta(), place="Room 7"):
    one.refresh_from_db()
    start, end = one.starts_at + later, one.ends_at + later
    return service.move(meeting=one, starts_at=start, ends_at=end, place=place, version=one.version, by=by)


def standing(kind):
    return Message.objects.filter(kind=kind).exclude(state="CANCELLED")


def published(one, by):
    service.list_case(case=a_case(board=one.board), meeting=one, by=by)
    one.refresh_from_db()
    service.publish_agenda(meeting=one, version=one.version, by=by)


def test_an_agenda_that_waits_for_the_morning_leaves_then_with_the_new_place(clock, coming, coordinator):
    clock.now = at("2026-11-02", "21:00")
    published(coming, coordinator)
    clock.now = at("2026-11-02", "21:30")
    move(coming, coordinator)
    move(coming, coordinator, place="Room 9")

    note = standing("agenda.published").get()
    assert (note.recipient, note.version, note.not_before) == (coordinator, 1, at("2026-11-03", "07:00"))
    assert "Room 9" in note.text
    entry = note.enclosures.get(name="meeting.ics").attachment
    (event,) = Calendar.from_ical(bytes(entry.content)).walk("VEVENT")
    assert (event["LOCATION"], event["SEQUENCE"]) == ("Room 9", 3)
    assert not standing("meeting.moved").exists()  # nobody had heard of the old place


def test_whose_agenda_had_not_left_hears_of_another_time_by_the_move(clock, coming, coordinator):
    clock.now = at("2026-11-02", "21:00")
    published(coming, coordinator)
    move(coming, coordinator, later=timedelta(days=1), place="Room 2")

    assert not standing("agenda.published").exists()
    assert standing("meeting.moved").get().recipient == coordinator


def test_an_invitation_that_had_not_left_asks_with_the_new_place(clock, coming, coordinator):
    clock.now = at("2026-10-22", "09:00")
    assert invitations.invite(now=clock.now) == 1
    move(coming, coordinator)

    assert "Room 7" in standing("meeting.invited").get().text


def test_who_comes_for_somebody_and_has_not_heard_it_hears_it_with_the_new_place(clock, coming, coordinator):
    away, deputy = member(coming.board), member(coming.board)
    clock.now = at("2026-11-02", "21:00")
    replies.say(meeting=coming, user=away, reply=Reply.DEPUTY, deputy=deputy, by=away)
    move(coming, coordinator)

    note = standing("reply.deputy").get()
    assert (note.recipient, note.not_before) == (deputy, at("2026-11-03", "07:00"))
    assert "Room 7" in note.text


@pytest.fixture
def reader(here, coming):
    """Who has all in one summary a day; the list to read waits for it."""
    reader = member(here, specialty=Specialty.SURGERY)
    MailSettings.objects.create(user=reader, mail=MailChoice.DAILY)
    agenda_item(coming, a_case(here, CaseStatus.LISTED))
    return reader


@pytest.mark.parametrize(("later", "owed_anew"), [(0, 0), (2, 1)])
def test_the_list_to_read_is_not_lost(clock, coming, coordinator, reader, later, owed_anew):
    clock.now = at("2026-11-04", "08:01")
    assert reading.send(now=clock.now) == 1
    moved = move(coming, coordinator, later=timedelta(hours=later))

    assert reading.send(now=clock.now + timedelta(minutes=1)) == owed_anew
    note = standing("reading.list").get()
    assert note.recipient == reader
    assert f"{moved.starts_at.astimezone(LONDON):%H:%M}" in note.text


def test_whom_the_list_to_read_had_not_reached_gets_it_for_the_new_time(clock, here, coming, coordinator):
    """Others had it: to them it is not sent again at once."""
    board = type(here).objects.filter(pk=here.pk)
    board.update(reading_days=5)
    here.refresh_from_db()
    daily, at_once = (member(here, specialty=Specialty.SURGERY) for _ in range(2))
    MailSettings.objects.create(user=daily, mail=MailChoice.DAILY)
    agenda_item(coming, a_case(here, CaseStatus.LISTED))
    clock.now = at("2026-10-29", "09:00")
    reading.send(now=clock.now)
    lists = Message.objects.filter(kind="reading.list")
    sent = {"state": "SENT", "sent_at": clock.now, "handover_at": clock.now, "to_address": "a@b.example"}
    lists.filter(recipient=at_once).update(gather=False, **sent)

    move(coming, coordinator, later=timedelta(hours=1))

    assert [one.state for one in lists.filter(recipient=at_once)] == ["SENT"]
    [anew] = standing("reading.list").filter(recipient=daily)
    assert anew.expires_at == at("2026-11-05", "15:00")
    reading.send(now=clock.now)
    assert standing("reading.list").count() == 2
