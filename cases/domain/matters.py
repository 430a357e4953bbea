"""Which end of an earlier decision, or which silence, does the next meeting hear of?"""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.domain import deadlines
from cases.domain.errors import Refused
from cases.domain.plan_state import PlanState
from cases.vocabulary import ActionReport, ActionRole, MatterKind, MeetingStatus, RatificationAnswer

LOOK_AHEAD = timedelta(days=14)  # a meeting further off is prepared later
FORGOTTEN_AFTER = timedelta(hours=12)  # nobody sits in a meeting that was never closed: the next one hears
HEARD_OF_FOR = timedelta(days=90)  # what ended before is history, and not a matter of the next meeting

# Said once and settled, these are over. The others come back until their cause is gone.
SETTLED_FOR_GOOD = frozenset({MatterKind.NOT_DONE, MatterKind.CONDITION_FAILED, MatterKind.OBJECTED})


@dataclass(frozen=True)
class Reported:
    """An action as it stands now."""

    role: str
    state: str
    report: str
    reported_on: date | None
    due_on: date
    has_plan_b: bool
    raised: frozenset[str] = frozenset()  # the kinds that a meeting was to hear of, and has not settled


def of_action(action: Reported, *, today: date, after_days: int) -> MatterKind | None:
    if action.state == PlanState.ACTIVE:
        if action.report == ActionReport.DECLINED:
            return MatterKind.DECLINED
        long_ago = deadlines.last_day_to_escalate(today, after_days=after_days)
        return MatterKind.OVERDUE if action.due_on <= long_ago else None
    if action.has_plan_b:
        return None  # with a plan B it was foreseen: that is done instead
    kind = _ended_otherwise(action)
    # What no meeting has settled stays on the list, however long ago it was.
    return kind if kind in action.raised or not _is_history(action, today) else None


def _ended_otherwise(action: Reported) -> MatterKind | None:
    if action.report == ActionReport.FAILED and action.role == ActionRole.CONDITION:
        return MatterKind.CONDITION_FAILED
    return MatterKind.NOT_DONE if action.report == ActionReport.NOT_DONE else None


def _is_history(action: Reported, today: date) -> bool:
    return action.reported_on is None or action.reported_on < today - HEARD_OF_FOR


def of_ratification(*, answer: str, due_on: date, today: date) -> MatterKind | None:
    if answer == RatificationAnswer.OBJECTED:
        return MatterKind.OBJECTED
    return MatterKind.UNANSWERED if not answer and due_on < today else None


def require_settling(*, status: str, said: str) -> None:
    if status != MeetingStatus.RUNNING:
        raise Refused("A matter is settled in the meeting, while it runs.")
    if not said.strip():
        raise Refused("Say what the board said of it.")
