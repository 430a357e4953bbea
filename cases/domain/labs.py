"""Can this laboratory value be true, in this unit?

Two bounds for each analyte. Outside `possible` a value is refused. Outside `usual` (given for each unit,
because the classical slip is the right number with the wrong unit) a person is asked. `possible` of the
analytes that scores use is the range those scores accept; `usual` is a convention of this program, wide
enough that a sick patient's true value rarely needs a second look.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from cases.domain.scores import units
from cases.domain.scores.inputs import Range, above, between

UNIT_LABELS = {
    "umol/L": "µmol/L",
    "10*9/L": "×10⁹/L",
    "10*3/uL": "×10³/µL",
    "/uL": "/µL",
    "ug/L": "µg/L",
    "1": "",
}
ENZYMES = frozenset({"ast", "alt", "alp", "ggt", "ldh"})  # judged against the laboratory's own upper limit
BLOOD_DAYS, MARKER_DAYS = 14, 28  # after this many days a value no longer describes today's patient


@dataclass(frozen=True)
class Analyte:
    code: str
    name: str
    default_unit: str
    possible: Range  # in the default unit
    usual: Mapping[str, tuple[str, str]]  # unit -> lowest, highest; its keys are the units accepted
    decimals: Mapping[str, int] = field(default_factory=dict)
    loinc: Mapping[str, str] = field(default_factory=dict)  # unit -> LOINC; mass and substance codes differ
    shelf_life_days: int = BLOOD_DAYS

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(self.usual)

    def is_possible(self, value: Decimal, unit: str) -> bool:
        return units.convert(self.code, value, unit, self.default_unit) in self.possible

    def is_usual(self, value: Decimal, unit: str) -> bool:
        low, high = self.usual[unit]
        return Decimal(low) <= value <= Decimal(high)


@dataclass(frozen=True)
class Check:
    """`refusal`: cannot be stored. `question`: can be, once a person confirms. Both say what to do next."""

    refusal: str | None = None
    question: str | None = None
    suggested_unit: str | None = None  # the unit in which the same number would be usual


def _same(low: str, high: str, *accepted: str) -> dict[str, tuple[str, str]]:
    return dict.fromkeys(accepted, (low, high))


def _marker(code: str, name: str, most: str, usual: dict, loinc: str) -> Analyte:
    mass_or_activity = {unit: loinc for unit in usual if not unit.endswith("IU/mL") and unit != "kIU/L"}
    default = next(iter(usual))
    places = dict.fromkeys(usual, 1)
    return Analyte(code, name, default, between(0, most), usual, places, mass_or_activity, MARKER_DAYS)


def _enzyme(code: str, name: str, most: str, usual: tuple[str, str], loinc: str) -> Analyte:
    return Analyte(code, name, "U/L", above(0, most), {"U/L": usual}, loinc={"U/L": loinc})


_COUNT_DECIMALS = {"10*9/L": 0, "10*3/uL": 0, "/uL": 0}

ANALYTES: dict[str, Analyte] = {
    analyte.code: analyte
    for analyte in (
        Analyte(
            "bilirubin",
            "Bilirubin, total",
            "umol/L",
            above(0, 1710),
            {"umol/L": ("3", "600"), "mg/dL": ("0.18", "10")},
            {"umol/L": 0, "mg/dL": 1},
            {"mg/dL": "1975-2"},
        ),
        Analyte(
            "albumin",
            "Albumin",
            "g/L",
            above(5, 70),
            {"g/L": ("10", "60"), "g/dL": ("1", "6")},
            {"g/L": 0, "g/dL": 1},
            {"g/L": "1751-7", "g/dL": "1751-7"},
        ),
        Analyte("inr", "INR", "1", between("0.5", 20), {"1": ("0.8", "8")}, {"1": 2}, {"1": "6301-6"}),
        Analyte(
            "creatinine",
            "Creatinine",
            "umol/L",
            above(0, 3536),
            {"umol/L": ("30", "1326"), "mg/dL": ("0.34", "15")},
            {"umol/L": 0, "mg/dL": 2},
            {"mg/dL": "2160-0"},
        ),
        Analyte(
            "sodium",
            "Sodium",
            "mmol/L",
            above(80, 200),
            _same("115", "165", "mmol/L", "mEq/L"),
            loinc={"mmol/L": "2951-2", "mEq/L": "2951-2"},
        ),
        Analyte(
            "platelets",
            "Platelets",
            "10*9/L",
            above(0, 3000),
            _same("10", "2000", "10*9/L", "10*3/uL") | {"/uL": ("10000", "2000000")},
            _COUNT_DECIMALS,
            dict.fromkeys(_COUNT_DECIMALS, "777-3"),
        ),
        Analyte(
            "leukocytes",
            "Leukocytes",
            "10*9/L",
            above(0, 1000),
            _same("0.5", "40", "10*9/L", "10*3/uL") | {"/uL": ("500", "40000")},
            {"10*9/L": 1, "10*3/uL": 1, "/uL": 0},
            dict.fromkeys(_COUNT_DECIMALS, "6690-2"),
        ),
        Analyte(
            "haemoglobin",
            "Haemoglobin",
            "g/L",
            above(10, 300),
            {"g/L": ("40", "220"), "g/dL": ("4", "22")},
            {"g/L": 0, "g/dL": 1},
            {"g/L": "718-7", "g/dL": "718-7"},
        ),
        _enzyme("ast", "AST", "20000", ("3", "5000"), "1920-8"),
        _enzyme("alt", "ALT", "20000", ("3", "5000"), "1742-6"),
        _enzyme("alp", "Alkaline phosphatase", "20000", ("10", "3000"), "6768-6"),
        _enzyme("ggt", "Gamma-GT", "20000", ("3", "5000"), "2324-2"),
        _enzyme("ldh", "LDH", "50000", ("50", "10000"), "2532-0"),
        _marker(
            "afp",
            "AFP",
            "10000000",
            _same("0", "100000", "ng/mL", "ug/L") | _same("0", "80000", "IU/mL", "kIU/L"),
            "1834-1",
        ),
        _marker("cea", "CEA", "1000000", _same("0", "50000", "ug/L", "ng/mL"), "2039-6"),
        _marker("ca19_9", "CA 19-9", "10000000", _same("0", "500000", "U/mL", "kU/L"), "24108-3"),
        _marker("cga", "Chromogranin A", "1000000", _same("0", "50000", "ug/L", "ng/mL"), "9811-1"),
        _marker("psa", "PSA", "1000000", _same("0", "20000", "ug/L", "ng/mL"), "2857-1"),
        _marker("ca15_3", "CA 15-3", "1000000", _same("0", "50000", "U/mL", "kU/L"), "6875-9"),
    )
}


def check(analyte: str, value: Decimal | float, unit: str) -> Check:
    """Judge one value as it would be typed: a number with its unit."""
    known = ANALYTES.get(analyte)
    if known is None:
        return Check(refusal=f"{analyte} is not a laboratory value that is recorded here.")
    try:
        number = units.decimal_of(value)
    except units.NotANumber:
        return Check(refusal=f"{known.name}: give a number.")
    other = _unit_that_fits(known, number, unit)
    if unit not in known.units:
        return Check(refusal=_wrong_unit(known, unit, number, other), suggested_unit=other)
    if not known.is_possible(number, unit):
        return Check(refusal=_impossible(known, number, unit, other), suggested_unit=other)
    if not known.is_usual(number, unit):
        return Check(question=_unusual(known, number, unit, other), suggested_unit=other)
    return Check()


def _unit_that_fits(analyte: Analyte, value: Decimal, unit: str) -> str | None:
    """The first other unit in which this number would be usual."""
    fitting: Iterator[str] = (
        other
        for other in analyte.units
        if other != unit and analyte.is_possible(value, other) and analyte.is_usual(value, other)
    )
    return next(fitting, None)


def _wrong_unit(analyte: Analyte, unit: str, value: Decimal, other: str | None) -> str:
    accepted = " or ".join(_label(one) for one in analyte.units)
    if not unit:
        return f"{analyte.name}: give the unit ({accepted})."
    return (
        f"{analyte.name} is not recorded in {_label(unit)}, only in {accepted}.{_did_you_mean(value, other)}"
    )


def _impossible(analyte: Analyte, value: Decimal, unit: str, other: str | None) -> str:
    def shown(bound: Decimal) -> str:
        return plain(units.without_dust(units.convert(analyte.code, bound, analyte.default_unit, unit)))

    ends = analyte.possible
    low = f"above {shown(ends.above)}" if ends.above is not None else f"from {shown(ends.least or Decimal())}"
    said = f"{analyte.name} cannot be {amount(value, unit)} (possible: {low} up to {shown(ends.most)})."
    return said + _did_you_mean(value, other)


def _unusual(analyte: Analyte, value: Decimal, unit: str, other: str | None) -> str:
    asked = _did_you_mean(value, other) or " Confirm it or correct it."
    low, high = analyte.usual[unit]
    return f"{analyte.name} {amount(value, unit)} is unusual ({low} to {high} is usual).{asked}"


def _did_you_mean(value: Decimal, unit: str | None) -> str:
    return f" Did you mean {amount(value, unit)}?" if unit else ""


def _label(unit: str) -> str:
    return UNIT_LABELS.get(unit, unit)


def amount(value: Decimal, unit: str) -> str:
    """A value with its unit as people read it: 42 ×10⁹/L."""
    return f"{plain(value)} {_label(unit)}".strip()


def plain(value: Decimal) -> str:
    """Digits only, no exponent, no idle zeros after the point."""
    return format(value.normalize(), "f")


def is_current(analyte: str, *, taken_on: date | None, today: date) -> bool:
    """Young enough to describe today's patient. A value without a date never is."""
    return taken_on is not None and today - taken_on <= timedelta(days=ANALYTES[analyte].shelf_life_days)
