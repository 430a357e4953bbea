"""Who may read which opinion, while a board keeps opinions sealed?

A sealed opinion is given without knowing what the others prefer. One's own discipline has one voice: it is
never sealed from itself. What is sealed are the preferred option, how sure somebody is, and why; findings
are not.
"""

from collections.abc import Set
from dataclasses import dataclass


@dataclass(frozen=True)
class Reader:
    """Who asks to read: which disciplines they speak for, and whether they have given their own opinion."""

    speaks_for: Set[str]
    has_given: bool


@dataclass(frozen=True)
class Standing:
    """Where a presentation of a case is."""

    board_seals: bool
    is_opened: bool


def is_sealed(specialty: str, *, standing: Standing, reader: Reader) -> bool:
    """Whether this discipline's opinion on the present question is hidden from the reader."""
    if not standing.board_seals or standing.is_opened or reader.has_given:
        return False
    return specialty not in reader.speaks_for
