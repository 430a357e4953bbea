"""Who is told of a referral, and what may an e-mail say of it?"""

from django.urls import reverse

from cases.models import Case, Membership
from cases.notices._render import at, entry
from cases.vocabulary import Role, Urgency
from tumorboard.notifications.outbox import Entry


def referred(case: Case, *, by, version: int) -> list[Entry]:
    """One message to each of the board's coordinators, but for the one who referred the case."""
    seats = Membership.objects.current().with_role(Role.COORDINATOR).filter(board=case.board)
    return [
        referred_to(seat.user, case, version=version)
        for seat in seats.exclude(user=by).select_related("user")
    ]


def referred_to(coordinator, case: Case, *, version: int) -> Entry:
    urgent = "Emergency referral" if case.urgency == Urgency.EMERGENCY else "New referral"
    title = f"{urgent} {case.number}"
    return _message("case.referred", title, case=case, recipient=coordinator, version=version)


def returned(case: Case, *, version: int) -> Entry:
    title = f"Referral {case.number} needs completing"
    return _message("case.returned", title, case=case, recipient=case.referred_by, version=version)


def accepted(case: Case, *, version: int) -> Entry:
    title = f"Referral {case.number} is accepted"
    return _message("case.accepted", title, case=case, recipient=case.referred_by, version=version)


def _message(kind: str, title: str, *, case: Case, recipient, version: int) -> Entry:
    return entry(
        kind=kind,
        about=case.about,
        version=version,
        recipient=recipient,
        board=case.board,
        title=title,
        link=at(reverse("cases:case", args=[case.pk])),
        context={"case": case, "is_emergency": case.urgency == Urgency.EMERGENCY},
    )
