"""What should a board have been sent in a year? Reckoned by hand: plain dates, no code of the application.

Holidays of England and Wales, from gov.uk/bank-holidays; 28-Dec-2026 is the substitute for Boxing Day.
All times are what the clock on the wall in London shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

DAY = timedelta(days=1)
MORNING, QUIET_FROM, QUIET_UNTIL = time(8), time(20), time(7)
HOLIDAYS = {
    date(2026, 12, 25),
    date(2026, 12, 28),
    date(2027, 1, 1),
    date(2027, 3, 26),
    date(2027, 3, 29),
    date(2027, 5, 3),
    date(2027, 5, 31),
    date(2027, 8, 30),
}
CLOSED = date(2027, 6, 16)
NEVER = datetime(9999, 12, 31)  # noqa: DTZ001


def is_off(day: date) -> bool:
    return day.weekday() in (5, 6) or day in HOLIDAYS or day == CLOSED


def working_days_before(start: datetime, number: int) -> datetime:
    day = start.date()
    for _ in range(number):
        day -= DAY
        while is_off(day):
            day -= DAY
    return datetime.combine(day, MORNING)


def hours_before(start: datetime, hours: int) -> datetime:
    moment = start - timedelta(hours=hours)
    while is_off(moment.date()):
        moment -= DAY
    return moment


def mornings(first: date, last: date) -> Iterator[datetime]:
    """Of the working days from the first to the last."""
    while first <= last:
        if not is_off(first):
            yield datetime.combine(first, MORNING)
        first += DAY


@dataclass(frozen=True)
class Sitting:
    """A meeting at one time, and between which moments people could know of it."""

    start: datetime
    known_from: datetime
    known_until: datetime
    is_new: bool = True
    ready_from: datetime = NEVER  # from when the radiologist owes nothing any more

    def planned(self) -> Iterator[tuple[str, datetime]]:
        if self.is_new:
            yield "meeting.invited", working_days_before(self.start, 10)
        reminders = {hours_before(self.start, 72), hours_before(self.start, 24)}
        for moment in reminders | {working_days_before(self.start, 5)}:
            yield "input.reminder", moment
        yield "cutoff.passed", self.start - timedelta(hours=48)
        yield "reading.list", working_days_before(self.start, 1)

    def sent(self, outages) -> Iterator[tuple[str, datetime, datetime]]:
        """What, when the application decides, and when it leaves."""
        for kind, moment in set(self.planned()):
            if not self.known_from < moment < min(self.known_until, self.start):
                continue
            outage = next((one for one in outages if one[0] <= moment < one[1]), None)
            if outage is None:
                yield kind, moment, moment
            elif not any(k == kind and moment < m <= outage[1] for k, m in self.planned()):
                yield kind, outage[1], by_day(outage[1])


def by_day(moment: datetime) -> datetime:
    """These outages end before working days."""
    if moment.time() >= QUIET_FROM:
        return datetime.combine(moment.date() + DAY, QUIET_UNTIL)
    return max(moment, datetime.combine(moment.date(), QUIET_UNTIL))
