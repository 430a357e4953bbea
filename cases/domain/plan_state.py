"""Is an action of a plan to be done now, is it waiting, or is it no longer needed?"""

from dataclasses import dataclass
from enum import StrEnum

from cases.vocabulary import ActionReport, ActionRole, NotDoneReason

FINISHED = frozenset({ActionReport.DONE, ActionReport.NOT_DONE})
ANSWERED = frozenset({ActionReport.MET, ActionReport.FAILED})


class PlanState(StrEnum):
    """Told in these words wherever an action is shown."""

    ACTIVE = "to be done"
    WAITING = "waits for its condition"
    DORMANT = "only if plan A fails"
    DROPPED = "no longer needed"
    ENDED = "ended"


@dataclass(frozen=True)
class Told:
    """The newest report on one action, and its reason; empty when nobody has reported."""

    report: str = ""
    reason: str = ""


NOTHING_YET = Told()


def plan_state(
    role: str, *, own: Told, condition: Told | None = None, parent: Told | None = None
) -> PlanState:
    """`condition`: of the main action, None when it has none; `parent`: the main action of a lower row."""
    if role == ActionRole.CONDITION:
        return _of_condition(own, parent or NOTHING_YET)
    if role == ActionRole.PLAN_B:
        return _of_plan_b(own, condition, parent or NOTHING_YET)
    return _of_main(own, condition)


def _of_main(own: Told, condition: Told | None) -> PlanState:
    if own.report in FINISHED:
        return PlanState.ENDED
    if condition is None or condition.report == ActionReport.MET:
        return PlanState.ACTIVE
    if condition.report == ActionReport.FAILED:
        return PlanState.DROPPED
    # A condition that nobody checked is not a condition that is met.
    return PlanState.WAITING


def _of_condition(own: Told, parent: Told) -> PlanState:
    if own.report in FINISHED | ANSWERED:
        return PlanState.ENDED
    return PlanState.DROPPED if parent.report in FINISHED else PlanState.ACTIVE


def _of_plan_b(own: Told, condition: Told | None, parent: Told) -> PlanState:
    if own.report in FINISHED:
        return PlanState.ENDED
    if parent.report == ActionReport.DONE or NotDoneReason.DIED in {parent.reason, _reason(condition)}:
        return PlanState.DROPPED
    failed = condition is not None and condition.report == ActionReport.FAILED
    return PlanState.ACTIVE if failed or parent.report == ActionReport.NOT_DONE else PlanState.DORMANT


def _reason(told: Told | None) -> str:
    return told.reason if told else ""
