"""What may an e-mail say of an addendum? Case number, and the kind and day of the study; never a finding."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cases.models import AddendumRequest


def asked(request: AddendumRequest) -> dict:
    title = f"An addendum is asked for {request.case.number}"
    return _message("addendum.asked", title, request, recipient=request.case.referred_by)


def answered(request: AddendumRequest) -> dict:
    title = f"The addendum for {request.case.number} is there"
    return _message("addendum.answered", title, request, recipient=request.created_by)


def _message(kind: str, title: str, request: AddendumRequest, *, recipient) -> dict:
    context = {
        "case": request.case,
        "board": request.case.board,
        "study": request.study,
        "recipient": recipient,
        "link": settings.SITE_URL + reverse("cases:addendum", args=[request.pk]),
    }
    return {
        "kind": kind,
        "about": request.about,
        "recipient": recipient,
        "title": title,
        "text": render_to_string(f"notices/{kind}.txt", context),
        "html": render_to_string(f"notices/{kind}.html", context),
        "scope": request.case.board.scope,
    }
