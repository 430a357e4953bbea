"""What follows when a meeting is moved, called off, or held together with another?"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from icalendar import Calendar

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import AgendaItem, MeetingReply
from cases.services import meeting as service
from cases.services import replies
from cases.vocabulary import CaseStatus, ItemStatus, Lane, MeetingStatus, Reply, Role, Specialty
from tests.factories import a_case, board, meeting, member
from tests.together import at_once
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


@pytest.fixture
def coming(here):
    return meeting(here, starts_at=(timezone.now() + 7 * DAY).replace(microsecond=0), place="Room 2")


@pytest.fixture
def next_week(here, coming):
    return meeting(here, starts_at=coming.starts_at + 7 * DAY)


def listed(on, by, **more):
    return service.list_case(case=a_case(board=on.board), meeting=on, by=by, **more)


def published(one, by):
    one.refresh_from_db()
    service.publish_agenda(meeting=one, version=one.version, by=by)
    one.refresh_from_db()


def move(one, by, *, later=timedelta(), hours=2, **more):
    one.refresh_from_db()
    typed = {"place": one.place, "reason": "The room is taken.", "version": one.version} | more
    start = one.starts_at + later
    return service.move(meeting=one, starts_at=start, ends_at=start + hours * HOUR, by=by, **typed)


def entry_of(message):
    (event,) = Calendar.from_ical(bytes(message.enclosures.get().attachment.content)).walk("VEVENT")
    return event


def test_who_was_told_of_the_meeting_is_told_of_the_new_time(coming, coordinator):
    listed(coming, coordinator)
    published(coming, coordinator)
    member(coming.board)  # sits there now, and was never told of the old time

    moved = move(coming, coordinator, later=DAY, place="Room 7")

    note = Message.objects.get(kind="meeting.moved")
    event = entry_of(note)
    assert note.recipient == coordinator
    for words in (f"{coming.starts_at:%d-%b-%Y}", f"{moved.starts_at:%d-%b-%Y}", "Room 2", "Room 7", "taken"):
        assert words in note.text, words
    assert (event["SEQUENCE"], event.decoded("DTSTART")) == (2, moved.starts_at)
    assert Message.objects.get(kind="agenda.published").state == State.CANCELLED


def test_a_move_takes_back_what_speaks_of_the_old_time(coming, coordinator):
    common = {"about": coming.about, "recipient": coordinator, "title": "-", "text": "-"}
    reminder = outbox.put(kind="input.reminder", **common)
    pulled = outbox.put(kind="case.pulled_back", **common)
    reply = {"reply": Reply.COMING, "said_at": timezone.now(), "created_by": coordinator}
    MeetingReply.objects.create(meeting=coming, user=coordinator, **reply)

    move(coming, coordinator, place="Room 7", hours=2)
    assert coming.replies.exists()  # another room is no other time
    move(coming, coordinator, later=HOUR)

    for message in (reminder, pulled):
        message.refresh_from_db()
    assert (reminder.state, pulled.state) == (State.CANCELLED, State.QUEUED)
    assert not coming.replies.exists()


def test_who_leaves_early_leaves_as_much_after_the_beginning(coming, coordinator):
    for specialty, minutes in ((Specialty.SURGERY, 30), (Specialty.RADIOLOGY, 90)):
        at = coming.starts_at + timedelta(minutes=minutes)
        service.leaves_early(meeting=coming, specialty=specialty, leaves_at=at, by=coordinator)

    moved = move(coming, coordinator, later=3 * DAY, hours=1)

    (leave,) = moved.early_leaves.all()
    assert (leave.specialty, leave.leaves_at - moved.starts_at) == (Specialty.SURGERY, HOUR / 2)


def test_what_a_move_cannot_be_is_said(coming, next_week, coordinator):
    with pytest.raises(Refused, match="meets already on"):
        move(coming, coordinator, later=7 * DAY + HOUR)
    with pytest.raises(Refused, match="has passed"):
        move(coming, coordinator, later=-8 * DAY)
    with pytest.raises(Refused, match="that it has"):
        move(coming, coordinator)
    with pytest.raises(SomeoneWasFaster):
        move(coming, coordinator, later=HOUR, version=0)
    with pytest.raises(PermissionDenied):
        move(coming, member(coming.board), later=HOUR)
    assert move(coming, coordinator, later=HOUR).calendar_sequence == 1  # into its own old time


def test_a_meeting_that_runs_or_is_over_is_not_moved(here, coordinator):
    for number, status in enumerate((MeetingStatus.RUNNING, MeetingStatus.CLOSED, MeetingStatus.CANCELLED)):
        one = meeting(here, starts_at=timezone.now() + (number + 1) * DAY, status=status)
        with pytest.raises(Refused):
            move(one, coordinator, later=HOUR)
        with pytest.raises(Refused):
            service.cancel(meeting=one, reason="No.", by=coordinator)


def test_a_cancelled_meeting_gives_its_cases_back_and_tells_those_invited(coming, coordinator):
    item = listed(coming, coordinator)
    published(coming, coordinator)

    service.cancel(meeting=coming, reason="The chair is ill.", by=coordinator)

    for row in (item, item.case, coming):
        row.refresh_from_db()
    assert (item.case.status, item.status) == (CaseStatus.PREPARING, ItemStatus.TAKEN_OFF)
    assert (coming.status, coming.cancel_reason) == (MeetingStatus.CANCELLED, "The chair is ill.")
    states = dict(Message.objects.values_list("kind", "state"))
    assert states == {"agenda.published": State.CANCELLED, "agenda.cancelled": State.QUEUED}
    note = Message.objects.get(kind="agenda.cancelled")
    event = entry_of(note)
    assert "The chair is ill." in note.text
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)
    meeting(coming.board, starts_at=coming.starts_at)


def test_calling_off_needs_a_reason_and_tells_nobody_who_was_not_invited(coming, coordinator):
    with pytest.raises(Refused, match="Say why"):
        service.cancel(meeting=coming, reason=" ", by=coordinator)

    service.cancel(meeting=coming, reason="Public holiday.", by=coordinator)

    assert not Message.objects.exists()


def test_who_answered_or_comes_for_somebody_hears_of_it_though_nobody_was_invited(coming, coordinator):
    away, deputy, _other = (member(coming.board) for _ in range(3))
    say = {"meeting": coming, "user": away, "reply": Reply.DEPUTY, "deputy": deputy, "by": away}
    replies.say(**say)

    moved = move(coming, coordinator, later=DAY)
    told = Message.objects.filter(kind="meeting.moved")
    assert {note.recipient for note in told} == {away, deputy}

    other_day = meeting(coming.board, starts_at=moved.starts_at + DAY)
    replies.say(**say | {"meeting": other_day})
    service.cancel(meeting=other_day, reason="Strike.", by=coordinator)
    told = Message.objects.filter(kind="agenda.cancelled")
    assert {note.recipient for note in told} == {away, deputy}


def test_what_waits_for_the_morning_has_told_nobody_of_a_meeting(coming, coordinator):
    """Called off before it leaves, there is nothing to take back; moved, the new time is what they hear."""
    common = {"about": coming.about, "recipient": coordinator, "title": "-", "text": "-"}
    outbox.put(kind="agenda.published", not_before=timezone.now() + HOUR, **common)
    move(coming, coordinator, later=DAY)
    assert Message.objects.get(kind="meeting.moved").recipient == coordinator
    later = timezone.now() + HOUR
    Message.objects.filter(kind="meeting.moved").update(not_before=later, next_try_at=later)

    service.cancel(meeting=coming, reason="Strike.", by=coordinator)

    assert not Message.objects.filter(kind="agenda.cancelled").exists()
    assert not Message.objects.exclude(state=State.CANCELLED).exists()


def as_listed(one):
    rows = one.items.standing().order_by("position")
    return [(row.case.number, row.minutes, row.lane) for row in rows.select_related("case")]


def test_a_list_is_carried_whole_behind_what_stands_there(coming, next_week, coordinator):
    there = listed(next_week, coordinator)
    first = listed(coming, coordinator, minutes=15)
    second = listed(coming, coordinator, lane=Lane.STANDARD)
    service.move_item(item=first, up=False, by=coordinator)
    wanted = as_listed(next_week) + as_listed(coming)
    before = next_week.version

    service.cancel(meeting=coming, reason="No anaesthetist.", carry_to=next_week, by=coordinator)

    next_week.refresh_from_db()
    assert as_listed(next_week) == wanted
    assert next_week.version > before
    for item in (there, first, second):
        item.refresh_from_db()
        item.case.refresh_from_db()
        assert (item.case.status, item.late_reason) == (CaseStatus.LISTED, "")
    assert not as_listed(coming)


def test_who_is_carried_past_the_cut_off_brings_the_reason(here, coordinator):
    soon, later = (meeting(here, starts_at=timezone.now() + timedelta(hours=n)) for n in (3, 30))
    item = listed(soon, coordinator, late_reason="Emergency.")
    other = listed(soon, coordinator, late_reason="-")
    AgendaItem.objects.filter(pk=other.pk).update(late_reason="")

    service.cancel(meeting=soon, reason="The chair is ill.", carry_to=later, by=coordinator)

    item.refresh_from_db()
    other.refresh_from_db()
    assert item.late_reason == "Emergency."
    assert "The chair is ill." in other.late_reason


def test_a_list_is_not_carried_to_where_it_cannot_be_heard(coming, coordinator):
    elsewhere, over = meeting(board()), meeting(coming.board, status=MeetingStatus.CANCELLED)
    item = listed(coming, coordinator)
    for target in (elsewhere, over, coming):
        with pytest.raises(Refused):
            service.cancel(meeting=coming, reason="Ill.", carry_to=target, by=coordinator)
        with pytest.raises(Refused):
            service.merge(meeting=coming, into=target, by=coordinator)
    item.refresh_from_db()
    assert item.meeting == coming


def test_a_merged_meeting_names_where_it_went_and_its_people_are_told(coming, next_week, coordinator):
    listed(coming, coordinator)
    published(coming, coordinator)

    service.merge(meeting=coming, into=next_week, by=coordinator)

    coming.refresh_from_db()
    assert (coming.status, coming.merged_into) == (MeetingStatus.CANCELLED, next_week)
    note = Message.objects.get(kind="agenda.cancelled")
    assert f"Its case goes to the meeting of {next_week.starts_at:%A %d-%b-%Y}" in note.text.replace(
        "\n", " "
    )
    assert len(as_listed(next_week)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_move_the_same_meeting_at_once_and_one_is_told(here):
    people = [member(here, Role.COORDINATOR) for _ in range(2)]
    one = meeting(here)
    hours = {by: (number + 1) * HOUR for number, by in enumerate(people)}

    def press(by):
        start = one.starts_at + hours[by]
        more = {"place": "", "version": one.version, "by": by}
        return service.move(meeting=one, starts_at=start, ends_at=start + HOUR, **more)

    outcomes = at_once(*[lambda by=by: press(by) for by in people])

    (won,) = (found for found in outcomes if not isinstance(found, Exception))
    (lost,) = (found for found in outcomes if isinstance(found, Exception))
    assert isinstance(lost, SomeoneWasFaster)
    one.refresh_from_db()
    assert (one.starts_at, one.calendar_sequence) == (won.starts_at, 1)


@pytest.mark.django_db(transaction=True)
def test_two_carry_to_and_fro_at_once_and_every_case_keeps_one_place(here):
    people = [member(here, Role.COORDINATOR) for _ in range(2)]
    weeks = [meeting(here, starts_at=timezone.now() + n * DAY) for n in (5, 6)]
    for week in weeks:
        listed(week, people[0])
    this, that = weeks

    outcomes = at_once(
        lambda: service.cancel(meeting=this, reason="Ill.", carry_to=that, by=people[0]),
        lambda: service.cancel(meeting=that, reason="Ill.", carry_to=this, by=people[1]),
    )

    assert [type(one) for one in outcomes if one] == [Refused]
    standing = next(week for week in weeks if not _is_cancelled(week))
    assert len(as_listed(standing)) == 2


def _is_cancelled(week):
    week.refresh_from_db()
    return week.status == MeetingStatus.CANCELLED
