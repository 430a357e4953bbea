"""How does the outcome reach those who must know: drafted, edited, approved, sent?

A letter is drafted from the decision sentence by sentence. Who edits one is shown what the record says; who
approves stands by what the record does not say.
"""

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from cases import permissions
from cases.domain import letters_body as body
from cases.domain import letters_rules as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Case, Letter, Recommendation
from cases.notices import letter as notices
from cases.permissions import Permission
from cases.queries.letter_document import as_pdf
from cases.queries.letter_told import Told, has_changed, is_superseded, name_in_full
from cases.services._post import owe
from cases.vocabulary import LetterKind, LetterStatus
from tumorboard.audit import trail


@transaction.atomic
def draft_all(*, recommendation: Recommendation, by) -> list[Letter]:
    """A letter to the referrer, one to the general practitioner who is known, a summary for the patient.

    Those that are still drafts of this version are kept; an amended decision gets new ones.
    """
    if recommendation.signed_at is None:
        raise Refused("Only a signed decision is written about.")
    # The decision's row is the lock: two at once get one letter of each kind.
    Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    kinds = [LetterKind.REFERRER, LetterKind.PATIENT]
    if recommendation.case.gp_name:
        kinds.insert(1, LetterKind.GP)
    return [_drafted(recommendation, kind, by=by) for kind in kinds]


@transaction.atomic
def draft_to_gp(*, recommendation: Recommendation, name: str, address: str, by) -> Letter:
    """A general practitioner who became known after the signature is written to as well."""
    case = recommendation.case
    permissions.require(by, Permission.SEND_LETTER, board=case.board)
    if not name.strip():
        raise Refused("Write the name of the general practitioner.")
    known = {"gp_name": name.strip(), "gp_address": address.strip()}
    Case.objects.filter(pk=case.pk).update(**known, version=F("version") + 1)
    recommendation.case.refresh_from_db()
    trail.record(actor=by, verb="case.gp_named", subject=case, about=case.about)
    return next(one for one in draft_all(recommendation=recommendation, by=by) if one.kind == LetterKind.GP)


@transaction.atomic
def edit(*, letter: Letter, key: str, version: int, text: str, by) -> None:
    """One paragraph in somebody's words. Its own version is the lock, so that two may edit two paragraphs."""
    permissions.require(by, Permission.SEND_LETTER, board=letter.case.board)
    standing = _locked(letter)
    paragraphs = body.read(standing.body)
    found = next((one for one in paragraphs if one.key == key), None)
    if found is None:
        raise Refused("This paragraph is not in the letter any more. Reload the page.")
    if found.version != version:
        raise SomeoneWasFaster("Someone else has just changed this paragraph. Compare both and keep one.")
    _change(standing, body=body.kept(body.edited(paragraphs, key=key, text=text)))
    letter.refresh_from_db()
    _trail("letter.edited", letter, by=by, paragraph=key)


@transaction.atomic
def renew(*, letter: Letter, by) -> None:
    """The record has changed since the draft: its sentences follow, what somebody wrote stays."""
    permissions.require(by, Permission.SEND_LETTER, board=letter.case.board)
    standing = _locked(letter)
    if not body.is_current(body.read(standing.body), now := Told(standing).sentences()):
        _change(standing, body=body.kept(body.renewed(body.read(standing.body), now)))
        letter.refresh_from_db()
        _trail("letter.renewed", letter, by=by)


@transaction.atomic
def write_again(*, letter: Letter, by) -> Letter:
    """The record has changed since a letter was approved, such as by a ratification: a newer one."""
    permissions.require(by, Permission.SEND_LETTER, board=letter.case.board)
    if letter.status == LetterStatus.DRAFT or is_superseded(letter) or not has_changed(letter):
        raise Refused("This letter says what the record says, or there is a newer one. No other is needed.")
    # The decision's row is the lock, as when letters are drafted.
    Recommendation.objects.select_for_update().get(pk=letter.recommendation_id)
    return _drafted(letter.recommendation, LetterKind(letter.kind), by=by)


