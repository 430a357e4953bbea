"""How far do the opinions agree, told as a number that gives none of them away?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Agree(StrEnum):
    ALL = "all agree"
    SPLIT = "split"
    MISSING = "missing"


@dataclass(frozen=True)
class Agreement:
    """Of the disciplines that were asked: how many have answered, and how many of those say the same."""

    asked: int
    given: int
    alike: int

    @property
    def kind(self) -> Agree:
        """Split as soon as two differ, whoever is still missing; agreement needs everybody."""
        if self.given > self.alike:
            return Agree.SPLIT
        return Agree.ALL if self.given == self.asked and self.given else Agree.MISSING

    @property
    def missing(self) -> int:
        return self.asked - self.given

    @property
    def words(self) -> str:
        if not self.asked:
            return "nobody asked"
        if not self.given:
            return f"0 of {self.asked} opinions"
        told = f"{self.alike} of {self.given} agree"
        return f"{told}, {self.missing} missing" if self.missing else told


def agreement(opinions: Iterable[str]) -> Agreement:
    """One opinion a discipline that was asked; empty: not given yet. The largest camp counts as alike."""
    asked = list(opinions)
    given = [one for one in asked if one]
    camps = Counter(given).most_common(1)
    return Agreement(asked=len(asked), given=len(given), alike=camps[0][1] if camps else 0)
