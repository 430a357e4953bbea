"""On which days does a series of meetings meet, on which does it not, and why?

A rule is one of RFC 5545 that can be said in a few words; any other is refused. Times are times on the
board's wall, summer and winter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

from cases.domain.agenda import on_the_wall
from cases.domain.errors import Refused
from cases.domain.public_holidays import holidays_of
from cases.domain.sending import WorkingDays
from cases.vocabulary import HolidayRule

AHEAD = timedelta(weeks=26)
LONGEST_PAUSE = 12  # weeks between two meetings of a series
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORDER = (0, 1, 2, 3, 4, -1)  # as days follow each other in a month; 0: on each
PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
COUNTED = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth"}

LEFT_OUT = "left out"
DAY_OFF = "public holiday or closed"
MEETS_ANYWAY = "the series meets on that day already"
NO_SUCH_TIME = "the clocks skip this time"
MISUNDERSTOOD = (
    "Only these rules can be kept: every week or every so many weeks on chosen days, "
    "or each month on such days as its first Tuesday."
)


@dataclass(frozen=True)
class Rule:
    """Weekly, or with `places` on the first, third, last of such a day in each month."""

    weekdays: tuple[int, ...]
    every: int = 1
    places: tuple[int, ...] = ()

    def __str__(self) -> str:
        """As RFC 5545 writes it."""
        if self.places:
            days = [f"{place}{CODES[day]}" for place in self.places for day in self.weekdays]
            return f"FREQ=MONTHLY;BYDAY={','.join(days)}"
        interval = f"INTERVAL={self.every};" if self.every > 1 else ""
        return f"FREQ=WEEKLY;{interval}BYDAY={','.join(CODES[day] for day in self.weekdays)}"

    @property
    def words(self) -> str:
        days = _listed([NAMES[day] for day in self.weekdays])
        if self.places:
            return f"the {_listed([PLACES[place] for place in self.places])} {days} of the month"
        if self.every == 1:
            return f"every {days}"
        counted = COUNTED.get(self.every, f"{self.every}th")
        return f"every {counted} {days}" if len(self.weekdays) == 1 else f"every {counted} week on {days}"


def read(text: str) -> Rule:
    """What the text means; refused in words where it means more than can be said."""
    parts = dict(part.partition("=")[::2] for part in text.strip().upper().split(";") if part)
    unknown = set(parts) - {"FREQ", "INTERVAL", "BYDAY"}
    every = parts.get("INTERVAL", "1")
    days = [_day(one) for one in parts.get("BYDAY", "").split(",")]
    if unknown or not every.isdecimal() or None in days:
        raise Refused(MISUNDERSTOOD)
    places = tuple(sorted({place for place, _ in filter(None, days)}, key=ORDER.index))
    weekdays = tuple(sorted({day for _, day in filter(None, days)}))
    return _checked(parts.get("FREQ", ""), int(every), weekdays, places, written=len(days))


def _day(text: str) -> tuple[int, int] | None:
    place, code = text[:-2], text[-2:]
    known = code in CODES and place.removeprefix("+") in {"", *map(str, PLACES)}
    return (int(place or 0), CODES.index(code)) if known and int(place or 0) in {0, *PLACES} else None


def _checked(
    freq: str, every: int, weekdays: tuple[int, ...], places: tuple[int, ...], *, written: int
) -> Rule:
    if freq == "WEEKLY" and not any(places) and 1 <= every <= LONGEST_PAUSE:
        return Rule(weekdays, every)
    if freq == "MONTHLY" and all(places) and every == 1 and written == len(places) * len(weekdays):
        return Rule(weekdays, places=places)
    raise Refused(MISUNDERSTOOD)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A series as a board keeps it."""

    rule: Rule
    first_on: date
    starts_at: time
    minutes: int
    last_on: date | None = None
    on_holidays: str = HolidayRule.SKIP
    exceptions: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Occurrence:
    """One day of the rule: when the meeting is, or why there is none."""

    day: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    why: str = ""

    @property
    def is_held(self) -> bool:
        return self.starts_at is not None


def occurrences(
    plan: Plan, *, since: date, until: date, days: WorkingDays, zone: ZoneInfo
) -> list[Occurrence]:
    """All days of the rule from `since` up to and with `until`, those without a meeting too."""
    ruled = list(_days_of(plan, since, until))
    taken = {day for day in ruled if not _is_off(day, days)} - plan.exceptions
    return [_occurrence(day, plan, days, zone, taken) for day in ruled]


def coming(plan: Plan, *, since: date, count: int, days: WorkingDays, zone: ZoneInfo) -> Sequence[Occurrence]:
    """The next so many days of the rule, however far ahead they are."""
    reach = timedelta(weeks=(count + 1) * max(LONGEST_PAUSE, 6))
    return occurrences(plan, since=since, until=since + reach, days=days, zone=zone)[:count]


def _days_of(plan: Plan, since: date, until: date) -> Iterator[date]:
    rule = rrulestr(str(plan.rule), dtstart=datetime.combine(plan.first_on, time.min))
    begins = datetime.combine(max(since, plan.first_on), time.min)
    ends = datetime.combine(min(until, plan.last_on or until), time.min)
    return (moment.date() for moment in rule.between(begins, ends, inc=True))


def _is_off(day: date, days: WorkingDays) -> bool:
    """Whoever meets on Saturdays means it; a holiday is a holiday on any day of the week."""
    return day in days.closed or day in holidays_of(days.holidays, day.year)


def _occurrence(day: date, plan: Plan, days: WorkingDays, zone: ZoneInfo, taken: set[date]) -> Occurrence:
    if day in plan.exceptions:
        return Occurrence(day, why=LEFT_OUT)
    on, why = day, ""
    if _is_off(day, days) and plan.on_holidays != HolidayRule.KEEP:
        if plan.on_holidays == HolidayRule.SKIP:
            return Occurrence(day, why=DAY_OFF)
        on = days.before(day) if plan.on_holidays == HolidayRule.BEFORE else days.after(day)
        if on in taken:
            return Occurrence(day, why=MEETS_ANYWAY)
        taken.add(on)
        why = f"instead of {day:%a %d-%b-%Y}, {DAY_OFF}"
    return _at(day, on, plan, zone, why)


def _at(day: date, on: date, plan: Plan, zone: ZoneInfo, why: str) -> Occurrence:
    try:
        begins = on_the_wall(on, plan.starts_at, zone=zone)
    except Refused:
        return Occurrence(day, why=NO_SUCH_TIME)
    return Occurrence(day, begins, begins + timedelta(minutes=plan.minutes), why)


def _listed(words: Sequence[str]) -> str:
    return " and ".join([*([", ".join(words[:-1])] if words[1:] else []), words[-1]])