@transaction.atomic
def approve(
    *, letter: Letter, version: int, by, stands_by_strange: bool = False, stands_by_hard: bool = False
) -> None:
    """The chair stands by the words. The PDF is made now and never again."""
    permissions.require(by, Permission.APPROVE_LETTER, board=letter.case.board)
    standing = _locked(letter, refusal="This letter is approved already.")
    if standing.version != version:
        raise SomeoneWasFaster("Someone else has just changed this letter. Reload the page and compare.")
    found = _judged(standing)
    rules.require_approvable(found, stands_by_strange=stands_by_strange, stands_by_hard=stands_by_hard)
    now = timezone.now()
    made = as_pdf(standing, made_for=by.get_full_name(), made_at=now, approved=True)
    _change(standing, status=LetterStatus.APPROVED, pdf=made, approved_at=now, approved_by=by)
    letter.refresh_from_db()
    told = {"not_in_the_record": sum(map(len, found.strange.values())), "hard_to_read": found.is_hard}
    _trail("letter.approved", letter, by=by, **{name: value for name, value in told.items() if value})


@transaction.atomic
def send(*, letter: Letter, by) -> None:
    """Tell the addressee that the letter is there. It is read after signing in; the e-mail says nothing."""
    if letter.recipient is None:
        raise Refused("This letter is posted or handed over. Say how it left.")
    _leaves(letter, by=by)
    owe([notices.sent(letter)])
    _trail("letter.sent", letter, by=by)


@transaction.atomic
def mark_sent(*, letter: Letter, how: str, by) -> None:
    """A letter on paper has left: posted, or handed over."""
    if not how.strip():
        raise Refused("Say how the letter left: posted, or handed over and to whom.")
    _leaves(letter, how=how.strip(), by=by)
    _trail("letter.sent", letter, by=by, on_paper=True)


def _drafted(recommendation: Recommendation, kind: LetterKind, *, by) -> Letter:
    written = Letter.objects.filter(recommendation__item=recommendation.item_id, kind=kind)
    standing = written.filter(recommendation=recommendation, status=LetterStatus.DRAFT).first()
    if standing:
        renew(letter=standing, by=by)
        return standing
    letter = Letter(
        case=recommendation.case,
        recommendation=recommendation,
        kind=kind,
        number=(written.aggregate(last=Max("number"))["last"] or 0) + 1,
        created_by=by,
        **_addressed(recommendation.case, kind),
    )
    letter.body = body.kept(body.begun(Told(letter).sentences()))
    letter.save(force_insert=True)
    _trail("letter.drafted", letter, by=by)
    return letter


def _addressed(case, kind: LetterKind) -> dict:
    if kind == LetterKind.REFERRER:
        return {"recipient": case.referred_by}
    if kind == LetterKind.GP:
        return {"recipient_name": case.gp_name, "recipient_address": case.gp_address}
    return {"recipient_name": name_in_full(case.patient)}


def _judged(letter: Letter) -> rules.Judged:
    told = Told(letter)
    paragraphs = body.read(letter.body)
    return rules.judged(
        paragraphs,
        facts=told.facts(),
        is_current=not has_changed(letter),
        is_superseded=is_superseded(letter),
        for_patient=letter.kind == LetterKind.PATIENT,
    )


def _leaves(letter: Letter, *, by, how: str = "") -> None:
    permissions.require(by, Permission.SEND_LETTER, board=letter.case.board)
    if letter.status != LetterStatus.APPROVED:
        raise Refused("A letter is sent once it is approved, and once only.")
    if is_superseded(letter):
        raise Refused("The decision was amended after this letter. Approve and send the newer one.")
    if has_changed(letter):
        raise Refused("The record says something else now than this letter. Draft a newer one and send that.")
    _change(letter, status=LetterStatus.SENT, sent_at=timezone.now(), sent_by=by, sent_how=how)
    letter.refresh_from_db()


def _locked(letter: Letter, *, refusal: str = "") -> Letter:
    """The draft as it stands, for this transaction alone."""
    standing = Letter.objects.select_for_update().get(pk=letter.pk)
    if standing.status != LetterStatus.DRAFT:
        raise Refused(refusal or "This letter is approved. What was approved is not changed.")
    return standing


def _change(letter: Letter, **columns) -> None:
    """The conditional UPDATE is the lock."""
    same = Letter.objects.filter(pk=letter.pk, version=letter.version)
    if not same.update(version=F("version") + 1, **columns):
        raise SomeoneWasFaster("Someone else has just changed this letter. Reload the page and compare.")


def _trail(verb: str, letter: Letter, *, by, **more) -> None:
    told = {"number": letter.number, "kind": letter.kind, **more}
    trail.record(actor=by, verb=verb, subject=letter, about=letter.case.about, **told)
