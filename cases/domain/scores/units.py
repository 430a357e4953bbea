"""How is a laboratory value expressed in another unit?

Factors are exact decimals, so a value that is written in two units compares equal. Creatinine and bilirubin
use the rounded factors of the published scores (88.4 and 17.1 umol/L for 1 mg/dL); 1 IU/mL of AFP is taken as
1.21 ng/mL, a widely used approximation of the WHO standard 72/225.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from types import MappingProxyType

ONE = Decimal(1)

# For each analyte: unit -> how many of its base unit (the one with factor 1) one of these is.
FACTORS: Mapping[str, Mapping[str, Decimal]] = MappingProxyType(
    {
        "bilirubin": {"umol/L": ONE, "mg/dL": Decimal("17.1")},
        "albumin": {"g/L": ONE, "g/dL": Decimal(10)},
        "inr": {"1": ONE},
        "creatinine": {"umol/L": ONE, "mg/dL": Decimal("88.4")},
        "sodium": {"mmol/L": ONE, "mEq/L": ONE},
        "platelets": {"10*9/L": ONE, "10*3/uL": ONE, "/uL": Decimal("0.001")},
        "leukocytes": {"10*9/L": ONE, "10*3/uL": ONE, "/uL": Decimal("0.001")},
        "haemoglobin": {"g/L": ONE, "g/dL": Decimal(10)},
        "ast": {"U/L": ONE},
        "alt": {"U/L": ONE},
        "alp": {"U/L": ONE},
        "ggt": {"U/L": ONE},
        "ldh": {"U/L": ONE},
        "afp": {"ng/mL": ONE, "ug/L": ONE, "IU/mL": Decimal("1.21"), "kIU/L": Decimal("1.21")},
        "cea": {"ug/L": ONE, "ng/mL": ONE},
        "cga": {"ng/mL": ONE, "ug/L": ONE},
        "psa": {"ng/mL": ONE, "ug/L": ONE},
        "ca19_9": {"U/mL": ONE, "kU/L": ONE},
        "ca15_3": {"U/mL": ONE, "kU/L": ONE},
    }
)

# The same for what is measured on images and on the patient.
MEASURES: Mapping[str, Mapping[str, Decimal]] = MappingProxyType(
    {
        "length": {"cm": ONE, "mm": Decimal("0.1")},
        "mass": {"kg": ONE},
        "volume": {"mL": ONE, "cm3": ONE},
    }
)


class UnknownUnit(ValueError):
    """The analyte is not known, or is not measured in this unit; the message names both."""


class NotANumber(ValueError):
    """Not a finite number: text, a truth value, NaN or infinity."""


def units_of(analyte: str) -> Mapping[str, Decimal]:
    """The units in which something is measured, each with its factor; KeyError for what is not known."""
    return FACTORS[analyte] if analyte in FACTORS else MEASURES[analyte]


def factor(analyte: str, unit: str) -> Decimal:
    try:
        return units_of(analyte)[unit]
    except (KeyError, TypeError):
        raise UnknownUnit(f"{analyte!r} is not measured in {unit!r} here.") from None


def convert(analyte: str, value: Decimal, unit: str, to: str) -> Decimal:
    """The same amount of `analyte`, given in `unit`, expressed in `to`."""
    ours, theirs = factor(analyte, unit), factor(analyte, to)
    with localcontext(Context(prec=50)):
        return value * ours / theirs


def decimal_of(number: object) -> Decimal:
    """The decimal that was written: 51.3 stays 51.3, without the dust of its binary form."""
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal):
        raise NotANumber(f"{type(number).__name__} is not a number.")
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    if not exact.is_finite():
        raise NotANumber("The number is not finite.")
    return exact


def without_dust(value: Decimal) -> Decimal:
    """Nine decimals: what division and logarithms leave behind must not move a value over a cut-off."""
    if abs(value) >= Decimal("1e15"):
        return value
    with localcontext(Context(prec=50)):
        return value.quantize(Decimal("1e-9"), rounding=ROUND_HALF_UP)


def half_up(value: Decimal | float, decimals: int = 0) -> Decimal:
    """Rounded for people: halves go up (6.5 is 7), where Python's round() goes to the even neighbour."""
    exact = without_dust(decimal_of(value))
    with localcontext(Context(prec=50)):
        return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
