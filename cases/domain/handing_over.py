"""What is news to the owner of an action: given, taken away, its turn now, or no longer needed?"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from cases.domain.plan_state import PlanState
from cases.vocabulary import ActionRole


@dataclass(frozen=True)
class Given:
    """An action as its owner was told of it."""

    owner: Hashable
    role: str
    kind: str
    detail: str
    due_on: date | None
    lesions: frozenset[Hashable] = frozenset()


class News(StrEnum):
    CONDITION_MET = auto()
    PLAN_B_NOW = auto()
    NO_LONGER_NEEDED = auto()


def is_asked_anew(now: Given, before: Given | None, *, has_ended: bool) -> bool:
    """In a later version only what is new, or other than it was."""
    return now != before and not has_ended


def is_taken_away(before: Given, now: Given | None, *, has_ended: bool) -> bool:
    """From this owner: the board dropped it, or gave it to somebody else."""
    return not has_ended and (now is None or now.owner != before.owner)


def news(role: str, before: str, after: str) -> News | None:
    if before == after:
        return None
    if after == PlanState.DROPPED:
        return News.NO_LONGER_NEEDED
    if after == PlanState.ACTIVE and role == ActionRole.MAIN and before in _NOT_YET:
        return News.CONDITION_MET
    if after == PlanState.ACTIVE and role == ActionRole.PLAN_B and before in _NOT_YET:
        return News.PLAN_B_NOW
    return None


_NOT_YET = frozenset({PlanState.WAITING, PlanState.DORMANT, PlanState.DROPPED})
