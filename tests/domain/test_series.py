"""Which days does a rule mean, in days and in words, and what do holidays and clocks make of them?"""

from datetime import UTC, date, time
from zoneinfo import ZoneInfo

import pytest

from cases.domain import series
from cases.domain.errors import Refused
from cases.domain.sending import WorkingDays
from cases.domain.series import Plan, Rule, coming, occurrences, read
from cases.vocabulary import HolidayRule

LONDON = ZoneInfo("Europe/London")
ENGLAND = WorkingDays(holidays="GB-ENG")


def plan(rule="FREQ=WEEKLY;BYDAY=TH", first_on=date(2026, 12, 1), **more):
    return Plan(rule=read(rule), first_on=first_on, **({"starts_at": time(8), "minutes": 90} | more))


def days_of(one, since, until, days=ENGLAND):
    found = occurrences(one, since=since, until=until, days=days, zone=LONDON)
    return [(f"{each.day:%d-%b}", f"{each.starts_at:%d-%b}" if each.is_held else each.why) for each in found]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TH", "every Thursday"),
        ("FREQ=WEEKLY;BYDAY=TH,TU", "every Tuesday and Thursday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "every Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every second Tuesday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,TH", "every third week on Tuesday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=12;BYDAY=TU", "every 12th Tuesday"),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", "the first and third Tuesday of the month"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "the last Friday of the month"),
    ],
)
def test_a_rule_is_said_in_plain_words_and_written_as_it_was(rule, words):
    assert read(rule).words == words
    assert read(str(read(rule))) == read(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "every Thursday",
        "FREQ=DAILY",
        "FREQ=WEEKLY",
        "FREQ=YEARLY;BYDAY=1TU",
        "FREQ=WEEKLY;BYDAY=1TU",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=0;BYDAY=TU",
        "FREQ=WEEKLY;INTERVAL=53;BYDAY=TU",
        "FREQ=WEEKLY;INTERVAL=-1;BYDAY=TU",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=4",
        "FREQ=MONTHLY;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=5TU",
        "FREQ=MONTHLY;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=1TU,TH",
        "FREQ=MONTHLY;BYDAY=1TU,3TH",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU",
    ],
)
def test_a_rule_that_cannot_be_said_is_refused(rule):
    with pytest.raises(Refused, match="Only these rules"):
        read(rule)


def test_the_same_time_on_the_wall_when_the_clocks_change():
    """In London the clocks go forward on 28-Mar-2027 and back on 31-Oct-2027."""
    found = occurrences(plan(), since=date(2027, 3, 22), until=date(2027, 4, 2), days=ENGLAND, zone=LONDON)
    assert [f"{one.starts_at.astimezone(UTC):%d %H:%M}" for one in found] == ["25 08:00", "01 07:00"]
    assert [f"{one.ends_at.astimezone(LONDON):%H:%M}" for one in found] == ["09:30", "09:30"]


def test_a_time_that_the_clocks_skip_is_told():
    night = plan("FREQ=WEEKLY;BYDAY=SU", starts_at=time(1, 30))
    assert days_of(night, date(2027, 3, 28), date(2027, 3, 28)) == [("28-Mar", series.NO_SUCH_TIME)]


@pytest.mark.parametrize(
    ("on_holidays", "friday"),
    [
        # Christmas Day 2026 is a Friday, Monday 28-Dec the substitute for Boxing Day.
        (HolidayRule.SKIP, series.DAY_OFF),
        (HolidayRule.BEFORE, "24-Dec"),
        (HolidayRule.AFTER, "29-Dec"),
        (HolidayRule.KEEP, "25-Dec"),
    ],
)
def test_a_public_holiday_is_answered_by_the_series_own_rule(on_holidays, friday):
    fridays = plan("FREQ=WEEKLY;BYDAY=FR", on_holidays=on_holidays)
    until = date(2026, 12, 31)
    assert days_of(fridays, date(2026, 12, 18), until) == [("18-Dec", "18-Dec"), ("25-Dec", friday)]


def test_two_meetings_do_not_fall_on_one_day():
    both = plan("FREQ=WEEKLY;BYDAY=TH,FR", on_holidays=HolidayRule.BEFORE)
    assert days_of(both, date(2026, 12, 24), date(2026, 12, 25)) == [
        ("24-Dec", "24-Dec"),
        ("25-Dec", series.MEETS_ANYWAY),
    ]


def test_days_left_out_closed_days_and_the_last_day():
    one = plan(exceptions=frozenset({date(2026, 12, 10)}), last_on=date(2026, 12, 23))
    closed = WorkingDays(closed=frozenset({date(2026, 12, 17)}))
    assert days_of(one, date(2026, 11, 1), date(2027, 6, 1), closed) == [
        ("03-Dec", "03-Dec"),
        ("10-Dec", series.LEFT_OUT),
        ("17-Dec", series.DAY_OFF),
    ]


def test_who_meets_on_saturdays_means_it():
    saturdays = plan("FREQ=WEEKLY;BYDAY=SA")
    assert days_of(saturdays, date(2026, 12, 19), date(2026, 12, 26)) == [
        ("19-Dec", "19-Dec"),
        ("26-Dec", series.DAY_OFF),
    ]


def test_every_second_week_counts_from_the_first_meeting():
    other = plan("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", first_on=date(2027, 1, 5))
    ten = coming(other, since=date(2027, 1, 13), count=3, days=ENGLAND, zone=LONDON)
    assert [f"{one.day:%d-%b}" for one in ten] == ["19-Jan", "02-Feb", "16-Feb"]


def test_so_many_days_of_the_month_whatever_its_length():
    first_and_last = plan("FREQ=MONTHLY;BYDAY=1TU,-1TU", first_on=date(2027, 2, 1))
    ten = coming(first_and_last, since=date(2027, 2, 1), count=10, days=ENGLAND, zone=LONDON)
    assert [f"{one.day:%d-%b}" for one in ten[:4]] == ["02-Feb", "23-Feb", "02-Mar", "30-Mar"]
    assert len(ten) == 10
    rare = plan("FREQ=WEEKLY;INTERVAL=12;BYDAY=TU", first_on=date(2027, 2, 2))
    assert len(coming(rare, since=date(2027, 2, 1), count=10, days=ENGLAND, zone=LONDON)) == 10


def test_rules_are_equal_by_what_they_mean():
    assert read("freq=monthly;byday=+3TU,1TU") == Rule((1,), places=(1, 3))
