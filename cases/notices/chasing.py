"""What may an e-mail say to a person who is chased? Numbers, days, links: all that they owe one board."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from cases.models import TumorBoard
from cases.notices._render import entry
from tumorboard.notifications.outbox import Entry

GOOD_FOR = timedelta(days=2)  # after that somebody should look again at what is owed


def about(board_pk: int, person_pk: int) -> str:
    return f"chase:{board_pk}:{person_pk}"


def chased(board: TumorBoard, *, recipient, debts: Sequence[Any], by, version: int, now: datetime) -> Entry:
    """`debts` as `cases.queries.chase` finds them, what weighs most first."""
    late = sum(debt.is_late for debt in debts)
    return entry(
        kind="input.chased",
        title=_title(board, debts, late),
        recipient=recipient,
        board=board,
        link=settings.SITE_URL + "/",
        about=about(board.pk, recipient.pk),
        version=version,
        expires_at=now + GOOD_FOR,
        context={"debts": [_line(debt) for debt in debts], "by": by, "many": len(debts), "late": late},
    )


def _title(board: TumorBoard, debts: Sequence[Any], late: int) -> str:
    if len(debts) == 1:
        return f"{debts[0].case.number} waits for you{': overdue' if late else ''}"
    overdue = f", {late} of them overdue" if late else ""
    return f"{board} waits for {len(debts)} things from you{overdue}"


def _line(debt: Any) -> dict[str, Any]:
    return {
        "number": debt.case.number,
        "what": debt.in_mail,
        "due_on": debt.due_on,
        "due_words": debt.due_words if debt.is_late else "",
        "meets_at": debt.meeting.starts_at.astimezone(debt.board.zone) if debt.meeting else None,
        "link": settings.SITE_URL + debt.path,
    }
