"""Does everybody get what is planned before a meeting: once, at the right time, and no word too many?"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cases.models import Membership, SpecialistInput
from cases.services import cut_off, invitations, reading
from cases.services import meeting as meetings
from cases.services._moments import each_board
from cases.services._mornings import each_board_once
from cases.vocabulary import CaseStatus, InputStatus, Lane, MeetingStatus, Role, Specialty
from tests import factories
from tumorboard.audit import trail
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
JOBS = {"meeting.invited": invitations.invite, "cutoff.passed": cut_off.report, "reading.list": reading.send}


def hour(day, clock="08:00"):
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=LONDON)


@pytest.fixture(autouse=True)
def _in_autumn(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: hour("2026-10-01", "12:00"))


@pytest.fixture
def board():
    """Meets on Thursday 05-Nov-2026: ten working days before is 22-Oct, 48 hours before is the Tuesday."""
    night = {"quiet_from": time(20), "quiet_until": time(7)}
    return factories.board(holidays="GB-ENG", invite_days=10, cut_off_hours=48, reading_days=1, **night)


@pytest.fixture
def meeting(board):
    return factories.meeting(board, starts_at=hour("2026-11-05", "14:00"))


@pytest.fixture
def people(board):
    """One of each sort of seat, and one who has left."""
    gone = factories.member(board)
    Membership.objects.filter(user=gone).update(ended_at=hour("2026-01-01"))
    return {
        "surgeon": factories.member(board, specialty=Specialty.SURGERY),
        "radiologist": factories.member(board, specialty=Specialty.RADIOLOGY),
        "coordinator": factories.member(board, Role.COORDINATOR),
        "observer": factories.member(board, Role.OBSERVER),
        "referrer": factories.member(board, Role.REFERRER),
    }


def listed(meeting, lane=Lane.DISCUSSION, waits_for=None):
    case = factories.a_case(meeting.board, CaseStatus.LISTED)
    factories.agenda_item(meeting, case, lane=lane)
    if waits_for:
        SpecialistInput.objects.create(
            case=case,
            specialty=waits_for,
            status=InputStatus.ASKED,
            asked_at=hour("2026-10-01"),
            created_by=case.referred_by,
        )
    return case


def told(kind, people):
    names = {user.pk: name for name, user in people.items()}
    return {names.get(row.recipient_id) for row in Message.objects.filter(kind=kind)}


@pytest.mark.parametrize(
    ("kind", "moment", "to"),
    [
        (
            "meeting.invited",
            hour("2026-10-22"),
            {"surgeon", "radiologist", "coordinator", "observer"},
        ),
        ("cutoff.passed", hour("2026-11-03", "14:00"), {"coordinator"}),
        ("reading.list", hour("2026-11-04"), {"surgeon", "radiologist"}),
    ],
)
def test_each_comes_once_at_its_moment_to_whom_it_is_for(kind, moment, to, meeting, people):
    listed(meeting)
    job = JOBS[kind]

    early, due, later = (job(now=moment + timedelta(minutes=n)) for n in (-1, 0, 1))

    assert (early, due, later) == (0, len(to), 0)
    assert job(now=moment + timedelta(days=1)) == 0
    assert told(kind, people) == to
    for message in Message.objects.filter(kind=kind):
        assert (message.not_before, message.expires_at) == (moment, meeting.starts_at)
        assert message.about == meeting.about


def test_an_invitation_asks_for_an_answer_and_carries_the_calendar_entry(meeting, people):
    assert invitations.invite(now=hour("2026-10-22")) == 4
    message = Message.objects.get(recipient=people["surgeon"])
    meeting.refresh_from_db()

    assert "I come: http" in message.text
    assert "I cannot come, or somebody comes for me: http" in message.text
    assert "Thursday 05-Nov-2026, 14:00 to 16:00 (Europe/London)" in message.text
    assert [one.mime for one in message.enclosures.all()] == ["text/calendar; method=REQUEST; charset=utf-8"]
    assert meeting.invited_at == hour("2026-10-22")
    assert trail.of(meeting.about).filter(verb="meeting.invited").count() == 1


def test_who_has_the_agenda_is_not_asked_again(meeting, people):
    type(meeting).objects.filter(pk=meeting.pk).update(
        agenda_version=1, agenda_published_at=hour("2026-10-20"), agenda_published_by=people["coordinator"]
    )
    assert invitations.invite(now=hour("2026-10-22")) == 0


@pytest.mark.parametrize(
    "more", [{"invite_days": 0, "reading_days": 0, "reminder_hours": []}, {"is_active": False}]
)
def test_a_board_can_do_without(board, meeting, people, more):
    for name, value in more.items():
        setattr(board, name, value)
    board.save()
    listed(meeting)

    assert invitations.invite(now=hour("2026-10-22")) == reading.send(now=hour("2026-11-04")) == 0


def test_the_cut_off_counts_what_is_lacking_and_names_none_of_it(meeting, people):
    lacking, waiting = listed(meeting), listed(meeting, waits_for=Specialty.RADIOLOGY)
    cut_off.report(now=hour("2026-11-03", "14:00"))
    message = Message.objects.get()

    assert message.title.startswith("Cut-off: 2 cases listed, 0 ready")
    assert f"- {lacking.number}: " in message.text
    assert "1 input awaited" in message.text.partition(waiting.number)[2]
    for clinical in (
        "histology",
        "ECOG",
        "imaging",
        lacking.question,
        lacking.patient.family_name,
        "adiology",
    ):
        assert clinical not in message.title + message.text + message.html


def test_an_empty_list_is_told_at_the_cut_off_and_read_by_nobody(meeting, people):
    assert cut_off.report(now=hour("2026-11-03", "14:00")) == 1
    assert Message.objects.get().title.startswith("Cut-off: 0 cases listed")
    assert reading.send(now=hour("2026-11-04")) == 0


def test_a_cut_off_by_night_is_told_in_the_morning(board, people):
    factories.meeting(board, starts_at=hour("2026-11-05", "06:00"))
    assert cut_off.report(now=hour("2026-11-03", "06:59")) == 0
    assert cut_off.report(now=hour("2026-11-03", "07:00")) == 1


def test_the_reading_list_stands_in_the_order_of_the_list_and_says_what_waits_for_whom(meeting, people):
    standard = listed(meeting, Lane.STANDARD)
    first, second = listed(meeting), listed(meeting, waits_for=Specialty.RADIOLOGY)
    reading.send(now=hour("2026-11-04"))
    radiologist = Message.objects.get(recipient=people["radiologist"])
    surgeon = Message.objects.get(recipient=people["surgeon"])

    places = [radiologist.text.index(one.number) for one in (first, second, standard)]
    assert places == sorted(places)
    assert radiologist.text.index("Discussion") < radiologist.text.index("Standard of care") < places[2]
    assert f"- {second.number}, waits for your discipline’s input" in radiologist.text
    assert "waits for your discipline" not in surgeon.text
    assert all(f"/cases/{one.pk}/" in surgeon.text for one in (first, second, standard))
    assert first.question not in surgeon.text + surgeon.html


def test_a_list_that_changes_later_is_not_sent_anew(meeting, people):
    listed(meeting)
    assert reading.send(now=hour("2026-11-04")) == 2
    listed(meeting)
    assert [reading.send(now=hour("2026-11-04", clock)) for clock in ("08:01", "17:00")] == [0, 0]


def test_after_an_outage_only_what_is_of_use_is_sent_and_by_day(meeting, people):
    listed(meeting)
    night_before = hour("2026-11-04", "23:30")
    assert reading.send(now=night_before) == 2
    assert {row.not_before for row in Message.objects.all()} == {hour("2026-11-05", "07:00")}

    begun = hour("2026-11-05", "14:00")
    assert invitations.invite(now=begun) == cut_off.report(now=begun) == 0


def test_a_moved_meeting_has_its_moments_anew_and_a_cancelled_one_none(meeting, people, monkeypatch):
    listed(meeting)
    assert invitations.invite(now=hour("2026-10-22")) == 4
    monkeypatch.setattr(timezone, "now", lambda: hour("2026-11-04", "09:00"))
    cut_off.report(now=hour("2026-11-03", "14:00"))
    reading.send(now=hour("2026-11-04"))
    week_later = {"starts_at": hour("2026-11-12", "14:00"), "ends_at": hour("2026-11-12", "16:00")}
    meetings.move(meeting=meeting, **week_later, place="", version=meeting.version, by=people["coordinator"])

    assert Message.objects.filter(kind="reading.list", state="CANCELLED").count() == 2
    for kind, moment, owed in [
        ("meeting.invited", hour("2026-11-04", "09:01"), 0),
        ("cutoff.passed", hour("2026-11-09", "14:00"), 0),
        ("cutoff.passed", hour("2026-11-10", "14:00"), 1),
        ("reading.list", hour("2026-11-11"), 2),
    ]:
        assert JOBS[kind](now=moment) == owed, kind

    type(meeting).objects.update(status=MeetingStatus.CANCELLED)
    assert sum(job(now=hour("2026-11-11", "09:00")) for job in JOBS.values()) == 0


@pytest.mark.parametrize("what", ["moved", "another place", "called off"])
def test_what_becomes_of_a_meeting_while_other_boards_have_their_turn_counts(what, board, meeting, people):
    later = factories.meeting(factories.board(invite_days=10), starts_at=meeting.starts_at)
    boss, seen = factories.member(later.board, Role.COORDINATOR), []

    def run(due):
        seen.extend(one.meeting for one in due)
        days, place = timedelta(days=7 * (what == "moved")), "Room 7" if what == "another place" else ""
        if what == "called off":
            meetings.cancel(meeting=later, reason="The room burned.", by=boss)
        else:
            to = {"starts_at": later.starts_at + days, "ends_at": later.ends_at + days, "place": place}
            meetings.move(meeting=later, **to, version=later.version, by=boss)
        return 1

    assert each_board("meeting.invited", run, now=hour("2026-10-22")) == 1
    assert seen == [meeting]
    assert invitations.invite(now=hour("2026-10-22", "08:01")) == (what == "another place")


@pytest.mark.parametrize(
    "change",
    [
        {"morning_at": time(7, 30)},
        {"morning_at": time(7), "quiet_until": time(7, 45)},
        {"cut_off_hours": 30, "reading_days": 2, "invite_days": 9},
        {"closed": "2026-11-04"},
    ],
)
def test_a_board_that_changes_its_hours_is_sent_nothing_a_second_time(board, meeting, people, change):
    listed(meeting)
    assert [job(now=hour("2026-11-04")) for job in JOBS.values()] == [4, 1, 2]
    if day := change.pop("closed", None):
        board.closed_days.create(day=day, created_by=people["coordinator"])
    type(board).objects.filter(pk=board.pk).update(**change)

    for now in (hour("2026-11-04", "08:05"), hour("2026-11-04", "15:00"), hour("2026-11-05", "13:00")):
        assert [job(now=now) for job in JOBS.values()] == [0, 0, 0]


@pytest.mark.parametrize(
    ("broken", "own"), [({"holidays": "GB-XXX"}, 1), ({"time_zone": "Europe/Atlantis"}, 0)]
)
def test_what_one_board_cannot_reckon_keeps_no_other_waiting(board, meeting, people, broken, own, caplog):
    """The settings refuse both; another version of the lists of holidays and zones may not."""
    mine = [factories.board(**broken) for _ in range(2)]
    for one in mine:
        factories.member(one, Role.COORDINATOR)
        factories.meeting(one, starts_at=hour("2026-11-05", "14:00"))

    assert invitations.invite(now=hour("2026-10-22")) == len(people) - 1 + 2 * own
    ran = []
    for minute in range(2):
        now = hour("2026-10-22", f"09:0{minute}")
        each_board_once("a.morning", lambda board, day: ran.append(board.pk) or 1, now)
    assert set(ran) == {board.pk, *(one.pk for one in mine if own)}
    said = [row for row in caplog.records if "holidays are not known:" in row.message]
    assert [row.row for row in said] == [str(one.pk) for one in mine if own]


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize("kind", JOBS)
def test_queries_do_not_grow_with_cases_or_people(
    kind, n, board, meeting, people, django_assert_max_num_queries
):
    for _ in range(n):
        listed(meeting, waits_for=Specialty.RADIOLOGY)
        factories.member(board, specialty=Specialty.ONCOLOGY)
    with django_assert_max_num_queries(45):
        JOBS[kind](now=hour("2026-11-05", "13:00"))
    # Who has joined since is one more question.
    with django_assert_max_num_queries(3 + (kind == "meeting.invited")):
        JOBS[kind](now=hour("2026-11-05", "13:01"))
