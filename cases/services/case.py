"""How does a case begin, and how is it taken in, sent back, withdrawn or brought again?"""

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases import permissions
from cases.domain import lifecycle
from cases.domain import referral as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.domain.referral import Incomplete, OpenCaseExists, Referral
from cases.models import Case, CaseCounter, Patient, StatusChange, TumorBoard
from cases.notices import case as notices
from cases.permissions import Permission
from cases.services import patient as patients
from cases.services._post import owe
from cases.services._post import withdraw as withdraw_post
from cases.services._settled import none_owed
from cases.services._steps import take
from cases.vocabulary import CaseStatus, ItemStatus
from tumorboard import live
from tumorboard.audit import trail
from tumorboard.database.identity import as_system

ON_A_LIST = (ItemStatus.PLANNED, ItemStatus.OPEN)


@transaction.atomic
def refer(*, referral: Referral, by, case: Case | None = None) -> Case:
    """Put a patient's question to a board: a new case, or one that was imported or sent back, completed.

    Patient and question only; what is known of the disease goes along in `pathway.refer`.
    """
    if lacking := rules.missing(referral):
        raise Incomplete(lacking)
    if case is None:
        case = _begin(referral, by=by)
    else:
        _complete(case, referral, by=by)
    take(lifecycle.REFER, case, by=by)
    for message in notices.referred(case, by=by, version=_times(case, lifecycle.REFER)):
        owe([message])
    return case


def _begin(referral: Referral, *, by) -> Case:
    permissions.require(by, Permission.REFER_CASE, board=referral.board)
    if not referral.board.is_active:
        raise Refused("This board takes no referrals at present. Choose another.")
    _require_unsent(referral)
    person = patients.identify(
        said=referral.patient, by=by, same_as=referral.same_as, not_same_as=referral.not_same_as
    )
    _require_no_open_case(person, referral.board)
    return Case.objects.create(
        id=referral.key or uuid.uuid4(),
        number=new_number(referral.board, timezone.localdate(timezone=referral.board.zone).year),
        patient=person,
        board=referral.board,
        question=referral.question.strip(),
        why_now=referral.why_now.strip(),
        urgency=referral.urgency,
        **_about(referral),
        referred_by=by,
        referred_at=timezone.now(),
        created_by=by,
    )


def _about(referral: Referral) -> dict[str, Any]:
    """What the question is about, and who looks after the patient at home."""
    return {
        "topics": list(referral.topics),
        "gp_name": referral.gp_name.strip(),
        "gp_address": referral.gp_address.strip(),
    }


def _complete(case: Case, referral: Referral, *, by) -> None:
    require_completing(case, by=by)
    lifecycle.REFER.check(case.status)
    patients.correct(patient=case.patient, said=referral.patient, by=by)
    case.question, case.why_now = referral.question.strip(), referral.why_now.strip()
    case.urgency, case.referred_at = referral.urgency, timezone.now()
    same = Case.objects.filter(pk=case.pk, version=case.version)
    written = same.update(
        question=case.question,
        why_now=case.why_now,
        urgency=case.urgency,
        referred_at=case.referred_at,
        **_about(referral),
        version=F("version") + 1,
    )
    if not written:
        raise SomeoneWasFaster("Someone else has just changed this referral. Reload it and compare.")
    case.refresh_from_db()


def require_completing(case: Case, *, by) -> None:
    """An imported or returned referral is completed by whoever referred it, or by those who triage."""
    if by != case.referred_by:
        permissions.require(by, Permission.TRIAGE_CASE, board=case.board)
    else:
        permissions.require(by, Permission.REFER_CASE, board=case.board)


def _require_unsent(referral: Referral) -> None:
    sent = Case.objects.select_related("board").filter(pk=referral.key).first() if referral.key else None
    if sent:
        raise OpenCaseExists("This referral has been sent already.", case=sent)


def _require_no_open_case(person: Patient, board: TumorBoard) -> None:
    """The patient's row is locked, so two referrers at once cannot both pass."""
    with as_system("a board works on a patient once, whoever referred them"):
        case = Case.objects.open().filter(patient=person, board=board).first()
    if case:
        raise OpenCaseExists(
            "This board is working on a case of this patient already. Add to that case, or bring it again"
            " with your new question; if you cannot see it, ask the coordinator.",
            case=case,
        )


