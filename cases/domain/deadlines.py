"""When is an action due, when is its owner reminded, and when do the coordinators hear of it?

Days are the days of the board's own place: an action is overdue on the day after its date there, not in UTC.
"""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from cases.domain.errors import Refused
from cases.vocabulary import ActionReport, NotDoneReason

MORNING = time(7, 0)  # on the wall; nobody is reminded before it
REMIND_DAYS_BEFORE = 2

ENDED = frozenset({ActionReport.DONE, ActionReport.NOT_DONE})
NEEDS_REASON = frozenset({ActionReport.DECLINED, ActionReport.PARTLY, ActionReport.NOT_DONE})
HAPPENED = frozenset({ActionReport.DONE, ActionReport.PARTLY})


class Due(StrEnum):
    OVERDUE = "overdue"
    SOON = "due"
    OPEN = "open"
    ENDED = "ended"


def state(*, last_report: str, due_on: date, today: date) -> Due:
    if last_report in ENDED:
        return Due.ENDED
    if due_on < today:
        return Due.OVERDUE
    return Due.SOON if due_on <= last_day_to_remind(today) else Due.OPEN


def last_day_to_remind(today: date) -> date:
    return today + timedelta(days=REMIND_DAYS_BEFORE)


def last_day_to_escalate(today: date, *, after_days: int) -> date:
    """Actions due on this day or before are taken to the coordinators."""
    return today - timedelta(days=after_days)


def day_of_digest(now: datetime, *, zone: ZoneInfo) -> date | None:
    """The board's day, once its morning has come."""
    there = now.astimezone(zone)
    return there.date() if there.time() >= MORNING else None


def end_of_day(day: date, *, zone: ZoneInfo) -> datetime:
    """The midnight with which the board's day ends: a digest is not sent after it."""
    return datetime.combine(day + timedelta(days=1), time(0, 0), tzinfo=zone)


def check_report(
    *, report: str, reason: str, note: str, happened_on: date | None, met_on: date, today: date
) -> None:
    if report in NEEDS_REASON and not reason:
        raise Refused("Choose the reason.")
    if report not in NEEDS_REASON and reason:
        raise Refused("A reason belongs only to what was declined, partly done or not done.")
    if reason == NotDoneReason.OTHER and not note.strip():
        raise Refused("Say in the note what the other reason is.")
    if report in HAPPENED and happened_on is None:
        raise Refused("Say on which day it was done.")
    if happened_on and happened_on > today:
        raise Refused("This day is still to come. Report it once it has happened.")
    if happened_on and happened_on < met_on:
        raise Refused("This day is before the board recommended it. Check the date.")
