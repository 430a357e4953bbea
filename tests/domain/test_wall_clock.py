"""Is so many hours before the same on the board's wall, whatever the clocks do?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.domain.wall_clock import hours_before

BERLIN, LONDON, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize("zone", [BERLIN, LONDON, KOLKATA, NEW_YORK], ids=str)
@pytest.mark.parametrize("day", ["2026-10-25", "2026-10-26", "2027-03-28", "2027-03-29"])
@pytest.mark.parametrize("hours", [24, 72])
def test_whole_days_before_is_the_same_hour_on_the_wall(zone, day, hours):
    starts = datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=zone)

    moment = hours_before(starts, hours, zone=zone).astimezone(zone)

    assert (moment.hour, moment.minute) == (8, 0)
    assert starts.date() - moment.date() == timedelta(hours=hours)


@pytest.mark.parametrize("zone", [BERLIN, LONDON, NEW_YORK, ZoneInfo("Australia/Lord_Howe")], ids=str)
def test_every_day_of_a_year(zone):
    for day in range(400):
        starts = (datetime(2026, 6, 1, 14, 30) + timedelta(days=day)).replace(tzinfo=zone)  # noqa: DTZ001
        moment = hours_before(starts, 24, zone=zone).astimezone(zone)
        assert moment.replace(tzinfo=None) == starts.replace(tzinfo=None) - timedelta(days=1)


def test_an_hour_that_the_clocks_skip_moves_forward_and_of_two_the_first_counts():
    spring = hours_before(datetime(2027, 3, 29, 2, 30, tzinfo=BERLIN), 24, zone=BERLIN)
    autumn = hours_before(datetime(2026, 10, 26, 2, 30, tzinfo=BERLIN), 24, zone=BERLIN)

    assert spring == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)  # 03:30 summer time
    assert autumn == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the first 02:30
