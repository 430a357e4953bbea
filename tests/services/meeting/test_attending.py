"""Who is counted as there: by a tick, by the code on the wall, for somebody else, or for one case?"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.domain.errors import DomainError, Refused
from cases.models import Attendance, Guest
from cases.queries.room import guests_for, quorum_missing, room_of, there_for
from cases.services import meeting as service
from cases.vocabulary import CaseStatus, ItemStatus, MeetingStatus, Role, Specialty
from tests.factories import a_case, agenda_item, board, meeting, member, person
from tests.together import at_once
from tumorboard.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
CODE = "ACDE34"


@pytest.fixture
def here():
    return board(quorum_specialties=[Specialty.SURGERY, Specialty.PATHOLOGY])


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


@pytest.fixture
def running(here):
    soon = timezone.now() + timedelta(minutes=5)
    return meeting(here, starts_at=soon, status=MeetingStatus.RUNNING, check_in_code=CODE)


@pytest.fixture
def item(running, coordinator):
    case = a_case(board=running.board, status=CaseStatus.LISTED)
    listed = agenda_item(running, case)
    service.open_case(item=listed, by=coordinator)
    listed.refresh_from_db()
    return listed


def pathologist(here, **more):
    return member(here, specialty=Specialty.PATHOLOGY, given_name="Ada", family_name="Lowe", **more)


def test_opening_a_meeting_puts_a_code_on_the_wall(here, coordinator):
    coming = meeting(here, starts_at=timezone.now() + timedelta(minutes=5))
    service.open_meeting(meeting=coming, by=coordinator)

    one = pathologist(here)
    assert service.check_in(code=coming.check_in_code, by=one) == coming
    there = Attendance.objects.get(user=one)
    assert (there.specialty, there.checked_in_by_code, there.created_by) == ("PATHOLOGY", True, one)


@pytest.mark.parametrize("typed", ["ACDE34", " acd-e34 ", "ac de 34"])
def test_a_code_is_taken_as_people_type_it_and_twice_is_once(here, running, typed):
    one = pathologist(here)
    service.check_in(code=typed, by=one)
    service.check_in(code=typed, by=one)

    assert Attendance.objects.filter(user=one).count() == 1


def test_a_wrong_code_and_another_boards_code_are_answered_alike(here, running):
    stranger = member(board())
    words = set()
    for code, who in (("ACDE36", pathologist(here)), (CODE, stranger), ("", stranger), (CODE, person())):
        with pytest.raises(Refused) as refused:
            service.check_in(code=code, by=who)
        words.add(str(refused.value))

    assert len(words) == 1
    assert not Attendance.objects.exists()


def test_a_code_counts_while_the_meeting_runs(here, running, coordinator):
    service.close_meeting(meeting=running, by=coordinator)

    with pytest.raises(Refused):
        service.check_in(code=CODE, by=pathologist(here))


def test_a_deputy_counts_for_the_absent_discipline(here, running, item, coordinator):
    absent = pathologist(here)
    registrar = person(given_name="Ben", family_name="Hope")
    service.join(meeting=running, user=registrar, deputy_for=absent, by=coordinator)
    room = room_of(running, [item], item=item)

    assert [seat.here for seat in room.seats] == [(), ("B. Hope for A. Lowe",)]
    assert [code.value for code in room.quorum.missing] == ["SURGERY"]
    assert quorum_missing(item, there_for(item, now=timezone.now())) == ["SURGERY"]
    assert AuditEvent.objects.filter(verb="meeting.joined", details__deputy_for=absent.pk).exists()


def test_nobody_is_a_deputy_of_somebody_who_is_there_or_of_nobodys_discipline(here, running, coordinator):
    there, silent, one = pathologist(here), member(here, Role.OBSERVER), member(here)
    service.join(meeting=running, user=there, by=there)

    for absent in (there, silent, one, person()):
        with pytest.raises(Refused):
            service.join(meeting=running, user=one, deputy_for=absent, by=coordinator)


def test_a_deputy_from_elsewhere_is_named_by_whoever_runs_the_meeting(here, running, coordinator):
    absent, registrar, colleague = pathologist(here), person(), pathologist(here)

    with pytest.raises(PermissionDenied):
        service.join(meeting=running, user=registrar, deputy_for=absent, by=registrar)
    with pytest.raises(PermissionDenied):
        service.join(meeting=running, user=registrar, deputy_for=absent, by=colleague)
    service.join(meeting=running, user=registrar, deputy_for=absent, by=coordinator)
    with pytest.raises(Refused, match="here already"):
        service.join(meeting=running, user=registrar, deputy_for=member(here), by=coordinator)


def test_nobody_makes_the_quorum_by_naming_themselves_a_deputy(here, running, item):
    absent, one = pathologist(here), member(here)

    with pytest.raises(Refused, match="Ask the coordinator or the chair"):
        service.join(meeting=running, user=one, deputy_for=absent, by=one)
    assert not Attendance.objects.exists()


def test_an_observer_speaks_for_no_discipline(here, running, item, coordinator):
    observer = member(here, Role.OBSERVER, Specialty.SURGERY)
    service.join(meeting=running, user=observer, by=observer)

    assert Attendance.objects.get().specialty == ""
    assert "SURGERY" in quorum_missing(item, there_for(item, now=timezone.now()))
    with pytest.raises(Refused, match="speaks for a discipline"):
        service.join(meeting=running, user=person(), deputy_for=observer, by=coordinator)


def test_a_guest_counts_for_one_case_and_goes_with_it(here, running, item, coordinator):
    surgeon = member(here)
    service.join(meeting=running, user=surgeon, by=surgeon)
    guest = service.admit_guest(item=item, name=" Dr  Una Reed ", specialty="PATHOLOGY", by=coordinator)
    assert service.admit_guest(item=item, name="dr una reed", by=coordinator) == guest
    room = room_of(running, [item], item=item)
    assert (room.quorum.is_met, room.there) == (True, 2)

    service.record_discussion(
        item=item, version=item.discussion_version, discussion="Resect.", by=coordinator
    )
    item.refresh_from_db()
    guest.refresh_from_db()

    assert guest.left_at is not None
    assert quorum_missing(item, there_for(item, now=timezone.now())) == []
    assert guests_for(item, now=timezone.now()) == [guest]
    other = agenda_item(running, a_case(board=here, status=CaseStatus.LISTED))
    assert room_of(running, [item, other], item=other).visitors == []
    assert quorum_missing(other, there_for(other, now=timezone.now())) == ["PATHOLOGY"]


def test_a_guest_who_left_early_does_not_count(here, running, item, coordinator):
    guest = service.admit_guest(item=item, name="Una Reed", specialty="PATHOLOGY", by=coordinator)
    service.guest_leaves(guest=guest, by=coordinator)

    assert quorum_missing(item, there_for(item, now=timezone.now())) == ["SURGERY", "PATHOLOGY"]


def test_a_guest_counts_when_the_board_goes_on_after_it_has_written_something(
    here, running, item, coordinator
):
    service.admit_guest(item=item, name="Una Reed", specialty="PATHOLOGY", by=coordinator)
    service.save_discussion(item=item, version=item.discussion_version, discussion="Resect.", by=coordinator)
    other = agenda_item(running, a_case(board=here, status=CaseStatus.LISTED))
    service.open_case(item=other, by=coordinator)
    item.refresh_from_db()

    assert item.status == ItemStatus.DISCUSSED
    assert quorum_missing(item, there_for(item, now=timezone.now())) == ["SURGERY"]


def test_guests_go_when_a_case_is_postponed_or_put_back(here, running, item, coordinator):
    other = agenda_item(running, a_case(board=here, status=CaseStatus.LISTED))
    service.admit_guest(item=item, name="Una Reed", by=coordinator)
    service.open_case(item=other, by=coordinator)
    service.admit_guest(item=other, name="Ned Park", by=coordinator)
    service.defer(item=other, reason="No MRI.", by=coordinator)

    assert not Guest.objects.present().exists()


def test_guests_are_recorded_for_the_case_before_the_board_by_who_runs_it(here, running, item, coordinator):
    later = agenda_item(running, a_case(board=here, status=CaseStatus.LISTED))

    with pytest.raises(Refused):
        service.admit_guest(item=later, name="Una Reed", by=coordinator)
    with pytest.raises(Refused):
        service.admit_guest(item=item, name="  ", by=coordinator)
    with pytest.raises(PermissionDenied):
        service.admit_guest(item=item, name="Una Reed", by=member(here))
    assert later.status == ItemStatus.PLANNED


@pytest.mark.django_db(transaction=True)
def test_ticked_and_typed_at_once_is_one_presence(here, running, coordinator):
    one = pathologist(here)
    outcomes = at_once(
        lambda: service.check_in(code=CODE, by=one),
        lambda: service.join(meeting=running, user=one, by=coordinator),
        lambda: service.join(meeting=running, user=one, by=one),
    )

    assert not [error for error in outcomes if isinstance(error, Exception)], outcomes
    assert Attendance.objects.present().filter(user=one).count() == 1
    assert not isinstance(outcomes[0], DomainError)
