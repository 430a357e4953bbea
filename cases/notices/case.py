"""Who is told of a referral, and what may an e-mail say of it?"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cases.models import Case, Membership
from cases.vocabulary import Role, Urgency


def _message(kind: str, title: str, *, case: Case, recipient, version: int) -> dict:
    context = {
        "case": case,
        "board": case.board,
        "recipient": recipient,
        "link": settings.SITE_URL + reverse("cases:case", args=[case.pk]),
        "is_emergency": case.urgency == Urgency.EMERGENCY,
    }
    return {
        "kind": kind,
        "about": case.about,
        "recipient": recipient,
        "version": version,
        "title": title,
        "text": render_to_string(f"notices/{kind}.txt", context),
        "html": render_to_string(f"notices/{kind}.html", context),
        "scope": case.board.scope,
    }


def referred(case: Case, *, by, version: int) -> list[dict]:
    """One message to each of the board's coordinators, but for the one who referred the case."""
    seats = Membership.objects.current().with_role(Role.COORDINATOR).filter(board=case.board)
    urgent = "Emergency referral" if case.urgency == Urgency.EMERGENCY else "New referral"
    return [
        _message("case.referred", f"{urgent} {case.number}", case=case, recipient=seat.user, version=version)
        for seat in seats.exclude(user=by).select_related("user")
    ]


def returned(case: Case, *, version: int) -> dict:
    title = f"Referral {case.number} needs completing"
    return _message("case.returned", title, case=case, recipient=case.referred_by, version=version)


def accepted(case: Case, *, version: int) -> dict:
    title = f"Referral {case.number} is accepted"
    return _message("case.accepted", title, case=case, recipient=case.referred_by, version=version)
