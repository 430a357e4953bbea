"""Does the database refuse what no step of the pathway does, and keep what is over as it was?"""

from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cases.domain.lifecycle import MOVES, STEPS
from cases.models import Attendance, Case, Guest, Meeting
from cases.services import meeting as meetings
from cases.vocabulary import CaseStatus, ItemStatus, MeetingStatus
from tests.factories import a_case, agenda_item, meeting, member
from tests.factories.decisions import a_room

pytestmark = pytest.mark.django_db

# Written by hand, from the states of a referral and of a decision: what may follow what.
MAY_FOLLOW = {
    "DRAFT": {"REFERRED", "WITHDRAWN"},
    "REFERRED": {"PREPARING", "RETURNED", "WITHDRAWN"},
    "RETURNED": {"REFERRED", "WITHDRAWN"},
    "PREPARING": {"LISTED", "WITHDRAWN"},
    "LISTED": {"PREPARING", "DISCUSSED", "WITHDRAWN"},
    "DISCUSSED": {"PREPARING", "DECIDED", "WITHDRAWN"},
    "DECIDED": {"CLOSED", "PREPARING"},
    "CLOSED": {"DECIDED", "PREPARING"},
    "WITHDRAWN": set(),
}


def by_sql(row, **columns) -> bool:
    """Past the application; whether it was let through."""
    said = ", ".join(f"{name} = %s" for name in columns)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            sql = f"UPDATE {row._meta.db_table} SET {said} WHERE id = %s"
            cursor.execute(sql, [*columns.values(), row.pk])
            return bool(cursor.rowcount)
    except DatabaseError as error:
        if "pgtrigger" in str(error):
            return False
        raise


def test_the_steps_are_those_that_may_follow():
    assert set(MOVES) == {(before, after) for before, all_after in MAY_FOLLOW.items() for after in all_after}
    assert len(STEPS) == len({step.name for step in STEPS})


def test_of_all_moves_by_plain_sql_the_steps_alone_are_let_through():
    told = {}
    for before, after in product(CaseStatus.values, repeat=2):
        case = a_case(status=CaseStatus(before), referred_at=timezone.now())
        told[before, after] = by_sql(case, status=after)
        told_now = Case.objects.get(pk=case.pk).status
        assert told_now == (after if told[before, after] else before)

    let_through = {move for move, done in told.items() if done and move[0] != move[1]}
    assert let_through == {(before, after) for before, all_after in MAY_FOLLOW.items() for after in all_after}
    assert all(told[same, same] for same in CaseStatus.values), "what is no step is not refused"


@pytest.fixture
def over():
    """A meeting that was held and closed as it is done, with a case, people and a guest."""
    room = a_room()
    meetings.admit_guest(item=room.item, name="Una Reed", by=room.coordinator)
    meetings.record_discussion(item=room.item, version=1, discussion="Two lesions.", by=room.coordinator)
    meetings.close_meeting(meeting=room.meeting, by=room.coordinator)
    return room


@pytest.mark.parametrize("status", ["PLANNED", "RUNNING", "CANCELLED"])
def test_a_meeting_that_was_closed_is_not_opened_again(over, status):
    assert not by_sql(over.meeting, status=status)


def test_nor_is_it_said_to_have_been_on_another_day(over):
    assert not by_sql(over.meeting, starts_at=timezone.now())
    assert by_sql(over.meeting, place="Room 4"), "what is no part of the past may be put right"


def test_one_that_was_called_off_stays_so():
    off = meeting(a_case().board)
    Meeting.objects.filter(pk=off.pk).update(status=MeetingStatus.CANCELLED)

    assert not by_sql(off, status="PLANNED")


def test_its_list_its_people_and_its_guests_stay(over):
    present, guest = Attendance.objects.first(), Guest.objects.get()

    assert not by_sql(over.item, discussion="Something else.")
    assert not by_sql(over.item, status=ItemStatus.TAKEN_OFF)
    assert not by_sql(present, user_id=member(over.board).pk)
    assert not by_sql(guest, name="Somebody else")


@pytest.mark.parametrize("what", ["item", "presence", "guest"])
def test_nothing_is_added_to_it_or_taken_from_it(over, what):
    now = timezone.now()
    add = {
        "item": lambda: agenda_item(over.meeting, a_case(over.board)),
        "presence": lambda: Attendance.objects.create(
            meeting=over.meeting, user=member(over.board), joined_at=now, created_by=over.chair
        ),
        "guest": lambda: Guest.objects.create(item=over.item, name="X", joined_at=now, created_by=over.chair),
    }
    with pytest.raises(DatabaseError, match="belongs to a meeting that is over"), transaction.atomic():
        add[what]()
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_agendaitem WHERE id = %s", [over.item.pk])


def test_no_case_is_carried_to_a_meeting_that_is_over(over):
    coming = meeting(over.board)
    item = agenda_item(coming, a_case(over.board))

    assert not by_sql(item, meeting_id=over.meeting.pk)
    assert by_sql(item, minutes=12), "another meeting's list is not concerned"
