"""Are days the board's own, also when the clocks change?"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases.domain import deadlines
from cases.domain.deadlines import Due

LONDON, AUCKLAND = ZoneInfo("Europe/London"), ZoneInfo("Pacific/Auckland")
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("due_on", "state"),
    [
        (date(2026, 11, 23), Due.OVERDUE),
        (date(2026, 11, 24), Due.SOON),
        (date(2026, 11, 26), Due.SOON),
        (date(2026, 11, 27), Due.OPEN),
    ],
)
def test_how_late_an_action_is(due_on, state):
    assert deadlines.due(due_on=due_on, today=TODAY, is_open=True) == state
    assert deadlines.due(due_on=due_on, today=TODAY, is_open=False) == Due.NOT_NOW


@pytest.mark.parametrize(
    ("now", "zone", "day"),
    [
        # Summer time ends in London on 25-Oct-2026: 07:00 there is 06:00 UTC the day before, 07:00 UTC on it.
        (datetime(2026, 10, 24, 5, 59, tzinfo=UTC), LONDON, None),
        (datetime(2026, 10, 24, 6, 0, tzinfo=UTC), LONDON, date(2026, 10, 24)),
        (datetime(2026, 10, 25, 6, 59, tzinfo=UTC), LONDON, None),
        (datetime(2026, 10, 25, 7, 0, tzinfo=UTC), LONDON, date(2026, 10, 25)),
        # It begins on 28-Mar-2027.
        (datetime(2027, 3, 28, 5, 59, tzinfo=UTC), LONDON, None),
        (datetime(2027, 3, 28, 6, 0, tzinfo=UTC), LONDON, date(2027, 3, 28)),
        (datetime(2026, 11, 23, 19, 0, tzinfo=UTC), AUCKLAND, date(2026, 11, 24)),
        (datetime(2026, 11, 24, 23, 59, tzinfo=UTC), LONDON, TODAY),
    ],
)
def test_the_morning_is_on_the_wall_of_the_board(now, zone, day):
    assert deadlines.day_of_digest(now, zone=zone) == day


def test_a_day_ends_at_its_own_midnight():
    assert deadlines.end_of_day(date(2026, 10, 24), zone=LONDON) == datetime(2026, 10, 24, 23, tzinfo=UTC)
    assert deadlines.end_of_day(date(2026, 10, 25), zone=LONDON) == datetime(2026, 10, 26, 0, tzinfo=UTC)


def test_three_days_after_its_date_an_action_is_taken_further():
    assert deadlines.last_day_to_escalate(TODAY, after_days=3) == date(2026, 11, 21)