@transaction.atomic
def describe(*, case: Case, version: int, topics: Sequence[str], gp_name: str, gp_address: str, by) -> None:
    """What the question is about, which decides who must be there; and who looks after the patient."""
    permissions.require(by, Permission.TRIAGE_CASE, board=case.board)
    written = Case.objects.filter(pk=case.pk, version=version).update(
        topics=list(topics),
        gp_name=gp_name.strip(),
        gp_address=gp_address.strip(),
        version=F("version") + 1,
    )
    if not written:
        raise SomeoneWasFaster("Someone else has changed this case meanwhile. Reload it and compare.")
    case.refresh_from_db()
    trail.record(actor=by, verb="question.described", subject=case, about=case.about, topics=list(topics))
    for meeting in case.agenda_items.filter(status__in=ON_A_LIST).values_list("meeting", flat=True):
        live.announce(f"meeting:{meeting}", "room")


@transaction.atomic
def accept(*, case: Case, by) -> None:
    """Take a referral in; asking the disciplines is `pathway.accept`."""
    permissions.require(by, Permission.TRIAGE_CASE, board=case.board)
    take(lifecycle.ACCEPT, case, by=by)
    if case.referred_by != by:
        owe([notices.accepted(case, version=case.presentation)])


@transaction.atomic
def return_to_referrer(*, case: Case, missing: str, by) -> None:
    """Send a referral back, saying what it lacks."""
    permissions.require(by, Permission.TRIAGE_CASE, board=case.board)
    if not missing.strip():
        raise Refused("Say what is missing, so that the referrer can complete it.")
    take(lifecycle.RETURN, case, by=by, reason=missing.strip())
    owe([notices.returned(case, version=_times(case, lifecycle.RETURN))])


@transaction.atomic
def withdraw(*, case: Case, reason: str, by) -> None:
    """Take a case from the board's work. The referrer may do so until the board has accepted it."""
    require_withdrawing(case, by=by)
    if not reason.strip():
        raise Refused("Say why the case is withdrawn.")
    take(lifecycle.WITHDRAW, case, by=by, reason=reason.strip())
    reason = "The case was withdrawn."
    withdraw_post(about=case.about, reason=reason)
    none_owed(case, reason=reason)


def require_withdrawing(case: Case, *, by) -> None:
    if not may_withdraw(case, by=by):
        raise PermissionDenied("Your seat on this board does not allow this. Ask the coordinator.")


def may_withdraw(case: Case, *, by) -> bool:
    own = by == case.referred_by and by.is_active
    return (own and case.status in lifecycle.NOT_YET_ACCEPTED) or permissions.may(
        by, Permission.WITHDRAW_CASE, board=case.board
    )


@transaction.atomic
def re_present(*, case: Case, question: str, why_now: str, topics: Sequence[str] | None = None, by) -> None:
    """Bring a decided or closed case again with a new question; what is known of it stays."""
    permissions.require(by, Permission.LIST_CASE, board=case.board)
    bring_again(case=case, question=question, why_now=why_now, topics=topics, by=by)


@transaction.atomic
def bring_again(*, case: Case, question: str, why_now: str, topics: Sequence[str] | None = None, by) -> None:
    """The same without asking for a seat: for `returning`, on a date that the board itself has signed."""
    if not question.strip():
        raise Refused(rules.REQUIRED["question"])
    lifecycle.RE_PRESENT.check(case.status)
    if case.status == CaseStatus.CLOSED:
        person = Patient.objects.select_for_update().get(pk=case.patient_id)
        _require_no_open_case(person, case.board)
    take(lifecycle.RE_PRESENT, case, by=by, reason=why_now.strip())
    Case.objects.filter(pk=case.pk).update(
        question=question.strip(),
        why_now=why_now.strip(),
        topics=case.topics if topics is None else list(topics),
        presentation=F("presentation") + 1,
        version=F("version") + 1,
    )
    case.refresh_from_db()


def _times(case: Case, step: lifecycle.Step) -> int:
    return StatusChange.objects.filter(case=case, step=step.name).count()


@transaction.atomic
def new_number(board, year: int) -> str:
    """LT-26-0412: the board's prefix, the year, and a number given once. The counter's row is the lock."""
    CaseCounter.objects.get_or_create(board=board, year=year)
    CaseCounter.objects.filter(board=board, year=year).update(last=F("last") + 1)
    counter = CaseCounter.objects.get(board=board, year=year)
    return f"{board.prefix}-{year % 100:02}-{counter.last:04}"
