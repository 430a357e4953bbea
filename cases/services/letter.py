"""How does the outcome reach those who must know: drafted, approved, sent?"""

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from cases import permissions
from cases.domain import letters
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.exchange import pdf
from cases.models import Letter, Recommendation
from cases.notices import letter as notices
from cases.permissions import Permission
from cases.queries.letter_document import letter_document, met_on
from cases.vocabulary import LetterStatus
from tumorboard.audit import trail
from tumorboard.notifications import outbox


@transaction.atomic
def draft_for(*, recommendation: Recommendation, by) -> Letter:
    """A letter to the referrer with the usual words. One that is still a draft will say all that is new."""
    if recommendation.signed_at is None:
        raise Refused("Only a signed decision is written about.")
    # The decision's row is the lock: two at once get one letter.
    Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    case = recommendation.case
    written = Letter.objects.filter(recommendation=recommendation, recipient=case.referred_by)
    if standing := written.filter(status=LetterStatus.DRAFT).first():
        return standing
    number = (written.aggregate(last=Max("number"))["last"] or 0) + 1
    letter = Letter.objects.create(
        case=case,
        recommendation=recommendation,
        recipient=case.referred_by,
        number=number,
        opening=letters.opening(
            recipient=case.referred_by.get_full_name(),
            board=case.board.name,
            met_on=met_on(recommendation),
            amended=number > 1,
        ),
        closing=letters.closing(board=case.board.name),
        created_by=by,
    )
    _trail("letter.drafted", letter, by=by)
    return letter


@transaction.atomic
def edit(*, letter: Letter, version: int, opening: str, closing: str, by) -> None:
    permissions.require(by, Permission.SEND_LETTER, board=letter.case.board)
    _require(letter, LetterStatus.DRAFT, "This letter is approved. What was approved is not changed.")
    _change(letter, version, status=LetterStatus.DRAFT, opening=opening.strip(), closing=closing.strip())
    _trail("letter.edited", letter, by=by)


@transaction.atomic
def approve(*, letter: Letter, version: int, by) -> None:
    """The chair stands by the words. The PDF is made now and never again."""
    permissions.require(by, Permission.APPROVE_LETTER, board=letter.case.board)
    _require(letter, LetterStatus.DRAFT, "This letter is approved already.")
    now = timezone.now()
    document = letter_document(letter, made_for=by.get_full_name(), made_at=now, approved=True)
    _change(
        letter,
        version,
        status=LetterStatus.APPROVED,
        pdf=pdf.letter(document),
        approved_at=now,
        approved_by=by,
    )
    _trail("letter.approved", letter, by=by)


@transaction.atomic
def send(*, letter: Letter, by) -> None:
    """Tell the addressee that the letter is there. It is read after signing in; the e-mail says nothing."""
    permissions.require(by, Permission.SEND_LETTER, board=letter.case.board)
    _require(letter, LetterStatus.APPROVED, "A letter is sent once it is approved, and once only.")
    if Letter.objects.filter(
        recommendation=letter.recommendation_id, recipient=letter.recipient_id, number__gt=letter.number
    ).exists():
        raise Refused("The decision was amended after this letter. Approve and send the newer one.")
    _change(letter, letter.version, status=LetterStatus.SENT, sent_at=timezone.now(), sent_by=by)
    outbox.put(**notices.sent(letter))
    _trail("letter.sent", letter, by=by)


def _require(letter: Letter, status: str, message: str) -> None:
    if letter.status != status:
        raise Refused(message)


def _change(letter: Letter, version: int, **columns) -> None:
    """The conditional UPDATE is the lock."""
    same = Letter.objects.filter(pk=letter.pk, version=version, approved_at=letter.approved_at)
    if not same.update(version=F("version") + 1, **columns):
        raise SomeoneWasFaster("Someone else has just changed this letter. Reload the page and compare.")
    letter.refresh_from_db()


def _trail(verb: str, letter: Letter, *, by) -> None:
    trail.record(actor=by, verb=verb, subject=letter, about=letter.case.about, number=letter.number)
