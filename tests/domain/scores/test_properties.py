"""What holds for every patient, not only for the worked cases?"""

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cases.domain import scores
from cases.domain.scores.liver_function import ASCITES_POINTS, ENCEPHALOPATHY_POINTS


def decimals(low, high, places=2):
    return st.decimals(min_value=Decimal(low), max_value=Decimal(high), places=places)


patients = st.fixed_dictionaries(
    {
        "bilirubin": decimals("0.1", 30),
        "albumin": decimals("1.0", 6),
        "creatinine": decimals("0.2", 10),
        "sodium": decimals(110, 160, 0),
        "inr": decimals("0.8", 6),
        "ascites": st.sampled_from([str(code) for code in ASCITES_POINTS]),
        "encephalopathy": st.sampled_from([str(code) for code in ENCEPHALOPATHY_POINTS]),
        "dialysis_twice_in_week": st.booleans(),
        "sex_for_meld": st.sampled_from(["female", "male"]),
    }
)
scores_of_the_liver = st.sampled_from(["child_pugh", "albi", "meld3"])


def conventional(patient, **changes):
    """The inputs in mg/dL, g/dL and mEq/L."""
    values = patient | changes
    units = {"bilirubin": "mg/dL", "albumin": "g/dL", "creatinine": "mg/dL", "sodium": "mEq/L"}
    return values | {name: {"value": values[name], "unit": unit} for name, unit in units.items()}


def international(patient):
    """The same patient in umol/L, g/L and mmol/L."""
    return patient | {
        "bilirubin": {"value": patient["bilirubin"] * Decimal("17.1"), "unit": "umol/L"},
        "albumin": {"value": patient["albumin"] * 10, "unit": "g/L"},
        "creatinine": {"value": patient["creatinine"] * Decimal("88.4"), "unit": "umol/L"},
        "sodium": {"value": patient["sodium"], "unit": "mmol/L"},
    }


@given(scores_of_the_liver, patients)
def test_the_unit_makes_no_difference(score, patient):
    assert scores.compute(score, conventional(patient)) == scores.compute(score, international(patient))


@given(scores_of_the_liver, patients, decimals(0, 10))
def test_more_bilirubin_is_never_better(score, patient, more):
    before, after = (
        scores.compute(score, conventional(patient, bilirubin=value))["score"]
        for value in (patient["bilirubin"], patient["bilirubin"] + more)
    )

    assert after >= before


@given(st.sampled_from(["child_pugh", "albi"]), patients, decimals(0, 1))
def test_more_albumin_is_never_worse(score, patient, more):
    """Not so in MELD 3.0: above a creatinine of 2.75 mg/dL its interaction term turns albumin round."""
    before, after = (
        scores.compute(score, conventional(patient, albumin=value))["score"]
        for value in (patient["albumin"], patient["albumin"] + more)
    )

    assert after <= before


@given(patients, decimals(0, 5), st.sampled_from(["inr", "creatinine"]))
def test_meld3_rises_with_inr_and_creatinine(patient, more, name):
    before, after = (
        scores.compute("meld3", conventional(patient, **{name: value}))["score"]
        for value in (patient[name], patient[name] + more)
    )

    assert after >= before


@given(patients)
def test_scores_stay_within_their_published_limits(patient):
    inputs = conventional(patient)

    assert 5 <= scores.compute("child_pugh", inputs)["score"] <= 15
    assert 6 <= scores.compute("meld3", inputs)["score"] <= 40
    assert scores.compute("albi", inputs)["grade"] in {1, 2, 3}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
amounts = anything | st.fixed_dictionaries({"value": anything, "unit": anything | st.just("mg/dL")})
names = st.sampled_from(sorted({i.name for score in scores.all_scores() for i in score.inputs}))


@given(scores_of_the_liver, st.dictionaries(names, amounts) | anything)
def test_any_json_is_answered(score, inputs):
    result = scores.compute(score, inputs)

    assert result["status"] in {"ok", "incomplete", "invalid"}
    json.dumps(result, allow_nan=False)


@given(scores_of_the_liver, patients, st.data())
def test_one_absurd_value_is_blamed_by_name(score, patient, data):
    name = data.draw(st.sampled_from([one.name for one in scores.get(score).inputs]))
    absurd = data.draw(
        st.sampled_from(["", "no", -1, float("nan"), float("inf"), 10**400, [], {"value": 1}, {}])
    )
    result = scores.compute(score, conventional(patient) | {name: absurd})

    assert result in (
        {"status": "invalid", "field": name},
        {"status": "incomplete", "missing": [name]},  # an empty quantity lacks its value
    )
