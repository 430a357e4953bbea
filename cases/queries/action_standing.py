"""How does an action stand on the board's own day, with what hangs together with it?"""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from cases.domain.follow_up import Standing, standing
from cases.models import ActionUpdate
from cases.models.follow_up import actions


def standing_of(action: Any, *, today: date) -> Standing:
    """`action` as `cases.models.follow_up.actions().with_state()` has loaded it."""
    return standing(
        role=action.role,
        state=action.state,
        report=action.last_report,
        reason=action.last_reason,
        due_on=action.due_on,
        planned_on=action.planned_on,
        today=today,
    )


def family_of(action: Any, *, user, today: date) -> list[tuple[Any, Standing]]:
    """The rest of its plan: the action above it, its condition, its plan B; as far as the person may see."""
    main = action.parent_id or action.pk
    rows = actions().visible_to(user).filter(Q(pk=main) | Q(parent=main)).exclude(pk=action.pk)
    found = rows.with_state().select_related("owner").order_by(F("parent").asc(nulls_first=True), "role")
    return [(one, standing_of(one, today=today)) for one in found]


def reports_of(action: Any) -> QuerySet[ActionUpdate]:
    """Through all versions of the decision, the latest first."""
    found = ActionUpdate.objects.filter(action__thread=action.thread).select_related("created_by")
    return found.order_by("-created_at")
