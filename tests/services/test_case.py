"""A referral begins a case once, of the right patient, and everybody who waits is told."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.domain.errors import Refused, StepNotAllowed
from cases.domain.referral import Incomplete, LooksLikeSomeone, OpenCaseExists, RecordNumberTaken
from cases.models import Case, LabResult, Lesion, Patient, StatusChange
from cases.services import case as case_room
from cases.services import pathway
from cases.vocabulary import CaseStatus, Role
from tests.factories import a_case, board, member, person
from tests.factories.referrals import a_lab, a_lesion_seen, a_referral
from tests.together import at_once
from tumorboard.audit import trail
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db


def referred(liver_board, by, **more):
    return pathway.refer(referral=a_referral(liver_board, **more), by=by)


def test_a_referral_writes_patient_case_facts_step_and_messages():
    liver = board(prefix="LT")
    referrer, coordinator = member(liver, Role.REFERRER), member(liver, Role.COORDINATOR)

    case = referred(
        liver,
        referrer,
        labs=[a_lab()],
        lesions=[a_lesion_seen(), a_lesion_seen(["8"], "11")],
        wish={"words": "To see my grandson start school."},
        imaging={"modality": "MRI", "performed_on": date(2026, 11, 10)},
    )

    assert (case.status, case.referred_by, case.created_by) == (CaseStatus.REFERRED, referrer, referrer)
    assert case.number.startswith("LT-")
    assert case.number.endswith("-0001")
    assert case.diagnosis.primary_site == "COLORECTAL"
    assert [lesion.label for lesion in Lesion.objects.filter(case=case).order_by("number")] == ["L1", "L2"]
    assert LabResult.objects.get(case=case).created_by == referrer
    assert [event.verb for event in trail.of(case.about)] == ["case.referred"]
    message = Message.objects.get(kind="case.referred")
    assert message.recipient == coordinator


def test_messages_name_no_patient_and_nothing_clinical():
    liver = board()
    referrer, coordinator = member(liver, Role.REFERRER), member(liver, Role.COORDINATOR)
    case = referred(liver, referrer)
    case_room.return_to_referrer(case=case, missing="The bilirubin of Mrs Fairweather", by=coordinator)

    for message in Message.objects.filter(about=case.about):
        words = f"{message.title} {message.text} {message.html}".lower()
        assert case.number.lower() in words
        for secret in (
            "fairweather",
            "marian",
            "1958",
            case.patient.record_number.lower(),
            "hepatectomy",
            "bilirubin",
        ):
            assert secret not in words


def test_everything_missing_is_named_at_once():
    liver = board()
    referrer = member(liver, Role.REFERRER)
    empty = a_referral(
        liver, patient={"family_name": " ", "sex": ""}, question=" ", diagnosis={}, fitness=None
    )

    with pytest.raises(Incomplete) as refused:
        case_room.refer(referral=empty, by=referrer)

    assert list(refused.value.missing) == ["family_name", "sex", "question", "primary_site", "ecog"]


def test_a_stranger_to_the_board_cannot_refer():
    with pytest.raises(PermissionDenied):
        referred(board(), person())


def test_the_same_record_number_is_the_same_patient_whatever_spaces_and_capitals():
    one, other = board(), board()
    referrer = member(one, Role.REFERRER)
    member(other, Role.REFERRER, user=referrer)
    details = {"record_number": "AB 12-9", "family_name": "Núñez", "given_name": "José"}
    again = details | {"record_number": " ab12-9 ", "family_name": "NUNEZ", "given_name": "Jose"}

    first = referred(one, referrer, patient=details)
    second = referred(other, referrer, patient=again)

    assert first.patient == second.patient
    assert first.patient.record_number == "AB12-9"


@pytest.mark.parametrize("differs", [{"family_name": "Other"}, {"birth_date": date(1959, 3, 7)}])
def test_a_record_number_of_somebody_else_is_refused(differs):
    liver = board()
    referrer = member(liver, Role.REFERRER)
    details = {"record_number": "X1", "given_name": "Marian"}
    referred(liver, referrer, patient=details)

    with pytest.raises(RecordNumberTaken):
        referred(liver, referrer, patient=details | differs)


def test_a_namesake_born_the_same_day_is_asked_about():
    one, other = board(), board()
    referrer = member(one, Role.REFERRER)
    member(other, Role.REFERRER, user=referrer)
    known = referred(one, referrer, patient={"record_number": "A1", "given_name": "Zoë"}).patient
    said = {"record_number": "B2", "given_name": "zoe", "family_name": "FAIRWEATHER"}

    with pytest.raises(LooksLikeSomeone) as asked:
        referred(other, referrer, patient=said)
    assert asked.value.patients == (known,)
    assert not Patient.objects.filter(record_number="B2").exists()

    same = referred(other, referrer, patient=said, same_as=known.pk)
    assert same.patient == known


def test_two_namesakes_may_be_two_people():
    liver = board()
    referrer = member(liver, Role.REFERRER)
    known = referred(liver, referrer, patient={"record_number": "A1", "given_name": "Zoë"}).patient

    said = {"record_number": "B2", "given_name": "Zoë"}
    other = referred(liver, referrer, patient=said, not_same_as=frozenset({known.pk}))

    assert other.patient != known


def test_same_as_must_be_a_namesake():
    """Nobody attaches a case to a patient whom they merely know the id of."""
    liver = board()
    referrer = member(liver, Role.REFERRER)
    stranger = a_case().patient

    case = referred(liver, referrer, same_as=stranger.pk)

    assert case.patient != stranger


def test_an_open_case_on_the_board_is_told():
    liver = board()
    referrer = member(liver, Role.REFERRER)
    details = {"record_number": "X1", "given_name": "Marian"}
    first = referred(liver, referrer, patient=details)

    with pytest.raises(OpenCaseExists) as told:
        referred(liver, referrer, patient=details)

    assert told.value.case == first


def test_the_same_form_sent_twice_is_one_referral():
    liver = board()
    referrer = member(liver, Role.REFERRER)
    same = a_referral(liver, key=uuid.uuid4())

    case = pathway.refer(referral=same, by=referrer)
    with pytest.raises(OpenCaseExists):
        pathway.refer(referral=same, by=referrer)

    assert case.pk == same.key
    assert Case.objects.count() == 1


def test_a_returned_referral_is_completed_and_says_only_what_it_says_now():
    liver = board()
    referrer, coordinator = member(liver, Role.REFERRER), member(liver, Role.COORDINATOR)
    patient = {"record_number": "X1", "given_name": "Marian"}
    wrong = [a_lab(value="11"), a_lab("sodium", "140", "mmol/L")]
    case = referred(
        liver, referrer, patient=patient, labs=wrong, lesions=[a_lesion_seen(), a_lesion_seen(["2"])]
    )
    case_room.return_to_referrer(case=case, missing="Albumin", by=coordinator)
    assert StatusChange.objects.get(case=case, step="returned").reason == "Albumin"

    right = [a_lab(value="17"), a_lab("albumin", "38", "g/L")]
    lesion = a_lesion_seen(["7"], "25", number=1)
    said = a_referral(liver, patient=patient | {"given_name": "Mariana"}, labs=right, lesions=[lesion])
    pathway.refer(referral=said, by=referrer, case=case)

    case.refresh_from_db()
    assert case.status == CaseStatus.REFERRED
    assert case.patient.given_name == "Mariana"
    standing = LabResult.objects.standing().filter(case=case)
    assert {(one.analyte, int(one.value)) for one in standing} == {("bilirubin", 17), ("albumin", 38)}
    lesion = Lesion.objects.standing().get(case=case)
    assert (lesion.label, lesion.segments) == ("L1", ["7"])
    assert int(lesion.measurements.get().long_axis_mm) == 25
    assert Message.objects.filter(kind="case.referred").count() == 2
    assert Message.objects.get(kind="case.returned").recipient == referrer


def test_details_that_others_rely_on_cannot_be_changed_from_a_referral():
    one, other = board(), board()
    referrer, coordinator = member(one, Role.REFERRER), member(one, Role.COORDINATOR)
    patient = {"record_number": "X1", "given_name": "Marian"}
    case = referred(one, referrer, patient=patient)
    a_case(board=other, patient=case.patient)
    case_room.return_to_referrer(case=case, missing="Name", by=coordinator)

    said = a_referral(one, patient=patient | {"given_name": "Mariana"})
    with pytest.raises(RecordNumberTaken, match="Ask the coordinator"):
        pathway.refer(referral=said, by=referrer, case=case)


def test_only_those_who_triage_accept_or_return():
    liver = board()
    referrer, surgeon = member(liver, Role.REFERRER), member(liver, Role.MEMBER)
    case = referred(liver, referrer)

    for who in (referrer, surgeon):
        with pytest.raises(PermissionDenied):
            case_room.accept(case=case, by=who)
        with pytest.raises(PermissionDenied):
            case_room.return_to_referrer(case=case, missing="x", by=who)


def test_acceptance_tells_the_referrer_once():
    liver = board()
    referrer, coordinator = member(liver, Role.REFERRER), member(liver, Role.COORDINATOR)
    case = referred(liver, referrer)

    case_room.accept(case=case, by=coordinator)

    assert Message.objects.get(kind="case.accepted").recipient == referrer
    with pytest.raises(StepNotAllowed):
        case_room.accept(case=case, by=coordinator)


def test_a_return_says_what_is_missing():
    liver = board()
    case = referred(liver, member(liver, Role.REFERRER))
    with pytest.raises(Refused):
        case_room.return_to_referrer(case=case, missing="  ", by=member(liver, Role.COORDINATOR))


def test_a_referrer_withdraws_until_the_board_has_taken_the_case_in():
    liver = board()
    referrer, coordinator = member(liver, Role.REFERRER), member(liver, Role.COORDINATOR)
    case, other = referred(liver, referrer), referred(liver, referrer)
    case_room.accept(case=other, by=coordinator)

    case_room.withdraw(case=case, reason="Treated elsewhere.", by=referrer)
    with pytest.raises(PermissionDenied):
        case_room.withdraw(case=other, reason="Treated elsewhere.", by=referrer)

    assert case.status == CaseStatus.WITHDRAWN
    case_room.withdraw(case=other, reason="Treated elsewhere.", by=coordinator)


def test_a_decided_case_comes_again_with_its_facts():
    liver = board()
    coordinator = member(liver, Role.COORDINATOR)
    case = a_case(board=liver, status=CaseStatus.DECIDED)

    case_room.re_present(case=case, question="And now?", why_now="New lesion.", by=coordinator)

    assert (case.status, case.presentation, case.question) == (CaseStatus.PREPARING, 2, "And now?")
    with pytest.raises(StepNotAllowed):
        case_room.re_present(case=case, question="And now?", why_now="", by=coordinator)


def test_case_numbers_count_by_board_and_year():
    liver, other = board(prefix="LT"), board(prefix="HPB")
    assert [case_room.new_number(liver, 2026) for _ in range(2)] == ["LT-26-0001", "LT-26-0002"]
    assert case_room.new_number(liver, 2027) == "LT-27-0001"
    assert case_room.new_number(other, 2026) == "HPB-26-0001"


@pytest.mark.django_db(transaction=True)
def test_two_referrers_at_once_make_one_patient_and_one_case():
    liver = board()
    referrers = [member(liver, Role.REFERRER) for _ in range(4)]
    patient = {"record_number": "RACE-1", "given_name": "Marian"}

    outcomes = at_once(*[lambda who=who: referred(liver, who, patient=patient) for who in referrers])

    assert sorted(type(one).__name__ for one in outcomes) == ["Case", *["OpenCaseExists"] * 3]
    assert Patient.objects.count() == Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_differ():
    liver = board()
    numbers = at_once(*[lambda: case_room.new_number(liver, 2026)] * 4)
    assert len(set(numbers)) == 4


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_accept_and_return_at_once_take_one_step():
    liver = board()
    one, other = member(liver, Role.COORDINATOR), member(liver, Role.COORDINATOR)
    pk = referred(liver, member(liver, Role.REFERRER)).pk

    outcomes = at_once(
        lambda: case_room.accept(case=Case.objects.get(pk=pk), by=one),
        lambda: case_room.return_to_referrer(case=Case.objects.get(pk=pk), missing="Albumin", by=other),
    )

    assert sum(outcome is None for outcome in outcomes) == 1
    assert StatusChange.objects.filter(case=pk).count() == 2
