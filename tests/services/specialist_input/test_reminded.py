"""When one of two meetings falls out of a reminder that has not left: is the other still said, once?"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cases.services import meeting as meetings
from cases.services import specialist_input as service
from cases.vocabulary import CaseStatus, Role, Specialty
from tests import factories
from tests.factories.inputs import an_input
from tumorboard.notifications.models import JobRun, Message

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def hour(day, clock="08:00"):
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=BERLIN)


@pytest.fixture(autouse=True)
def friday(monkeypatch):
    """24 hours before Monday and 72 before Tuesday are over, both at eight."""
    monkeypatch.setattr(timezone, "now", lambda: hour("2026-11-06", "10:00"))


@pytest.fixture
def board():
    return factories.board(time_zone="Europe/Berlin", quiet_from=time(20), quiet_until=time(7))


@pytest.fixture
def boss(board):
    return factories.member(board, Role.COORDINATOR)


@pytest.fixture
def surgeon(board):
    return factories.member(board, specialty=Specialty.SURGERY)


@pytest.fixture
def told(board, surgeon):
    """Monday's and Tuesday's meeting, each with a case that waits for the surgeon, in one e-mail."""
    both = [factories.meeting(board, starts_at=hour(day)) for day in ("2026-11-09", "2026-11-10")]
    for one in both:
        case = factories.a_case(board, CaseStatus.LISTED)
        factories.agenda_item(one, case)
        an_input(case, surgeon, asked_at=hour("2026-01-01"))
    assert service.remind_awaiting(now=hour("2026-11-06")) == 1
    return both


def waiting():
    return Message.objects.filter(kind="input.reminder", state="QUEUED")


def it_leaves():
    now = timezone.now()
    waiting().update(state="SENT", sent_at=now, handover_at=now, to_address="surgeon@example.org")


def days(message):
    return [day for day in ("Monday 09", "Tuesday 10", "Tuesday 17", "Monday 16") if day in message.text]


def move(one, by, new):
    span = {"starts_at": new, "ends_at": new + timedelta(hours=2)}
    meetings.move(meeting=one, **span, place="", version=one.version, by=by)


@pytest.mark.parametrize(
    ("which", "new", "left"),
    [
        (0, "2026-11-16", ["Tuesday 10"]),
        (1, "2026-11-17", ["Monday 09"]),
        (0, "2026-11-09T12:00", ["Tuesday 10"]),  # its moments are still to come
        (1, "2026-11-10T07:30", ["Monday 09", "Tuesday 10"]),  # and here one is past
    ],
)
def test_a_move_leaves_what_the_other_asks_in_one_message(told, boss, surgeon, which, new, left):
    move(told[which], boss, hour(*new.split("T")))

    message = waiting().get()
    assert (message.recipient, days(message)) == (surgeon, left)
    assert Message.objects.filter(kind="input.reminder", state="CANCELLED").count() == 1
    assert service.remind_awaiting(now=hour("2026-11-06", "10:01")) == 0, "nobody twice"
    assert message.expires_at == min(one.starts_at for one in fresh(told) if days_of(one, left))


def fresh(told):
    for one in told:
        one.refresh_from_db()
    return told


def days_of(one, left):
    return f"{one.starts_at.astimezone(BERLIN):%A %d}" in left


def test_a_cancellation_leaves_what_the_other_asks_and_what_is_carried_to_it(told, boss):
    meetings.cancel(meeting=told[0], reason="The room burned.", carry_to=told[1], by=boss)

    message = waiting().get()
    assert days(message) == ["Tuesday 10"]
    assert "waits for 2 inputs of yours" in message.text
    meetings.cancel(meeting=told[1], reason="The other as well.", by=boss)
    assert not waiting().exists()


def test_what_is_planned_later_is_reminded_of_all_the_same(told, boss):
    """Under a number of its own: the other's reminder of the day before is not taken for it."""
    meetings.cancel(meeting=told[0], reason="The room burned.", by=boss)
    waiting().update(
        state="SENT", sent_at=timezone.now(), handover_at=timezone.now(), to_address="a@b.example"
    )
    assert service.remind_awaiting(now=hour("2026-11-09")) == 1
    assert days(waiting().get()) == ["Tuesday 10"]


def test_what_left_already_is_not_said_again(told, boss):
    waiting().update(
        state="SENT", sent_at=timezone.now(), handover_at=timezone.now(), to_address="a@b.example"
    )
    move(told[0], boss, hour("2026-11-16"))
    assert not waiting().exists()


def test_who_is_told_of_the_other_only_keeps_their_message(told, board, boss):
    other = factories.member(board, specialty=Specialty.PATHOLOGY)
    case = told[1].items.get().case
    an_input(case, other, specialty=Specialty.PATHOLOGY, asked_at=hour("2026-01-01"))
    JobRun.objects.filter(job="input.reminder").delete()
    assert service.remind_awaiting(now=hour("2026-11-06")) == 2
    before = waiting().get(recipient=other)

    move(told[0], boss, hour("2026-11-16"))
    assert waiting().get(recipient=other) == before
