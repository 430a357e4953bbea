"""Is the remnant compared with the right liver, and do contradicting volumes get no answer?"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain import scores
from tests.domain.scores.generated import decimals

# 180 cm and 80 kg: by Mosteller exactly 2 m2, so by Vauthey -794.41 + 2 x 1267.28 = 1740.15 mL.
TWO_SQUARE_METRES = {"height": {"value": 180, "unit": "cm"}, "weight": {"value": 80, "unit": "kg"}}


def ml(volume):
    return {"value": Decimal(volume), "unit": "mL"}


def flr(volume, background="normal", **more):
    inputs = TWO_SQUARE_METRES | {"flr_volume": ml(volume), "liver_background": background} | more
    return scores.compute("flr", inputs)


@pytest.mark.parametrize(
    ("background", "volume", "adequate", "borderline"),
    [
        ("normal", "348.03", False, True),  # 20 % exactly
        ("normal", "348.04", True, True),
        ("normal", "349.1", True, False),  # 20.06 %, reads as 20.1
        ("normal", "347.1", False, False),  # 19.95 % less a little, reads as 19.9
        ("chemotherapy_or_steatosis", "522.045", False, True),  # 30 %
        ("chemotherapy_or_steatosis", "522.05", True, True),
        ("cirrhosis_or_fibrosis", "696.06", False, True),  # 40 %
        ("cirrhosis_or_fibrosis", "696.07", True, True),
    ],
)
def test_a_remnant_on_the_threshold_is_not_adequate_and_is_marked(background, volume, adequate, borderline):
    """Kishi 2009, Shindoh 2013, Azoulay 2000; strictly above is this program's reading."""
    result = flr(volume, background)

    assert result["etlv_ml"] == 1740.15
    assert (result["adequate"], result["borderline"]) == (adequate, borderline)


def test_the_two_percentages_can_fall_on_opposite_sides_of_the_threshold():
    assert flr(320, total_liver_volume=ml(1700), tumour_volume=ml(250))["sides_differ"] is True
    assert flr(320, total_liver_volume=ml(1700))["sides_differ"] is False
    assert "flr_percent" not in flr(320, tumour_volume=ml(250))


@pytest.mark.parametrize(
    ("total", "tumour"),
    [(300, None), (250, 250), (250, 251), (1000, 700)],
    ids=["below the remnant", "all tumour", "more tumour than liver", "too little beside the tumour"],
)
def test_a_total_that_cannot_hold_the_remnant_is_refused(total, tumour):
    more = {"total_liver_volume": ml(total)} | ({"tumour_volume": ml(tumour)} if tumour else {})

    assert flr(320, **more) == {"status": "invalid", "field": "total_liver_volume"}


def test_a_body_for_which_the_formula_leaves_no_liver_is_refused():
    tiny = {"height": {"value": 51, "unit": "cm"}, "weight": {"value": 11, "unit": "kg"}}

    assert flr(100, **tiny) == {"status": "invalid", "field": "height"}


@given(decimals(50, 3000), decimals(0, 5000), decimals(0, 1000))
def test_percentages_are_in_proportion_to_the_remnant(volume, rest, tumour):
    total = {"total_liver_volume": ml(volume * 2 + rest + tumour), "tumour_volume": ml(tumour)}
    once, twice = flr(volume, **total), flr(volume * 2, **total)

    for name in ("sflr_percent", "flr_percent"):
        assert twice[name] == pytest.approx(2 * once[name])
    assert 0 < once["flr_percent"] < twice["flr_percent"] <= 100


@given(st.sampled_from(["mosteller", "dubois"]), decimals(120, 200), decimals(30, 150), decimals("0.1", 40))
def test_a_larger_body_has_a_larger_surface_and_a_smaller_standardised_remnant(formula, cm, kg, more):
    small, taller, heavier = (
        {"height": {"value": height, "unit": "cm"}, "weight": {"value": weight, "unit": "kg"}}
        for height, weight in ((cm, kg), (cm + more, kg), (cm, kg + more))
    )
    for larger in (taller, heavier):
        before, after = (scores.compute("bsa", body | {"formula": formula}) for body in (small, larger))
        assert before["bsa_m2"] < after["bsa_m2"]
        assert flr(300, **small)["sflr_percent"] > flr(300, **larger)["sflr_percent"]


@pytest.mark.parametrize(
    ("before", "after", "days", "points", "a_week", "enough"),
    [
        (20, 28, 28, 8.0, 2.0, True),
        (20, 27.9, 28, 7.9, 1.975, False),
        (20.1, 22.1, 7, 2.0, 2.0, True),  # in binary 22.1 - 20.1 is below 2
        (30, 30, 10, 0.0, 0.0, False),
    ],
)
def test_two_points_a_week_exactly_are_enough(before, after, days, points, a_week, enough):
    """Shindoh 2013: points of the standardised remnant a week, not growth relative to the volume before."""
    inputs = {"sflr_before_percent": before, "sflr_after_percent": after, "days_between": days}

    assert scores.compute("kgr", inputs) == {
        "status": "ok",
        "degree_of_hypertrophy_points": points,
        "kgr_percent_per_week": a_week,
        "kgr_at_least_2": enough,
    }


def test_an_interval_that_is_no_time_at_all_is_refused():
    inputs = {"sflr_before_percent": 20, "sflr_after_percent": 30, "days_between": 5e-324}

    assert scores.compute("kgr", inputs) == {"status": "invalid", "field": "days_between"}
