"""Where may a case go from here? One table of named steps; nothing else moves a case."""

from collections.abc import Set
from dataclasses import dataclass

from cases.domain.errors import StepNotAllowed
from cases.vocabulary import CaseStatus as S


@dataclass(frozen=True)
class Step:
    name: str
    before: Set[S]
    after: S

    def check(self, status: str) -> None:
        if status not in self.before:
            label = S(status).label.lower()
            raise StepNotAllowed(
                f"A case that is {label} cannot be {self.name}. Reload the case to see where it is."
            )

    def __str__(self) -> str:
        return self.name


REFER = Step("referred", frozenset({S.DRAFT, S.RETURNED}), S.REFERRED)
RETURN = Step("returned", frozenset({S.REFERRED}), S.RETURNED)
ACCEPT = Step("accepted", frozenset({S.REFERRED}), S.PREPARING)
LIST = Step("listed", frozenset({S.PREPARING}), S.LISTED)
TAKE_OFF = Step("taken off the list", frozenset({S.LISTED}), S.PREPARING)
DISCUSS = Step("discussed", frozenset({S.LISTED}), S.DISCUSSED)
DEFER = Step("deferred", frozenset({S.LISTED, S.DISCUSSED}), S.PREPARING)
DECIDE = Step("decided", frozenset({S.DISCUSSED}), S.DECIDED)
CLOSE = Step("closed", frozenset({S.DECIDED}), S.CLOSED)
REOPEN = Step("reopened", frozenset({S.CLOSED}), S.DECIDED)
RE_PRESENT = Step("re-presented", frozenset({S.DECIDED, S.CLOSED}), S.PREPARING)
WITHDRAW = Step(
    "withdrawn",
    frozenset({S.DRAFT, S.REFERRED, S.RETURNED, S.PREPARING, S.LISTED, S.DISCUSSED}),
    S.WITHDRAWN,
)

STEPS = (REFER, RETURN, ACCEPT, LIST, TAKE_OFF, DISCUSS, DEFER, DECIDE, CLOSE, REOPEN, RE_PRESENT, WITHDRAW)

# From where to where, by whichever step: what the database allows too.
MOVES = tuple(sorted({(before.value, step.after.value) for step in STEPS for before in step.before}))

NOT_YET_ACCEPTED = frozenset({S.DRAFT, S.REFERRED, S.RETURNED})

OPEN = frozenset(set(S) - {S.CLOSED, S.WITHDRAWN})

JOURNEY = (S.REFERRED, S.PREPARING, S.LISTED, S.DISCUSSED, S.DECIDED, S.CLOSED)
