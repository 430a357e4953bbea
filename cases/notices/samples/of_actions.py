"""What does each e-mail about actions look like?"""

from collections.abc import Callable
from typing import Any

from cases.domain.plan_state import PlanState
from cases.models import TumorBoard
from cases.notices import follow_up
from cases.notices.samples._invented import an_action, in_days, sample
from cases.vocabulary import ActionRole
from tumorboard.notifications.outbox import Entry


@sample("action.due")
def action_due(board: TumorBoard, user) -> Entry:
    mine = [an_action(board, user, days=-2), an_action(board, user, days=1, number=47)]
    return follow_up.due(board, owner=user, actions=mine, day=in_days(board, 0))


@sample("action.escalated")
def action_escalated(board: TumorBoard, user) -> Entry:
    late = [an_action(board, user, days=-9)]
    return follow_up.escalated(board, coordinator=user, actions=late, day=in_days(board, 0))


def _of_a_case(kind: str, tell: Callable[..., Entry], **more: Any) -> None:
    """Told of one case: an action and its plan B."""

    @sample(kind)
    def made(board: TumorBoard, user) -> Entry:
        first = an_action(board, user, **more)
        plan_b = an_action(board, user, days=30, role=ActionRole.PLAN_B, **more)
        return tell(first.recommendation.case, owner=user, actions=[first, plan_b], version=1)


_of_a_case("action.handed_over", follow_up.handed_over)
_of_a_case("action.withdrawn", follow_up.withdrawn)
_of_a_case("action.condition_met", follow_up.condition_met)
_of_a_case("action.plan_b", follow_up.plan_b_now)
_of_a_case("action.not_now", follow_up.not_now, state=PlanState.DORMANT)
_of_a_case("action.crossed", follow_up.crossed)
_of_a_case("action.overtaken", follow_up.overtaken)
_of_a_case("action.ownerless", follow_up.ownerless)
