"""Does another program's calendar hold what we hold, after everything that we send?

Entries are read by a second library and applied as a mail program does (RFC 5546): by identifier, and only
with a higher sequence than what stands there.
"""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.utils import timezone

from cases.models import MailSettings
from cases.notices.feed_link import feed_url
from cases.notices.meeting import calendar_parcel
from cases.services import meeting as service
from cases.vocabulary import CalendarChoice, MeetingStatus, Role
from tests.factories import a_case, a_patient, board, meeting, member
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CANARY = {"family_name": "Canarywharf", "given_name": "Ottoline", "record_number": "CANARY-1"}
LONGEST_LINE = 75  # octets, RFC 5545 3.1


class Client:
    """The calendar of one person's mail program."""

    def __init__(self, address: str):
        self.address = address
        self.held = {}

    def open(self, message) -> bool:
        """True when the entry of this message changed the calendar."""
        entry = message.enclosures.get(name="meeting.ics")
        calendar = vobject.readOne(bytes(entry.attachment.content).decode())
        method, event = calendar.method.value, calendar.vevent
        assert f"method={method};" in entry.mime
        assert event.attendee.value == f"mailto:{self.address}"
        uid, sequence = event.uid.value, int(event.sequence.value)
        standing = self.held.get(uid)
        if standing is not None and sequence <= int(standing.sequence.value):
            return False
        if method == "CANCEL":
            assert event.status.value == "CANCELLED"
            return self.held.pop(uid, None) is not None
        assert method == "REQUEST"
        self.held[uid] = event
        return True

    def shown(self):
        return [
            (one.dtstart.value.astimezone(UTC), one.dtend.value.astimezone(UTC), one.location.value)
            for one in self.held.values()
        ]


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


@pytest.fixture
def coming(here, coordinator):
    start = (timezone.now() + 7 * DAY).replace(microsecond=0)
    one = meeting(here, starts_at=start, place="Seminar room 2; second floor, left")
    case = a_case(board=here, patient=a_patient(**CANARY))
    service.list_case(case=case, meeting=one, by=coordinator)
    return one


def publish(one, by):
    one.refresh_from_db()
    service.publish_agenda(meeting=one, version=one.version, by=by)


def move(one, by, later, place):
    one.refresh_from_db()
    times = {"starts_at": one.starts_at + later, "ends_at": one.ends_at + later}
    service.move(meeting=one, **times, place=place, version=one.version, by=by)


def as_we_hold(one):
    one.refresh_from_db()
    return [(one.starts_at, one.ends_at, one.place)]


def test_a_calendar_follows_a_meeting_through_all_that_becomes_of_it(coming, coordinator):
    theirs = Client(coordinator.email)
    steps = (
        lambda: publish(coming, coordinator),
        lambda: publish(coming, coordinator),
        lambda: move(coming, coordinator, DAY + HOUR, coming.place),
        lambda: move(coming, coordinator, timedelta(), "Room 7"),
        lambda: publish(coming, coordinator),
    )
    for step in steps:
        known = set(Message.objects.values_list("pk", flat=True))
        step()
        (message,) = Message.objects.exclude(pk__in=known)
        assert theirs.open(message), message.title
        assert theirs.shown() == as_we_hold(coming)

    service.cancel(meeting=coming, reason="Strike.", by=coordinator)
    assert theirs.open(Message.objects.get(kind="agenda.cancelled"))
    assert theirs.held == {}


def test_e_mails_that_come_in_the_wrong_order_change_nothing_back(coming, coordinator):
    publish(coming, coordinator)
    move(coming, coordinator, DAY, "Room 7")
    first, moved = Message.objects.order_by("created_at", "pk")

    theirs = Client(coordinator.email)

    assert [theirs.open(moved), theirs.open(first), theirs.open(moved)] == [True, False, False]
    assert theirs.shown() == as_we_hold(coming)


def test_a_meeting_that_was_joined_to_another_leaves_the_calendar(here, coming, coordinator):
    other = meeting(here, starts_at=coming.starts_at + 7 * DAY)
    theirs = Client(coordinator.email)
    publish(coming, coordinator)
    assert theirs.open(Message.objects.get())

    service.merge(meeting=coming, into=other, by=coordinator)

    assert theirs.open(Message.objects.get(kind="agenda.cancelled"))
    assert theirs.held == {}


