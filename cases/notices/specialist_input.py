"""What may an e-mail say to a person who owes an input?"""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from cases.models import Meeting, SpecialistInput, TumorBoard
from cases.notices._render import at, entry
from tumorboard.notifications.outbox import Entry


def asked(wanted: SpecialistInput, *, version: int) -> Entry:
    case = wanted.case
    return entry(
        kind="input.asked",
        about=case.about,
        version=version,
        recipient=wanted.asked_of,
        board=case.board,
        title=f"Your input is asked for {case.number}",
        link=_link(wanted),
        context={"input": wanted, "case": case, "due_at": _on_the_wall(wanted.due_at, case.board)},
    )


def reminder(
    *,
    recipient,
    owed: Sequence[tuple[Meeting, Sequence[SpecialistInput]]],
    version: int,
    not_before: datetime | None = None,
) -> Entry:
    """All that one person owes before meetings, in one message that is worthless once the first has begun."""
    first = owed[0][0]
    board = first.board
    number = sum(len(inputs) for _, inputs in owed)
    many = "1 input" if number == 1 else f"{number} inputs"
    return entry(
        kind="input.reminder",
        about=first.about,
        version=version,
        recipient=recipient,
        board=board,
        title=f"{board} waits for {many} of yours",
        link=at("/"),
        not_before=not_before,
        expires_at=first.starts_at,
        context={
            "meetings": [
                (
                    _on_the_wall(meeting.starts_at, board),
                    [(one.case.number, _on_the_wall(one.due_at, board), _link(one)) for one in inputs],
                )
                for meeting, inputs in owed
            ],
            "many": many,
        },
    )


def _link(wanted: SpecialistInput) -> str:
    return at(reverse("cases:input", args=[wanted.pk]))


def _on_the_wall(moment: datetime | None, board: TumorBoard) -> datetime | None:
    """As the board's clock shows it; a template would turn a moment into its own zone."""
    return moment and moment.astimezone(board.zone).replace(tzinfo=None)
