"""What is one thing that somebody owes, as a row of the list to chase from?"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from cases.domain import chasing
from cases.domain.chasing import Facts
from cases.models import Meeting, SpecialistInput
from cases.vocabulary import InputStatus


class What(StrEnum):
    INPUT = "input"
    REFERRAL = "referral"
    RATIFICATION = "ratification"
    ACTION = "action"


@dataclass(frozen=True, kw_only=True)
class Debt:
    """One thing that one person owes."""

    what: What
    pk: UUID
    case: Any
    title: str
    detail: str = ""
    in_mail: str  # what it is in an e-mail: no clinical word
    who: Any = None
    unreachable: str = ""  # why nobody can be chased for it
    since: datetime
    due_on: date | None
    is_late: bool
    path: str
    specialty: str = ""
    facts: Facts = field(default_factory=Facts)
    meeting: Meeting | None = None
    input: SpecialistInput | None = None
    today: date

    @property
    def key(self) -> str:
        return f"{self.what}-{self.pk}"

    @property
    def board(self) -> Any:
        return self.case.board

    @property
    def person(self) -> tuple[int, int] | None:
        """Whom a message about it goes to: somebody, on one board."""
        return None if self.who is None or self.unreachable else (self.board.pk, self.who.pk)

    @property
    def blocks(self) -> bool:
        return self.facts.blocks

    @property
    def begun(self) -> bool:
        return self.input is not None and self.input.status == InputStatus.DRAFT

    @property
    def due_words(self) -> str:
        return chasing.due_words(self.due_on, is_late=self.is_late, today=self.today)

    @property
    def place(self) -> tuple:
        """By which a list is sorted."""
        weight = chasing.weight(self.facts, today=self.today)
        return weight, self.due_on or date.max, self.case.number, self.what, self.title
