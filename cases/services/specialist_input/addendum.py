"""How is the source hospital asked to correct its report, and what becomes of its answer?"""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import permissions
from cases.domain import inputs as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import AddendumRequest, ImagingStudy, RadiologyInput, SpecialistInput
from cases.notices import addendum as notices
from cases.permissions import Permission
from cases.queries.imaging_rows import newest_outside_study
from cases.services._post import owe
from cases.services._post import withdraw as withdraw_post
from cases.services.specialist_input.asking import sits_for
from cases.vocabulary import InputStatus, Specialty
from tumorboard.audit import trail


@transaction.atomic
def ask_addendum(*, specialist_input: SpecialistInput, by) -> AddendumRequest:
    """Ask, through whoever referred the case, for an addendum to the report that was read differently."""
    if not may_ask_addendum(specialist_input, by=by):
        raise PermissionDenied("A radiologist of the board asks for an addendum, or the coordinator.")
    difference = _difference(specialist_input)
    study = newest_outside_study(specialist_input.case)
    if study is None:
        raise Refused(
            "No study of another hospital is recorded in this case. Record it with the hospital where it was"
            " done, then ask again."
        )
    asked = _create(specialist_input, study, difference, by=by)
    case = asked.case
    trail.record(
        actor=by, verb="addendum.asked", subject=asked, about=case.about, study=str(study.performed_on)
    )
    if case.referred_by != by:
        owe([notices.asked(asked)])
    return asked


@transaction.atomic
def answer_addendum(*, request: AddendumRequest, answer: str, by) -> None:
    """What the source hospital said; whoever asked is told that it is there."""
    if not may_answer_addendum(request, by=by):
        raise PermissionDenied("Whoever referred the case answers, or the board’s coordinator or chair.")
    if not answer.strip():
        raise Refused("Give the addendum, or say that there will be none and why.")
    written = AddendumRequest.objects.open().filter(pk=request.pk)
    if not written.update(answer=answer.strip(), answered_at=timezone.now(), answered_by=by):
        raise SomeoneWasFaster("This request has just been answered. Reload the page to read the answer.")
    request.refresh_from_db()
    trail.record(actor=by, verb="addendum.answered", subject=request, about=request.case.about)
    if request.case.referred_by != by:
        reason = "The addendum is there."
        withdraw_post(about=request.about, kinds=["addendum.asked"], reason=reason)
    if request.created_by != by:
        owe([notices.answered(request)])


def may_ask_addendum(specialist_input: SpecialistInput, *, by) -> bool:
    board = specialist_input.case.board
    sits = by.is_active and sits_for(by, board, Specialty.RADIOLOGY)
    return sits or permissions.may(by, Permission.ASK_FOR_INPUT, board=board)


def may_answer_addendum(request: AddendumRequest, *, by) -> bool:
    is_referrer = by.is_active and by == request.case.referred_by
    return is_referrer or permissions.may(by, Permission.REPORT_FOR_OTHERS, board=request.case.board)


def _difference(one: SpecialistInput) -> str:
    rules.require_open(one.case.status)
    counts = one.status == InputStatus.SIGNED and one.superseded_at is None
    read = RadiologyInput.objects.filter(input=one).first()
    if not counts or read is None:
        raise Refused("An addendum is asked for from a signed radiology input that counts now.")
    if read.agreement not in rules.READ_DIFFERENTLY:
        raise Refused("This reading does not differ from the outside report, so there is nothing to correct.")
    return read.difference


def _create(one: SpecialistInput, study: ImagingStudy, difference: str, *, by) -> AddendumRequest:
    try:
        with transaction.atomic():
            return AddendumRequest.objects.create(
                case=one.case, study=study, difference=difference, created_by=by
            )
    except IntegrityError as error:
        if "one_open_addendum_a_study" not in str(error):
            raise
        raise Refused("An addendum to this study has been asked for already.") from None
