"""Which reminder before a meeting is due now?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cases.domain import wall_clock


@dataclass(frozen=True)
class Reminder:
    hours: int
    moment: datetime


def due_reminder(
    starts_at: datetime, hours: Iterable[int], *, zone: ZoneInfo, now: datetime
) -> Reminder | None:
    """The latest whose moment has come. Those before it are past: nobody is reminded twice at once."""
    if now >= starts_at:
        return None
    moments = (Reminder(h, wall_clock.hours_before(starts_at, h, zone=zone)) for h in hours)
    return max((one for one in moments if one.moment <= now), key=lambda one: one.moment, default=None)
