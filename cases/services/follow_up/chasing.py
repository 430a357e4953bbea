"""Who is reminded of what is due, and when do the coordinators hear of what nobody has done?"""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cases.domain import deadlines
from cases.models import TumorBoard
from cases.models.follow_up import actions as all_actions
from cases.notices import follow_up as notices
from cases.services._mornings import each_board_once
from cases.services._post import owe, withdraw
from cases.services.follow_up.telling import by_owner, coordinators
from cases.vocabulary import ActionReport
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import UNSENT


def remind_due(*, now: datetime) -> int:
    """One digest an owner, board and day of what is due soon or overdue; returns how many were owed."""
    return each_board_once("actions.due", _remind, now)


def escalate(*, now: datetime) -> int:
    """One digest a coordinator and day of what is long overdue, declined, or of an owner who has left."""
    return each_board_once("actions.escalated", _escalate, now)


def _remind(board: TumorBoard, day: date) -> int:
    rows = _active(board).filter(due_on__lte=deadlines.last_day_to_remind(day), owner__is_active=True)
    owed = by_owner(rows.exclude(last_report=ActionReport.DECLINED))
    owe(notices.due(board, owner=owner, actions=mine, day=day) for owner, mine in owed.items())
    return len(owed)


def _escalate(board: TumorBoard, day: date) -> int:
    rows = _without_an_end(board, day)
    if not rows:
        return 0
    told = owe(
        notices.escalated(board, coordinator=one, actions=rows, day=day) for one in coordinators(board)
    )
    return len(told)


def take_back_escalated(board: TumorBoard, *, reason: str) -> None:
    """What the coordinators have not been told of yet, once there is nothing of it left."""
    about = notices.of_the_day(board)
    waiting = Message.objects.filter(about=about, kind="action.escalated", state__in=UNSENT)
    today = timezone.now().astimezone(board.zone).date()
    if waiting.exists() and not _without_an_end(board, today):
        withdraw(about=about, kinds=["action.escalated"], reason=reason)


def _without_an_end(board: TumorBoard, day: date) -> list[Any]:
    long_ago = deadlines.last_day_to_escalate(day, after_days=board.escalate_after_days)
    return [
        action
        for action in _active(board)
        if action.due_on <= long_ago
        or action.last_report == ActionReport.DECLINED
        or not action.owner.is_active
    ]


def _active(board: TumorBoard):
    """What waits for a condition, or for a first plan to fail, is nobody's fault yet."""
    rows = all_actions().in_force().filter(recommendation__case__board=board).active()
    return rows.select_related("owner", "recommendation__case").order_by("due_on", "pk")