def test_agendas_that_were_sent_before_entries_were_counted_are_overtaken(coming, coordinator):
    """Their sequence was the version of the agenda."""
    publish(coming, coordinator)
    type(coming).objects.filter(pk=coming.pk).update(agenda_version=4, calendar_sequence=0)

    move(coming, coordinator, DAY, "")

    coming.refresh_from_db()
    assert coming.calendar_sequence == 5


def test_whose_calendar_reads_its_address_gets_no_entries(here, coming, coordinator, client):
    MailSettings.objects.create(user=coordinator, calendar=CalendarChoice.FEED)

    publish(coming, coordinator)
    move(coming, coordinator, DAY, "Room 7")
    service.cancel(meeting=coming, reason="Strike.", by=coordinator)

    for message in Message.objects.all():
        assert not message.enclosures.filter(name="meeting.ics").exists()
        assert "your calendar" not in message.text
    content = client.get(urlsplit(feed_url(coordinator)).path).content.decode()
    event = vobject.readOne(content).vevent
    assert (event.status.value, event.sequence.value) == ("CANCELLED", "3")


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kolkata"])
def test_both_sides_of_a_change_of_clocks_for_a_reader_that_knows_no_zones(here, zone):
    """The zone is read from the entry itself: eight o'clock on the wall is the moment that we mean."""
    here.time_zone = zone
    here.save()
    reader = member(here)
    for day in ((2027, 3, 11), (2027, 3, 18), (2027, 4, 1), (2027, 10, 28), (2027, 11, 4), (2027, 11, 11)):
        start = datetime(*day, 8, tzinfo=ZoneInfo(zone))
        one = meeting(here, starts_at=start)
        (parcel,) = calendar_parcel(one, reader, now=timezone.now())
        calendar = vobject.readOne(parcel.content.decode())
        read = calendar.vevent.dtstart.value

        assert str(calendar.vtimezone.tzid.value) == zone
        assert (read.hour, read.date()) == (8, start.date())
        assert read.astimezone(UTC) == start.astimezone(UTC)


def test_the_feed_is_one_calendar_right_on_both_sides(here, client):
    reader = member(here)
    starts = [datetime(2027, month, 25, 8, tzinfo=here.zone) for month in (3, 4)]
    for start in starts:
        meeting(here, starts_at=start)

    calendar = vobject.readOne(client.get(urlsplit(feed_url(reader)).path).content.decode())

    assert calendar.method.value == "PUBLISH"
    assert len(calendar.vtimezone_list) == 1
    assert [one.dtstart.value.astimezone(UTC) for one in calendar.vevent_list] == starts


def test_everything_that_is_sent_is_well_formed_and_names_no_patient(here, coming, coordinator, client):
    publish(coming, coordinator)
    move(coming, coordinator, DAY, "Ἀσκληπιεῖον " * 15)
    other = meeting(here, starts_at=coming.starts_at + 9 * DAY)
    service.cancel(meeting=coming, reason="Strike.", carry_to=other, by=coordinator)
    assert other.status == MeetingStatus.PLANNED

    sent = [
        bytes(message.enclosures.get(name="meeting.ics").attachment.content)
        for message in Message.objects.filter(recipient=coordinator)
    ]
    sent.append(client.get(urlsplit(feed_url(coordinator)).path).content)

    assert len(sent) == 4
    numbers = list(type(coming).objects.values_list("items__case__number", flat=True))
    for content in sent:
        _is_well_formed(content)
        whole = content.replace(b"\r\n ", b"").decode()
        for secret in (*CANARY.values(), *filter(None, numbers)):
            assert secret not in whole, secret
        assert not re.search(r"\b1958\b|19580307", whole)  # born; a time of day may hold the figures


def _is_well_formed(content: bytes):
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    assert max(map(len, content.split(b"\r\n"))) <= LONGEST_LINE
    calendar = vobject.readOne(content.decode())
    for name in ("version", "prodid", "method", "vtimezone"):
        assert hasattr(calendar, name), name
    for event in calendar.vevent_list:
        for name in ("uid", "dtstamp", "dtstart", "dtend", "sequence", "organizer", "summary", "status"):
            assert hasattr(event, name), name
