"""Is each discipline asked once, of the right person, until the right hour?"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.domain.errors import Refused
from cases.models import Absence, SpecialistInput
from cases.services import specialist_input as service
from cases.services.specialist_input.asking import least_busy, usual_due
from cases.vocabulary import CaseStatus, InputStatus, Role, Specialty
from tests import factories
from tumorboard.audit import trail
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return factories.board(input_specialties=[Specialty.SURGERY, Specialty.RADIOLOGY])


@pytest.fixture
def coordinator(board):
    return factories.member(board, Role.COORDINATOR)


def test_each_discipline_of_the_board_is_asked_once(board, coordinator):
    surgeon = factories.member(board, specialty=Specialty.SURGERY)
    radiologist = factories.member(board, specialty=Specialty.RADIOLOGY)
    case = factories.a_case(board)

    service.request_all(case=case, by=coordinator)
    service.request_all(case=case, by=coordinator)

    asked = {one.specialty: one.asked_of for one in case.inputs.all()}
    assert asked == {Specialty.SURGERY: surgeon, Specialty.RADIOLOGY: radiologist}
    assert {m.recipient for m in Message.objects.filter(kind="input.asked")} == {surgeon, radiologist}
    assert trail.of(case.about).filter(verb="input.asked").count() == 2


def test_a_new_presentation_is_asked_anew(board, coordinator):
    factories.member(board, specialty=Specialty.SURGERY)
    case = factories.a_case(board)
    service.request_all(case=case, by=coordinator)
    case.presentation = 2
    case.save(update_fields=["presentation"])

    service.request_all(case=case, by=coordinator)

    assert sorted(case.inputs.values_list("presentation", flat=True)) == [1, 1, 2, 2]
    assert Message.objects.filter(kind="input.asked").count() == 2


def test_nobody_sits_for_it(board, coordinator):
    case = factories.a_case(board)

    asked = service.request_all(case=case, by=coordinator)

    assert [one.asked_of for one in asked] == [None, None]
    assert not Message.objects.filter(kind="input.asked").exists()


def test_the_least_busy_of_several_is_asked_and_of_equals_the_first(board, coordinator):
    first, second = (factories.member(board, specialty=Specialty.SURGERY) for _ in range(2))
    gone = factories.member(board, specialty=Specialty.SURGERY)
    gone.memberships.update(ended_at=timezone.now())

    asked = [service.request_all(case=factories.a_case(board), by=coordinator)[0].asked_of for _ in range(3)]

    assert asked == [first, second, first]


def test_only_who_leads_the_board_asks(board):
    surgeon = factories.member(board, specialty=Specialty.SURGERY)

    with pytest.raises(PermissionDenied):
        service.request_all(case=factories.a_case(board), by=surgeon)


def test_who_is_away_when_it_is_due_is_asked_only_if_everybody_is(board):
    first, second = (factories.member(board, specialty=Specialty.SURGERY) for _ in range(2))
    days = {"first_day": date(2026, 12, 1), "last_day": date(2026, 12, 12)}
    due = datetime(2026, 12, 10, 9, tzinfo=UTC)

    assert least_busy(board, Specialty.SURGERY, due_at=due) == first
    Absence.objects.create(user=first, created_by=first, **days)
    assert least_busy(board, Specialty.SURGERY, due_at=due) == second
    assert least_busy(board, Specialty.SURGERY, due_at=due + timedelta(days=4)) == first
    Absence.objects.create(user=second, created_by=second, **days)
    assert least_busy(board, Specialty.SURGERY, due_at=due) == first


def test_asking_another_person_withdraws_the_first_notice(board, coordinator):
    first, second = (factories.member(board, specialty=Specialty.SURGERY) for _ in range(2))
    case = factories.a_case(board)
    service.request_all(case=case, by=coordinator)
    due_at = timezone.now() + timedelta(days=2)

    again = service.ask(
        case=case, specialty=Specialty.SURGERY, asked_of=second, due_at=due_at, by=coordinator
    )

    assert (again.asked_of, again.due_at) == (second, due_at)
    states = dict(Message.objects.filter(kind="input.asked").values_list("recipient", "state"))
    assert states == {first.pk: State.CANCELLED, second.pk: State.QUEUED}


def test_asking_the_same_person_again_is_another_message(board, coordinator):
    surgeon = factories.member(board, specialty=Specialty.SURGERY)
    case = factories.a_case(board)
    service.request_all(case=case, by=coordinator)

    service.ask(case=case, specialty=Specialty.SURGERY, asked_of=surgeon, due_at=None, by=coordinator)

    assert Message.objects.filter(kind="input.asked", recipient=surgeon).count() == 2


def test_nobody_is_asked_who_does_not_sit_for_the_discipline(board, coordinator):
    radiologist = factories.member(board, specialty=Specialty.RADIOLOGY)

    with pytest.raises(Refused, match="does not sit for hepatobiliary surgery"):
        service.ask(
            case=factories.a_case(board),
            specialty=Specialty.SURGERY,
            asked_of=radiologist,
            due_at=None,
            by=coordinator,
        )


@pytest.mark.parametrize("status", [CaseStatus.REFERRED, CaseStatus.CLOSED, CaseStatus.WITHDRAWN])
def test_nothing_is_asked_of_a_case_that_is_not_prepared(board, coordinator, status):
    with pytest.raises(Refused):
        service.ask(
            case=factories.a_case(board, status),
            specialty=Specialty.SURGERY,
            asked_of=None,
            due_at=None,
            by=coordinator,
        )


def test_an_input_that_is_not_needed_says_why(board, coordinator):
    factories.member(board, specialty=Specialty.SURGERY)
    wanted = service.request_all(case=factories.a_case(board), by=coordinator)[0]

    with pytest.raises(Refused, match="Say why"):
        service.mark_not_needed(specialist_input=wanted, reason="  ", by=coordinator)
    service.mark_not_needed(specialist_input=wanted, reason="Palliative question only.", by=coordinator)

    assert wanted.status == InputStatus.NOT_NEEDED
    assert Message.objects.get(kind="input.asked").state == State.CANCELLED


def test_a_notice_names_no_patient_and_nothing_clinical(board, coordinator):
    factories.member(board, specialty=Specialty.SURGERY)
    case = factories.a_case(board)
    factories.a_diagnosis(case)

    service.request_all(case=case, by=coordinator)

    message = Message.objects.get(kind="input.asked")
    words = message.title + message.text + message.html
    assert case.number in words
    for private in (case.patient.family_name, case.patient.record_number, case.question, "olorect"):
        assert private not in words


@pytest.mark.parametrize(
    ("starts", "due"),
    [
        ([], datetime(2026, 10, 30, 12, 0, tzinfo=UTC)),  # Friday noon, five working days on, clocks changed
        ([datetime(2026, 10, 28, 8, 0, tzinfo=UTC)], datetime(2026, 10, 26, 8, 0, tzinfo=UTC)),
        # The first meeting's cut-off has passed: the second counts.
        (
            [datetime(2026, 10, 24, 8, 0, tzinfo=UTC), datetime(2026, 10, 31, 9, 0, tzinfo=UTC)],
            datetime(2026, 10, 29, 9, 0, tzinfo=UTC),
        ),
    ],
)
def test_an_input_is_due_at_the_cut_off_of_the_next_meeting(board, starts, due):
    for at in starts:
        factories.meeting(board, starts_at=at)

    assert usual_due(board, now=datetime(2026, 10, 23, 11, 0, tzinfo=UTC)) == due


def test_a_cut_off_is_reckoned_on_the_wall(board):
    berlin = ZoneInfo("Europe/Berlin")
    board.time_zone = "Europe/Berlin"
    board.save()
    factories.meeting(board, starts_at=datetime(2026, 10, 26, 8, 0, tzinfo=berlin))

    due = usual_due(board, now=datetime(2026, 10, 20, tzinfo=UTC))

    assert due.astimezone(berlin) == datetime(2026, 10, 24, 8, 0, tzinfo=berlin)


def test_a_stranger_and_a_referrer_do_not_see_inputs(board, coordinator):
    case = factories.a_case(board)
    service.request_all(case=case, by=coordinator)
    factories.member(board, Role.REFERRER, user=case.referred_by)

    assert not SpecialistInput.objects.visible_to(factories.person()).exists()
    assert not SpecialistInput.objects.visible_to(case.referred_by).exists()
