"""How does a meeting get into somebody's calendar?

The entry says when, where and which board; who is discussed stays behind the link and the sign-in.
A later version with the same identifier replaces the earlier one (RFC 5545, RFC 5546).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//Tumorboard//Meetings//EN"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ADDRESS = re.compile(r"[^@\s,;:\"<>]+@[^@\s,;:\"<>]+")


@dataclass(frozen=True)
class Attendee:
    name: str
    email: str


@dataclass(frozen=True)
class CalendarEntry:
    """A meeting as one person's calendar should hold it. `version` counts what was sent before."""

    meeting: str  # what identifies the meeting for ever, not its title
    host: str
    board: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str
    link: str
    version: int
    organiser: Attendee
    attendee: Attendee
    made_at: datetime
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
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", entry.method)
    calendar.add_component(_event(entry))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(entry: CalendarEntry) -> Event:
    zone = ZoneInfo(entry.time_zone)
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.version)
    event.add("dtstamp", entry.made_at)
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", _plain(f"{entry.board} tumour board"))
    event.add("description", f"Agenda and cases, after signing in: {entry.link}")
    event.add("url", entry.link)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.place:
        event.add("location", _plain(entry.place))
    event.add("organizer", _address(entry.organiser))
    event.add("attendee", _invited(entry.attendee))
    return event


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
