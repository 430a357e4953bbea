"""Do the scores of fitness add up, and is the tumour under discussion told apart from the rest?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain import scores
from cases.domain.scores.fitness import CONDITION_POINTS
from tests.domain.scores.generated import complete

HEALTHY = {"age_years": 40} | dict.fromkeys(CONDITION_POINTS, False)
HEALTHY |= dict.fromkeys(("liver_disease", "diabetes", "solid_tumour"), "none")
patients = complete(scores.get("charlson"))


@pytest.mark.parametrize(
    ("changes", "points"),
    [
        *(({name: True}, points) for name, points in CONDITION_POINTS.items()),
        ({"liver_disease": "mild"}, 1),
        ({"liver_disease": "moderate_severe"}, 3),
        ({"diabetes": "uncomplicated"}, 1),
        ({"diabetes": "end_organ_damage"}, 2),
        ({"solid_tumour": "localised"}, 2),
        ({"solid_tumour": "metastatic"}, 6),
    ],
    ids=str,
)
@given(patient=patients)
def test_each_condition_adds_its_own_points_whoever_has_it(changes, points, patient):
    """Charlson 1987, table 3."""
    name = next(iter(changes))
    without, with_it = (
        scores.compute("charlson", patient | changed) for changed in ({name: HEALTHY[name]}, changes)
    )

    assert with_it["comorbidity_points"] - without["comorbidity_points"] == points
    assert with_it["age_points"] == without["age_points"]


def test_the_weights_are_those_of_the_paper():
    """Charlson 1987: eight conditions of 1 and four of 2 that are yes or no, AIDS 6."""
    assert sorted(CONDITION_POINTS.values()) == [1] * 8 + [2] * 4 + [6]
    everything = dict.fromkeys(CONDITION_POINTS, True) | {
        "age_years": 80,
        "liver_disease": "moderate_severe",
        "diabetes": "end_organ_damage",
        "solid_tumour": "metastatic",
    }
    assert scores.compute("charlson", everything)["total"] == 8 + 8 + 6 + 3 + 2 + 6 + 4


@pytest.mark.parametrize(
    ("age", "points"),
    [(0, 0), (49, 0), (50, 1), (59, 1), (60, 2), (69, 2), (70, 3), (79, 3), (80, 4), (120, 4)],
)
def test_each_decade_from_50_adds_a_point_up_to_80(age, points):
    """Charlson 1994, with 50 itself counted and four points at most."""
    result = scores.compute("charlson", HEALTHY | {"age_years": age})

    assert (result["age_points"], result["total"]) == (points, points)


@given(patients)
def test_without_the_solid_tumour_is_the_same_patient_had_there_been_none(patient):
    result = scores.compute("charlson", patient)

    assert result["total"] == result["comorbidity_points"] + result["age_points"]
    assert (
        result["without_solid_tumour"]
        == scores.compute("charlson", patient | {"solid_tumour": "none"})["total"]
    )


@given(st.integers(0, 5))
def test_ecog_up_to_two_is_fit_enough_to_discuss_active_treatment(ecog):
    result = scores.compute("ecog", {"ecog": ecog})

    assert result == {"status": "ok", "ecog": ecog, "fit_for_active_treatment_discussion": ecog in (0, 1, 2)}


@pytest.mark.parametrize(
    ("given_", "answer"),
    [
        ({"asa_class": "VI", "emergency": None}, {"status": "ok", "label": "ASA VI"}),
        ({"asa_class": "IV", "emergency": True}, {"status": "ok", "label": "ASA IVE"}),
        ({"asa_class": 3}, {"status": "invalid", "field": "asa_class"}),
        ({"asa_class": "III", "emergency": "no"}, {"status": "invalid", "field": "emergency"}),
        ({"emergency": True}, {"status": "incomplete", "missing": ["asa_class"]}),
    ],
    ids=str,
)
def test_asa_is_a_class_with_an_e_for_an_emergency(given_, answer):
    assert scores.compute("asa", given_) == answer
