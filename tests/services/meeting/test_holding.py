"""Does the meeting go from case to case, and is it known who was there?"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Attendance, Draft, StatusChange
from cases.services import draft as draft_room
from cases.services import meeting as service
from cases.vocabulary import CaseStatus, ItemStatus, MeetingStatus, Role, Specialty
from tests.factories import a_case, agenda_item, board, meeting, member, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


@pytest.fixture
def running(here):
    return meeting(here, starts_at=timezone.now() + timedelta(minutes=5), status=MeetingStatus.RUNNING)


def waiting(running, **more):
    case = a_case(board=running.board, status=CaseStatus.LISTED, **more)
    return agenda_item(running, case)


def opened(running, by):
    item = waiting(running)
    service.open_case(item=item, by=by)
    item.refresh_from_db()
    return item


def recorded(item, by, words="Resect."):
    service.record_discussion(item=item, version=item.discussion_version, discussion=words, by=by)
    item.refresh_from_db()
    item.case.refresh_from_db()


def test_a_meeting_opens_once_and_on_its_day(here, coordinator):
    today = meeting(here, starts_at=timezone.now() + timedelta(hours=11))
    later = meeting(here, starts_at=timezone.now() + timedelta(hours=14))

    service.open_meeting(meeting=today, by=coordinator)

    assert today.status == MeetingStatus.RUNNING
    with pytest.raises(SomeoneWasFaster):
        service.open_meeting(meeting=today, by=coordinator)
    with pytest.raises(Refused, match="12 hours"):
        service.open_meeting(meeting=later, by=coordinator)


def test_only_who_runs_it_opens_it(here):
    today = meeting(here, starts_at=timezone.now() + timedelta(hours=1))

    with pytest.raises(PermissionDenied):
        service.open_meeting(meeting=today, by=member(here))


def test_nothing_is_discussed_before_the_meeting_is_open(here, coordinator):
    item = agenda_item(meeting(here), a_case(board=here, status=CaseStatus.LISTED))

    with pytest.raises(Refused, match="Open it first"):
        service.open_case(item=item, by=coordinator)


def test_one_case_is_open_at_a_time(running, coordinator):
    first, second = opened(running, coordinator), opened(running, coordinator)

    first.refresh_from_db()
    assert (first.status, first.opened_at) == (ItemStatus.PLANNED, None)
    assert (second.status, second.opened_by) == (ItemStatus.OPEN, coordinator)
    service.open_case(item=second, by=coordinator)
    second.refresh_from_db()
    assert second.status == ItemStatus.OPEN


def test_recording_ends_the_discussion_and_the_draft(running, coordinator):
    item = opened(running, coordinator)
    draft_room.save(form="discussion", key=str(item.pk), payload={"discussion": ["Res"]}, by=coordinator)

    recorded(item, coordinator, " Resect in one step. ")

    assert (item.status, item.discussion) == (ItemStatus.DISCUSSED, "Resect in one step.")
    assert (item.closed_by, item.case.status) == (coordinator, CaseStatus.DISCUSSED)
    assert not Draft.objects.exists()
    recorded(item, coordinator, "Resect in two steps.")
    assert item.discussion == "Resect in two steps."


def test_a_second_scribe_is_told_and_overwrites_nothing(running, coordinator):
    item = opened(running, coordinator)
    seen = item.discussion_version
    recorded(item, coordinator, "Ablate.")

    with pytest.raises(SomeoneWasFaster, match="still here"):
        service.record_discussion(item=item, version=seen, discussion="Resect.", by=coordinator)

    item.refresh_from_db()
    assert item.discussion == "Ablate."


@pytest.mark.parametrize("words", ["", "  \n"])
def test_an_empty_record_is_refused(running, coordinator, words):
    item = opened(running, coordinator)
    with pytest.raises(Refused, match="in a sentence"):
        service.record_discussion(
            item=item, version=item.discussion_version, discussion=words, by=coordinator
        )


@pytest.mark.parametrize("so_far", ["waiting", "open", "discussed"])
def test_postponing_prepares_the_case_again(running, coordinator, so_far):
    item = waiting(running) if so_far == "waiting" else opened(running, coordinator)
    if so_far == "discussed":
        recorded(item, coordinator)

    service.defer(item=item, reason="MRI is not here yet.", by=coordinator)

    item.refresh_from_db()
    item.case.refresh_from_db()
    assert (item.status, item.defer_reason) == (ItemStatus.DEFERRED, "MRI is not here yet.")
    assert item.case.status == CaseStatus.PREPARING
    assert StatusChange.objects.filter(case=item.case).latest("at").reason == "MRI is not here yet."
    with pytest.raises(SomeoneWasFaster):
        service.defer(item=item, reason="again", by=coordinator)
    with pytest.raises(Refused, match="no longer waiting"):
        service.open_case(item=item, by=coordinator)


def test_postponing_needs_a_reason(running, coordinator):
    with pytest.raises(Refused, match="Say why"):
        service.defer(item=waiting(running), reason=" ", by=coordinator)


def test_closing_waits_for_every_case_and_ends_every_presence(running, coordinator):
    item = opened(running, coordinator)
    service.join(meeting=running, user=coordinator, by=coordinator)
    with pytest.raises(Refused, match=item.case.number):
        service.close_meeting(meeting=running, by=coordinator)
    recorded(item, coordinator)

    service.close_meeting(meeting=running, by=coordinator)

    assert running.status == MeetingStatus.CLOSED
    assert not Attendance.objects.present().exists()
    with pytest.raises(Refused, match="stays as it is"):
        service.record_discussion(
            item=item, version=item.discussion_version, discussion="Later.", by=coordinator
        )
    with pytest.raises(Refused, match="while the meeting runs"):
        service.join(meeting=running, user=coordinator, by=coordinator)


def test_who_comes_goes_and_comes_back_has_two_stretches(running, coordinator):
    surgeon = member(running.board, specialty=Specialty.SURGERY)

    first = service.join(meeting=running, user=surgeon, by=coordinator)
    assert service.join(meeting=running, user=surgeon, by=surgeon) == first
    service.leave(meeting=running, user=surgeon, by=coordinator)
    service.leave(meeting=running, user=surgeon, by=coordinator)
    service.join(meeting=running, user=surgeon, by=surgeon)

    stretches = Attendance.objects.filter(user=surgeon).order_by("joined_at")
    assert [(one.specialty, one.left_at is None) for one in stretches] == [
        (Specialty.SURGERY, False),
        (Specialty.SURGERY, True),
    ]


def test_a_guest_is_whoever_referred_a_case_of_today(running, coordinator):
    referrer = waiting(running).case.referred_by

    assert service.join(meeting=running, user=referrer, by=coordinator).specialty == ""
    with pytest.raises(Refused, match="Only people of the board"):
        service.join(meeting=running, user=person(), by=coordinator)


def test_members_tick_themselves_only(running):
    one, other = member(running.board), member(running.board)

    service.join(meeting=running, user=one, by=one)

    with pytest.raises(PermissionDenied):
        service.join(meeting=running, user=other, by=one)
    with pytest.raises(PermissionDenied):
        service.leave(meeting=running, user=one, by=other)
