"""Does a planned e-mail leave on a working day, by daylight, at the time on the board's wall?

Holidays of England: gov.uk/bank-holidays. Of Bavaria: Gesetz über den Schutz der Sonn- und Feiertage, Art. 1.
Of New York: 5 U.S.C. 6103. Clocks change in Europe on 25-Oct-2026 and 28-Mar-2027, in New York on 01-Nov-2026
and 14-Mar-2027, in Kolkata never.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.domain.public_holidays import refusal
from cases.domain.sending import (
    Rules,
    WorkingDays,
    before_meeting,
    day_begun,
    leaves_at,
    morning_of,
    newest_due,
    next_morning,
    out_of_quiet,
    working_days_after,
)

PLACES = {
    "London": ("Europe/London", "GB-ENG"),
    "Munich": ("Europe/Berlin", "DE-BY"),
    "New York": ("America/New_York", "US-NY"),
    "Kolkata": ("Asia/Kolkata", "IN"),
}


def rules_in(place="London", closed=(), **more):
    zone, holidays = PLACES[place]
    days = WorkingDays(holidays, frozenset(map(date.fromisoformat, closed)))
    usual = {"morning_at": time(8), "quiet_from": time(20), "quiet_until": time(7)}
    return Rules(zone=ZoneInfo(zone), days=days, **(usual | more))


def there(text, rules):
    return datetime.fromisoformat(text).replace(tzinfo=rules.zone)


def on_the_wall(moment, rules):
    return f"{moment.astimezone(rules.zone):%a %Y-%m-%d %H:%M}"


OFF = {
    "London": "2026-12-25 2026-12-28 2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30",
    "Munich": "2027-01-06 2027-03-26 2027-03-29 2027-05-06 2027-05-17 2027-05-27 2026-11-01 2026-12-25",
    "New York": "2026-11-26 2026-12-25 2027-01-01 2027-01-18 2027-05-31 2027-07-05 2027-09-06",
    "Kolkata": "2027-01-26 2026-10-02 2026-12-25 2027-08-15",
}
WORKED = {
    "London": "2026-10-23 2026-12-24 2026-12-29 2027-03-25 2027-03-30 2027-01-06 2027-05-06",
    "Munich": "2026-12-28 2027-05-03 2027-05-31 2027-08-30",
    "New York": "2027-03-26 2027-03-29 2026-12-28",
    "Kolkata": "2026-12-28 2027-05-03",
}


@pytest.mark.parametrize("place", PLACES)
def test_holidays_are_those_of_the_place(place):
    days = rules_in(place).days

    assert [day for day in OFF[place].split() if days.is_working(date.fromisoformat(day))] == []
    assert [day for day in WORKED[place].split() if not days.is_working(date.fromisoformat(day))] == []


@pytest.mark.parametrize(
    ("day", "n", "before", "after"),
    [
        ("2026-10-07", 1, "2026-10-06", "2026-10-08"),
        ("2026-10-05", 1, "2026-10-02", "2026-10-06"),
        ("2026-10-03", 1, "2026-10-02", "2026-10-05"),
        ("2026-12-29", 1, "2026-12-24", "2026-12-30"),  # Christmas, a weekend and a substitute day between
        ("2027-03-30", 2, "2027-03-24", "2027-04-01"),  # Easter
        ("2027-01-07", 10, "2026-12-21", "2027-01-21"),
    ],
)
def test_counting_working_days_in_england(day, n, before, after):
    days = rules_in().days

    assert days.before(date.fromisoformat(day), n) == date.fromisoformat(before)
    assert days.after(date.fromisoformat(day), n) == date.fromisoformat(after)


def test_a_closed_day_is_no_working_day_and_without_a_place_only_weekends_are_free():
    closed = WorkingDays("GB-ENG", frozenset({date(2026, 10, 8)}))
    assert closed.before(date(2026, 10, 9)) == date(2026, 10, 7)
    assert WorkingDays().is_working(date(2026, 12, 25))
    assert not WorkingDays().is_working(date(2026, 12, 26))


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        ("2026-10-07T19:59", "Wed 2026-10-07 19:59"),
        ("2026-10-07T20:00", "Thu 2026-10-08 07:00"),
        ("2026-10-07T00:00", "Wed 2026-10-07 07:00"),
        ("2026-10-07T06:59", "Wed 2026-10-07 07:00"),
        ("2026-10-07T07:00", "Wed 2026-10-07 07:00"),
        ("2026-10-09T23:30", "Sat 2026-10-10 07:00"),  # quiet hours know no weekend
        ("2026-10-24T22:00", "Sun 2026-10-25 07:00"),
        ("2027-03-27T22:00", "Sun 2027-03-28 07:00"),
    ],
)
@pytest.mark.parametrize("place", PLACES)
def test_nothing_leaves_by_night(place, moment, leaves):
    rules = rules_in(place)
    assert on_the_wall(out_of_quiet(there(moment, rules), rules), rules) == leaves


def test_quiet_hours_may_lie_within_a_day_or_not_be_there():
    noon = rules_in(quiet_from=time(12), quiet_until=time(13))
    assert on_the_wall(out_of_quiet(there("2026-10-07T12:30", noon), noon), noon) == "Wed 2026-10-07 13:00"
    assert on_the_wall(out_of_quiet(there("2026-10-07T13:00", noon), noon), noon) == "Wed 2026-10-07 13:00"
    never = rules_in(quiet_from=time(7), quiet_until=time(7))
    assert on_the_wall(out_of_quiet(there("2026-10-07T07:00", never), never), never) == "Wed 2026-10-07 07:00"


@pytest.mark.parametrize(
    ("moment", "comes", "is_morning_of"),
    [
        ("2026-10-07T07:59", "Wed 2026-10-07 08:00", None),
        ("2026-10-07T08:00", "Thu 2026-10-08 08:00", "2026-10-07"),
        ("2026-10-09T08:01", "Mon 2026-10-12 08:00", "2026-10-09"),
        ("2026-10-10T12:00", "Mon 2026-10-12 08:00", None),
        ("2026-10-23T12:00", "Mon 2026-10-26 08:00", "2026-10-23"),  # over the change of the clocks
        ("2026-12-24T12:00", "Tue 2026-12-29 08:00", "2026-12-24"),
        ("2026-12-28T12:00", "Tue 2026-12-29 08:00", None),
        ("2027-03-25T19:59", "Tue 2027-03-30 08:00", "2027-03-25"),
        ("2027-03-25T20:00", "Tue 2027-03-30 08:00", None),  # by night there is no morning to catch up with
    ],
)
def test_mornings_in_england(moment, comes, is_morning_of):
    rules = rules_in()
    day = morning_of(there(moment, rules), rules)

    assert on_the_wall(next_morning(there(moment, rules), rules), rules) == comes
    assert (day and day.isoformat()) == is_morning_of


MEETINGS = [
    # place, the meeting, hours, working days, when the reminder leaves
    ("London", "2026-10-08T08:00", 24, None, "Wed 2026-10-07 08:00"),
    ("London", "2026-10-08T08:00", 72, None, "Mon 2026-10-05 08:00"),
    ("London", "2026-10-05T08:00", 24, None, "Fri 2026-10-02 08:00"),  # a Monday: not on Sunday
    ("London", "2026-10-05T08:00", 72, None, "Fri 2026-10-02 08:00"),
    ("London", "2026-10-05T08:00", 48, None, "Fri 2026-10-02 08:00"),
    ("London", "2026-10-08T08:00", 2, None, "Thu 2026-10-08 07:00"),  # forward out of the night
    ("London", "2026-10-08T07:00", 2, None, "Wed 2026-10-07 20:00"),  # forward would be too late
    ("London", "2026-10-05T07:00", 2, None, "Fri 2026-10-02 20:00"),  # and the evening is on Sunday
    ("London", "2026-10-12T21:00", 72, None, "Fri 2026-10-09 20:00"),  # the morning is on Saturday
    ("London", "2026-10-08T08:00", 34, None, "Wed 2026-10-07 07:00"),
    ("London", "2026-10-08T08:00", None, 1, "Wed 2026-10-07 08:00"),
    ("London", "2026-10-08T08:00", None, 5, "Thu 2026-10-01 08:00"),
    ("London", "2026-10-05T08:00", None, 1, "Fri 2026-10-02 08:00"),
    # The clocks go back on Sunday 25-Oct-2026 and forward on Sunday 28-Mar-2027: eight stays eight.
    ("London", "2026-10-26T14:00", 24, None, "Fri 2026-10-23 14:00"),
    ("London", "2026-10-27T14:00", 24, None, "Mon 2026-10-26 14:00"),
    ("London", "2026-10-27T08:00", None, 2, "Fri 2026-10-23 08:00"),
    ("Kolkata", "2026-10-26T14:00", 72, None, "Fri 2026-10-23 14:00"),
    ("Munich", "2026-10-27T08:00", 96, None, "Fri 2026-10-23 08:00"),
    ("New York", "2026-11-02T08:00", None, 1, "Fri 2026-10-30 08:00"),
    ("New York", "2027-03-15T08:00", 72, None, "Fri 2027-03-12 08:00"),
    # Holidays: Christmas of 2026 and Easter of 2027.
    ("London", "2026-12-29T08:00", 24, None, "Thu 2026-12-24 08:00"),
    ("London", "2026-12-29T08:00", None, 1, "Thu 2026-12-24 08:00"),
    ("London", "2026-12-31T08:00", 72, None, "Thu 2026-12-24 08:00"),
    ("Munich", "2026-12-29T08:00", None, 1, "Mon 2026-12-28 08:00"),
    ("London", "2027-03-30T08:00", None, 1, "Thu 2027-03-25 08:00"),
    ("London", "2027-03-30T08:00", 24, None, "Thu 2027-03-25 08:00"),
    ("New York", "2027-03-30T08:00", 24, None, "Mon 2027-03-29 08:00"),
    ("New York", "2026-11-27T08:00", 24, None, "Wed 2026-11-25 08:00"),  # Thanksgiving
    ("London", "2027-03-26T07:00", 5, None, "Thu 2027-03-25 07:00"),  # of Good Friday's night
]


@pytest.mark.parametrize(("place", "starts", "hours", "days", "leaves"), MEETINGS)
def test_a_reminder_leaves_before_the_meeting(place, starts, hours, days, leaves):
    rules = rules_in(place)
    moment = before_meeting(there(starts, rules), hours=hours, days=days, rules=rules)

    assert on_the_wall(moment, rules) == leaves


def test_a_day_on_which_the_board_is_closed_is_left_too():
    rules = rules_in(closed=["2026-10-07"])
    for asked in ({"hours": 24}, {"days": 1}):
        moment = before_meeting(there("2026-10-08T08:00", rules), rules=rules, **asked)
        assert on_the_wall(moment, rules) == "Tue 2026-10-06 08:00"


@pytest.mark.parametrize("place", PLACES)
def test_whatever_the_day_no_reminder_comes_on_a_day_off_by_night_or_too_late(place):
    rules = rules_in(place)
    for day in range(365):
        starts = there("2026-09-01T07:30", rules).replace(tzinfo=None) + timedelta(days=day)
        starts = starts.replace(tzinfo=rules.zone)
        for asked in ({"hours": 1}, {"hours": 11}, {"hours": 72}, {"days": 3}):
            moment = before_meeting(starts, rules=rules, **asked)
            assert moment < starts
            assert rules.is_working(moment)
            assert time(7) <= moment.astimezone(rules.zone).time() <= time(20)


def test_a_morning_within_the_quiet_hours_waits_for_their_end():
    rules = replace(rules_in(), morning_at=time(6))
    assert on_the_wall(next_morning(there("2026-10-07T06:30", rules), rules), rules) == "Wed 2026-10-07 07:00"


def test_working_days_after_keep_the_time_of_day():
    rules = rules_in()
    friday = there("2026-10-23T09:15", rules)
    assert on_the_wall(working_days_after(friday, 1, rules), rules) == "Mon 2026-10-26 09:15"
    assert on_the_wall(working_days_after(friday, 5, rules), rules) == "Fri 2026-10-30 09:15"
    christmas_eve = datetime(2026, 12, 24, 9, 15, tzinfo=UTC)
    assert on_the_wall(working_days_after(christmas_eve, 1, rules), rules) == "Tue 2026-12-29 09:15"


@pytest.mark.parametrize("code", ["", "GB-ENG", "GB", "DE", "DE-BY", "US-NY", "IN"])
def test_codes_that_are_known(code):
    assert refusal(code) == ""


@pytest.mark.parametrize("code", ["XX", "GB-XX", "GB-UK", "England", "-", "-ENG"])
def test_codes_that_are_not_known_are_refused_with_examples(code):
    assert refusal(code).startswith(f"“{code}” is not a country or region")
    assert "GB-ENG" in refusal(code)


def test_a_year_that_the_calendar_only_estimates_raises_no_warning():
    assert not WorkingDays("IN").is_working(date(2040, 8, 15))


def test_a_day_begins_with_its_morning_on_a_day_off_too():
    rules = rules_in()
    assert day_begun(there("2026-12-25T07:59", rules), rules) is None
    assert day_begun(there("2026-12-25T08:00", rules), rules) == date(2026, 12, 25)


def test_of_all_moments_that_have_come_the_newest_is_due():
    rules = rules_in()
    monday, wednesday = (there(f"2026-10-{day}T08:00", rules) for day in ("05", "07"))

    for now, due in [("05T07:59", None), ("05T08:00", monday), ("07T07:59", monday), ("07T08:00", wednesday)]:
        moments = {"h24": wednesday, "h72": monday}
        newest = newest_due(moments, now=there(f"2026-10-{now}", rules))
        assert (newest and moments[newest]) == due
    assert newest_due({}, now=monday) is None


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("2026-10-02T20:10", "Fri 2026-10-02 20:10"),  # as planned, in the evening
        ("2026-10-02T20:20", "Mon 2026-10-05 08:00"),  # late: not by night, not on a day off
        ("2026-10-03T12:00", "Mon 2026-10-05 08:00"),
        ("2026-10-05T03:00", "Mon 2026-10-05 07:00"),
        ("2026-10-05T07:30", "Mon 2026-10-05 07:30"),
    ],
)
def test_what_is_late_waits_for_a_working_day(now, leaves):
    rules = rules_in()
    planned, until = there("2026-10-02T20:00", rules), there("2026-10-05T21:00", rules)
    moment = leaves_at(planned, now=there(now, rules), until=until, rules=rules)

    assert on_the_wall(moment, rules) == leaves


@pytest.mark.parametrize(
    ("now", "until", "leaves"),
    [
        ("2026-10-03T12:00", "2026-10-05T08:00", "Sat 2026-10-03 12:00"),
        ("2026-10-03T23:00", "2026-10-05T08:00", "Sun 2026-10-04 07:00"),
        ("2026-10-05T06:30", "2026-10-05T07:00", "Mon 2026-10-05 06:30"),
    ],
)
def test_what_can_wait_no_longer_leaves(now, until, leaves):
    rules = rules_in()
    planned = there("2026-10-02T08:00", rules)
    moment = leaves_at(planned, now=there(now, rules), until=there(until, rules), rules=rules)

    assert on_the_wall(moment, rules) == leaves
