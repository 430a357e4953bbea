"""Do the scores of the liver behave as their formulas say, and on which side does each cut-off fall?"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain import scores
from cases.domain.scores.liver_function import ASCITES_POINTS, ENCEPHALOPATHY_POINTS
from tests.domain.scores.generated import decimals

patients = st.fixed_dictionaries(
    {
        "bilirubin": decimals("0.1", 30),
        "albumin": decimals("1.0", 6),
        "creatinine": decimals("0.2", 10),
        "sodium": decimals(110, 160, 0),
        "platelets": decimals(10, 800, 0),
        "inr": decimals("0.8", 6),
        "ascites": st.sampled_from([str(code) for code in ASCITES_POINTS]),
        "encephalopathy": st.sampled_from([str(code) for code in ENCEPHALOPATHY_POINTS]),
        "dialysis_twice_in_week": st.booleans(),
        "sex_for_meld": st.sampled_from(["female", "male"]),
    }
)
PER_DL = {
    "bilirubin": "mg/dL",
    "albumin": "g/dL",
    "creatinine": "mg/dL",
    "sodium": "mEq/L",
    "platelets": "10*3/uL",
}
MELDS = ["meld", "meld_na", "meld3"]


def conventional(patient, **changes):
    """The inputs in mg/dL, g/dL and mEq/L."""
    values = patient | changes
    return values | {name: {"value": values[name], "unit": unit} for name, unit in PER_DL.items()}


def international(patient):
    """The same patient in umol/L, g/L and mmol/L, by the factors of the published scores."""
    return patient | {
        "bilirubin": {"value": patient["bilirubin"] * Decimal("17.1"), "unit": "umol/L"},
        "albumin": {"value": patient["albumin"] * 10, "unit": "g/L"},
        "creatinine": {"value": patient["creatinine"] * Decimal("88.4"), "unit": "umol/L"},
        "sodium": {"value": patient["sodium"], "unit": "mmol/L"},
        "platelets": {"value": patient["platelets"] * 1000, "unit": "/uL"},
    }


def before_and_after(score, patient, **changes):
    return [scores.compute(score, conventional(patient, **changed))["score"] for changed in ({}, changes)]


@given(st.sampled_from(["child_pugh", "albi", "palbi", *MELDS]), patients)
def test_conventional_and_international_units_agree(score, patient):
    assert scores.compute(score, conventional(patient)) == scores.compute(score, international(patient))


@given(st.sampled_from(["child_pugh", "albi", *MELDS]), patients, decimals(0, 10))
def test_more_bilirubin_is_never_better(score, patient, more):
    """PALBI is left out: above 537 umol/L its square takes over."""
    before, after = before_and_after(score, patient, bilirubin=patient["bilirubin"] + more)

    assert after >= before


@given(st.sampled_from(["child_pugh", "albi", "palbi"]), patients, decimals(0, 1))
def test_more_albumin_is_never_worse(score, patient, more):
    """Not so in MELD 3.0: above a creatinine of 2.75 mg/dL its interaction term turns albumin round."""
    before, after = before_and_after(score, patient, albumin=patient["albumin"] + more)

    assert after <= before


@given(st.sampled_from(MELDS), patients, decimals(0, 5), st.sampled_from(["inr", "creatinine"]))
def test_every_meld_rises_with_inr_and_creatinine(score, patient, more, name):
    before, after = before_and_after(score, patient, **{name: patient[name] + more})

    assert after >= before


@given(patients)
def test_scores_stay_within_their_published_limits(patient):
    inputs = conventional(patient)

    assert 5 <= scores.compute("child_pugh", inputs)["score"] <= 15
    assert scores.compute("albi", inputs)["grade"] in {1, 2, 3}
    assert scores.compute("palbi", inputs)["grade"] in {1, 2, 3}
    for score in MELDS:
        assert 6 <= scores.compute(score, inputs)["score"] <= 40


@given(patients, decimals(0, 30, 0))
def test_meld_na_starts_from_meld_and_low_sodium_only_adds(patient, less):
    """OPTN Policy 9.1.D: MELD(i) is MELD as a whole number; a sodium of 137 or more adds nothing."""
    given_ = conventional(patient)
    meld_na = scores.compute("meld_na", given_)

    assert meld_na["meld_i"] == scores.compute("meld", given_)["score"]
    assert meld_na["score"] >= meld_na["meld_i"]
    assert scores.compute("meld_na", conventional(patient, sodium=137))["score"] == meld_na["meld_i"]
    assert before_and_after("meld_na", patient, sodium=patient["sodium"] - less)[1] >= meld_na["score"]


WELL = {"inr": 1, "dialysis_twice_in_week": False, "creatinine": 1, "albumin": 4, "platelets": 200}
LOW_SODIUM = WELL | {"sodium": 125}


@pytest.mark.parametrize(
    ("bilirubin", "meld_i", "score"),
    [
        ("3.82", 11, 11),  # 0.643 + 0.378 ln 3.82 = 1.1496, rounded 1.1: no sodium step
        ("3.83", 12, 23),  # 1.1506, rounded 1.2; 12 + 1.32 x 12 - 0.033 x 12 x 12 = 23.088
    ],
)
def test_sodium_counts_from_a_rounded_meld_of_12(bilirubin, meld_i, score):
    """OPTN Policy 9.1.D, worked by hand; left unrounded the first would be 23 as well."""
    result = scores.compute("meld_na", conventional(LOW_SODIUM, bilirubin=Decimal(bilirubin)))

    assert result == {"status": "ok", "meld_i": meld_i, "score": score}


@pytest.mark.parametrize(("score", "cap"), [("meld", 4), ("meld_na", 4), ("meld3", 3)])
@given(patient=patients)
def test_dialysis_counts_as_the_cap_on_creatinine_however_low_it_was_measured(score, cap, patient):
    """UNOS bounds: 4.0 in MELD and MELD-Na; Kim 2021: 3.0 in MELD 3.0."""
    dialysed = scores.compute(score, conventional(patient, dialysis_twice_in_week=True))
    for creatinine in (cap, 40):
        changes = {"creatinine": creatinine, "dialysis_twice_in_week": False}
        assert scores.compute(score, conventional(patient, **changes)) == dialysed


@pytest.mark.parametrize(("albumin", "grade"), [("31.5", 1), ("31.4", 2), ("20.5", 2), ("20.4", 3)])
def test_palbi_on_its_cut_offs_is_the_better_grade(albumin, grade):
    """Bilirubin 10 and platelets 100 leave -1.27 - 0.04 albumin; the cuts are -2.53 and -2.09 (Liu 2017)."""
    result = scores.compute(
        "palbi",
        {
            "bilirubin": {"value": 10, "unit": "umol/L"},
            "albumin": {"value": Decimal(albumin), "unit": "g/L"},
            "platelets": {"value": 100, "unit": "10*9/L"},
        },
    )

    assert result["grade"] == grade


def units_per_litre(value):
    return {"value": value, "unit": "U/L"}


@pytest.mark.parametrize(
    ("age", "ast", "platelets", "viral", "fatty"),
    [
        (58, 40, "160", "indeterminate", "indeterminate"),  # 1.45
        (58, 40, "160.1", "low", "indeterminate"),
        (52, 40, "160", "low", "indeterminate"),  # 1.30
        (52, 40, "160.1", "low", "low"),
        (65, 40, "80", "indeterminate", "high"),  # 3.25
        (65, 40, "79.9", "high", "high"),
        (60, 89, "200", "indeterminate", "indeterminate"),  # 2.67
        (60, 89, "199.9", "indeterminate", "high"),
        (65, 40, "130", "indeterminate", "indeterminate"),  # 2.00, where "low" ends from 65 years
        (65, 40, "130.1", "indeterminate", "low"),
        (64, 40, "130.1", "indeterminate", "indeterminate"),
    ],
)
def test_fib4_on_a_cut_off_is_indeterminate(age, ast, platelets, viral, fatty):
    """ALT 100, so age x AST / (10 x platelets); Sterling 2006, Shah 2009, McPherson 2017."""
    inputs = {"age_years": age, "ast": units_per_litre(ast), "alt": units_per_litre(100)}
    count = {"platelets": {"value": Decimal(platelets), "unit": "10*9/L"}}
    result = scores.compute("fib4", inputs | count)

    assert (result["band_1_45_3_25"], result["band_1_30_2_67"]) == (viral, fatty)


@pytest.mark.parametrize(("age", "outside"), [(34, True), (35, False), (65, False), (66, True)])
def test_fib4_tells_who_was_not_among_those_it_was_derived_in(age, outside):
    inputs = {"age_years": age, "ast": units_per_litre(40), "alt": units_per_litre(40)}
    result = scores.compute("fib4", inputs | {"platelets": {"value": 200, "unit": "10*9/L"}})

    assert result["age_outside_validated_range"] is outside


@given(decimals(1, 2000), decimals(5, 100), decimals(1, 1000))
def test_an_ast_at_its_upper_limit_makes_apri_a_hundred_over_the_platelets(ast, limit, platelets):
    """Wai 2003; both in proportion to AST and to 1/limit."""
    count = {"platelets": {"value": platelets, "unit": "10*9/L"}}
    at_limit, measured = (
        scores.compute("apri", {"ast": units_per_litre(value), "ast_uln": units_per_litre(limit)} | count)[
            "score"
        ]
        for value in (limit, ast)
    )

    assert at_limit == pytest.approx(100 / float(platelets))
    assert measured == pytest.approx(at_limit * float(ast / limit), abs=1e-6)


@pytest.mark.parametrize(
    ("bilirubin", "r15", "extent"),
    [
        ("2.0", 5, "no_hepatectomy"),
        ("1.99", 5, "enucleation"),
        ("1.6", 5, "enucleation"),
        ("1.59", 5, "limited_resection"),
        ("1.1", 5, "limited_resection"),
        ("1.09", "9.9", "trisectorectomy_or_bisectorectomy"),
        ("1.0", 10, "left_hemihepatectomy_or_right_sectorectomy"),
        ("1.0", 20, "couinaud_segmentectomy"),
        ("1.0", 30, "limited_resection"),
        ("1.0", "39.9", "limited_resection"),
        ("1.0", 40, "enucleation"),
        ("1.0", 100, "enucleation"),
    ],
)
def test_each_band_of_the_icg_tree_reaches_up_to_the_next(bilirubin, r15, extent):
    """Makuuchi 1993, read without gaps between the bands."""
    inputs = {"ascites_uncontrolled": False, "icg_r15_percent": Decimal(r15)}
    result = scores.compute(
        "icg_r15_makuuchi", inputs | {"bilirubin": {"value": Decimal(bilirubin), "unit": "mg/dL"}}
    )

    assert result == {"status": "ok", "extent": extent}
