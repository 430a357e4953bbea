"""What became of an action, and what does that set off in the rest of its plan?"""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases import permissions
from cases.domain import follow_up as rules
from cases.domain.errors import Refused
from cases.domain.follow_up import Said
from cases.domain.plan_state import PlanState
from cases.models import ActionUpdate, Case, RecommendedAction
from cases.models.follow_up import actions as all_actions
from cases.permissions import Permission
from cases.services._settled import withdraw_settled
from cases.services.follow_up import telling
from cases.services.follow_up.chasing import take_back_escalated
from cases.services.follow_up.closing import close_when_all_ended
from tumorboard.audit import trail

REPORTED = "It was reported on."


@transaction.atomic
def report(
    *,
    action: RecommendedAction,
    report: str,
    reason: str,
    note: str,
    happened_on: date | None,
    planned_on: date | None = None,
    by,
) -> ActionUpdate:
    """What became of an action. Reports are only ever added; the newest one counts."""
    _require_reporting(action, by=by)
    said = Said(report, reason, note.strip(), happened_on, planned_on)
    return take_down(action=action, said=said, by=by)


def may_report(action: RecommendedAction, *, by) -> bool:
    board = action.recommendation.case.board
    return (by == action.owner and by.is_active) or permissions.may(
        by, Permission.REPORT_FOR_OTHERS, board=board
    )


def _require_reporting(action: RecommendedAction, *, by) -> None:
    if not may_report(action, by=by):
        raise PermissionDenied(
            "An action is reported on by its owner, or by the board’s coordinator or chair."
        )


def take_down(*, action: RecommendedAction, said: Said, by, by_link: bool = False) -> ActionUpdate:
    """For whoever has already been found to be entitled to it, by their seat or by their link."""
    # The case's row is the lock: of two last reports at once, the second sees the first and closes the case.
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("board")
        .get(pk=action.recommendation.case_id)
    )
    before = _plan(action)
    now = timezone.now()
    _check(before[action.pk], said, case=case, now=now)
    update = ActionUpdate.objects.create(
        action=action,
        report=said.report,
        reason=said.reason,
        note=said.note,
        happened_on=said.happened_on,
        planned_on=said.planned_on,
        by_link=by_link,
        created_at=now,
        created_by=by,
    )
    _write_down(action, said, case=case, by=by, by_link=by_link)
    # Before anybody is told of what comes next.
    withdraw_settled(case.board, [one.owner for one in before.values()], reason=REPORTED)
    take_back_escalated(case.board, reason=REPORTED)
    telling.of_changes(case, before=before, after=_plan(action), by=by)
    close_when_all_ended(case, by=by)
    return update


def _plan(action: RecommendedAction) -> dict[Any, Any]:
    """The action, and what hangs together with it, with the state of each."""
    main = action.parent_id or action.pk
    rows = all_actions().in_force().with_state().filter(recommendation=action.recommendation_id)
    found = rows.select_related("owner", "recommendation__case", "recommendation__item__meeting")
    family = {one.pk: one for one in found if main in {one.pk, one.parent_id}}
    if not family:
        _refuse_what_does_not_stand(action)
    return family


def _refuse_what_does_not_stand(action: RecommendedAction) -> None:
    if action.recommendation.signed_at is None:
        raise Refused("The decision is not signed yet, so there is nothing to report.")
    raise Refused("The decision has been amended since. Report on the action as it stands now.")


def _check(action: Any, said: Said, *, case: Case, now: datetime) -> None:
    # A meeting may be opened the evening before its day: then the signature says when the board met.
    decision = action.recommendation
    met_at = min(decision.item.meeting.starts_at, decision.signed_at)
    rules.check_report(
        said,
        role=action.role,
        state=PlanState(action.state),
        met_on=met_at.astimezone(case.board.zone).date(),
        today=now.astimezone(case.board.zone).date(),
    )


def _write_down(action: RecommendedAction, said: Said, *, case: Case, by, by_link: bool) -> None:
    trail.record(
        actor=by,
        verb="action.reported",
        subject=action,
        about=case.about,
        report=said.report,
        reason=said.reason,
        via="link" if by_link else "page",
    )
