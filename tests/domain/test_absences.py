"""Which days can somebody be away, and how do a week's days read? Expected words written by hand."""

from datetime import date

import pytest

from cases.domain.absences import in_week, require_days, span
from cases.domain.errors import Refused

TODAY = date(2026, 11, 23)
MONDAY = date(2026, 12, 7)

# first, last, what stands in the week from Monday, 07-Dec-2026
WEEKS = [
    ("2026-12-01", "2026-12-20", "all week"),
    ("2026-12-07", "2026-12-11", "all week"),
    ("2026-12-05", "2026-12-08", "Mon to Tue"),
    ("2026-12-09", "2026-12-09", "Wed"),
    ("2026-12-11", "2026-12-18", "Fri"),
    ("2026-12-12", "2026-12-13", ""),  # a weekend
    ("2026-11-30", "2026-12-04", ""),
    ("2026-12-14", "2026-12-18", ""),
]


@pytest.mark.parametrize(("first", "last", "words"), WEEKS)
def test_a_week_in_words(first, last, words):
    found = in_week(MONDAY, first_day=date.fromisoformat(first), last_day=date.fromisoformat(last))

    assert found == words


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        ("2026-11-23", "2026-11-23", ""),
        ("2026-11-01", "2026-11-23", ""),  # begun already
        ("2026-12-02", "2026-12-01", "before the first"),
        ("2026-11-01", "2026-11-22", "are over"),
        ("2026-12-01", "2062-12-01", "two years"),
    ],
)
def test_days_that_make_sense(first, last, refused):
    said = {"first_day": date.fromisoformat(first), "last_day": date.fromisoformat(last), "today": TODAY}
    if not refused:
        require_days(**said)
        return
    with pytest.raises(Refused, match=refused):
        require_days(**said)


def test_days_in_words():
    assert span(TODAY, TODAY) == "on 23-Nov-2026"
    assert span(TODAY, MONDAY) == "from 23-Nov-2026 to 07-Dec-2026"
