"""What is one thing that is known of a case, and what is one thing that is not?

Names are those that scores and rules use. A gap says why there is no value: nobody recorded it, it is
pending, not tested, waived for this case, or only a bound of it is known. A gap is never a value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.vocabulary import Absent

WAIVED, BOUND, NOT_RECORDED = "waived", "bound", ""
STATE_WORDS: Mapping[str, str] = {
    NOT_RECORDED: "not recorded",
    "unknown": "not known",
    "not_tested": "not tested",
    "pending": "pending",
    "not_assessed": "not assessed",
    WAIVED: "waived",
    BOUND: "only known as a bound",
}
ABSENT: Mapping[str, str] = {one.value: one.value.lower() for one in Absent}


@dataclass(frozen=True)
class Item:
    """A value as a score takes it, in words as people read it, with its day, its author and its place.

    `said_on` is the day on which somebody said so, where that differs from the day it describes: of two
    sources the one that spoke last is believed.
    """

    name: str
    value: Any
    words: str
    on: date | None = None
    is_dated: bool = True
    by: str = ""
    place: str = ""
    said_on: date | None = None

    @property
    def spoke_on(self) -> date:
        return self.said_on or self.on or date.min


@dataclass(frozen=True)
class Gap:
    """Why there is no value."""

    name: str
    state: str = NOT_RECORDED
    reason: str = ""
    by: str = ""
    on: date | None = None
    place: str = ""
    said_on: date | None = None

    @property
    def words(self) -> str:
        said = STATE_WORDS[self.state]
        return f"{said}: {self.reason}" if self.reason else said

    @property
    def spoke_on(self) -> date:
        return self.said_on or self.on or date.min


Source = Item | Gap


@dataclass(frozen=True)
class Name:
    """How an input is called within a sentence, and where it is recorded."""

    label: str
    place: str
