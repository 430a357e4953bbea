"""When a board changes its hours, or the program its ways: who is reminded again?"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cases.services import meeting as meetings
from cases.services import specialist_input as service
from cases.services.specialist_input.reminded import at_other_hours
from cases.vocabulary import Role, Specialty
from tests import factories
from tests.factories.inputs import an_input
from tumorboard.notifications.models import JobRun, Message

pytestmark = pytest.mark.django_db


def hour(day, clock="08:00"):
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def board():
    return factories.board(time_zone="Europe/Berlin", quiet_from=time(20), quiet_until=time(7))


@pytest.fixture
def surgeon(board):
    """Has owed an input for long."""
    surgeon = factories.member(board, specialty=Specialty.SURGERY)
    an_input(factories.a_case(board), surgeon, asked_at=hour("2026-01-01"))
    return surgeon


@pytest.mark.usefixtures("surgeon")
@pytest.mark.parametrize(
    ("hours", "then"),
    [
        ([80, 24], ["09-Nov 08:00"]),  # the new moment is over
        ([71, 24], ["09-Nov 08:00"]),
        ([72, 80, 71, 24], ["09-Nov 08:00"]),
        ([20], ["09-Nov 12:00"]),  # still to come
    ],
)
def test_other_hours_count_from_the_next_moment_on(board, hours, then):
    factories.meeting(board, starts_at=hour("2026-11-10"))  # 72 hours before is the Friday, at eight
    assert service.remind_awaiting(now=hour("2026-11-06")) == 1
    type(board).objects.filter(pk=board.pk).update(reminder_hours=hours)

    told = [hour("2026-11-06", "10:00"), hour("2026-11-09"), hour("2026-11-09", "12:00")]
    told = [now for now in told if service.remind_awaiting(now=now)]
    assert [f"{now:%d-%b %H:%M}" for now in told] == then


@pytest.mark.usefixtures("surgeon")
def test_what_is_late_is_sent_though_an_earlier_one_was(board):
    factories.meeting(board, starts_at=hour("2026-11-10"))
    assert service.remind_awaiting(now=hour("2026-11-06")) == 1
    assert service.remind_awaiting(now=hour("2026-11-09", "15:00")) == 1


@pytest.mark.usefixtures("surgeon")
def test_what_an_older_version_sent_is_not_sent_again_until_the_meeting_is_moved(board, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: hour("2026-11-06", "10:00"))
    meeting = factories.meeting(board, starts_at=hour("2026-11-10"))
    JobRun.objects.take(job="input.reminder", slot=f"{meeting.pk}:72")

    assert service.remind_awaiting(now=hour("2026-11-06")) == 0
    later = {"starts_at": hour("2026-11-17"), "ends_at": hour("2026-11-17", "10:00")}
    boss = factories.member(board, Role.COORDINATOR)
    meetings.move(meeting=meeting, **later, place="", version=meeting.version, by=boss)
    assert service.remind_awaiting(now=hour("2026-11-13")) == 1


@pytest.fixture
def coming(board):
    """Set long ago, on a Tuesday; the board's hours are those of its first day until they change."""
    coming = factories.meeting(board, starts_at=hour("2026-11-10", "14:00"))
    type(coming).objects.filter(pk=coming.pk).update(created_at=hour("2026-10-01"))
    return coming


@pytest.mark.usefixtures("surgeon", "coming")
@pytest.mark.parametrize(
    ("hours", "then"),
    [
        ([20], ["09-Nov 18:00"]),  # not at the old moment as well
        ([26], []),  # was over when it was asked for
        ([24, 27], ["09-Nov 14:00"]),
    ],
)
def test_other_hours_before_anything_was_sent_count_from_the_next_moment_on(board, hours, then):
    """Changed at one o'clock: 24 hours before, the usual, would be at two."""
    type(board).objects.filter(pk=board.pk).update(reminder_hours=hours)

    moments = [hour("2026-11-09", "13:00") + timedelta(minutes=10 * n) for n in range(60)]
    told = [now for now in moments if service.remind_awaiting(now=now)]
    assert [f"{now:%d-%b %H:%M}" for now in told] == then


@pytest.mark.usefixtures("surgeon", "coming")
def test_what_waits_at_an_hour_that_is_no_longer_so_leaves_at_the_new_one_only(board):
    assert service.remind_awaiting(now=hour("2026-11-06", "14:00")) == 1
    board.reminder_hours = [20]
    board.save()
    at_other_hours(board, now=hour("2026-11-09", "06:00"))
    assert Message.objects.get().state == "CANCELLED"
    assert service.remind_awaiting(now=hour("2026-11-09", "18:00")) == 1

    board.reminder_hours = [30]
    board.save()
    at_other_hours(board, now=hour("2026-11-09", "19:00"))
    assert Message.objects.filter(state="QUEUED").count() == 1, "the new moment is over"
