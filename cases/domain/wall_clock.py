"""What does the clock on the board's wall say so many hours before?

Reckoned on the wall, not in UTC: 24 hours before eight o'clock is eight o'clock the day before, also when
the clocks change in between. A time that the clocks skip moves forward; of one shown twice, the first counts.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def moment(day: date, clock: time, *, zone: ZoneInfo) -> datetime:
    return _in_utc(datetime.combine(day, clock), zone)


def hours_before(moment: datetime, hours: int, *, zone: ZoneInfo) -> datetime:
    on_the_wall = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    return _in_utc(on_the_wall - timedelta(hours=hours), zone)


def _in_utc(on_the_wall: datetime, zone: ZoneInfo) -> datetime:
    return on_the_wall.replace(tzinfo=zone).astimezone(UTC)
