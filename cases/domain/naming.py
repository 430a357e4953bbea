"""Does a sentence that leaves by e-mail name one of the patients whom it might be about?"""

import re
from collections.abc import Iterable
from typing import Protocol

from cases.domain.errors import Refused
from cases.domain.referral import plain_words

SHORTEST_NUMBER = 6  # one of fewer signs would be found in times and dates
NAMED = "This goes into an e-mail, and names a patient of the list. Say it without the name and the number."


class Named(Protocol):
    family_name: str
    record_number: str


def require_nobody_named(words: str, people: Iterable[Named]) -> None:
    """By family name as a word of its own, or by record number however it is spaced."""
    said = f" {_only_words(words)} "
    if any(_stands_in(said, one) for one in people):
        raise Refused(NAMED)


def _stands_in(said: str, one: Named) -> bool:
    name, number = _only_words(one.family_name), _only_words(one.record_number)
    by_name = bool(name) and f" {name} " in said
    return by_name or (len(number) >= SHORTEST_NUMBER and number.replace(" ", "") in said.replace(" ", ""))


def _only_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", plain_words(text)))
