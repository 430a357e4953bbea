"""What holds for every neuroendocrine tumour, and what happens exactly on each cut-off?"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain import scores

WITHIN = {
    "net_grade": 2,
    "primary_portal_drained": True,
    "primary_removed_before_transplant": True,
    "liver_involvement_percent": 50,
    "months_stable_or_response": 6,
    "age_years": 55,
    "extrahepatic_disease": False,
}
percent = st.decimals(0, 100, places=1)


def grade(ki67, mitoses, differentiation="well"):
    inputs = {"ki67_percent": ki67, "mitoses_per_2mm2": mitoses, "differentiation": differentiation}
    return scores.compute("net_grade_who2022", inputs)


def milan_net(**changes):
    return scores.compute("milan_net", WITHIN | changes)


@pytest.mark.parametrize(
    ("ki67", "mitoses", "expected"),
    [
        (2.9, 1.9, 1),
        (3, 1.9, 2),
        (2.9, 2, 2),
        (20, 20, 2),
        (20.1, 0, 3),
        (0, 20.1, 3),
        (2.9999999999999996, 0, 2),
    ],
)
def test_the_grade_on_each_cut_off(ki67, mitoses, expected):
    """WHO 2022: G1 Ki-67 below 3 % and below 2 mitoses per 2 mm², G3 above 20 of either."""
    assert grade(ki67, mitoses) == {
        "status": "ok",
        "category": f"NET G{expected}",
        "grade": expected,
        "discordant_input": False,
    }


@pytest.mark.parametrize(
    ("ki67", "mitoses", "discordant"), [(20, 20, True), (20.1, 20, False), (20, 20.1, False)]
)
def test_a_carcinoma_that_hardly_divides_is_asked_about(ki67, mitoses, discordant):
    assert grade(ki67, mitoses, "poor") == {
        "status": "ok",
        "category": "NEC",
        "grade": None,
        "discordant_input": discordant,
    }


@given(percent, percent, percent)
def test_the_higher_of_ki67_and_mitoses_decides(ki67, mitoses, more):
    answer = grade(ki67, mitoses)["grade"]

    assert answer == max(grade(ki67, 0)["grade"], grade(0, mitoses)["grade"])
    assert answer <= grade(min(ki67 + more, Decimal(100)), mitoses + more)["grade"]


def test_milan_net_on_its_limits():
    assert milan_net() == {"status": "ok", "met_age60": True, "met_age55": True, "failed_age60": []}
    assert milan_net(age_years=60)["met_age60"]
    assert not milan_net(age_years=56)["met_age55"]


BEYOND = {
    "g1_or_g2": {"net_grade": 3},
    "portal_drained_primary": {"primary_portal_drained": False},
    "primary_removed_before_transplant": {"primary_removed_before_transplant": False},
    "liver_involvement_at_most_50": {"liver_involvement_percent": 50.1},
    "stable_or_response_6_months": {"months_stable_or_response": 5.9},
    "age_limit": {"age_years": 60.1},
    "no_extrahepatic_disease": {"extrahepatic_disease": True},
}


@given(st.sets(st.sampled_from(list(BEYOND)), min_size=1))
def test_milan_net_names_what_is_not_met_in_a_fixed_order(broken):
    """Mazzaferro 2007 and 2016."""
    changes = {name: value for one in broken for name, value in BEYOND[one].items()}

    assert milan_net(**changes) == {
        "status": "ok",
        "met_age60": False,
        "met_age55": False,
        "failed_age60": [one for one in BEYOND if one in broken],
    }
