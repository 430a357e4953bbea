"""Which backups stay in a folder?"""

from datetime import UTC, datetime, timedelta

import pytest

from tumorboard.backups.kept import moment_of, name_at, to_keep

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)


def test_the_newest_of_seven_days_four_weeks_and_twelve_months():
    nightly = [MONDAY - timedelta(days=days) for days in range(500)]

    kept = sorted(to_keep(nightly, days=7, weeks=4, months=12), reverse=True)

    days = [MONDAY - timedelta(days=n) for n in range(7)]  # Monday 23 back to Tuesday 17 November
    # The newest of each week is its Sunday, of the running week its Monday; of each month its last day.
    weeks = [MONDAY, *(datetime(2026, 11, n, 2, tzinfo=UTC) for n in (22, 15, 8))]
    ends = ((2026, 10, 31), (2026, 9, 30), (2026, 8, 31), (2026, 7, 31), (2026, 6, 30), (2026, 5, 31),
            (2026, 4, 30), (2026, 3, 31), (2026, 2, 28), (2026, 1, 31), (2025, 12, 31))  # fmt: skip
    months = [MONDAY, *(datetime(*end, 2, tzinfo=UTC) for end in ends)]
    assert kept == sorted({*days, *weeks, *months}, reverse=True)


def test_of_several_in_a_day_the_newest_stays():
    day = [MONDAY + timedelta(hours=n) for n in range(6)]
    assert to_keep(day, days=3, weeks=0, months=0) == {day[-1]}


@pytest.mark.parametrize("moments", [[], [MONDAY]])
def test_the_last_one_is_never_removed(moments):
    assert to_keep(moments, days=0, weeks=0, months=0) == set(moments)


def test_a_name_tells_its_moment_and_other_names_are_none_of_ours():
    assert name_at(MONDAY) == "tumorboard-20261123T020000Z.tar.age"
    assert moment_of(name_at(MONDAY)) == MONDAY
    for other in (
        "tumorboard.dump",
        "tumorboard-20261199T020000Z.tar.age",
        ".half-made-1",
        name_at(MONDAY) + ".x",
    ):
        assert moment_of(other) is None
