"""When may a board meet, and what follows when a meeting is called off?"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.domain.errors import Refused
from cases.models import Meeting
from cases.services import meeting as service
from cases.vocabulary import CaseStatus, ItemStatus, MeetingStatus, Role
from tests.factories import a_case, board, meeting, member
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


@pytest.fixture
def eight():
    return (timezone.now() + timedelta(days=7)).replace(microsecond=0)


def schedule(on, start, by, hours=2):
    return service.schedule(board=on, starts_at=start, ends_at=start + hours * HOUR, place="Room 2 ", by=by)


def test_a_board_meets_once_at_a_time(here, coordinator, eight):
    made = schedule(here, eight, coordinator)
    assert (made.place, made.status) == ("Room 2", MeetingStatus.PLANNED)

    with pytest.raises(Refused, match="meets already on"):
        schedule(here, eight + HOUR, coordinator)

    schedule(here, eight + 2 * HOUR, coordinator)
    elsewhere = board()
    schedule(elsewhere, eight, member(elsewhere, Role.CHAIR))


def test_past_and_foreign_dates_are_refused(here, coordinator, eight):
    with pytest.raises(Refused, match="has passed"):
        schedule(here, timezone.now() - HOUR, coordinator)
    with pytest.raises(PermissionDenied):
        schedule(here, eight, member(here))
    with pytest.raises(PermissionDenied):
        schedule(board(), eight, coordinator)


def test_a_series_is_planned_whole_or_not_at_all(here, coordinator, eight):
    week = timedelta(days=7)
    schedule(here, eight + 2 * week, coordinator)
    spans = [(eight + n * week, eight + n * week + HOUR) for n in range(3)]

    with pytest.raises(Refused):
        service.schedule_series(board=here, spans=spans, place="", by=coordinator)
    assert Meeting.objects.count() == 1

    service.schedule_series(board=here, spans=spans[:2], place="", by=coordinator)
    assert Meeting.objects.count() == 3


def test_a_cancelled_meeting_gives_its_cases_back_and_tells_those_invited(here, coordinator, eight):
    coming = schedule(here, eight, coordinator)
    case = a_case(board=here)
    item = service.list_case(case=case, meeting=coming, by=coordinator)
    coming.refresh_from_db()
    service.publish_agenda(meeting=coming, version=coming.version, by=coordinator)

    service.cancel(meeting=coming, reason="The chair is ill.", by=coordinator)

    for row in (case, item, coming):
        row.refresh_from_db()
    assert (case.status, item.status) == (CaseStatus.PREPARING, ItemStatus.TAKEN_OFF)
    assert coming.status == MeetingStatus.CANCELLED
    states = dict(Message.objects.values_list("kind", "state"))
    assert states == {"agenda.published": State.CANCELLED, "agenda.cancelled": State.QUEUED}
    note = Message.objects.get(kind="agenda.cancelled")
    entry = bytes(note.enclosures.get().attachment.content).decode()
    assert "The chair is ill." in note.text
    assert "METHOD:CANCEL" in entry
    assert "SEQUENCE:2" in entry
    schedule(here, eight, coordinator)


def test_calling_off_needs_a_reason_and_tells_nobody_who_was_not_invited(here, coordinator, eight):
    coming = schedule(here, eight, coordinator)
    with pytest.raises(Refused, match="Say why"):
        service.cancel(meeting=coming, reason=" ", by=coordinator)

    service.cancel(meeting=coming, reason="Public holiday.", by=coordinator)

    assert not Message.objects.exists()


def test_a_running_meeting_is_closed_not_called_off(here, coordinator):
    running = meeting(here, status=MeetingStatus.RUNNING)

    with pytest.raises(Refused, match="running"):
        service.cancel(meeting=running, reason="No.", by=coordinator)
