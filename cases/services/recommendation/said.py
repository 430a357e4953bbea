"""What does a scribe hand in for one row of a decision? What is not said yet is empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.models import Lesion


@dataclass(frozen=True)
class PlannedCondition:
    """What must hold first, and who finds out by when."""

    detail: str = ""
    owner: Any = None
    due_on: date | None = None


@dataclass(frozen=True)
class PlannedPlanB:
    """What is done instead."""

    kind: str = ""
    detail: str = ""
    owner: Any = None
    due_on: date | None = None


@dataclass(frozen=True)
class PlannedAction:
    """One action as the board says it."""

    kind: str = ""
    detail: str = ""
    lesions: Sequence[Lesion] = ()
    owner: Any = None
    due_on: date | None = None
    condition: PlannedCondition | None = None
    plan_b: PlannedPlanB | None = None


@dataclass(frozen=True)
class DissentSaid:
    """`who` is None for the minutes."""

    reason: str
    who: Any = None
