"""What fits on a list, until when may a case be added without a reason, and where does a break help?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from uuid import UUID
from zoneinfo import ZoneInfo

from cases.domain import wall_clock
from cases.domain.errors import Refused

LONGEST = timedelta(hours=8)
OPENS_BEFORE = timedelta(hours=12)
DRAWN_FROM = 5  # cases of standard care from which one is always drawn
LONG_LIST = 60  # minutes: from here on a short break in the middle is worth its time


class LateReasonNeeded(Refused):
    """The cut-off has passed and nobody has said why the case cannot wait."""


@dataclass(frozen=True)
class Pause:
    """A break: after how many cases, and for how long."""

    after: int
    minutes: int

    def within(self, cases: int) -> bool:
        """There is nothing to pause between before the first case and after the last."""
        return 0 < self.after < cases


@dataclass(frozen=True)
class Capacity:
    """Minutes planned of minutes there are; a break is planned time too."""

    planned: int
    available: int
    pause: int = 0

    @property
    def over(self) -> int:
        return max(0, self.planned - self.available)

    @property
    def left(self) -> int:
        return max(0, self.available - self.planned)

    @property
    def words(self) -> str:
        told = f"{self.planned} of {self.available} minutes planned"
        told += f" with a break of {self.pause}" if self.pause else ""
        return f"{told}, {self.over} too many" if self.over else told


def capacity(minutes: Sequence[int], *, available: int, pause: Pause | None = None) -> Capacity:
    rest = pause.minutes if pause and pause.within(len(minutes)) else 0
    return Capacity(sum(minutes) + rest, available, rest)


def expected_at(starts_at: datetime, minutes: Sequence[int], *, pause: Pause | None = None) -> list[datetime]:
    """When each case is expected, if those before it keep to their minutes."""
    before = [0, *accumulate(minutes)][: len(minutes)]
    return [
        starts_at + timedelta(minutes=passed + (pause.minutes if pause and place >= pause.after else 0))
        for place, passed in enumerate(before)
    ]


def break_after(minutes: Sequence[int]) -> int | None:
    """After how many cases a short break is advised: half-way through a long list, else None."""
    total = sum(minutes)
    if total < LONG_LIST or len(minutes) < 2:
        return None
    passed = list(accumulate(minutes))
    half = min(range(len(minutes) - 1), key=lambda n: abs(passed[n] - total / 2))
    return half + 1


def drawn_for_audit(keys: Sequence[UUID], percent: int, *, lot: Callable[[UUID], float]) -> frozenset[UUID]:
    """Which cases of standard care are checked: each with this chance, of five or more at least one.

    `lot` gives each key a number from 0 up to 1, always the same for the same key: whoever sends a list
    again draws the same cases again.
    """
    if not percent:
        return frozenset()
    drawn = {key for key in keys if lot(key) * 100 < percent}
    if not drawn and len(keys) >= DRAWN_FROM:
        drawn = {min(keys, key=lot)}
    return frozenset(drawn)


def cut_off(starts_at: datetime, hours: int, *, zone: ZoneInfo) -> datetime:
    return wall_clock.hours_before(starts_at, hours, zone=zone)


def require_reason_when_late(*, cut_off: datetime, now: datetime, reason: str) -> bool:
    """True when it is late; then somebody has said why."""
    if now < cut_off:
        return False
    if not reason.strip():
        raise LateReasonNeeded("The cut-off has passed. Say why this case cannot wait for the next meeting.")
    return True


def require_span(*, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise Refused("This time has passed. Choose a later one.")
    if ends_at <= starts_at:
        raise Refused("The meeting must end after it starts.")
    if ends_at - starts_at > LONGEST:
        raise Refused("A meeting lasts at most 8 hours. Check the times.")


def require_near(*, starts_at: datetime, now: datetime) -> None:
    """A meeting that is opened by mistake a week before would stop its preparation."""
    if now < starts_at - OPENS_BEFORE:
        raise Refused("A meeting is opened on its day, not earlier than 12 hours before it starts.")


def on_the_wall(day: date, clock: time, *, zone: ZoneInfo) -> datetime:
    """The moment at which the board's clock shows this; of one shown twice, the first."""
    moment = wall_clock.moment(day, clock, zone=zone)
    if moment.astimezone(zone).replace(tzinfo=None) != datetime.combine(day, clock):
        raise Refused(f"The clocks go forward that night: {clock:%H:%M} does not exist. Choose another time.")
    return moment


def next_on_the_wall(start: datetime, clock: time, *, zone: ZoneInfo) -> datetime:
    """When the board's clock next shows this, from the start of a meeting on; it may go past midnight."""
    day = start.astimezone(zone).date()
    moment = on_the_wall(day, clock, zone=zone)
    return moment if moment >= start else on_the_wall(day + timedelta(days=1), clock, zone=zone)
