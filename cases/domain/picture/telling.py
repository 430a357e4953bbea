"""How does an answer on a sheet become an item, or a gap that says why there is none?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from cases.domain import labs
from cases.domain.picture.parts import ABSENT, Gap, Item, Source

TRUTH = {"YES": True, "NO": False}


@dataclass(frozen=True)
class Telling:
    """One sheet or input, its author and its day."""

    said: Mapping[str, Any]
    place: str
    by: str = ""
    on: date | None = None
    is_dated: bool = True
    said_on: date | None = None

    def item(self, name: str, value: Any, words: str, *, on: date | None = None) -> Item:
        day = on or self.on
        return Item(name, value, words, day, self.is_dated or on is not None, self.by, self.place, self._said)

    def gap(self, name: str, code: str, reason: str = "") -> Gap:
        return Gap(name, ABSENT.get(code, code), reason, self.by, self.on, self.place, self._said)

    @property
    def _said(self) -> date | None:
        return self.said_on or self.on

    def truth(self, field: str, name: str = "") -> list[Source]:
        """A question of yes or no."""
        answer, name = self.said.get(field), name or field
        if answer in TRUTH:
            return [self.item(name, TRUTH[answer], answer.lower())]
        return self._why_not(name, answer)

    def choice(self, field: str, name: str = "", words: Mapping[str, str] | None = None) -> list[Source]:
        """A code as it is stored; its words where they are not the code."""
        answer, name = self.said.get(field), name or field
        if not answer or answer in ABSENT:
            return self._why_not(name, answer)
        return [self.item(name, answer, (words or {}).get(answer) or spoken(answer))]

    def lower(self, field: str, name: str = "", words: Mapping[str, str] | None = None) -> list[Source]:
        """A code that scores write in lower case."""
        return [
            replace(one, value=one.value.lower()) if isinstance(one, Item) else one
            for one in self.choice(field, name, words)
        ]

    def when(self, day: date | None) -> "Telling":
        """The same author on the day that the answer describes; said on the day of the signature."""
        return replace(self, on=day or self.on, is_dated=self.is_dated or day is not None, said_on=self._said)

    def number(self, field: str, name: str = "", unit: str = "", on: date | None = None) -> list[Source]:
        """A figure whose unit its name carries."""
        value = decimal(self.said.get(field))
        if value is None:
            return []
        return [self.item(name or field, value, f"{shown(value)} {unit}".strip(), on=on)]

    def quantity(self, field: str, name: str, unit: str, on: date | None = None) -> list[Source]:
        value = decimal(self.said.get(field))
        if value is None:
            return []
        words = f"{shown(value)} {labs.UNIT_LABELS.get(unit, UNIT_WORDS.get(unit, unit))}"
        return [self.item(name, {"value": value, "unit": unit}, words, on=on)]

    def day(self, field: str, name: str = "") -> list[Source]:
        """A day as a value of its own; it is not dated, it is a date."""
        day = self.said.get(field)
        if day is None:
            return []
        name = name or field
        return [Item(name, day.isoformat(), written(day), None, False, self.by, self.place, self._said)]

    def _why_not(self, name: str, answer: Any) -> list[Source]:
        return [self.gap(name, answer)] if answer in ABSENT else []


UNIT_WORDS = {"cm3": "cm³"}


def decimal(value: Any) -> Decimal | None:
    """A figure as somebody typed or stored it; nothing where it is none."""
    if isinstance(value, Decimal | None):
        return value
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def shown(value: Decimal) -> str:
    return labs.plain(value)


def spoken(code: str) -> str:
    """A code as words: `mild_or_controlled` is "mild or controlled"."""
    return code.replace("_", " ").lower()


def written(day: date) -> str:
    return f"{day.day}-{day:%b-%Y}"
