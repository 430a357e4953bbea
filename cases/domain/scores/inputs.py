"""What may a score be given, and is what it was given usable?

An input reads one raw JSON value. It raises Unusable for a value that must be refused; that a value is
missing is the registry's concern. Quantities are read in the unit that the formula needs, as exact decimals.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from cases.domain.scores import units


class Unusable(ValueError):
    """The value is of the wrong kind, in the wrong unit, not a known code or outside the possible range."""


@dataclass(frozen=True)
class Range:
    """Possible values; `above` excludes the lower end, `least` includes it."""

    most: Decimal
    above: Decimal | None = None
    least: Decimal | None = None

    def __contains__(self, value: Decimal) -> bool:
        low_enough = value <= self.most
        high_enough = (self.above is None or value > self.above) and (
            self.least is None or value >= self.least
        )
        return low_enough and high_enough

    def __str__(self) -> str:
        if self.above is not None:
            return f"above {self.above}, up to {self.most}"
        return f"{self.least} to {self.most}"


def between(least: str | int, most: str | int) -> Range:
    return Range(least=Decimal(least), most=Decimal(most))


def above(bound: str | int, most: str | int) -> Range:
    return Range(above=Decimal(bound), most=Decimal(most))


@dataclass(frozen=True)
class Input:
    name: str
    optional: bool = False

    kind = "anything"

    def is_missing(self, raw: object) -> bool:
        return raw is None

    def read(self, raw: object) -> object:
        raise NotImplementedError

    def describe(self) -> dict:
        return {"name": self.name, "kind": self.kind, "required": not self.optional}


@dataclass(frozen=True, kw_only=True)
class Number(Input):
    """A plain number; its unit, where it has one, is part of its name."""

    range: Range

    kind = "number"

    def read(self, raw: object) -> Decimal:
        value = units.without_dust(_decimal(raw))
        if value not in self.range:
            raise Unusable(f"{self.name} must be {self.range}.")
        return value

    def describe(self) -> dict:
        return super().describe() | {"range": str(self.range)}


@dataclass(frozen=True, kw_only=True)
class Whole(Number):
    kind = "whole number"

    def read(self, raw: object) -> int:  # type: ignore[override]
        value = super().read(raw)
        if value != int(value):
            raise Unusable(f"{self.name} must be a whole number.")
        return int(value)


@dataclass(frozen=True, kw_only=True)
class Quantity(Input):
    """A laboratory value such as {"value": 51.3, "unit": "umol/L"}, read in `unit` and then checked."""

    unit: str
    range: Range
    analyte: str = ""  # when it differs from the name of the input, as in cea_highest

    kind = "quantity"

    @property
    def measures(self) -> str:
        return self.analyte or self.name

    def is_missing(self, raw: object) -> bool:
        return raw is None or (isinstance(raw, dict) and raw.get("value") is None)

    def read(self, raw: object) -> Decimal:
        if not isinstance(raw, dict):
            raise Unusable(f"{self.name} needs a value and a unit.")
        try:
            value = units.convert(self.measures, _decimal(raw.get("value")), raw.get("unit", ""), self.unit)
        except units.UnknownUnit as error:
            raise Unusable(str(error)) from error
        value = units.without_dust(value)
        if value not in self.range:
            raise Unusable(f"{self.name} must be {self.range} {self.unit}.")
        return value

    def describe(self) -> dict:
        accepted = sorted(units.units_of(self.measures))
        return super().describe() | {"unit": self.unit, "accepts": accepted, "range": str(self.range)}


@dataclass(frozen=True, kw_only=True)
class Choice(Input):
    codes: Collection[str]

    kind = "code"

    def read(self, raw: object) -> str:
        if not isinstance(raw, str) or raw not in self.codes:
            raise Unusable(f"{self.name} must be one of {', '.join(self.codes)}.")
        return str(raw)

    def describe(self) -> dict:
        return super().describe() | {"codes": list(self.codes)}


@dataclass(frozen=True, kw_only=True)
class Truth(Input):
    """True or false. A text such as "no" is refused: read as a truth value it would mean yes."""

    kind = "true or false"

    def read(self, raw: object) -> bool:
        if not isinstance(raw, bool):
            raise Unusable(f"{self.name} must be true or false.")
        return raw


@dataclass(frozen=True, kw_only=True)
class Many(Input):
    """A list of values that are each read as `of` says, such as the size of every viable nodule."""

    of: Input
    may_be_empty: bool = False
    distinct: bool = False

    kind = "list"

    def read(self, raw: object) -> tuple:
        if not isinstance(raw, list | tuple) or not (raw or self.may_be_empty):
            raise Unusable(f"{self.name} must be a list{'' if self.may_be_empty else ' that is not empty'}.")
        read = tuple(self.of.read(one) for one in raw)
        if self.distinct and len(set(read)) != len(read):
            raise Unusable(f"{self.name} names something twice.")
        return read

    def describe(self) -> dict:
        return super().describe() | {"of": self.of.describe()}


# Coded answers that say why there is none. They count as missing; negative findings have their own codes.
NO_ANSWER = frozenset({"unknown", "not_tested", "pending", "not_assessed"})


@dataclass(frozen=True)
class Item:
    """An input of a three-valued rule: it may be missing, and `not_tested` and its like say that it is."""

    of: Input

    @property
    def name(self) -> str:
        return self.of.name

    @property
    def optional(self) -> bool:
        return True

    def is_missing(self, raw: object) -> bool:
        return self.of.is_missing(raw) or (isinstance(raw, str) and raw in NO_ANSWER)

    def read(self, raw: object) -> object:
        return self.of.read(raw)

    def describe(self) -> dict:
        return self.of.describe() | {"required": False}


def _decimal(raw: object) -> Decimal:
    try:
        return units.decimal_of(raw)
    except units.NotANumber as error:
        raise Unusable(str(error)) from error
