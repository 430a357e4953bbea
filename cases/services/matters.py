"""What of earlier decisions does the next meeting hear of, and what does it say to that?"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from cases import permissions
from cases.domain import matters as rules
from cases.domain.errors import SomeoneWasFaster
from cases.domain.plan_state import PlanState
from cases.models import Case, Matter, Meeting, Ratification, RecommendedAction, TumorBoard
from cases.models.follow_up import actions as all_actions
from cases.permissions import Permission
from cases.services._mornings import each_board_hourly
from cases.vocabulary import ActionReport, ActionRole, MatterKind, MeetingStatus
from tumorboard.audit import trail
from tumorboard.live import announce

GONE = "Settled by itself: it is no longer so."


@dataclass(frozen=True)
class Reason:
    """Why a case comes back. `of` stays the same through all versions of a decision."""

    kind: MatterKind
    of: uuid.UUID
    case: Case
    action: RecommendedAction | None = None
    ratification: Ratification | None = None

    @property
    def key(self) -> tuple:
        return self.kind, self.of


def gather(*, now: datetime) -> int:
    """Onto the list of each board's next meeting, once an hour by day; returns how many are new."""
    return each_board_hourly("matters.gathered", _gather, now)


def _gather(board: TumorBoard, now: datetime) -> int:
    meeting = _next(board, now)
    if meeting is None:
        return 0
    reasons = {reason.key: reason for reason in _reasons(board, now.astimezone(board.zone).date())}
    standing = {_key(matter): matter for matter in _matters(meeting=meeting)}
    settled = {_key(one) for one in _settled_for_good(board)}
    gone = [matter for key, matter in standing.items() if key not in reasons and not matter.settled_at]
    new = [reasons[key] for key in reasons if key not in standing and key not in settled]
    again = [matter for key, matter in standing.items() if key in reasons and _went_by_itself(matter)]
    _settle_what_is_gone(gone, now)
    _raise_again(again)
    _write_down(meeting, new, now)
    if new or gone or again:
        announce(f"meeting:{meeting.pk}", "case")
    return len(new) + len(again)


def _next(board: TumorBoard, now: datetime) -> Meeting | None:
    """Locked, so that nobody gathers for it at the same time."""
    coming = Q(status=MeetingStatus.PLANNED, ends_at__gt=now, starts_at__lte=now + rules.LOOK_AHEAD)
    held = Q(status=MeetingStatus.RUNNING, ends_at__gt=now - rules.FORGOTTEN_AFTER)
    meetings = board.meetings.filter(coming | held).order_by("starts_at")
    return meetings.select_for_update().first()


def _matters(**of):
    return Matter.objects.filter(**of).select_related("action")


def _settled_for_good(board: TumorBoard):
    """By the board; what had settled itself may come up again."""
    said = _matters(case__board=board, kind__in=rules.SETTLED_FOR_GOOD, settled_at__isnull=False)
    return said.exclude(settled_by=_the_system())


def _key(matter: Matter) -> tuple:
    return matter.kind, matter.action.thread if matter.action else matter.ratification_id


def _went_by_itself(matter: Matter) -> bool:
    return matter.settled_at is not None and matter.settled_by == _the_system()


def _reasons(board: TumorBoard, today: date) -> Iterator[Reason]:
    raised = _raised(board)
    for action in _followed(board):
        reported = _as_reported(action, board, frozenset(raised[action.thread]))
        kind = rules.of_action(reported, today=today, after_days=board.escalate_after_days)
        if kind:
            yield Reason(kind, action.thread, action.recommendation.case, action=action)
    for one in _provisional(board):
        kind = rules.of_ratification(answer=one.answer, due_on=one.due_on, today=today)
        if kind:
            yield Reason(kind, one.pk, one.recommendation.case, ratification=one)


def _followed(board: TumorBoard) -> Iterable[Any]:
    """What is to be done now, and what ended otherwise than it was decided."""
    plan_b = RecommendedAction.objects.filter(
        parent=Coalesce(OuterRef("parent"), OuterRef("pk")), role=ActionRole.PLAN_B
    )
    rows = all_actions().in_force().filter(recommendation__case__board=board).with_state()
    otherwise = Q(last_report__in=[ActionReport.NOT_DONE, ActionReport.FAILED])
    found = rows.filter(Q(state=PlanState.ACTIVE) | otherwise).annotate(has_plan_b=Exists(plan_b))
    return found.select_related("recommendation__case").order_by("due_on", "pk")


def _raised(board: TumorBoard) -> dict[uuid.UUID, set[str]]:
    """By thread, what the board was to hear of and has said nothing to."""
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    unsettled = _matters(case__board=board, action__isnull=False, settled_at=None)
    for thread, kind in unsettled.values_list("action__thread", "kind"):
        found[thread].add(kind)
    return found


def _as_reported(action: Any, board: TumorBoard, raised: frozenset[str]) -> rules.Reported:
    at = action.reported_at
    return rules.Reported(
        role=action.role,
        state=action.state,
        report=action.last_report,
        reported_on=at.astimezone(board.zone).date() if at else None,
        due_on=action.due_on,
        has_plan_b=action.has_plan_b and action.role != ActionRole.PLAN_B,
        raised=raised,
    )


def _provisional(board: TumorBoard):
    rows = Ratification.objects.filter(
        recommendation__case__board=board,
        recommendation__signed_at__isnull=False,
        recommendation__superseded_at=None,
    )
    return rows.select_related("recommendation__case").order_by("due_on", "pk")


def _settle_what_is_gone(matters: Iterable[Matter], now: datetime) -> None:
    gone = Matter.objects.filter(pk__in=[one.pk for one in matters], settled_at=None)
    gone.update(said=GONE, settled_at=now, settled_by=_the_system(), version=F("version") + 1)


def _raise_again(matters: Iterable[Matter]) -> None:
    """It went by itself, and is so again: the same matter of this meeting, open once more."""
    back = Matter.objects.filter(pk__in=[one.pk for one in matters], settled_by=_the_system())
    back.update(said="", settled_at=None, settled_by=None, version=F("version") + 1)


def _write_down(meeting: Meeting, reasons: Iterable[Reason], now: datetime) -> None:
    by = _the_system()
    Matter.objects.bulk_create(
        Matter(
            meeting=meeting,
            case=reason.case,
            kind=reason.kind,
            action=reason.action,
            ratification=reason.ratification,
            created_at=now,
            created_by=by,
        )
        for reason in reasons
    )


def _the_system():
    return get_user_model().objects.the_system()


def may_settle(matter: Matter, *, by) -> bool:
    running = matter.meeting.status == MeetingStatus.RUNNING
    return running and permissions.may(by, Permission.RUN_MEETING, board=matter.meeting.board)


@transaction.atomic
def settle(*, matter: Matter, said: str, version: int, by) -> None:
    """What the board said of it. What is not settled comes to the next meeting by itself."""
    permissions.require(by, Permission.RUN_MEETING, board=matter.meeting.board)
    rules.require_settling(status=matter.meeting.status, said=said)
    # The conditional UPDATE is the lock: of two who write at once, one is told to read what stands there.
    written = Matter.objects.filter(pk=matter.pk, version=version, settled_at=None).update(
        said=said.strip(), settled_at=timezone.now(), settled_by=by, version=F("version") + 1
    )
    if not written:
        raise SomeoneWasFaster("Someone else has just settled this. Reload the page and read it.")
    matter.refresh_from_db()
    trail.record(actor=by, verb="matter.settled", subject=matter, about=matter.case.about, kind=matter.kind)
    announce(f"meeting:{matter.meeting_id}", "case")
