"""Which disciplines must be there for a case, and which are missing now?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.vocabulary import Specialty


@dataclass(frozen=True)
class Quorum:
    needed: tuple[Specialty, ...]
    present: frozenset[Specialty]

    @property
    def missing(self) -> tuple[Specialty, ...]:
        """In the order in which the board names them."""
        return tuple(one for one in self.needed if one not in self.present)

    @property
    def is_met(self) -> bool:
        return not self.missing


def quorum(needed: Sequence[str], present: Iterable[str]) -> Quorum:
    """`present` may hold empty texts: people who speak for no discipline."""
    return Quorum(
        tuple(dict.fromkeys(Specialty(code) for code in needed)),
        frozenset(Specialty(code) for code in present if code),
    )
