"""Is everybody who owes an input reminded once, of all of it, and nobody else?"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cases import tasks
from cases.models import SpecialistInput
from cases.services import meeting as meetings
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
    quiet = {"quiet_from": time(20), "quiet_until": time(7)}
    return factories.board(input_specialties=[Specialty.SURGERY], time_zone="Europe/Berlin", **quiet)


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


def sent_at():
    """When each that is still owed leaves, on the wall."""
    rows = reminders().filter(state="QUEUED").order_by("not_before")
    return [f"{one.not_before.astimezone(BERLIN):%d-%b %H:%M}" for one in rows]


@pytest.mark.parametrize(
    ("starts", "too_early", "in_time"),
    [
        # 72 hours before a Tuesday is a Saturday, so Friday; on the Sunday between, the clocks change.
        ("2026-10-27", datetime(2026, 10, 23, 5, 59, tzinfo=UTC), datetime(2026, 10, 23, 6, 0, tzinfo=UTC)),
        ("2027-03-30", datetime(2027, 3, 26, 6, 59, tzinfo=UTC), datetime(2027, 3, 26, 7, 0, tzinfo=UTC)),
    ],
)
def test_the_reminder_comes_before_by_the_clock_on_the_wall(board, surgeon, starts, too_early, in_time):
    board.reminder_hours = [72]
    board.save()
    factories.meeting(board, starts_at=hour(starts))
    owed(board, surgeon)

    assert service.remind_awaiting(now=too_early) == 0
    assert service.remind_awaiting(now=in_time) == 1
    assert reminders().get().not_before == in_time


def test_working_days_before_count_beside_the_hours_and_two_that_meet_are_one(board, surgeon):
    """Tuesday: two working days before and 96 hours before are both the Friday, at eight."""
    board.reminder_hours, board.reminder_days = [96], [2, 1]
    board.save()
    factories.meeting(board, starts_at=hour("2026-11-10"))
    owed(board, surgeon)

    told = [service.remind_awaiting(now=hour(f"2026-11-{day:02}")) for day in range(4, 10)]
    assert told == [0, 0, 1, 0, 0, 1]


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
    assert "For Tuesday 10-Nov-2026, 08:00 (Europe/Berlin):" in message.text
    assert "waits for 2 inputs of yours" in message.text
    assert message.about == meeting.about
    assert message.expires_at == meeting.starts_at
    for private in (mine[0].case.patient.family_name, mine[0].case.question):
        assert private not in message.text + message.html + message.title


def test_however_often_the_clock_ticks_each_reminder_comes_once(board, surgeon):
    factories.meeting(board, starts_at=hour("2026-11-10"))
    owed(board, surgeon)

    for now in ["2026-11-06", "2026-11-06", "2026-11-08", "2026-11-09", "2026-11-09"]:
        service.remind_awaiting(now=hour(now))

    assert sent_at() == ["06-Nov 08:00", "09-Nov 08:00"]


def test_a_worker_that_slept_sends_only_the_latest_reminder(board, surgeon):
    factories.meeting(board, starts_at=hour("2026-11-10"))
    owed(board, surgeon)

    service.remind_awaiting(now=hour("2026-11-10", "07:30"))

    assert sent_at() == ["10-Nov 07:30"]


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


def test_a_case_on_a_later_list_is_reminded_of_before_its_own_meeting(board, surgeon):
    first = factories.meeting(board, starts_at=hour("2026-11-10"))
    later = factories.meeting(board, starts_at=hour("2026-11-17"))
    on_none = owed(board, surgeon)
    listed = owed(board, surgeon, CaseStatus.LISTED)
    factories.agenda_item(later, listed.case)

    service.remind_awaiting(now=hour("2026-11-06"))
    assert on_none.case.number in reminders().get().text
    assert listed.case.number not in reminders().get().text
    service.remind_awaiting(now=hour("2026-11-13"))
    second = reminders().get(about=later.about)
    assert (listed.case.number in second.text, second.expires_at) == (True, later.starts_at)
    assert first.about != later.about


def test_what_two_meetings_ask_at_one_moment_stands_in_one_message(board, surgeon):
    """Monday and Tuesday after a weekend: 24 and 72 hours before are both the Friday."""
    monday = factories.meeting(board, starts_at=hour("2026-11-09"))
    tuesday = factories.meeting(board, starts_at=hour("2026-11-10"))
    cases = []
    for meeting in (monday, tuesday):
        cases.append(owed(board, surgeon, CaseStatus.LISTED).case)
        factories.agenda_item(meeting, cases[-1])

    assert service.remind_awaiting(now=hour("2026-11-06")) == 1
    message = reminders().get()
    assert (message.about, message.expires_at) == (monday.about, monday.starts_at)
    assert all(case.number in message.text and case.number in message.html for case in cases)
    assert message.text.index("Monday 09-Nov-2026") < message.text.index("Tuesday 10-Nov-2026")


def test_a_worker_that_wakes_by_night_lets_people_sleep(board, surgeon):
    factories.meeting(board, starts_at=hour("2026-11-10", "14:00"))
    owed(board, surgeon)

    service.remind_awaiting(now=hour("2026-11-09", "23:00"))

    assert sent_at() == ["10-Nov 07:00"]


@pytest.fixture
def in_november(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: hour("2026-11-06", "10:00"))


@pytest.mark.usefixtures("in_november")
@pytest.mark.parametrize(
    ("new", "then"),
    [
        # Moments that come after the move hold for the new time.
        ("2026-11-10T14:00", ["06-Nov 08:00", "06-Nov 14:00", "09-Nov 14:00"]),
        ("2026-11-17T08:00", ["06-Nov 08:00", "13-Nov 08:00", "16-Nov 08:00"]),
        ("2026-11-09T08:00", ["06-Nov 08:00"]),  # both moments are past, and all were told of the move
    ],
)
def test_a_moved_meeting_moves_its_reminders(board, surgeon, new, then):
    meeting = factories.meeting(board, starts_at=hour("2026-11-10"))
    owed(board, surgeon)
    service.remind_awaiting(now=hour("2026-11-06"))
    left = hour("2026-11-06")
    reminders().update(state="SENT", sent_at=left, handover_at=left, to_address="surgeon@example.org")

    new = datetime.fromisoformat(new).replace(tzinfo=BERLIN)
    boss = factories.member(board, Role.COORDINATOR)
    span = {"starts_at": new, "ends_at": new + timedelta(hours=2)}
    meetings.move(meeting=meeting, **span, place="", version=meeting.version, by=boss)
    for days in range(14):
        for clock in ("08:00", "10:01", "14:00"):
            service.remind_awaiting(now=hour("2026-11-06", clock) + timedelta(days=days))

    rows = reminders().order_by("not_before")
    assert [f"{one.not_before.astimezone(BERLIN):%d-%b %H:%M}" for one in rows] == then


@pytest.mark.usefixtures("in_november")
def test_a_meeting_called_off_withdraws_the_reminder_that_has_not_left(board, surgeon):
    meeting = factories.meeting(board, starts_at=hour("2026-11-10", "14:00"))
    owed(board, surgeon)
    service.remind_awaiting(now=hour("2026-11-09", "23:00"))
    boss = factories.member(board, Role.COORDINATOR)

    meetings.cancel(meeting=meeting, reason="The room burned.", by=boss)

    assert reminders().get().state == "CANCELLED"
    assert service.remind_awaiting(now=hour("2026-11-10")) == 0


def test_boards_do_not_mix(board, surgeon):
    factories.meeting(factories.board(), starts_at=hour("2026-11-10"))
    owed(board, surgeon)

    assert service.remind_awaiting(now=hour("2026-11-09")) == 0


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_what_is_owed(board, surgeon, n, django_assert_num_queries):
    factories.meeting(board, starts_at=hour("2026-11-10"))
    for _ in range(n):
        owed(board, surgeon)
    with django_assert_num_queries(26):
        service.remind_awaiting(now=hour("2026-11-09"))
    with django_assert_num_queries(3):
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
