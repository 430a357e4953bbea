"""Is the meeting ahead of its plan or behind it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Slot:
    """One case with the minutes planned for it; no end: it still waits, or is before the board."""

    minutes: int
    opened_at: datetime | None
    is_over: bool


@dataclass(frozen=True)
class Pace:
    """What the clock of the meeting counts from. A browser goes on counting by the same rule."""

    begun_at: datetime
    done_minutes: int
    open_at: datetime | None
    open_minutes: int

    def seconds_in_hand(self, now: datetime) -> int:
        """Planned for what is done, and for what the open case has used of its own, less the time passed."""
        earned = 60 * self.done_minutes
        if self.open_at:
            earned += min(_seconds(self.open_at, now), 60 * self.open_minutes)
        return earned - _seconds(self.begun_at, now)

    def words(self, now: datetime) -> str:
        seconds = self.seconds_in_hand(now)
        minutes = abs(seconds) // 60
        if not minutes:
            return "on time"
        return f"{minutes} min {'in hand' if seconds > 0 else 'over'}"


def pace(slots: Iterable[Slot], *, starts_at: datetime) -> Pace | None:
    """Time counts from the planned start, or from the first case if the board began before. None: not begun.

    A late start is therefore time lost, which is what the room wants to know.
    """
    slots = list(slots)
    opened = [slot.opened_at for slot in slots if slot.opened_at]
    if not opened:
        return None
    before = next((slot for slot in slots if slot.opened_at and not slot.is_over), None)
    return Pace(
        begun_at=min(starts_at, *opened),
        done_minutes=sum(slot.minutes for slot in slots if slot.is_over),
        open_at=before.opened_at if before else None,
        open_minutes=before.minutes if before else 0,
    )


def _seconds(start: datetime, now: datetime) -> int:
    return max(0, int((now - start).total_seconds()))
