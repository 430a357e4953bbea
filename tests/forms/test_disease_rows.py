"""Rows of values: a number has its unit, an unusual one is asked about, an empty one is nothing."""

from datetime import date
from decimal import Decimal

import pytest

from cases.domain.referral import Lab
from cases.forms.disease_rows import LesionPanel
from cases.forms.laboratory import LabPanel, preset_rows, unit_choices

DAY = date(2026, 11, 16)


def panel(**typed):
    data = {"labs-TOTAL_FORMS": "9", "labs-INITIAL_FORMS": "6", "labs-day-taken_on": "2026-11-16"}
    return LabPanel(data | {f"labs-{name}": value for name, value in typed.items()})


@pytest.mark.parametrize(
    ("typed", "comparator", "value"),
    [("11", "", "11"), (" 0.8 ", "", "0.8"), ("<5", "<", "5"), ("> 1000", ">", "1000")],
)
def test_a_value_may_be_a_bound(typed, comparator, value):
    asked = panel(**{"6-analyte": "cea", "6-value": typed, "6-unit": "ug/L"})
    assert asked.is_valid()
    assert asked.results == [
        Lab(analyte="cea", value=Decimal(value), comparator=comparator, unit="ug/L", taken_on=DAY)
    ]


@pytest.mark.parametrize("typed", ["eleven", "1,5", "1e5", "-3", "NaN", "٣", "1" * 15, "< <5"])
def test_what_is_no_number_is_refused(typed):
    asked = panel(**{"0-value": typed, "0-unit": "umol/L"})
    assert not asked.is_valid()
    assert asked.problems[0].label == "Bilirubin, total"


def test_a_preset_row_cannot_be_made_another_analyte():
    asked = panel(**{"0-analyte": "cea", "0-value": "11", "0-unit": "umol/L"})
    assert asked.is_valid()
    assert asked.results[0].analyte == "bilirubin"


def test_a_spare_row_needs_a_name_and_a_unit():
    assert panel(**{"6-value": "42", "6-unit": "ug/L"}).problems[0].message == "Choose what was measured."
    assert "give the unit" in panel(**{"6-analyte": "cea", "6-value": "42"}).problems[0].message
    assert (
        "not recorded in g/L"
        in panel(**{"6-analyte": "cea", "6-value": "42", "6-unit": "g/L"}).problems[0].message
    )


def test_the_same_value_twice_on_a_day_is_refused_but_not_on_two_days():
    twice = {"6-analyte": "cea", "6-value": "42", "6-unit": "ug/L", "7-analyte": "cea", "7-value": "43"}
    assert not panel(**twice, **{"7-unit": "ug/L"}).is_valid()
    assert panel(**twice, **{"7-unit": "ug/L", "7-taken_on": "2026-10-01"}).is_valid()


def test_too_many_rows_and_no_management_form_are_refused_without_a_crash():
    assert not LabPanel({"labs-TOTAL_FORMS": "100000", "labs-INITIAL_FORMS": "6"}).is_valid()
    assert not LabPanel({"labs-0-value": "11"}).is_valid()


def test_known_values_fill_the_preset_rows_and_the_rest_follows():
    rows = preset_rows([{"analyte": "cea", "value": "42"}, {"analyte": "albumin", "value": "38"}])
    assert [row["analyte"] for row in rows][:2] == ["bilirubin", "albumin"]
    assert rows[1]["value"] == "38"
    assert rows[-1] == {"analyte": "cea", "value": "42"}


def test_units_are_said_as_people_read_them():
    assert ("umol/L", "µmol/L") in unit_choices("bilirubin")
    assert unit_choices("inr") == [("1", "no unit")]


def test_a_lesion_row_is_seen_on_the_day_of_the_panel_unless_it_says_another():
    data = {
        "lesions-TOTAL_FORMS": "3",
        "lesions-INITIAL_FORMS": "0",
        "lesions-day-measured_on": "2026-11-16",
        "lesions-0-segments": ["6"],
        "lesions-0-long_axis_mm": "23",
        "lesions-1-note": "close to the vein",
        "lesions-1-measured_on": "2026-10-01",
    }
    asked = LesionPanel(data)
    assert asked.is_valid()
    assert [seen.measured_on for seen in asked.looked_at()] == [DAY, date(2026, 10, 1)]


def test_a_unit_pasted_with_its_number_is_understood():
    asked = panel(**{"0-analyte": "bilirubin", "0-value": "42 umol/l", "0-unit": "umol/L"})
    assert asked.is_valid()
    assert [(one.value, one.unit) for one in asked.results] == [(Decimal(42), "umol/L")]


@pytest.mark.parametrize(
    ("typed", "unit", "answer"),
    [
        ("1.2 mg/dL", "umol/L", "You typed mg/dL, and µmol/L is chosen beside it."),
        ("20 mmol/L", "umol/L", "Bilirubin, total is not recorded in mmol/L"),
        ("1,2", "mg/dL", "Write 1.2 with a point."),
    ],
)
def test_a_pasted_value_that_does_not_fit_is_told_what_to_do(typed, unit, answer):
    asked = panel(**{"0-analyte": "bilirubin", "0-value": typed, "0-unit": unit})
    assert not asked.is_valid()
    assert answer in asked.problems[0].message


def test_an_enzyme_may_have_the_upper_limit_of_its_laboratory():
    asked = panel(**{"6-analyte": "ast", "6-value": "61", "6-unit": "U/L", "6-upper_limit": "35"})
    assert asked.is_valid()
    assert asked.results[0].upper_limit == Decimal(35)


@pytest.mark.parametrize(
    ("typed", "valid"),
    [
        ({"6-analyte": "cea", "6-value": "5", "6-unit": "ug/L", "6-upper_limit": "5"}, True),  # not an enzyme
        ({"6-analyte": "ast", "6-value": "", "6-upper_limit": "35"}, False),
        ({"6-analyte": "ast", "6-value": "61", "6-unit": "U/L", "6-upper_limit": "0"}, False),
    ],
)
def test_a_limit_belongs_to_the_value_of_an_enzyme(typed, valid):
    asked = panel(**typed)
    assert asked.is_valid() is valid
    assert not valid or asked.results[0].upper_limit is None
