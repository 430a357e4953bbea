"""When is an action due, when is its owner reminded, and when do the coordinators hear of it?

Days are the days of the board's own place: an action is overdue on the day after its date there, not in UTC.
"""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

REMIND_DAYS_BEFORE = 2


class Due(StrEnum):
    OVERDUE = "overdue"
    SOON = "due"
    OPEN = "open"
    NOT_NOW = "not now"


def due(*, due_on: date, today: date, is_open: bool) -> Due:
    """Only what is to be done now can be late: not what waits, and not what has ended."""
    if not is_open:
        return Due.NOT_NOW
    if due_on < today:
        return Due.OVERDUE
    return Due.SOON if due_on <= last_day_to_remind(today) else Due.OPEN


def last_day_to_remind(today: date) -> date:
    return today + timedelta(days=REMIND_DAYS_BEFORE)


def last_day_to_escalate(today: date, *, after_days: int) -> date:
    """Actions due on this day or before are taken to the coordinators."""
    return today - timedelta(days=after_days)


def end_of_day(day: date, *, zone: ZoneInfo) -> datetime:
    """The midnight with which the board's day ends: a digest is not sent after it."""
    return datetime.combine(day + timedelta(days=1), time(0, 0), tzinfo=zone)
