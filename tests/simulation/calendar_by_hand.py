"""What should a board have been sent in a year? Reckoned by hand: plain dates, no code of the application.

Holidays of England and Wales, from gov.uk/bank-holidays; 28-Dec-2026 is the substitute for Boxing Day.
All times are what the clock on the wall in London shows.
"""

from collections import Counter
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


# -- the year ----------------------------------------------------------------------------------------------

WINTER = (date(2026, 12, 14), date(2027, 1, 11))
BEGINS, ENDS = datetime(2026, 9, 10, 7, 30), datetime(2027, 9, 30, 20, 0)  # noqa: DTZ001 on the wall
FIRST = datetime(2026, 10, 1, 14, 0)  # noqa: DTZ001


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


# A Wednesday on which nothing ran until half an hour past seven the next day; and a day and a half in June.
OUTAGES = [
    (wall("2027-01-20 00:00"), wall("2027-01-21 07:30")),
    (wall("2027-06-07 12:00"), wall("2027-06-08 23:30")),
]
CALLED_OFF = {
    wall("2026-12-24 14:00"): wall("2026-12-01 10:00"),  # before anybody was asked
    wall("2026-12-31 14:00"): wall("2026-12-21 10:00"),
    wall("2027-04-01 14:00"): wall("2027-03-31 10:00"),  # the day before
    wall("2027-08-05 14:00"): wall("2027-07-30 10:00"),
}
MOVED_FROM, MOVED_TO = wall("2026-11-12 14:00"), wall("2026-11-20 08:00")
MOVED_AT = wall("2026-11-10 10:00")
AWAY = (date(2026, 12, 7), date(2026, 12, 18))
AWAY_SAID = wall("2026-11-30 12:00")
AWAY_ALONE = (date(2027, 2, 15), date(2027, 2, 19))  # nobody stands in
DECIDED, DONE = wall("2026-12-21 12:00"), wall("2027-01-06 10:00")

EVERYBODY = ("chair", "surgeon", "oncologist", "radiologist", "deputy", "coordinator", "observer")
READERS = ("chair", "surgeon", "oncologist", "radiologist", "deputy")
TO = {"meeting.invited": EVERYBODY, "cutoff.passed": ("coordinator",), "reading.list": READERS}


def sittings() -> list[Sitting]:
    found = []
    for week in range(53):
        start = FIRST + timedelta(weeks=week)
        # Of every other meeting the radiologist's input is no longer needed on Tuesday evening.
        ready = datetime.combine(start.date() - 2 * DAY, time(18)) if week % 2 else NEVER
        if start == MOVED_FROM:
            found.append(Sitting(start, BEGINS, MOVED_AT))
            found.append(Sitting(MOVED_TO, MOVED_AT, NEVER, is_new=False))
        else:
            found.append(Sitting(start, BEGINS, CALLED_OFF.get(start, NEVER), ready_from=ready))
    return found


def expected() -> Counter:
    """(what, to whom, when), each once: two meetings that remind one person at one moment do it together."""
    planned, told = set(), Counter()
    for sitting in sittings():
        for kind, decided, leaves in sitting.sent(OUTAGES):
            for name in TO.get(kind, ()):
                told[kind, name, leaves] += 1
            if kind == "input.reminder":
                planned.add((kind, "surgeon", leaves))
                if decided < sitting.ready_from:
                    planned.add((kind, "radiologist", leaves))
    away = {one for one in planned if one[1] == "radiologist" and AWAY[0] <= one[2].date() <= AWAY[1]}
    planned |= {(kind, "deputy", leaves) for kind, _name, leaves in away}
    return told + Counter(planned) + Counter(of_single_days())


def of_single_days():
    """What people set off, and the mornings of one decision over Christmas."""
    yield "absence.stands_in", "deputy", AWAY_SAID
    yield "action.handed_over", "surgeon", DECIDED
    yield "ratification.asked", "radiologist", DECIDED
    # Five working days after Monday 21-Dec: 22, 23, 24, 29, 30.
    yield "ratification.reminder", "radiologist", wall("2026-12-29 08:00")
    for name in ("chair", "coordinator"):
        yield "ratification.overdue", name, wall("2026-12-31 08:00")
    for name in EVERYBODY:
        yield "meeting.moved", name, MOVED_AT
        for start, said in CALLED_OFF.items():
            if start != wall("2026-12-24 14:00"):
                yield "agenda.cancelled", name, said
    # The action is due on 28-Dec: told from two days before it, taken further from three days after it.
    for morning in mornings(date(2026, 12, 26), DONE.date()):
        yield "action.due", "surgeon", morning
    for morning in mornings(date(2026, 12, 31), DONE.date()):
        yield "action.escalated", "coordinator", morning
