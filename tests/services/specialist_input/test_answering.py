"""Is a draft kept, a signature final, an amendment a new revision, and nobody's text lost?"""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.domain.inputs import Unfinished
from cases.domain.referral import LesionSeen
from cases.models import Draft, LesionMeasurement, SpecialistInput, SystemicLine
from cases.services import specialist_input as service
from cases.vocabulary import CaseStatus, InputStatus, Role, Specialty
from tests import factories
from tests.factories.inputs import DETAILS, OPINION, a_signed_input, an_input
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return factories.board()


def asked(board, specialty=Specialty.SURGERY, **more):
    person = factories.member(board, specialty=specialty)
    case = factories.a_case(board, more.pop("status", CaseStatus.PREPARING))
    return an_input(case, person, specialty, **more), person


def sign(one, by, **details):
    service.sign(
        specialist_input=one,
        version=one.version,
        fields=OPINION,
        details=DETAILS.get(one.specialty, {}) | details,
        by=by,
    )


@pytest.mark.parametrize("specialty", list(Specialty))
def test_each_discipline_can_keep_a_draft_and_sign(board, specialty):
    one, person = asked(board, specialty)

    service.save_draft(
        specialist_input=one,
        version=1,
        fields={"opinion": "ABLATE"},
        details={},
        by=person,
        typed={"opinion": ["ABLATE"], "frailty": ["very"]},
    )
    assert (one.status, one.version, one.opinion) == (InputStatus.DRAFT, 2, "ABLATE")
    kept = Draft.objects.get(owner=person, form="input", key=str(one.pk))
    assert (kept.payload["frailty"], kept.base_version) == (["very"], 2)
    sign(one, person)

    assert (one.status, one.signed_by, one.opinion) == (InputStatus.SIGNED, person, "RESECT")
    assert not Draft.objects.exists()
    verbs = [event.verb for event in trail.of(one.case.about) if event.verb.startswith("input.")]
    assert verbs == ["input.signed", "input.drafted"]


def test_the_typed_part_is_in_its_columns(board):
    one, surgeon = asked(board)
    sign(one, surgeon)

    details = SpecialistInput.objects.get().surgicalinput
    assert (details.resectable, details.segments_to_resect) == ("YES", ["6", "7"])
    assert details.flr_volume_ml == Decimal(400)


def test_lines_of_treatment_are_numbered_and_written_anew(board):
    one, oncologist = asked(board, Specialty.ONCOLOGY)
    two_lines = [{"regimen": "FOLFOX"}, {"regimen": "FOLFIRI", "started_on": date(2026, 6, 1)}]

    service.save_draft(
        specialist_input=one, version=1, fields={}, details={"lines": two_lines}, by=oncologist
    )
    service.save_draft(
        specialist_input=one, version=2, fields={}, details={"lines": two_lines[1:]}, by=oncologist
    )

    assert list(SystemicLine.objects.values_list("position", "regimen")) == [(1, "FOLFIRI")]


def test_an_unfinished_input_is_not_signed_and_names_all_that_is_missing(board):
    one, radiologist = asked(board, Specialty.RADIOLOGY)

    with pytest.raises(Unfinished) as refused:
        service.sign(specialist_input=one, version=1, fields={}, details={}, by=radiologist)

    assert set(refused.value.missing) == set(OPINION) - {"conflict_of_interest"} | set(
        DETAILS[Specialty.RADIOLOGY]
    )
    one.refresh_from_db()
    assert (one.status, one.version) == (InputStatus.ASKED, 1)


def test_what_a_radiologist_measured_is_recorded_with_the_signature(board):
    one, radiologist = asked(board, Specialty.RADIOLOGY)
    lesions = [LesionSeen(segments=("3",), long_axis_mm=Decimal(11), measured_on=date(2026, 11, 10))]

    sign(one, radiologist, lesions=lesions)

    measured = LesionMeasurement.objects.get()
    assert (measured.lesion.number, measured.lesion.segments) == (1, ["3"])
    assert (measured.long_axis_mm, measured.measured_on) == (Decimal(11), date(2026, 11, 10))
    assert measured.created_by == radiologist


def test_the_study_that_a_radiologist_has_read_is_recorded_once(board):
    one, radiologist = asked(board, Specialty.RADIOLOGY)

    sign(one, radiologist, modality="MRI", studied_on=date(2026, 11, 10))
    again = service.amend(specialist_input=one, reason="a second look", by=radiologist)
    sign(again, radiologist, modality="MRI", studied_on=date(2026, 11, 10))

    study = one.case.imagingstudy_set.get()
    assert (study.modality, study.performed_on, study.created_by) == ("MRI", date(2026, 11, 10), radiologist)


def test_a_lesion_that_is_refused_leaves_the_input_unsigned(board):
    one, radiologist = asked(board, Specialty.RADIOLOGY)

    with pytest.raises(Refused, match="no lesion L9"):
        sign(one, radiologist, lesions=[LesionSeen(number=9, segments=("3",))])

    one.refresh_from_db()
    assert one.status == InputStatus.ASKED


def test_a_colleague_of_the_discipline_may_answer_and_then_it_is_theirs(board):
    one, _ = asked(board)
    colleague = factories.member(board, specialty=Specialty.SURGERY)

    service.save_draft(specialist_input=one, version=1, fields={}, details={}, by=colleague)

    assert one.asked_of == colleague


