"""What is news to the owner of an action: given, taken away, its turn now, or no longer needed?"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from cases.domain.plan_state import PlanState
from cases.vocabulary import ActionReport, ActionRole


@dataclass(frozen=True)
class Given:
    """An action as its owner was told of it."""

    owner: Hashable
    role: str
    kind: str
    detail: str
    due_on: date | None
    lesions: frozenset[Hashable] = frozenset()
    only_if: str | None = None  # what its plan hangs on; None when it hangs on nothing
    state: str = PlanState.ACTIVE

    @property
    def is_over(self) -> bool:
        return self.state in {PlanState.ENDED, PlanState.DROPPED}


class News(StrEnum):
    CONDITION_MET = auto()
    PLAN_B_NOW = auto()
    NO_LONGER_NEEDED = auto()
    NOT_NOW = auto()


def is_asked_anew(now: Given, before: Given | None) -> bool:
    """In a later version only what is new, or other than it was; also what it now has to wait for."""
    return now != before and not now.is_over


def is_taken_away(before: Given, now: Given | None) -> bool:
    """From this owner: the board dropped it, gave it to somebody else, or made it needless."""
    if before.is_over:
        return False
    return now is None or now.owner != before.owner or now.state == PlanState.DROPPED


def news(role: str, before: str, after: str) -> News | None:
    if before == after:
        return None
    if after == PlanState.DROPPED:
        return News.NO_LONGER_NEEDED
    if after == PlanState.ACTIVE and role == ActionRole.MAIN and before in _NOT_YET:
        return News.CONDITION_MET
    if after == PlanState.ACTIVE and role == ActionRole.PLAN_B and before in _NOT_YET:
        return News.PLAN_B_NOW
    if before == PlanState.ACTIVE and after in {PlanState.WAITING, PlanState.DORMANT}:
        return News.NOT_NOW  # a correction: who was told to go on must be told to stop
    return None


def is_crossed(role: str, before: str, after: str, report: str) -> bool:
    """Its turn was taken from it by a correction after somebody had taken it on, or begun."""
    turned = before == PlanState.ACTIVE and after in _NOT_YET
    return role != ActionRole.CONDITION and turned and report in _TAKEN_ON


_TAKEN_ON = frozenset({ActionReport.ACCEPTED, ActionReport.PARTLY})
_NOT_YET = frozenset({PlanState.WAITING, PlanState.DORMANT, PlanState.DROPPED})
