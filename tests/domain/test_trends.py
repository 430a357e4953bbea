"""Trends: gaps stay gaps, the scale covers what is shown, and the words say the same as the drawing."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain.trends import Frame, Reading, Series, change, nice_ticks, number, plot, signed

BOX = Frame(10, 5, 110, 55)


def series(*values, **more):
    """One value a month from January 2026."""
    readings = tuple(Reading(date(2026, month, 1), value) for month, value in enumerate(values, start=1))
    return Series("CEA", "µg/L", readings, **more)


def test_a_missing_value_breaks_the_line():
    curve = plot(series(10, 8, None, 6, 5), BOX)

    assert [[p.reading.value for p in piece] for piece in curve.pieces] == [[10, 8], [6, 5]]


def test_dates_are_spaced_by_days_not_by_order():
    readings = (Reading(date(2026, 1, 11), 2), Reading(date(2026, 1, 1), 1), Reading(date(2026, 4, 11), 3))

    xs = [point.x for point in plot(Series("CEA", "", readings), BOX).points]

    assert xs == [10, pytest.approx(20), 110]


def test_higher_values_stand_higher():
    first, second = plot(series(1, 2), BOX).points

    assert first.y > second.y


def test_one_value_stands_in_the_middle_and_none_draws_nothing():
    assert [p.x for p in plot(series(4), BOX).points] == [60]
    assert plot(series(None), BOX).points == ()
    assert plot(series(), BOX).value_ticks == ()


def test_markers_that_run_over_powers_of_ten_get_a_logarithmic_scale():
    curve = plot(series(3, 60500), BOX)

    assert curve.logarithmic
    assert [tick.words for tick in curve.value_ticks][:4] == ["1", "10", "100", "1\u202f000"]
    assert not plot(series(0, 60500), BOX).logarithmic
    assert not plot(series(11, 38), BOX).logarithmic


def test_the_band_is_shown_where_it_is_near_and_does_not_squash_the_curve():
    near = plot(series(9, 25, low=0, high=21), BOX)
    far = plot(series(180, 182, low=20, high=21), BOX)

    assert near.band is not None
    assert near.band[0] < near.band[1]
    assert far.band is None
    assert plot(series(9, 25), BOX).band is None


def test_first_and_last_date_always_stand_under_the_axis():
    ticks = plot(series(*range(1, 13)), Frame(0, 0, 600, 100)).date_ticks

    assert (ticks[0].words, ticks[-1].words) == ("01-Jan-2026", "01-Dec-2026")
    assert all(b.at - a.at > 60 for a, b in pairwise(ticks))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((142, 38), "142 → 38 µg/L, −73 %"),
        ((40, None, 60), "40 → 60 µg/L, +50 %"),
        ((5, 5), "5 → 5 µg/L, 0 %"),
        ((0, 5), "0 → 5 µg/L"),
        ((7,), "7 µg/L"),
        ((None,), "no value"),
    ],
)
def test_the_change_in_words(values, words):
    assert change(series(*values)) == words


def test_a_limit_is_not_turned_into_a_percentage():
    readings = (Reading(date(2026, 1, 1), 3, limit="<"), Reading(date(2026, 2, 1), 6))

    assert change(Series("AFP", "ng/mL", readings)) == "<3 → 6 ng/mL"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (-2.631, "−2.63"),
        (1.1, "1.1"),
        (11.0, "11"),
        (27.46, "27.5"),
        (60500, "60\u202f500"),
        (-0.001, "0"),
    ],
)
def test_numbers(value, words):
    assert number(value) == words


@pytest.mark.parametrize(("value", "words"), [(-26.4, "−26"), (0.4, "0"), (50, "+50"), (-0.2, "0")])
def test_signed_numbers(value, words):
    assert signed(value) == words


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (38, 142, (0, 50, 100, 150)),
        (1.1, 1.4, (1.1, 1.2, 1.3, 1.4)),
        (5, 5, (2, 4, 6, 8)),
        (0, 0, (0, 0.5, 1)),
    ],
)
def test_ticks_are_round_numbers_that_cover_the_range(low, high, ticks):
    assert nice_ticks(low, high) == ticks


# As laboratories report them: nothing, or from a thousandth to a million.
REPORTED = st.just(0.0) | st.floats(1e-3, 1e6)


@given(st.lists(st.none() | REPORTED, max_size=12), st.none() | REPORTED, st.none() | REPORTED)
def test_every_known_value_is_drawn_once_inside_the_box(values, low, high):
    curve = plot(series(*values, low=low, high=high), BOX)

    assert [p.reading.value for p in curve.points] == [v for v in values if v is not None]
    for point in curve.points:
        assert BOX.left - 1e-6 <= point.x <= BOX.right + 1e-6
        assert BOX.top - 1e-6 <= point.y <= BOX.bottom + 1e-6
