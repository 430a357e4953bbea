"""Is whoever is given a seat after the invitation asked as well, once, and nobody else again?"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cases.models import Meeting
from cases.services import invitations
from cases.services import meeting as meetings
from cases.vocabulary import MeetingStatus, Role, Specialty
from tests import factories
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db


def hour(day, clock="08:00"):
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(autouse=True)
def _in_october(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: hour("2026-10-23", "12:00"))


@pytest.fixture
def boss(board):
    return factories.member(board, Role.COORDINATOR)


@pytest.fixture
def board():
    return factories.board(invite_days=10, quiet_from=time(20), quiet_until=time(7))


@pytest.fixture
def meeting(board, boss):
    """Everybody was invited on the Thursday, two weeks before."""
    meeting = factories.meeting(board, starts_at=hour("2026-11-05", "14:00"))
    assert invitations.invite(now=hour("2026-10-22")) == 1
    meeting.refresh_from_db()
    return meeting


@pytest.mark.parametrize(
    ("joined", "leaves"),
    [
        (hour("2026-10-23", "12:00"), hour("2026-10-23", "12:00")),
        (hour("2026-10-24", "12:00"), hour("2026-10-26")),  # a Saturday
        (hour("2026-10-27", "23:00"), hour("2026-10-28", "07:00")),
    ],
)
def test_who_joins_after_the_invitation_is_asked_once_and_by_day(board, meeting, joined, leaves):
    newcomer = factories.member(board, specialty=Specialty.SURGERY)
    factories.member(board, Role.REFERRER)

    assert [invitations.invite(now=joined + timedelta(minutes=n)) for n in range(3)] == [1, 0, 0]
    message = Message.objects.get(recipient=newcomer)
    assert (message.kind, message.about, message.not_before) == ("meeting.invited", meeting.about, leaves)


def test_after_a_move_only_who_was_told_nothing_is_asked(board, meeting, boss):
    newcomer = factories.member(board, specialty=Specialty.SURGERY)
    later = {"starts_at": hour("2026-11-26", "14:00"), "ends_at": hour("2026-11-26", "16:00")}
    meetings.move(meeting=meeting, **later, place="", version=meeting.version, by=boss)

    assert invitations.invite(now=hour("2026-10-23", "12:01")) == 1
    assert "26-Nov-2026" in Message.objects.get(recipient=newcomer).title


def test_who_has_the_agenda_is_not_asked(board, meeting, boss):
    factories.member(board, specialty=Specialty.SURGERY)
    factories.agenda_item(meeting, factories.a_case(board, "LISTED"))
    meetings.publish_agenda(meeting=meeting, version=meeting.version, by=boss)
    assert invitations.invite(now=hour("2026-10-23", "12:01")) == 0


@pytest.mark.parametrize(
    "not_now",
    [{"invited_at": None, "agenda_version": 0}, {"status": MeetingStatus.CANCELLED}, {"over": True}],
)
def test_nobody_is_asked_to_a_meeting_that_asks_nobody(board, meeting, not_now):
    factories.member(board, specialty=Specialty.SURGERY)
    now = meeting.starts_at if not_now.pop("over", False) else hour("2026-10-23", "12:01")
    Meeting.objects.filter(pk=meeting.pk).update(**not_now)
    assert invitations.invite(now=now) == 0
