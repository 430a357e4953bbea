"""What may an e-mail say of a decision that waits for a discipline? Number, board, discipline, day, link."""

from django.core import signing
from django.urls import reverse

from cases.models import Membership, Ratification
from cases.notices._render import at, entry
from cases.vocabulary import Role, Specialty
from tumorboard.notifications.outbox import Entry

SALT = "cases.ratification"
LEADING = (Role.CHAIR, Role.COORDINATOR)
TO_THE_LEAD = {
    "ratification.unfilled": "Nobody sits for a discipline that was missing",
    "ratification.overdue": "No answer to a provisional decision",
    "ratification.objected": "Objection to a provisional decision",
}


def token_for(ratification: Ratification, recipient) -> str:
    """Opens one question for one person, and only once that person has signed in."""
    return signing.dumps([str(ratification.pk), recipient.pk], salt=SALT)


def read_token(token: str) -> tuple[str, int] | None:
    """Which question, and whose; None when it is not one of ours."""
    try:
        ratification, recipient = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return ratification, recipient


def asked(one: Ratification) -> list[Entry]:
    title = f"Your discipline was missing: {one.recommendation.case.number} waits for your answer"
    return [_message("ratification.asked", title, one, one.asked_of, link=_signed(one))]


def reminder(one: Ratification) -> list[Entry]:
    title = f"{one.recommendation.case.number} still waits for your answer"
    return [_message("ratification.reminder", title, one, one.asked_of, link=_signed(one))]


def unfilled(one: Ratification) -> list[Entry]:
    return _to_the_lead("ratification.unfilled", one)


def overdue(one: Ratification) -> list[Entry]:
    return _to_the_lead("ratification.overdue", one)


def objected(one: Ratification) -> list[Entry]:
    return _to_the_lead("ratification.objected", one)


def _to_the_lead(kind: str, one: Ratification) -> list[Entry]:
    seats = Membership.objects.current().with_role(*LEADING).filter(board=one.recommendation.case.board)
    return [to_lead(kind, seat.user, one) for seat in seats.select_related("user").order_by("pk")]


def to_lead(kind: str, person, one: Ratification) -> Entry:
    title = f"{TO_THE_LEAD[kind]}: {one.recommendation.case.number}"
    return _message(kind, title, one, person, link=_plain(one))


def _signed(one: Ratification) -> str:
    return at(reverse("cases:ratify", args=[token_for(one, one.asked_of)]))


def _plain(one: Ratification) -> str:
    return at(reverse("cases:ratification", args=[one.pk]))


def _message(kind: str, title: str, one: Ratification, recipient, *, link: str) -> Entry:
    case = one.recommendation.case
    return entry(
        kind=kind,
        about=one.about,
        recipient=recipient,
        board=case.board,
        title=title,
        link=link,
        context={
            "case_number": case.number,
            "discipline": Specialty(one.specialty).label.lower(),
            "due_on": one.due_on,
        },
    )
