"""The calendar entry: right across clock changes, replaceable, and silent about patients."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from cases.exchange.calendar import Attendee, CalendarEntry, invitation

ENTRY = CalendarEntry(
    meeting="7f0c",
    host="board.example",
    board="Liver",
    starts_at=datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
    ends_at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    time_zone="Europe/London",
    place="Seminar room 2; second floor, left",
    link="https://board.example/meetings/7f0c/",
    sequence=3,
    organiser=Attendee("Liver board office", "office@board.example"),
    attendee=Attendee("Trần Thị Hạnh", "hanh@hospital.example"),
    made_at=datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
)


def read(entry):
    calendar = Calendar.from_ical(invitation(entry))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_an_invitation_says_when_where_and_who():
    calendar, event = read(ENTRY)

    assert calendar["METHOD"] == "REQUEST"
    assert event["SUMMARY"] == "Liver tumour board"
    assert event["LOCATION"] == ENTRY.place
    assert event["DESCRIPTION"] == "Agenda and cases, after signing in: https://board.example/meetings/7f0c/"
    assert event["ORGANIZER"] == "mailto:office@board.example"
    assert event["ATTENDEE"].params["CN"] == "Trần Thị Hạnh"
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=90)


def test_a_later_version_replaces_the_earlier_and_a_cancellation_ends_it():
    _, first = read(ENTRY)
    _, moved = read(replace(ENTRY, sequence=4, starts_at=ENTRY.starts_at + timedelta(hours=1)))
    calendar, cancelled = read(replace(ENTRY, sequence=5, cancelled=True))

    assert first["UID"] == moved["UID"] == cancelled["UID"] == "meeting-7f0c@board.example"
    assert [first["SEQUENCE"], moved["SEQUENCE"], cancelled["SEQUENCE"]] == [3, 4, 5]
    assert (calendar["METHOD"], cancelled["STATUS"]) == ("CANCEL", "CANCELLED")


@pytest.mark.parametrize(
    ("zone", "day", "offset"),
    [
        ("Europe/London", (2026, 10, 24), 1),
        ("Europe/London", (2026, 10, 25), 0),  # clocks go back in the small hours
        ("Europe/London", (2027, 3, 27), 0),
        ("Europe/London", (2027, 3, 28), 1),  # and forward
        ("Asia/Kolkata", (2026, 10, 25), 5.5),  # never
        ("Asia/Kolkata", (2027, 3, 28), 5.5),
    ],
)
def test_eight_o_clock_stays_eight_o_clock_across_clock_changes(zone, day, offset):
    starts_at = datetime(*day, 8, 0, tzinfo=ZoneInfo(zone))
    entry = replace(ENTRY, time_zone=zone, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))

    calendar, event = read(entry)

    read_back = event.decoded("DTSTART")
    assert event["DTSTART"].params["TZID"] == zone
    assert (read_back.date(), read_back.hour, read_back.minute) == (starts_at.date(), 8, 0)
    assert read_back.utcoffset() == timedelta(hours=offset)
    assert read_back == starts_at
    assert [str(z["TZID"]) for z in calendar.walk("VTIMEZONE")] == [zone]


def test_lines_end_and_fold_as_the_standard_says():
    written = invitation(replace(ENTRY, place="Ἀσκληπιεῖον " * 20))

    assert written.count(b"\n") == written.count(b"\r\n")
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert b"\r\n " in written


def test_text_cannot_start_a_line_of_its_own():
    hostile = "Liver\r\nATTENDEE:mailto:spy@example.org\r\nX:"
    entry = replace(ENTRY, board=hostile, place=hostile, attendee=Attendee(hostile, "a@b.example"))

    unfolded = invitation(entry).replace(b"\r\n ", b"")
    attendees = [line for line in unfolded.split(b"\r\n") if line.startswith(b"ATTENDEE")]

    assert len(attendees) == 1
    assert not any(line.startswith(b"X:") for line in unfolded.split(b"\r\n"))


@pytest.mark.parametrize("email", ["", "nobody", "a@b.example\r\nX: y", "a@b.example,c@d.example"])
def test_what_is_no_address_is_refused(email):
    with pytest.raises(ValueError, match="e-mail address"):
        invitation(replace(ENTRY, attendee=Attendee("A", email)))
