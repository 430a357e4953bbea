"""Is everybody who owes an input reminded once, of all of it, and nobody else?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases import tasks
from cases.models import SpecialistInput
from cases.services import specialist_input as service
from cases.vocabulary import CaseStatus, InputStatus, MeetingStatus, Role, Specialty
from tests import factories
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
EARLY = datetime(2026, 1, 1, tzinfo=UTC)


def hour(day, clock="08:00"):
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=BERLIN)


@pytest.fixture
def board():
    return factories.board(input_specialties=[Specialty.SURGERY], time_zone="Europe/Berlin")


@pytest.fixture
def surgeon(board):
    return factories.member(board, specialty=Specialty.SURGERY)


def owed(board, surgeon, status=CaseStatus.PREPARING, asked_at=EARLY, **more):
    return SpecialistInput.objects.create(
        case=factories.a_case(board, status),
        specialty=Specialty.SURGERY,
        asked_of=surgeon,
        asked_at=asked_at,
        created_by=surgeon,
        **more,
    )


def reminders():
    return Message.objects.filter(kind="input.reminder")


@pytest.mark.parametrize(
    ("starts", "too_early", "in_time"),
    [
        ("2026-10-25", datetime(2026, 10, 24, 5, 59, tzinfo=UTC), datetime(2026, 10, 24, 6, 0, tzinfo=UTC)),
        ("2027-03-28", datetime(2027, 3, 27, 6, 59, tzinfo=UTC), datetime(2027, 3, 27, 7, 0, tzinfo=UTC)),
    ],
)
def test_the_reminder_comes_a_day_before_by_the_clock_on_the_wall(board, surgeon, starts, too_early, in_time):
    board.reminder_hours = [24]
    board.save()
    factories.meeting(board, starts_at=hour(starts))
    owed(board, surgeon)

    assert service.remind_awaiting(now=too_early) == 0
    assert service.remind_awaiting(now=in_time) == 1


def test_one_message_lists_all_that_a_person_owes(board, surgeon):
    other = factories.member(board, specialty=Specialty.SURGERY)
    meeting = factories.meeting(board, starts_at=hour("2026-11-10"))
    mine = [
        owed(board, surgeon, due_at=hour("2026-11-08")),
        owed(board, surgeon, CaseStatus.LISTED),
    ]
    theirs = owed(board, other)

    service.remind_awaiting(now=hour("2026-11-09"))

    assert reminders().count() == 2
    message = reminders().get(recipient=surgeon)
    assert all(one.case.number in message.text and one.case.number in message.html for one in mine)
    assert theirs.case.number not in message.text
    assert "due 08-Nov-2026 08:00" in message.text
    assert "meets on Tuesday 10-Nov-2026, 08:00" in message.text
    assert "waits for 2 inputs of yours" in message.text
    assert (message.about, message.version) == (meeting.about, 24)
    assert message.expires_at == meeting.starts_at
    for private in (mine[0].case.patient.family_name, mine[0].case.question):
        assert private not in message.text + message.html + message.title


def test_however_often_the_clock_ticks_each_reminder_comes_once(board, surgeon):
    factories.meeting(board, starts_at=hour("2026-11-10"))
    owed(board, surgeon)

    for now in ["2026-11-07", "2026-11-07", "2026-11-08", "2026-11-09", "2026-11-09"]:
        service.remind_awaiting(now=hour(now))

    assert sorted(reminders().values_list("version", flat=True)) == [24, 72]


def test_a_worker_that_slept_sends_only_the_latest_reminder(board, surgeon):
    factories.meeting(board, starts_at=hour("2026-11-10"))
    owed(board, surgeon)

    service.remind_awaiting(now=hour("2026-11-10", "07:30"))

    assert list(reminders().values_list("version", flat=True)) == [24]


@pytest.mark.parametrize("now", ["2026-11-10", "2026-11-11"])
def test_nobody_is_reminded_once_the_meeting_began(board, surgeon, now):
    factories.meeting(board, starts_at=hour("2026-11-10"))
    owed(board, surgeon)

    assert service.remind_awaiting(now=hour(now)) == 0


def test_nobody_is_reminded_of_what_is_not_owed(board, surgeon):
    gone = factories.member(board, specialty=Specialty.SURGERY)
    gone.memberships.update(ended_at=EARLY)
    meeting = factories.meeting(board, starts_at=hour("2026-11-10"))
    factories.meeting(board, starts_at=hour("2026-11-09", "12:00"), status=MeetingStatus.CANCELLED)
    owed(board, surgeon, status=CaseStatus.DECIDED)
    owed(board, surgeon, status=CaseStatus.WITHDRAWN)
    owed(board, gone)
    owed(board, surgeon, asked_at=meeting.starts_at - timedelta(hours=3))  # has just been told
    done = owed(board, surgeon)
    SpecialistInput.objects.filter(pk=done.pk).update(
        status=InputStatus.NOT_NEEDED, not_needed_reason="Palliative question."
    )
    an_earlier_one = owed(board, surgeon)
    an_earlier_one.case.presentation = 2
    an_earlier_one.case.save()

    assert service.remind_awaiting(now=hour("2026-11-10", "07:00")) == 0


def test_boards_do_not_mix(board, surgeon):
    factories.meeting(factories.board(), starts_at=hour("2026-11-10"))
    owed(board, surgeon)

    assert service.remind_awaiting(now=hour("2026-11-09")) == 0


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_what_is_owed(board, surgeon, n, django_assert_num_queries):
    factories.meeting(board, starts_at=hour("2026-11-10"))
    for _ in range(n):
        owed(board, surgeon)
    with django_assert_num_queries(12):
        service.remind_awaiting(now=hour("2026-11-09"))
    with django_assert_num_queries(4):
        service.remind_awaiting(now=hour("2026-11-09"))


def test_one_job_that_fails_does_not_keep_the_others_from_their_turn(monkeypatch, caplog):
    done = []

    def fails(*, now):
        raise ValueError("broken on purpose")

    monkeypatch.setattr(tasks, "DUE", (fails, lambda *, now: done.append(now)))
    tasks.slots()

    assert len(done) == 1
    assert "fails did not get through" in caplog.text


def test_the_clock_calls_the_reminders(board, surgeon):
    soon = datetime.now(UTC) + timedelta(hours=20)
    factories.meeting(board, starts_at=soon)
    owed(board, surgeon)
    factories.member(board, Role.COORDINATOR)

    tasks.slots()

    assert reminders().get().recipient == surgeon
