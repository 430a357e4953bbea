"""At which moment does a planned e-mail leave: on a working day, by daylight, on the clock of the board?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.domain import wall_clock
from cases.domain.public_holidays import holidays_of

DAY = timedelta(days=1)
FRIDAY = 4
IN_TIME = timedelta(minutes=15)  # after which something planned counts as late


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday, without the public holidays of a place and without the days the board is closed."""

    holidays: str = ""
    closed: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        is_off = day.weekday() > FRIDAY or day in self.closed
        return not is_off and day not in holidays_of(self.holidays, day.year)

    def before(self, day: date, n: int = 1) -> date:
        """The n-th working day before a day, which itself does not count."""
        return self._step(day, n, -DAY)

    def after(self, day: date, n: int = 1) -> date:
        return self._step(day, n, DAY)

    def last_by(self, day: date) -> date:
        """The day itself when it is worked on, else the last one before it."""
        return day if self.is_working(day) else self.before(day)

    def _step(self, day: date, n: int, step: timedelta) -> date:
        while n > 0:
            day += step
            n -= self.is_working(day)
        return day


@dataclass(frozen=True)
class Rules:
    """How one board sends: its clock, its working days, its mornings and its quiet hours."""

    zone: ZoneInfo
    days: WorkingDays
    morning_at: time
    quiet_from: time
    quiet_until: time

    def at(self, day: date, clock: time) -> datetime:
        return wall_clock.moment(day, clock, zone=self.zone)

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def is_working(self, moment: datetime) -> bool:
        return self.days.is_working(self.day_of(moment))


def is_quiet(clock: time, *, quiet_from: time, quiet_until: time) -> bool:
    """Whether a time of day lies in the quiet hours; none when they end as they begin."""
    if quiet_from <= quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until


def out_of_quiet(moment: datetime, rules: Rules) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into, whatever day that is."""
    quiet = _quiet_around(moment, rules)
    return quiet[1] if quiet else moment


def next_morning(moment: datetime, rules: Rules) -> datetime:
    """The first morning of a working day that is after the moment."""
    day = rules.day_of(moment)
    if not rules.days.is_working(day) or _morning(day, rules) <= moment:
        day = rules.days.after(day)
    return _morning(day, rules)


def day_begun(moment: datetime, rules: Rules) -> date | None:
    """The board's day, once its morning has come."""
    day = rules.day_of(moment)
    return day if _morning(day, rules) <= moment else None


def morning_of(moment: datetime, rules: Rules) -> date | None:
    """The same on a working day and by daylight: what is sent once a day waits for the next one otherwise."""
    day = day_begun(moment, rules)
    is_time = day and rules.days.is_working(day) and not _quiet_around(moment, rules)
    return day if is_time else None


def newest_due(moments: Mapping[str, datetime], *, now: datetime) -> str | None:
    """Whose moment is the latest that has come. Those before it are past: nobody is told twice at once."""
    return max(
        (name for name, moment in moments.items() if moment <= now), key=moments.__getitem__, default=None
    )


def is_late(planned: datetime, *, now: datetime) -> bool:
    return now - planned > IN_TIME


def leaves_at(planned: datetime, *, now: datetime, until: datetime, rules: Rules) -> datetime:
    """Now when that is as planned. What is late waits for daylight and a working day, if it still can."""
    if not is_late(planned, now=now):
        return now
    morning = out_of_quiet(now, rules)
    if rules.is_working(morning) and morning < until:
        return morning
    chances = (next_morning(now, rules), morning)
    return next((moment for moment in chances if moment < until), now)


def before_meeting(
    starts_at: datetime, *, hours: int | None = None, days: int | None = None, rules: Rules
) -> datetime:
    """So many hours on the wall, or working days, before a meeting: never on a day off, never by night.

    A day off is left for the working day before it. The night is left for the morning, or for the evening
    before where the morning is too late.
    """
    if days is not None:
        moment = _morning(rules.days.before(rules.day_of(starts_at), days), rules)
    else:
        moment = wall_clock.hours_before(starts_at, hours or 0, zone=rules.zone)
    moment = _on_working_day(moment, rules)
    quiet = _quiet_around(moment, rules)
    if not quiet:
        return moment
    evening, morning = quiet
    if morning < starts_at and rules.is_working(morning):
        return morning
    return _on_working_day(evening, rules)


def working_days_after(moment: datetime, days: int, rules: Rules) -> datetime:
    """The same time of day, so many working days later."""
    return _same_clock(moment, rules, lambda day: rules.days.after(day, days))


def _morning(day: date, rules: Rules) -> datetime:
    return out_of_quiet(rules.at(day, rules.morning_at), rules)


def _on_working_day(moment: datetime, rules: Rules) -> datetime:
    return moment if rules.is_working(moment) else _same_clock(moment, rules, rules.days.last_by)


def _same_clock(moment: datetime, rules: Rules, move: Callable[[date], date]) -> datetime:
    there = moment.astimezone(rules.zone)
    return rules.at(move(there.date()), there.time())


def _quiet_around(moment: datetime, rules: Rules) -> tuple[datetime, datetime] | None:
    """The quiet hours in which a moment lies: they may have begun the evening before."""
    overnight = rules.quiet_from > rules.quiet_until
    today = rules.day_of(moment)
    for day in (today - DAY, today):
        begins = rules.at(day, rules.quiet_from)
        ends = rules.at(day + DAY if overnight else day, rules.quiet_until)
        if begins <= moment < ends:
            return begins, ends
    return None
