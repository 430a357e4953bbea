"""One digest a person and day, in the board's own morning, however often the clock asks."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from cases.services import follow_up, matters, returning
from cases.services._mornings import each_board_hourly, each_board_once
from cases.vocabulary import Role
from tests.factories import board, member
from tests.factories.decisions import a_room
from tumorboard.notifications.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_tuesday")]
LONDON = ZoneInfo("Europe/London")
BY_DAY = {"quiet_from": time(20), "quiet_until": time(7)}


@pytest.fixture
def room():
    return a_room(board(hospital="North Riding University Hospital", **BY_DAY))


def at(day, hour=8, minute=0, zone=LONDON):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


def digests(kind="action.due"):
    return Message.objects.filter(kind=kind).order_by("created_at", "pk")


def report(action, kind, **more):
    said = {"reason": "", "note": "", "happened_on": None} | more
    follow_up.report(action=action, report=kind, by=action.owner, **said)


def test_once_a_day_and_again_the_next_day(room):
    room.decide([room.action(days=1), room.action(days=2), room.action(owner=room.oncologist, days=2)])
    morning = at(room.today)
    owed = [follow_up.remind_due(now=morning + timedelta(minutes=minutes)) for minutes in (0, 1, 700)]

    assert owed == [2, 0, 0]
    assert {message.recipient for message in digests()} == {room.surgeon, room.oncologist}
    assert follow_up.remind_due(now=morning + timedelta(days=1)) == 2
    assert digests().count() == 4


def test_nobody_is_told_before_the_boards_morning(room):
    room.board.morning_at = time(9, 30)
    room.board.save()
    room.decide([room.action(days=0)])

    assert follow_up.remind_due(now=at(room.today, 9, 29)) == 0
    assert follow_up.remind_due(now=at(room.today, 9, 30)) == 1


def test_what_falls_on_a_day_off_comes_on_the_next_working_day_once(room):
    room.board.holidays = "GB-ENG"
    room.board.save()
    room.decide([room.action(days=28)])  # Tuesday 22-Dec-2026
    told = {}
    for days in range(24, 36):  # 18-Dec to 29-Dec
        day = room.today + timedelta(days=days)
        told[day.day] = [follow_up.remind_due(now=at(day, hour)) for hour in (7, 8, 12, 23)]

    assert {day for day, owed in told.items() if sum(owed)} == {21, 22, 23, 24, 29}
    assert all(owed == [0, 1, 0, 0] for owed in told.values() if sum(owed))


def test_a_worker_that_wakes_by_night_tells_it_the_next_day(room):
    room.decide([room.action(days=1)])

    assert follow_up.remind_due(now=at(room.today, 22)) == 0
    assert follow_up.remind_due(now=at(room.today + timedelta(days=1))) == 1


def test_the_morning_is_the_boards_own():
    auckland = ZoneInfo("Pacific/Auckland")
    room = a_room(board(time_zone="Pacific/Auckland"))
    room.decide([room.action(days=1)])
    there = room.today + timedelta(days=1)

    assert follow_up.remind_due(now=at(there, 7, 59, zone=auckland)) == 0
    assert follow_up.remind_due(now=at(there, 8, 0, zone=auckland)) == 1


@pytest.mark.parametrize(("days", "owed"), [(2, 1), (3, 0), (0, 1)])
def test_two_days_before_its_date_an_action_is_due(room, days, owed):
    room.decide([room.action(days=days)])

    assert follow_up.remind_due(now=at(room.today)) == owed


def test_what_has_ended_or_was_declined_is_not_asked_for(room):
    done, declined, accepted = room.decide([room.action(days=1)] * 3).actions.order_by("position")
    report(done, "DONE", happened_on=room.today)
    report(declined, "DECLINED", reason="LOGISTICS")
    report(accepted, "ACCEPTED", planned_on=accepted.due_on)
    follow_up.remind_due(now=at(room.today))

    assert digests().get().title == "1 action of yours due or overdue"


def test_who_has_left_is_not_reminded(room):
    room.decide([room.action(days=1)])
    room.surgeon.is_active = False
    room.surgeon.save()

    assert follow_up.remind_due(now=at(room.today)) == 0


def test_a_digest_names_cases_and_days_and_nobody(room):
    room.decide([room.action(days=1)])
    follow_up.remind_due(now=at(room.today + timedelta(days=2)))
    message = digests().get()

    assert f"{room.case.number}, action 1: due" in message.text
    assert "overdue" in message.text
    assert "/actions/" in message.text
    assert message.scope == room.board.scope
    for secret in (
        "hepatectomy",
        "Resection",
        room.case.patient.family_name,
        room.case.patient.record_number,
    ):
        assert secret not in message.title + message.text + message.html


def test_a_digest_is_worth_nothing_after_its_day(room):
    room.decide([room.action(days=1)])
    follow_up.remind_due(now=at(room.today))

    assert digests().get().expires_at == at(room.today + timedelta(days=1), 0)


def test_a_run_that_was_rolled_back_is_done_again(room):
    """The run is noted in the transaction of its messages: no message, no note."""
    room.decide([room.action(days=1)])

    with transaction.atomic():
        follow_up.remind_due(now=at(room.today))
        transaction.set_rollback(True)

    assert follow_up.remind_due(now=at(room.today)) == 1


def test_long_overdue_goes_to_every_coordinator_once_a_day(room):
    second = member(room.board, Role.COORDINATOR)
    room.decide([room.action(days=0)])
    late = at(room.today + timedelta(days=room.board.escalate_after_days))

    assert follow_up.escalate(now=late - timedelta(days=1)) == 0
    assert [follow_up.escalate(now=late + timedelta(minutes=n)) for n in (0, 1)] == [2, 0]
    assert {message.recipient for message in digests("action.escalated")} == {room.coordinator, second}


def test_a_declined_action_is_taken_further_at_once(room):
    action = room.decide([room.action(days=30)]).actions.get()
    report(action, "DECLINED", reason="LOGISTICS")

    assert follow_up.escalate(now=at(room.today)) == 1


def test_an_error_in_one_board_does_not_keep_the_others(room, caplog):
    other = board()

    def run(one, _day):
        if one == first:
            raise RuntimeError("broken")
        return 1

    first, _second = sorted([room.board, other], key=lambda one: one.pk)
    for job in (each_board_once, each_board_hourly):
        assert job("test.job", run, at(room.today)) == 1
    assert caplog.text.count("a board's job failed") == 2


def test_the_clock_asks_for_each_of_them():
    from cases import tasks

    jobs = {follow_up.remind_due, follow_up.escalate, matters.gather, returning.re_present_due}
    assert jobs <= set(tasks.DUE)


@pytest.mark.parametrize("actions", [1, 3])
def test_a_run_asks_the_database_a_fixed_number_of_times(room, actions, django_assert_num_queries):
    room.decide([room.action(days=1)] * actions)
    follow_up.remind_due(now=at(room.today))

    with django_assert_num_queries(3):
        follow_up.remind_due(now=at(room.today, 9))
