"""Which parts of a decision does the record itself offer, and where does each come from?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Suggestion:
    """`source` names who said it or what was computed; nothing is taken by itself."""

    id: str
    kind: str
    words: str
    source: str
    already_taken: bool = False