@pytest.mark.parametrize(
    ("role", "specialty", "allowed"),
    [
        (Role.MEMBER, Specialty.SURGERY, True),
        (Role.CHAIR, Specialty.SURGERY, True),
        (Role.CHAIR, "", False),
        (Role.MEMBER, Specialty.ONCOLOGY, False),
        (Role.COORDINATOR, Specialty.SURGERY, False),
        (Role.OBSERVER, Specialty.SURGERY, False),
        (Role.REFERRER, Specialty.SURGERY, False),
    ],
)
def test_who_may_answer(board, role, specialty, allowed):
    one, _ = asked(board)
    person = factories.member(board, role, specialty)

    assert service.may_answer(one, by=person) is allowed
    if not allowed:
        with pytest.raises(PermissionDenied):
            sign(one, person)


def test_a_member_who_left_or_sits_elsewhere_may_not(board):
    one, person = asked(board)
    person.memberships.update(ended_at=timezone.now())
    elsewhere = factories.member(factories.board(), specialty=Specialty.SURGERY)

    for stranger in (person, elsewhere):
        with pytest.raises(PermissionDenied):
            sign(one, stranger)


@pytest.mark.parametrize("status", [CaseStatus.CLOSED, CaseStatus.WITHDRAWN])
def test_a_case_that_ended_takes_no_more_inputs(board, status):
    one, person = asked(board, status=status)

    with pytest.raises(Refused):
        sign(one, person)


def test_an_input_to_an_earlier_presentation_is_past(board):
    one, person = asked(board)
    one.case.presentation = 2
    one.case.save()

    with pytest.raises(Refused, match="earlier presentation"):
        sign(one, person)


def test_an_input_that_is_not_needed_is_not_written(board):
    one, person = asked(board)
    SpecialistInput.objects.update(status=InputStatus.NOT_NEEDED, not_needed_reason="Palliative.")
    one.refresh_from_db()

    with pytest.raises(Refused, match="not needed"):
        sign(one, person)


def test_who_saves_on_an_older_version_is_told_and_writes_nothing(board):
    one, person = asked(board)
    mine = SpecialistInput.objects.get()
    service.save_draft(
        specialist_input=one, version=1, fields={"opinion_reason": "first"}, details={}, by=person
    )

    with pytest.raises(SomeoneWasFaster):
        service.save_draft(
            specialist_input=mine,
            version=1,
            fields={"opinion_reason": "second"},
            details={"resectable": "NO"},
            by=person,
        )

    one.refresh_from_db()
    assert (one.opinion_reason, one.surgicalinput.resectable) == ("first", "")


def test_a_signed_input_does_not_change_not_even_by_sql(board):
    one, person = asked(board, Specialty.ONCOLOGY)
    sign(one, person)

    for statement in (
        "UPDATE cases_specialistinput SET opinion = 'ABLATE'",
        "UPDATE cases_specialistinput SET signed_at = NULL, signed_by_id = NULL, status = 'DRAFT'",
        "DELETE FROM cases_specialistinput",
        "UPDATE cases_oncologyinput SET lines_given = 7",
        "DELETE FROM cases_systemicline",
        "UPDATE cases_systemicline SET regimen = 'other'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    one.refresh_from_db()
    assert (one.opinion, one.oncologyinput.lines.get().regimen) == ("RESECT", "FOLFOX")


@pytest.mark.parametrize("specialty", list(Specialty))
def test_an_amendment_starts_from_what_was_signed_and_replaces_it_when_signed(board, specialty):
    one, person = asked(board, specialty)
    sign(one, person)

    new = service.amend(specialist_input=one, reason="New CT.", by=person)

    assert (new.revision, new.status, new.opinion) == (2, InputStatus.DRAFT, "RESECT")
    assert set(SpecialistInput.objects.current()) == {one, new}
    if specialty == Specialty.ONCOLOGY:
        assert new.oncologyinput.lines.get().regimen == "FOLFOX"
    service.sign(
        specialist_input=new,
        version=new.version,
        fields=OPINION | {"opinion": "SYSTEMIC"},
        details=DETAILS.get(specialty, {}),
        by=person,
    )
    one.refresh_from_db()
    assert one.superseded_at
    assert one.opinion == "RESECT"
    assert list(SpecialistInput.objects.current()) == [new]


def test_an_amendment_needs_a_reason_and_is_one_at_a_time(board):
    one, person = asked(board)
    sign(one, person)

    with pytest.raises(Refused, match="Say why"):
        service.amend(specialist_input=one, reason=" ", by=person)
    service.amend(specialist_input=one, reason="New CT.", by=person)
    with pytest.raises(Refused, match="already"):
        service.amend(specialist_input=one, reason="Another.", by=person)


def test_an_amendment_given_up_leaves_the_signed_one_and_can_begin_again(board):
    one, person = asked(board)
    sign(one, person)
    new = service.amend(specialist_input=one, reason="New CT.", by=person)

    service.give_up_amendment(specialist_input=new, by=person)

    assert list(SpecialistInput.objects.current()) == [one]
    assert service.amend(specialist_input=one, reason="Again.", by=person).revision == 3


def test_what_is_not_signed_is_not_amended(board):
    one, person = asked(board)

    with pytest.raises(Refused, match="Only the signed input"):
        service.amend(specialist_input=one, reason="New CT.", by=person)


def test_a_signed_discipline_is_neither_asked_again_nor_waived(board):
    coordinator = factories.member(board, Role.COORDINATOR)
    person = factories.member(board, specialty=Specialty.SURGERY)
    one = a_signed_input(factories.a_case(board), person)

    with pytest.raises(Refused, match="signed already"):
        service.ask(case=one.case, specialty=one.specialty, asked_of=person, due_at=None, by=coordinator)
    with pytest.raises(Refused, match="signed already"):
        service.mark_not_needed(specialist_input=one, reason="Late.", by=coordinator)
