"""What has become of a letter, and what may this person do with it?"""

from dataclasses import dataclass

from cases.models import Letter
from cases.permissions import Permission, granted
from cases.vocabulary import LetterStatus
from tumorboard.notifications.models import Message


@dataclass(frozen=True)
class LetterPage:
    letter: Letter
    may_edit: bool
    may_approve: bool
    may_send: bool
    is_superseded: bool
    deliveries: tuple[Message, ...]


def letter_page(letter: Letter, *, user) -> LetterPage:
    """Proof of delivery is for those who may send; an addressee only reads."""
    rights = granted(user, board=letter.case.board)
    may_send = Permission.SEND_LETTER in rights
    newer = Letter.objects.filter(
        recommendation=letter.recommendation_id, recipient=letter.recipient_id, number__gt=letter.number
    ).exists()
    return LetterPage(
        letter=letter,
        may_edit=may_send and letter.status == LetterStatus.DRAFT,
        may_approve=Permission.APPROVE_LETTER in rights and letter.status == LetterStatus.DRAFT,
        may_send=may_send and letter.status == LetterStatus.APPROVED and not newer,
        is_superseded=newer,
        deliveries=_deliveries(letter) if may_send else (),
    )


def _deliveries(letter: Letter) -> tuple[Message, ...]:
    messages = Message.objects.filter(about=letter.about).defer("text", "html")
    return tuple(messages.select_related("recipient").order_by("created_at"))
