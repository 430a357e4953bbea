"""Are days the board's own, also when the clocks change, and is a report plausible?"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases.domain import deadlines
from cases.domain.deadlines import Due
from cases.domain.errors import Refused

LONDON, AUCKLAND = ZoneInfo("Europe/London"), ZoneInfo("Pacific/Auckland")
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("due_on", "report", "state"),
    [
        (date(2026, 11, 23), "", Due.OVERDUE),
        (date(2026, 11, 24), "", Due.SOON),
        (date(2026, 11, 26), "ACCEPTED", Due.SOON),
        (date(2026, 11, 27), "", Due.OPEN),
        (date(2026, 11, 1), "PARTLY", Due.OVERDUE),
        (date(2026, 11, 1), "DONE", Due.ENDED),
        (date(2026, 11, 1), "NOT_DONE", Due.ENDED),
    ],
)
def test_the_state_of_an_action(due_on, report, state):
    assert deadlines.state(last_report=report, due_on=due_on, today=TODAY) == state


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


def check(**change):
    said = {"report": "DONE", "reason": "", "note": "", "happened_on": TODAY, "met_on": date(2026, 11, 20)}
    deadlines.check_report(**(said | change), today=TODAY)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"happened_on": date(2026, 11, 20)},
        {"report": "ACCEPTED", "happened_on": None},
        {"report": "NOT_DONE", "reason": "PROGRESSION", "happened_on": None},
        {"report": "PARTLY", "reason": "OTHER", "note": "Half of the lesions."},
    ],
)
def test_plausible_reports_pass(change):
    check(**change)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"report": "NOT_DONE"}, "Choose the reason"),
        ({"report": "DECLINED", "happened_on": None}, "Choose the reason"),
        ({"report": "PARTLY"}, "Choose the reason"),
        ({"reason": "PROGRESSION"}, "belongs only"),
        ({"report": "NOT_DONE", "reason": "OTHER"}, "in the note"),
        ({"happened_on": None}, "on which day"),
        ({"happened_on": date(2026, 11, 25)}, "still to come"),
        ({"happened_on": date(2026, 11, 19)}, "before the board"),
    ],
)
def test_implausible_reports_are_refused(change, words):
    with pytest.raises(Refused, match=words):
        check(**change)
