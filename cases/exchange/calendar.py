"""How does a meeting get into somebody's calendar?

The entry says when, where and which board; who is discussed stays behind the link and the sign-in.
A later entry with the same identifier and a higher sequence replaces the earlier one (RFC 5545, RFC 5546).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vDuration, vText

PRODUCT = "-//Tumorboard//Meetings//EN"
EVERY = timedelta(hours=1)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ADDRESS = re.compile(r"[^@\s,;:\"<>]+@[^@\s,;:\"<>]+")


@dataclass(frozen=True)
class Attendee:
    name: str
    email: str


@dataclass(frozen=True)
class CalendarEntry:
    """A meeting as one person's calendar should hold it. `sequence` counts how often the entry was changed.

    Without an attendee it is one of a calendar that somebody reads; `cases` is how many stand on the list.
    """

    meeting: str  # what identifies the meeting for ever, not its title
    host: str
    board: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str
    link: str
    sequence: int
    organiser: Attendee
    made_at: datetime
    attendee: Attendee | None = None
    cases: int | None = None
    cancelled: bool = False

    @property
    def uid(self) -> str:
        return f"meeting-{self.meeting}@{self.host}"

    @property
    def method(self) -> str:
        """What the mail's Content-Type must repeat."""
        return "CANCEL" if self.cancelled else "REQUEST"


def invitation(entry: CalendarEntry) -> bytes:
    """An invitation, its update, or its cancellation."""
    return _calendar([entry], method=entry.method).to_ical()


def feed(entries: Sequence[CalendarEntry], *, name: str) -> bytes:
    """All meetings of one person, for a calendar that asks again from time to time."""
    calendar = _calendar(entries, method="PUBLISH")
    calendar.add("x-wr-calname", _plain(name))
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})  # RFC 7986
    calendar.add("x-published-ttl", vDuration(EVERY))  # the same for Outlook
    return calendar.to_ical()


def _calendar(entries: Sequence[CalendarEntry], *, method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for entry in entries:
        calendar.add_component(_event(entry))
    if entries:
        years = [entry.starts_at.year for entry in entries]
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    return calendar


def _event(entry: CalendarEntry) -> Event:
    zone = ZoneInfo(entry.time_zone)
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.made_at)
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", _plain(f"{entry.board} tumour board"))
    event.add("description", _description(entry))
    event.add("url", entry.link)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.place:
        event.add("location", _plain(entry.place))
    event.add("organizer", _address(entry.organiser))
    if entry.attendee:
        event.add("attendee", _invited(entry.attendee))
    return event


def _description(entry: CalendarEntry) -> str:
    behind = f"Agenda and cases, after signing in: {entry.link}"
    if entry.cases is None:
        return behind
    count = "1 case" if entry.cases == 1 else f"{entry.cases} cases"
    return f"{count}. {behind}"


def _invited(person: Attendee) -> vCalAddress:
    address = _address(person)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("TRUE")
    return address


def _address(person: Attendee) -> vCalAddress:
    """Refuses what is no address, so that no text can start a line of its own."""
    if not _ADDRESS.fullmatch(person.email):
        raise ValueError("A calendar entry needs one plain e-mail address.")
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(_plain(person.name).replace('"', "'"))
    return address


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
