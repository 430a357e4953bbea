"""Are days the board's own, also when the clocks change?"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases.domain import deadlines
from cases.domain.deadlines import Due

LONDON = ZoneInfo("Europe/London")
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


def test_a_day_ends_at_its_own_midnight():
    assert deadlines.end_of_day(date(2026, 10, 24), zone=LONDON) == datetime(2026, 10, 24, 23, tzinfo=UTC)
    assert deadlines.end_of_day(date(2026, 10, 25), zone=LONDON) == datetime(2026, 10, 26, 0, tzinfo=UTC)


def test_three_days_after_its_date_an_action_is_taken_further():
    assert deadlines.last_day_to_escalate(TODAY, after_days=3) == date(2026, 11, 21)
