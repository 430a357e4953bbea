"""What may an e-mail say of an outcome letter? That it is there, and where; never what it says."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cases.models import Letter


def sent(letter: Letter) -> dict:
    board = letter.case.board
    context = {
        "case": letter.case,
        "board": board,
        "recipient": letter.recipient,
        "is_amended": letter.number > 1,
        "link": settings.SITE_URL + reverse("cases:letter", args=[letter.pk]),
    }
    return {
        "kind": "letter.sent",
        "about": letter.about,
        "recipient": letter.recipient,
        "version": letter.number,
        "title": f"The board’s recommendation for {letter.case.number}",
        "text": render_to_string("notices/letter.sent.txt", context),
        "html": render_to_string("notices/letter.sent.html", context),
        "scope": board.scope,
    }
