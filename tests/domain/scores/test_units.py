"""Are laboratory values converted exactly, and unknown units refused?"""

from decimal import Decimal as D

import pytest

from cases.domain.scores import units


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "to", "expected"),
    [
        ("bilirubin", "3", "mg/dL", "umol/L", "51.3"),
        ("bilirubin", "51.3", "umol/L", "mg/dL", "3"),
        ("creatinine", "1", "mg/dL", "umol/L", "88.4"),
        ("albumin", "3.5", "g/dL", "g/L", "35"),
        ("sodium", "137", "mEq/L", "mmol/L", "137"),
        ("platelets", "42000", "/uL", "10*9/L", "42"),
        ("platelets", "42", "10*3/uL", "10*9/L", "42"),
        ("leukocytes", "5100", "/uL", "10*9/L", "5.1"),
        ("haemoglobin", "13.7", "g/dL", "g/L", "137"),
        ("afp", "100", "IU/mL", "ng/mL", "121"),
        ("ca19_9", "37", "kU/L", "U/mL", "37"),
    ],
)
def test_conversion(analyte, value, unit, to, expected):
    assert units.convert(analyte, D(value), unit, to) == D(expected)


@pytest.mark.parametrize(
    ("analyte", "unit"),
    [
        ("bilirubin", "mmol/L"),
        ("albumin", "g/mL"),
        ("albumin", ""),
        ("albumin", None),
        ("albumin", []),
        ("tsh", "1"),
    ],
)
def test_an_unknown_unit_is_refused(analyte, unit):
    with pytest.raises(units.UnknownUnit):
        units.factor(analyte, unit)


@pytest.mark.parametrize("thing", [True, "3", None, float("nan"), float("inf"), D("NaN"), [3]])
def test_only_finite_numbers_are_numbers(thing):
    with pytest.raises(units.NotANumber):
        units.decimal_of(thing)


def test_a_float_is_read_as_it_was_written():
    assert units.decimal_of(51.3) == D("51.3")


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(6.5, 0, "7"), (2.675, 2, "2.68"), (D("-1.385"), 2, "-1.39"), (2.9999999999999996, 1, "3.0")],
)
def test_halves_go_up_for_display(value, decimals, shown):
    assert str(units.half_up(value, decimals)) == shown


def test_the_dust_of_a_division_is_removed():
    assert units.without_dust(D("2.9999999999999996")) == 3
