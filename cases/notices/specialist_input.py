"""What may an e-mail say to a person who owes an input?"""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cases.models import Meeting, SpecialistInput


def asked(wanted: SpecialistInput, *, version: int) -> dict:
    case = wanted.case
    return _message(
        "input.asked",
        {"input": wanted, "case": case, "zone": case.board.time_zone, "link": _link(wanted)},
        about=case.about,
        board=case.board,
        recipient=wanted.asked_of,
        version=version,
        title=f"Your input is asked for {case.number}",
    )


def reminder(meeting: Meeting, owed: Sequence[SpecialistInput], *, hours: int) -> dict:
    """All that one person owes before a meeting, in one message that is worthless once it has begun."""
    board = meeting.board
    many = "1 input" if len(owed) == 1 else f"{len(owed)} inputs"
    return _message(
        "input.reminder",
        {
            "meeting": meeting,
            "owed": [(one.case.number, one.due_at, _link(one)) for one in owed],
            "many": many,
            "zone": board.time_zone,
            "link": settings.SITE_URL + "/",
        },
        about=meeting.about,
        board=board,
        recipient=owed[0].asked_of,
        version=hours,
        title=f"{board} waits for {many} of yours",
        expires_at=meeting.starts_at,
    )


def _link(wanted: SpecialistInput) -> str:
    return settings.SITE_URL + reverse("cases:input", args=[wanted.pk])


def _message(kind: str, context: dict, *, board, recipient, **more) -> dict:
    context = context | {"board": board, "recipient": recipient}
    return {
        "kind": kind,
        "recipient": recipient,
        "text": render_to_string(f"notices/{kind}.txt", context),
        "html": render_to_string(f"notices/{kind}.html", context),
        "scope": board.scope,
        **more,
    }
