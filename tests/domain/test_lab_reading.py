"""Is what was pasted understood, and what can be read in two ways sent back with how to write it?"""

from decimal import Decimal

import pytest

from cases.domain.lab_reading import Typed, Unreadable, read


@pytest.mark.parametrize(
    ("typed", "comparator", "value", "unit"),
    [
        ("42", "", "42", ""),
        (" 0.8 ", "", "0.8", ""),
        ("< 5", "<", "5", ""),
        ("42 umol/l", "", "42", "umol/L"),
        ("42µmol/L", "", "42", "umol/L"),
        ("1.2 mg/dl", "", "1.2", "mg/dL"),
        ("38 g/L", "", "38", "g/L"),
        ("210 x10^9/L", "", "210", "10*9/L"),
        ("210 ×10⁹/L", "", "210", "10*9/L"),
        ("31 IU/L", "", "31", "U/L"),
        (">1000 kIU/L", ">", "1000", "kIU/L"),
        ("1.2 furlongs", "", "1.2", "furlongs"),
    ],
)
def test_a_number_is_read_with_the_unit_that_came_with_it(typed, comparator, value, unit):
    assert read(typed) == Typed(comparator, Decimal(value), unit)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("1,2", "A comma can be read in two ways. Write 1.2 with a point."),
        ("0,812", "A comma can be read in two ways. Write 0.812 with a point."),
        ("1,200", "A comma can be read in two ways. Write 1200, or 1.200 with a point."),
        ("1,2 mg/dL", "A comma can be read in two ways. Write 1.2 with a point."),
        ("high", "Give a number, such as 42 or 0.8 or <5, with a point for decimals."),
        ("-3", "Give a number, such as 42 or 0.8 or <5, with a point for decimals."),
        ("12 34", "Give a number, such as 42 or 0.8 or <5, with a point for decimals."),
    ],
)
def test_what_cannot_be_read_is_told_how_to_be_written(typed, answer):
    with pytest.raises(Unreadable) as told:
        read(typed)
    assert str(told.value) == answer
