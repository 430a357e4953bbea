"""What does the clock on the board's wall say so many hours before, or so many working days after?

Reckoned on the wall, not in UTC: 24 hours before eight o'clock is eight o'clock the day before, also when
the clocks change in between. A time that the clocks skip moves forward; of one shown twice, the first counts.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FRIDAY = 4


def moment(day: date, clock: time, *, zone: ZoneInfo) -> datetime:
    return _in_utc(datetime.combine(day, clock), zone)


def hours_before(moment: datetime, hours: int, *, zone: ZoneInfo) -> datetime:
    on_the_wall = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    return _in_utc(on_the_wall - timedelta(hours=hours), zone)


def working_days_after(moment: datetime, days: int, *, zone: ZoneInfo) -> datetime:
    """Saturdays and Sundays do not count; public holidays, which differ by place, do."""
    on_the_wall = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    while days:
        on_the_wall += timedelta(days=1)
        days -= on_the_wall.weekday() <= FRIDAY
    return _in_utc(on_the_wall, zone)


def _in_utc(on_the_wall: datetime, zone: ZoneInfo) -> datetime:
    return on_the_wall.replace(tzinfo=zone).astimezone(UTC)
