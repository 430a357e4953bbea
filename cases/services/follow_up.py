"""Did it happen? Actions handed over, reported, reminded of and taken to the coordinators."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases import permissions
from cases.domain import deadlines, lifecycle
from cases.domain.errors import Refused
from cases.models import ActionUpdate, Case, Membership, Recommendation, RecommendedAction, TumorBoard
from cases.models.follow_up import actions as all_actions
from cases.notices import follow_up as notices
from cases.permissions import Permission
from cases.queries.letter_document import met_on
from cases.services._steps import take
from cases.vocabulary import ActionReport, CaseStatus, Role
from tumorboard.audit import trail
from tumorboard.notifications import outbox
from tumorboard.notifications.models import JobRun


def hand_over(*, recommendation: Recommendation) -> None:
    """Tell each owner once what the board has given them to do."""
    rows = recommendation.actions.select_related("owner", "recommendation__case").order_by("position")
    case = recommendation.case
    outbox.put_many(
        notices.handed_over(case, owner=owner, actions=mine) for owner, mine in _by_owner(rows).items()
    )


@transaction.atomic
def report(
    *, action: RecommendedAction, report: str, reason: str, note: str, happened_on: date | None, by
) -> ActionUpdate:
    """What became of an action. Reports are only ever added; the newest one counts."""
    _require_reporting(action, by=by)
    # The case's row is the lock: of two last reports at once, the second sees the first and closes the case.
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("board")
        .get(pk=action.recommendation.case_id)
    )
    now = timezone.now()
    deadlines.check_report(
        report=report,
        reason=reason,
        note=note,
        happened_on=happened_on,
        met_on=met_on(action.recommendation),
        today=now.astimezone(case.board.zone).date(),
    )
    update = ActionUpdate.objects.create(
        action=action,
        report=report,
        reason=reason,
        note=note.strip(),
        happened_on=happened_on,
        created_at=now,
        created_by=by,
    )
    trail.record(
        actor=by, verb="action.reported", subject=action, about=case.about, report=report, reason=reason
    )
    _close_when_all_ended(case, by=by)
    return update


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
    if action.recommendation.signed_at is None:
        raise Refused("The decision is not signed yet, so there is nothing to report.")


def _close_when_all_ended(case: Case, *, by) -> None:
    """A decided case is closed once nothing is left to do, from whichever of its discussions."""
    unfinished = all_actions().in_force().filter(recommendation__case=case)
    if case.status == CaseStatus.DECIDED and not unfinished.unfinished().exists():
        take(lifecycle.CLOSE, case, by=by)


def remind_due(*, now: datetime) -> int:
    """One digest an owner, board and day of what is due soon or overdue; returns how many were owed."""
    return _each_board_once("actions.due", _remind, now)


def escalate(*, now: datetime) -> int:
    """One digest a coordinator and day of what is long overdue, and of what its owner has declined."""
    return _each_board_once("actions.escalated", _escalate, now)


def _each_board_once(job: str, run: Callable[[TumorBoard, date], int], now: datetime) -> int:
    """Once a board's morning has come, and once a day: the run and its messages are written together."""
    told = 0
    for board, day in _mornings(job, now):
        with transaction.atomic():
            if JobRun.objects.take(job=f"{job}:{board.pk}", slot=day.isoformat()):
                told += run(board, day)
    return told


def _mornings(job: str, now: datetime) -> Iterator[tuple[TumorBoard, date]]:
    """Boards where it is day and that have not had their run: two queries a minute, mostly in vain."""
    boards = list(TumorBoard.objects.order_by("pk"))
    days = {board: deadlines.day_of_digest(now, zone=board.zone) for board in boards}
    wanted = {(f"{job}:{board.pk}", day.isoformat()) for board, day in days.items() if day}
    done = set(
        JobRun.objects.filter(
            job__in=[name for name, _ in wanted], slot__in=[slot for _, slot in wanted]
        ).values_list("job", "slot")
    )
    for board, day in days.items():
        if day and (f"{job}:{board.pk}", day.isoformat()) not in done:
            yield board, day


def _remind(board: TumorBoard, day: date) -> int:
    rows = _unfinished(board).filter(due_on__lte=deadlines.last_day_to_remind(day), owner__is_active=True)
    owed = _by_owner(rows.exclude(last_report=ActionReport.DECLINED))
    outbox.put_many(notices.due(board, owner=owner, actions=mine, day=day) for owner, mine in owed.items())
    return len(owed)


def _escalate(board: TumorBoard, day: date) -> int:
    long_ago = deadlines.last_day_to_escalate(day, after_days=board.escalate_after_days)
    rows = [
        action
        for action in _unfinished(board)
        if action.due_on <= long_ago or action.last_report == ActionReport.DECLINED
    ]
    if not rows:
        return 0
    seats = (
        Membership.objects.current().with_role(Role.COORDINATOR).filter(board=board).select_related("user")
    )
    told = outbox.put_many(
        notices.escalated(board, coordinator=seat.user, actions=rows, day=day) for seat in seats
    )
    return len(told)


def _unfinished(board: TumorBoard):
    rows = all_actions().in_force().filter(recommendation__case__board=board)
    return rows.unfinished().select_related("owner", "recommendation__case").order_by("due_on", "pk")


def _by_owner(rows: Iterable[RecommendedAction]) -> dict[Any, list[RecommendedAction]]:
    owed: dict[Any, list[RecommendedAction]] = defaultdict(list)
    for action in rows:
        owed[action.owner].append(action)
    return owed
