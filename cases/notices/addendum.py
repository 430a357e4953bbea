"""What may an e-mail say of an addendum? Case number, and the kind and day of the study; never a finding."""

from django.urls import reverse

from cases.models import AddendumRequest
from cases.notices._render import at, entry
from tumorboard.notifications.outbox import Entry


def asked(request: AddendumRequest) -> Entry:
    title = f"An addendum is asked for {request.case.number}"
    return _message("addendum.asked", title, request, recipient=request.case.referred_by)


def answered(request: AddendumRequest) -> Entry:
    title = f"The addendum for {request.case.number} is there"
    return _message("addendum.answered", title, request, recipient=request.created_by)


def _message(kind: str, title: str, request: AddendumRequest, *, recipient) -> Entry:
    return entry(
        kind=kind,
        about=request.about,
        recipient=recipient,
        board=request.case.board,
        title=title,
        link=at(reverse("cases:addendum", args=[request.pk])),
        context={"case": request.case, "study": request.study},
    )
