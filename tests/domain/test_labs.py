"""Are impossible laboratory values refused, and likely slips asked about?"""

from datetime import date
from decimal import Decimal as D

import pytest

from cases.domain import labs, scores
from cases.domain.scores import units
from cases.domain.scores.inputs import Quantity
from cases.vocabulary import Analyte

ACCEPTED, ASKED, REFUSED = "accepted", "asked", "refused"


def verdict(check):
    return REFUSED if check.refusal else ASKED if check.question else ACCEPTED


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "expected", "suggested"),
    [
        ("bilirubin", "20", "umol/L", ACCEPTED, None),
        ("bilirubin", "20", "mg/dL", ASKED, "umol/L"),  # the classical slip, seventeen-fold
        ("bilirubin", "1.2", "umol/L", ASKED, "mg/dL"),
        ("bilirubin", "2.9", "umol/L", ASKED, "mg/dL"),
        ("bilirubin", "3", "umol/L", ACCEPTED, None),
        ("bilirubin", "600", "umol/L", ACCEPTED, None),
        ("bilirubin", "601", "umol/L", ASKED, None),
        ("bilirubin", "100", "mg/dL", ASKED, "umol/L"),
        ("bilirubin", "100.1", "mg/dL", REFUSED, "umol/L"),
        ("bilirubin", "20", "mmol/L", REFUSED, "umol/L"),
        ("bilirubin", "0", "umol/L", REFUSED, None),
        ("albumin", "38", "g/L", ACCEPTED, None),
        ("albumin", "3.8", "g/L", REFUSED, "g/dL"),
        ("albumin", "3.5", "g/L", REFUSED, "g/dL"),
        ("albumin", "5.5", "g/L", ASKED, "g/dL"),
        ("albumin", "20", "g/dL", REFUSED, "g/L"),
        ("albumin", "60", "g/dL", REFUSED, "g/L"),
        ("albumin", "38", "g/mL", REFUSED, "g/L"),
        ("albumin", "3.8", "", REFUSED, "g/dL"),
        ("albumin", "38", "g/dL", REFUSED, "g/L"),
        ("albumin", "3.4", "mg/dL", REFUSED, "g/dL"),
        ("albumin", "3.4", "", REFUSED, "g/dL"),
        ("creatinine", "1.1", "umol/L", ASKED, "mg/dL"),
        ("creatinine", "29", "umol/L", ASKED, None),
        ("creatinine", "30", "umol/L", ACCEPTED, None),
        ("creatinine", "15", "mg/dL", ACCEPTED, None),
        ("creatinine", "16", "mg/dL", ASKED, None),
        ("creatinine", "97", "mg/dL", REFUSED, "umol/L"),
        ("platelets", "561", "10*9/L", ACCEPTED, None),
        ("platelets", "2000", "10*9/L", ACCEPTED, None),
        ("platelets", "2001", "10*9/L", ASKED, None),
        ("platelets", "42000", "10*9/L", REFUSED, "/uL"),
        ("platelets", "42000", "/uL", ACCEPTED, None),
        ("platelets", "1.71", "10*9/L", ASKED, None),
        ("platelets", "250", "/uL", ASKED, "10*9/L"),
        ("leukocytes", "5100", "10*9/L", REFUSED, "/uL"),
        ("haemoglobin", "137", "g/dL", REFUSED, "g/L"),
        ("inr", "0.4", "1", REFUSED, None),
        ("inr", "9", "1", ASKED, None),
        ("sodium", "137", "mEq/L", ACCEPTED, None),
        ("afp", "0", "ng/mL", ACCEPTED, None),
        ("afp", "-1", "ng/mL", REFUSED, None),
        ("afp", "185203", "ng/mL", ASKED, None),
        ("alp", "1.28", "U/L", ASKED, None),
        ("tsh", "1", "mU/L", REFUSED, None),
    ],
)
def test_verdict(analyte, value, unit, expected, suggested):
    check = labs.check(analyte, D(value), unit)

    assert (verdict(check), check.suggested_unit) == (expected, suggested)


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "sentence"),
    [
        (
            "bilirubin",
            "20",
            "mg/dL",
            "Bilirubin, total 20 mg/dL is unusual (0.18 to 10 is usual). Did you mean 20 µmol/L?",
        ),
        (
            "platelets",
            "42000",
            "10*9/L",
            "Platelets cannot be 42000 ×10⁹/L (possible: above 0 up to 3000). Did you mean 42000 /µL?",
        ),
        ("albumin", "3.4", "", "Albumin: give the unit (g/L or g/dL)."),
        (
            "creatinine",
            "50",
            "mg/dL",
            "Creatinine cannot be 50 mg/dL (possible: above 0 up to 40). Did you mean 50 µmol/L?",
        ),
        (
            "sodium",
            "170",
            "mmol/L",
            "Sodium 170 mmol/L is unusual (115 to 165 is usual). Confirm it or correct it.",
        ),
    ],
)
def test_the_sentence_says_what_to_do(analyte, value, unit, sentence):
    check = labs.check(analyte, D(value), unit)

    assert (check.refusal or check.question) == sentence


@pytest.mark.parametrize("thing", ["12", None, True, float("nan")])
def test_what_is_not_a_number_is_refused(thing):
    assert labs.check("ast", thing, "U/L").refusal == "AST: give a number."


def test_every_analyte_of_the_vocabulary_is_known_and_convertible():
    assert set(labs.ANALYTES) == set(Analyte.values) == set(units.FACTORS)
    for code, analyte in labs.ANALYTES.items():
        assert set(analyte.units) == set(units.FACTORS[code])
        assert analyte.default_unit in analyte.units
        assert analyte.name == Analyte(code).label


def test_the_bounds_of_one_analyte_agree_across_its_units():
    for code, analyte in labs.ANALYTES.items():
        for unit, ends in analyte.usual.items():
            assert all(analyte.is_possible(D(end), unit) for end in ends), (code, unit)


def test_what_is_possible_to_record_is_possible_to_calculate_with():
    """What is measured on images or is a bound of the laboratory itself is not recorded as a result."""
    quantities = [one for s in scores.all_scores() for one in s.inputs if isinstance(one, Quantity)]
    for one in (one for one in quantities if one.name in labs.ANALYTES):
        analyte = labs.ANALYTES[one.name]
        highest = units.convert(one.measures, one.range.most, one.unit, analyte.default_unit)
        assert highest == analyte.possible.most


@pytest.mark.parametrize(
    ("analyte", "unit", "code"),
    [
        ("bilirubin", "mg/dL", "1975-2"),
        ("bilirubin", "umol/L", None),
        ("afp", "ng/mL", "1834-1"),
        ("afp", "IU/mL", None),
    ],
)
def test_a_loinc_code_belongs_to_a_unit(analyte, unit, code):
    assert labs.ANALYTES[analyte].loinc.get(unit) == code


@pytest.mark.parametrize(
    ("analyte", "taken_on", "current"),
    [
        ("bilirubin", date(2026, 3, 1), True),
        ("bilirubin", date(2026, 2, 28), False),
        ("afp", date(2026, 2, 15), True),
        ("afp", date(2026, 2, 14), False),
        ("afp", None, False),
    ],
)
def test_a_value_is_current_for_two_weeks_a_marker_for_four(analyte, taken_on, current):
    assert labs.is_current(analyte, taken_on=taken_on, today=date(2026, 3, 15)) is current
