"""Of everything that sources say, what counts, and what follows from it?

Of two sources with a value the one that spoke last counts; a value counts before a reason for having none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.domain.picture.names import NAMES
from cases.domain.picture.parts import NOT_RECORDED, WAIVED, Gap, Item, Source
from cases.domain.picture.seen import LesionSeen


@dataclass
class Known:
    """What is settled so far while a picture is made; derivations read it and add to it."""

    on: date
    lesions: tuple[LesionSeen, ...] = ()
    items: dict[str, Item] = field(default_factory=dict)
    gaps: dict[str, Gap] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        found = self.items.get(name)
        return None if found is None else found.value

    def hear(self, sources: Iterable[Source]) -> None:
        """Sources in the order of trust: of two that spoke on one day the later in the row counts."""
        for one in sources:
            if isinstance(one, Item):
                before = self.items.get(one.name)
                if before is None or one.spoke_on >= before.spoke_on:
                    self.items[one.name] = one
            elif self._is_news(one):
                self.gaps[one.name] = one

    def _is_news(self, gap: Gap) -> bool:
        before = self.gaps.get(gap.name)
        if before is None or gap.state == WAIVED:
            return True
        return before.state != WAIVED and gap.spoke_on >= before.spoke_on

    def derive(self, rules: Iterable["Rule"]) -> None:
        """What somebody has said stands; a rule answers only for what nobody said."""
        for rule in rules:
            for one in rule(self):
                if one.name in self.items:
                    continue
                if isinstance(one, Item):
                    self.items[one.name] = one
                elif one.name not in self.gaps:
                    self.gaps[one.name] = one

    def made(self, name: str, value: Any, words: str, *of: str, reason: str = "") -> Source:
        """A value made of others: as old as the oldest of them, told by all of them. None makes a gap."""
        if value is None:
            return self.lacking(name, *of, reason=reason)
        parts = [self.items[one] for one in of if one in self.items]
        dated = [one for one in parts if one.is_dated]
        days = [one.on for one in dated]
        return Item(
            name,
            value,
            words,
            on=min((day for day in days if day), default=None) if all(days) else None,
            is_dated=bool(dated),
            by=", ".join(dict.fromkeys(one.by for one in parts if one.by)),
            place=parts[0].place if parts else place_of(name),
        )

    def lacking(self, name: str, *of: str, reason: str = "") -> Gap:
        """Why the value cannot be made: the reason that one of its parts gives, else `reason`."""
        lacking = [part for part in of if part not in self.items]
        for part in lacking:
            told = self.gaps.get(part)
            if told and told.state not in {NOT_RECORDED, WAIVED}:
                return Gap(name, told.state, reason or told.reason, told.by, told.on, told.place)
        place = next((place_of(part) for part in lacking if part in NAMES), place_of(name))
        return Gap(name, reason=reason or self._without(lacking, of), place=place)

    def _without(self, lacking: list[str], of: tuple[str, ...]) -> str:
        """Of several parts, which are not there."""
        called = dict.fromkeys(NAMES[part].label for part in lacking if part in NAMES)
        return f"without {', '.join(called)}" if called and len(of) > 1 else ""


Rule = Callable[[Known], Iterator[Source]]


def place_of(name: str) -> str:
    return NAMES[name].place if name in NAMES else ""


def known_values(known: Known, names: Iterable[str]) -> Mapping[str, Any]:
    return {name: known.value(name) for name in names}
