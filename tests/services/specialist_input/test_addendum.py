"""Is the source hospital asked once, answered once, and is nobody told of a patient or a finding?"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import AddendumRequest, ImagingStudy
from cases.services import specialist_input as service
from cases.vocabulary import InputStatus, Role, Specialty
from tests import factories
from tests.factories.inputs import DETAILS, OPINION, an_input
from tumorboard.audit import trail
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db

DIFFERENCE = "A second lesion of 18 mm in segment 8 with washout."


@pytest.fixture
def board():
    return factories.board()


@pytest.fixture
def radiologist(board):
    return factories.member(board, specialty=Specialty.RADIOLOGY)


def read(board, radiologist, agreement="CHANGES_MANAGEMENT", outside=True, case=None):
    """A signed reading of a case that came with a study of another hospital."""
    case = case or factories.a_case(board)
    if outside:
        ImagingStudy.objects.create(
            case=case,
            modality="CT",
            performed_on=date(2026, 10, 12),
            done_at="St Anne's",
            conclusion="One lesion.",
            created_by=case.referred_by,
        )
    one = an_input(case, radiologist, Specialty.RADIOLOGY)
    said = DETAILS[Specialty.RADIOLOGY] | {"agreement": agreement, "difference": DIFFERENCE}
    service.sign(specialist_input=one, version=1, fields=OPINION, details=said, by=radiologist)
    return one


def test_the_referrer_is_asked_once_and_the_mail_names_the_study_and_nothing_else(board, radiologist):
    one = read(board, radiologist)

    asked = service.ask_addendum(specialist_input=one, by=radiologist)

    assert (asked.difference, asked.study.done_at, asked.created_by) == (DIFFERENCE, "St Anne's", radiologist)
    mail = Message.objects.get(kind="addendum.asked")
    assert mail.recipient == one.case.referred_by
    for words in (one.case.number, "CT, 12-Oct-2026, St Anne's", f"/addenda/{asked.pk}/"):
        assert words in mail.text, words
    for secret in ("segment", "lesion", one.case.patient.family_name, one.case.patient.record_number):
        assert secret not in mail.text + mail.html + mail.title
    assert trail.of(one.case.about).filter(verb="addendum.asked").count() == 1
    with pytest.raises(Refused, match="asked for already"):
        service.ask_addendum(specialist_input=one, by=radiologist)


@pytest.mark.parametrize("agreement", ["", "AGREES", "NONE_OUTSIDE", "NOT_ASSESSED"])
def test_only_a_difference_is_asked_about(board, radiologist, agreement):
    one = read(board, radiologist, agreement=agreement)

    with pytest.raises(Refused, match="does not differ"):
        service.ask_addendum(specialist_input=one, by=radiologist)


def test_without_an_outside_study_it_says_what_to_do(board, radiologist):
    with pytest.raises(Refused, match="Record it with the hospital"):
        service.ask_addendum(specialist_input=read(board, radiologist, outside=False), by=radiologist)


def test_an_input_that_is_not_signed_or_is_replaced_asks_nothing(board, radiologist):
    one = read(board, radiologist)
    draft = service.amend(specialist_input=one, reason="Second look.", by=radiologist)

    with pytest.raises(Refused, match="signed radiology input"):
        service.ask_addendum(specialist_input=draft, by=radiologist)
    draft.refresh_from_db()
    assert draft.status == InputStatus.DRAFT


def test_a_coordinator_may_ask_and_others_may_not(board, radiologist):
    one = read(board, radiologist)
    for other in (factories.member(board, specialty=Specialty.SURGERY), one.case.referred_by):
        with pytest.raises(PermissionDenied):
            service.ask_addendum(specialist_input=one, by=other)

    service.ask_addendum(specialist_input=one, by=factories.member(board, Role.COORDINATOR))

    assert AddendumRequest.objects.count() == 1


def test_the_answer_is_given_once_and_the_radiologist_is_told(board, radiologist):
    asked = service.ask_addendum(specialist_input=read(board, radiologist), by=radiologist)
    referrer = asked.case.referred_by

    service.answer_addendum(request=asked, answer="  Agreed, addendum of 20-Nov. ", by=referrer)

    assert (asked.answer, asked.answered_by) == ("Agreed, addendum of 20-Nov.", referrer)
    mail = Message.objects.get(kind="addendum.answered")
    assert mail.recipient == radiologist
    assert "Agreed" not in mail.text + mail.html
    stale = AddendumRequest.objects.get(pk=asked.pk)
    with pytest.raises(SomeoneWasFaster):
        service.answer_addendum(request=stale, answer="Another.", by=referrer)


def test_a_coordinator_who_answers_spares_the_referrer_the_mail(board, radiologist):
    asked = service.ask_addendum(specialist_input=read(board, radiologist), by=radiologist)

    service.answer_addendum(request=asked, answer="Agreed.", by=factories.member(board, Role.COORDINATOR))

    assert Message.objects.get(kind="addendum.asked").state == State.CANCELLED


def test_nobody_else_answers_and_nothing_is_no_answer(board, radiologist):
    asked = service.ask_addendum(specialist_input=read(board, radiologist), by=radiologist)

    with pytest.raises(PermissionDenied):
        service.answer_addendum(request=asked, answer="Agreed.", by=radiologist)
    with pytest.raises(Refused):
        service.answer_addendum(request=asked, answer="  ", by=asked.case.referred_by)
    assert AddendumRequest.objects.open().count() == 1


def test_after_an_answer_one_may_ask_again(board, radiologist):
    one = read(board, radiologist)
    asked = service.ask_addendum(specialist_input=one, by=radiologist)
    service.answer_addendum(request=asked, answer="We stay with ours.", by=asked.case.referred_by)

    service.ask_addendum(specialist_input=one, by=radiologist)

    assert AddendumRequest.objects.count() == 2
