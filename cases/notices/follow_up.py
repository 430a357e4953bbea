"""What may an e-mail say of actions? Case numbers and dates, in one message; never what is to be done."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cases.domain import deadlines
from cases.models import Case, RecommendedAction, TumorBoard
from tumorboard.notifications.outbox import Entry


def handed_over(case: Case, *, owner, actions: Sequence[RecommendedAction]) -> Entry:
    """Once a presentation: what the board has just given this person to do."""
    title = f"{_counted(len(actions))} for you in {case.number}"
    return _digest(
        "action.handed_over", title, case.board, owner, actions, about=case.about, version=case.presentation
    )


def due(board: TumorBoard, *, owner, actions: Sequence[RecommendedAction], day: date) -> Entry:
    title = f"{_counted(len(actions))} of yours due or overdue"
    return _digest("action.due", title, board, owner, actions, **_of_the_day(board, day))


def escalated(board: TumorBoard, *, coordinator, actions: Sequence[RecommendedAction], day: date) -> Entry:
    title = f"{_counted(len(actions))} without an end on {board}"
    return _digest("action.escalated", title, board, coordinator, actions, **_of_the_day(board, day))


def _of_the_day(board: TumorBoard, day: date) -> dict:
    """One a board, person and day, however often the clock asks; worthless once the day is over."""
    return {
        "about": f"actions:{board.pk}",
        "version": day.toordinal(),
        "today": day,
        "expires_at": deadlines.end_of_day(day, zone=board.zone),
    }


def _digest(
    kind: str,
    title: str,
    board: TumorBoard,
    recipient,
    actions: Sequence[RecommendedAction],
    *,
    today: date | None = None,
    **key,
) -> Entry:
    whose = "?whose=board&state=overdue" if kind == "action.escalated" else ""
    context = {
        "board": board,
        "recipient": recipient,
        "rows": [_row(action, today) for action in actions],
        "link": settings.SITE_URL + reverse("cases:actions") + whose,
    }
    return Entry(
        kind=kind,
        recipient=recipient,
        title=title,
        text=render_to_string(f"notices/{kind}.txt", context),
        html=render_to_string(f"notices/{kind}.html", context),
        scope=board.scope,
        **key,
    )


def _row(action: RecommendedAction, today: date | None) -> dict:
    return {
        "case_number": action.recommendation.case.number,
        "number": action.position,
        "due_on": action.due_on,
        "is_overdue": bool(today and action.due_on and action.due_on < today),
    }


def _counted(actions: int) -> str:
    return "1 action" if actions == 1 else f"{actions} actions"
