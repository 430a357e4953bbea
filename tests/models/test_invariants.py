"""What does the database refuse, whoever writes?"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from cases.models import (
    AgendaItem,
    Attendance,
    Case,
    Fitness,
    LabResult,
    LesionMeasurement,
    Membership,
    SpecialistInput,
    StatusChange,
    SurgicalInput,
)
from cases.vocabulary import CaseStatus, InputStatus, ItemStatus, Role, Specialty
from tests.factories import a_case, a_diagnosis, a_lesion, a_patient, agenda_item, board, lab, meeting, member

pytestmark = pytest.mark.django_db


def refused(constraint, write, *args, **kwargs):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write(*args, **kwargs)


@pytest.fixture
def case():
    return a_case()


def test_a_status_is_a_known_word():
    refused("case_status_is_a_known_code", a_case, status="LOST")


def test_a_referred_case_has_a_question(case):
    refused("a_referred_case_has_a_question", Case.objects.filter(pk=case.pk).update, question="")


def test_a_record_number_is_one_persons_whatever_its_letters():
    a_patient(record_number="ab-17", authority="North")

    refused("one_patient_a_record_number", a_patient, record_number="AB-17", authority="north")


def test_a_person_has_one_seat_on_a_board_and_a_member_a_specialty():
    here = board()
    someone = member(here, role=Role.CHAIR)

    refused(
        "one_seat_a_person_on_a_board",
        Membership.objects.create,
        board=here,
        user=someone,
        role=Role.OBSERVER,
    )
    refused(
        "a_member_has_a_specialty", Membership.objects.create, board=board(), user=someone, role=Role.MEMBER
    )


def test_a_lab_value_without_a_unit_does_not_exist(case):
    refused("a_lab_value_has_a_unit", lab, case, "bilirubin", 11, "")


def test_one_standing_lab_value_a_day_even_when_the_day_is_not_known(case):
    first = lab(case, "inr", "1.0", "1")
    LabResult.objects.filter(pk=first.pk).update(taken_on=None)
    second = lab(case, "inr", "1.4", "1")

    refused("one_standing_lab_value_a_day", LabResult.objects.filter(pk=second.pk).update, taken_on=None)

    LabResult.objects.filter(pk=first.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=case.referred_by, withdrawn_reason="other patient"
    )
    assert LabResult.objects.filter(pk=second.pk).update(taken_on=None) == 1


def test_ecog_is_0_to_5_and_no_comorbidity_means_none(case):
    record = Fitness.objects.create

    refused("ecog_is_0_to_5", record, case=case, ecog=6, created_by=case.referred_by)
    refused(
        "no_comorbidity_contradicts_a_list",
        record,
        case=case,
        no_comorbidity=True,
        comorbidities=["DIABETES"],
        created_by=case.referred_by,
    )


def test_sites_outside_the_liver_need_disease_there(case):
    refused(
        "sites_outside_the_liver_need_disease_there",
        a_diagnosis,
        case,
        extrahepatic_disease="NONE",
        extrahepatic_sites=["LUNG"],
    )


def test_the_viable_part_is_within_the_lesion(case):
    lesion = a_lesion(case)

    refused(
        "viable_part_is_within_the_lesion",
        LesionMeasurement.objects.create,
        lesion=lesion,
        long_axis_mm=Decimal(20),
        viable_mm=Decimal(21),
        created_by=case.referred_by,
    )


def test_a_board_meets_once_at_a_time_unless_cancelled():
    here = board()
    first = meeting(here)

    refused("board_meets_once_at_a_time", meeting, here, first.starts_at + timedelta(minutes=30))

    type(first).objects.filter(pk=first.pk).update(status="CANCELLED")
    assert meeting(here, first.starts_at + timedelta(minutes=30)).pk


def test_a_case_is_on_one_list_at_a_time(case):
    agenda_item(meeting(case.board), case)
    later = meeting(case.board, timezone.now() + timedelta(days=30))

    refused("a_case_is_on_one_list_at_a_time", agenda_item, later, case)


def test_one_case_is_discussed_at_a_time(case):
    sitting = meeting(case.board)
    opened = {"status": ItemStatus.OPEN, "opened_at": timezone.now(), "opened_by": case.referred_by}
    agenda_item(sitting, case, **opened)

    refused("one_case_is_discussed_at_a_time", agenda_item, sitting, a_case(case.board), **opened)


def test_an_opening_says_when_and_by_whom(case):
    item = agenda_item(meeting(case.board), case)

    refused(
        "agenda_item_opened_at_and_by_together",
        AgendaItem.objects.filter(pk=item.pk).update,
        opened_at=timezone.now(),
    )


def test_presence_is_one_stretch_at_a_time(case):
    sitting, someone = meeting(case.board), member(case.board)
    joined = {
        "meeting": sitting,
        "user": someone,
        "joined_at": timezone.now(),
        "created_by": someone,
    }
    Attendance.objects.create(**joined)

    refused("one_presence_a_person_at_a_time", Attendance.objects.create, **joined)


@pytest.fixture
def signed(case):
    surgeon = member(case.board)
    row = SpecialistInput.objects.create(
        case=case,
        specialty=Specialty.SURGERY,
        asked_of=surgeon,
        asked_at=timezone.now(),
        created_by=surgeon,
    )
    SurgicalInput.objects.create(input=row, resectable="YES")
    said = {"opinion": "RESECT", "confidence": "HIGH", "opinion_reason": "enough is left"}
    SpecialistInput.objects.filter(pk=row.pk).update(
        status=InputStatus.SIGNED, signed_at=timezone.now(), signed_by=surgeon, **said
    )
    return row


@pytest.mark.parametrize(
    "statement",
    [
        "update cases_specialistinput set opinion_reason = 'changed' where id = %s",
        "delete from cases_specialistinput where id = %s",
        "update cases_surgicalinput set resectable = 'NO' where input_id = %s",
        "delete from cases_surgicalinput where input_id = %s",
    ],
)
def test_a_signed_input_stands_against_plain_sql(signed, statement):
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [signed.pk])


def test_an_unsigned_input_may_change(case):
    surgeon = member(case.board)
    row = SpecialistInput.objects.create(
        case=case,
        specialty=Specialty.SURGERY,
        asked_of=surgeon,
        asked_at=timezone.now(),
        created_by=surgeon,
    )

    assert SpecialistInput.objects.filter(pk=row.pk).update(opinion_reason="a first thought") == 1


def test_steps_are_never_rewritten(case):
    step = StatusChange.objects.create(
        case=case,
        step="accepted",
        before=CaseStatus.REFERRED,
        after=CaseStatus.PREPARING,
        at=timezone.now(),
        by=case.referred_by,
    )

    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        StatusChange.objects.filter(pk=step.pk).update(reason="another one")
