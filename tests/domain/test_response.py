"""Sums of target lesions by RECIST 1.1 (Eisenhauer 2009): baseline first, nadir the smallest earlier sum."""

from datetime import date
from decimal import Decimal as D

import pytest

from cases.domain import response

MAY, JULY, SEPTEMBER, NOVEMBER = (date(2026, month, 4) for month in (5, 7, 9, 11))


def test_the_nadir_is_the_smallest_sum_before_the_newest():
    found = response.target_sums(
        {
            "L1": {MAY: D(50), JULY: D(30), SEPTEMBER: D(25), NOVEMBER: D(28)},
            "L2": {MAY: D(30), JULY: D(20), SEPTEMBER: D(15), NOVEMBER: D(20)},
        }
    )

    assert found == response.Sums(
        baseline_on=MAY, baseline=D(80), nadir=D(40), current_on=NOVEMBER, current=D(48), nadir_on=SEPTEMBER
    )
    assert (found.from_baseline, found.from_nadir) == (D(-40), D(20))


def test_the_newest_sum_is_never_its_own_nadir():
    found = response.target_sums({"L1": {MAY: D(50), JULY: D(30)}})

    assert (found.baseline, found.nadir, found.current) == (D(50), D(50), D(30))


def test_a_day_that_lacks_a_target_has_no_sum():
    measured = {"L1": {MAY: D(50), JULY: D(10), NOVEMBER: D(40)}, "L2": {MAY: D(30), NOVEMBER: D(30)}}

    assert response.sums_by_day(measured) == {MAY: D(80), NOVEMBER: D(70)}
    assert response.days_without_all(measured) == {JULY: ("L2",)}
    assert response.target_sums(measured).nadir == D(80)


@pytest.mark.parametrize(
    "measured",
    [{}, {"L1": {}}, {"L1": {MAY: D(50)}}, {"L1": {MAY: D(50), JULY: D(40)}, "L2": {JULY: D(10)}}],
)
def test_fewer_than_two_whole_days_say_nothing(measured):
    assert response.target_sums(measured) is None


def test_a_lesion_no_longer_seen_measures_nothing_from_then_on():
    days = response.with_gone({MAY: D(20)}, gone_on=JULY, looked_on=[MAY, JULY, NOVEMBER])

    assert days == {MAY: D(20), JULY: D(0), NOVEMBER: D(0)}


def test_what_is_measured_after_a_lesion_was_gone_counts():
    days = response.with_gone({MAY: D(20), NOVEMBER: D(6)}, gone_on=JULY, looked_on=[MAY, JULY, NOVEMBER])

    assert days[NOVEMBER] == D(6)


def test_nothing_is_said_in_per_cent_of_a_sum_that_was_zero():
    found = response.target_sums({"L1": {MAY: D(20), JULY: D(0), NOVEMBER: D(6)}})

    assert (found.from_baseline, found.from_nadir) == (D(-70), None)
