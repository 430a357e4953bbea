"""What may an e-mail say of a decision that waits for a discipline? Number, board, discipline, day, link."""

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse

from cases.models import Membership, Ratification
from cases.vocabulary import Role, Specialty
from tumorboard.notifications.outbox import Entry

SALT = "cases.ratification"
LEADING = (Role.CHAIR, Role.COORDINATOR)


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
    return _to_the_lead("ratification.unfilled", "Nobody sits for a discipline that was missing", one)


def overdue(one: Ratification) -> list[Entry]:
    return _to_the_lead("ratification.overdue", "No answer to a provisional decision", one)


def objected(one: Ratification) -> list[Entry]:
    return _to_the_lead("ratification.objected", "Objection to a provisional decision", one)


def _to_the_lead(kind: str, title: str, one: Ratification) -> list[Entry]:
    case = one.recommendation.case
    seats = Membership.objects.current().with_role(*LEADING).filter(board=case.board)
    return [
        _message(kind, f"{title}: {case.number}", one, seat.user, link=_plain(one))
        for seat in seats.select_related("user").order_by("pk")
    ]


def _signed(one: Ratification) -> str:
    return settings.SITE_URL + reverse("cases:ratify", args=[token_for(one, one.asked_of)])


def _plain(one: Ratification) -> str:
    return settings.SITE_URL + reverse("cases:ratification", args=[one.pk])


def _message(kind: str, title: str, one: Ratification, recipient, *, link: str) -> Entry:
    case = one.recommendation.case
    context = {
        "case_number": case.number,
        "board": case.board,
        "discipline": Specialty(one.specialty).label.lower(),
        "due_on": one.due_on,
        "recipient": recipient,
        "link": link,
    }
    return Entry(
        kind=kind,
        about=one.about,
        recipient=recipient,
        title=title,
        text=render_to_string(f"notices/{kind}.txt", context),
        html=render_to_string(f"notices/{kind}.html", context),
        scope=case.board.scope,
    )
