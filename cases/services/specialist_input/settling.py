"""Which e-mails are of no use any more once somebody no longer owes an input?"""

from django.db.models import F

from cases.models import SpecialistInput, TumorBoard
from cases.notices import chasing
from cases.notices.deputies import COPY
from cases.queries.board_days import REMINDER
from cases.queries.chase_debt import What
from cases.queries.chase_log import CHASED
from cases.queries.chased_for import spoken_of
from cases.services._post import withdraw
from cases.services.specialist_input.reminding import REMINDED_OF
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import UNSENT


def no_longer_owed(wanted: SpecialistInput, *, recipient, reason: str) -> None:
    """Withdraw the asking; and what speaks of several things once nothing of it is owed."""
    board = wanted.case.board
    withdraw(about=wanted.case.about, kinds=["input.asked"], recipient=recipient, reason=reason)
    if _owes_another(recipient, board):
        return
    for meeting in set(_waiting(REMINDER, recipient, board).values_list("about", flat=True)):
        withdraw(about=meeting, kinds=[REMINDER], recipient=recipient, reason=reason)
    about = chasing.about(board.pk, recipient.pk)
    chases = _waiting(CHASED, recipient, board).filter(about=about)
    if all(spoken_of(chase) == {What.INPUT} for chase in chases):
        withdraw(about=about, kinds=[CHASED], recipient=recipient, reason=reason)


def _owes_another(user, board: TumorBoard) -> bool:
    """Amendments are nobody's debt."""
    owed = SpecialistInput.objects.awaited().filter(
        asked_of=user,
        amendment_reason="",
        case__board=board,
        case__status__in=REMINDED_OF,
        presentation=F("case__presentation"),
    )
    return owed.exists()


def _waiting(kind: str, user, board: TumorBoard):
    """Their own: what they get because they stand in for another tells of what the other owes."""
    waiting = Message.objects.filter(kind=kind, recipient=user, scope=board.scope, state__in=UNSENT)
    return waiting.exclude(about__contains=COPY)
