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


def reminder(meeting: Meeting, owed: Sequence[SpecialistInput], *, hours: int) -> Entry:
    """All that one person owes before a meeting, in one message that is worthless once it has begun."""
    board = meeting.board
    many = "1 input" if len(owed) == 1 else f"{len(owed)} inputs"
    return entry(
        kind="input.reminder",
        about=meeting.about,
        version=hours,
        recipient=owed[0].asked_of,
        board=board,
        title=f"{board} waits for {many} of yours",
        link=at("/"),
        expires_at=meeting.starts_at,
        context={
            "starts_at": _on_the_wall(meeting.starts_at, board),
            "owed": [(one.case.number, _on_the_wall(one.due_at, board), _link(one)) for one in owed],
            "many": many,
        },
    )


def _link(wanted: SpecialistInput) -> str:
    return at(reverse("cases:input", args=[wanted.pk]))


def _on_the_wall(moment: datetime | None, board: TumorBoard) -> datetime | None:
    """As the board's clock shows it; a template would turn a moment into its own zone."""
    return moment and moment.astimezone(board.zone).replace(tzinfo=None)
