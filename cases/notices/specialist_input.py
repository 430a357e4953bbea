"""What may an e-mail say to a person who owes an input?"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cases.models import SpecialistInput


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
