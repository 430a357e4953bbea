"""Does an agenda reach everybody once, however many they are and whatever dies on the way?"""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from cases.domain.errors import Refused
from cases.models import Meeting, Publication
from cases.services import announcing, meeting
from cases.vocabulary import Role
from tests import factories
from tests.together import at_once, begins_meanwhile
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db
MEMBERS = 6


@pytest.fixture
def coming():
    """Seven people sit on the board: a coordinator, and six who speak for surgery."""
    board = factories.board()
    coordinator = factories.member(board, Role.COORDINATOR)
    for _ in range(MEMBERS):
        factories.member(board)
    held = factories.meeting(board, by=coordinator)
    factories.agenda_item(held, factories.a_case(board, "LISTED"))
    return held


@pytest.fixture
def for_many(monkeypatch):
    """As on a board of thousands."""
    monkeypatch.setattr(announcing, "AT_ONCE", 3)
    monkeypatch.setattr(announcing, "BATCH", 2)


def publish(held):
    held.refresh_from_db()
    return meeting.publish_agenda(meeting=held, version=held.version, by=held.created_by)


def told():
    return sorted(Message.objects.exclude(state="CANCELLED").values_list("recipient", "version"))


def everybody(held, version=1):
    return sorted((seat.user_id, version) for seat in held.board.memberships.all())


def carry_out():
    for row in Publication.objects.under_way():
        announcing.carry_out(str(row.pk))


def test_a_few_are_told_in_the_same_breath(coming):
    publish(coming)

    assert told() == everybody(coming)
    assert not Publication.objects.under_way().exists()


def test_of_many_nobody_is_written_to_before_the_page_has_answered(coming, for_many):
    publish(coming)
    assert told() == []

    carry_out()
    assert told() == everybody(coming)
    row = Publication.objects.get()
    assert (row.seats, row.told, row.done_at is None) == (7, 7, False)


@pytest.mark.django_db(transaction=True)
def test_who_finds_it_unfinished_goes_on_and_nobody_is_told_twice(coming, for_many, monkeypatch):
    publish(coming)
    real, calls = announcing.owe, []

    def dies_the_third_time(entries, **more):
        calls.append(entries)
        if len(calls) == 3:
            raise SystemExit("killed")
        return real(entries, **more)

    monkeypatch.setattr(announcing, "owe", dies_the_third_time)
    with pytest.raises(SystemExit):
        carry_out()
    assert len(told()) == 4

    carry_out()
    assert told() == everybody(coming)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_everybody_once(coming, for_many):
    publish(coming)
    at_once(carry_out, carry_out)
    carry_out()

    assert told() == everybody(coming)


def test_nobody_is_told_of_a_list_that_has_been_replaced(coming, for_many):
    publish(coming)
    first = Publication.objects.get()
    publish(coming)
    announcing.carry_out(str(first.pk))
    assert told() == []

    carry_out()
    assert told() == everybody(coming, version=2)


def test_nor_of_a_meeting_that_was_called_off(coming, for_many):
    publish(coming)
    meeting.cancel(meeting=coming, reason="Snow.", by=coming.created_by)
    carry_out()

    assert told() == []


@pytest.fixture
def during_a_batch(monkeypatch):
    """Do something else while the first batch is written and not committed yet."""
    real = announcing.owe

    def begin(call):
        threads = []

        def owe(entries, **more):
            owed = real(entries, **more)
            if not threads:
                threads.append(begins_meanwhile(call))
            return owed

        monkeypatch.setattr(announcing, "owe", owe)
        carry_out()
        threads[0].join(10)
        carry_out()

    return begin


@pytest.mark.django_db(transaction=True)
def test_called_off_while_a_batch_is_written_it_does_not_go_out(coming, for_many, during_a_batch):
    publish(coming)
    during_a_batch(lambda: meeting.cancel(meeting=coming, reason="Snow.", by=coming.created_by))

    assert not Message.objects.filter(kind="agenda.published").exclude(state="CANCELLED").exists()
    assert Message.objects.filter(kind="agenda.cancelled").count() == 2


@pytest.mark.django_db(transaction=True)
def test_replaced_while_a_batch_is_written_the_old_list_does_not_go_out(coming, for_many, during_a_batch):
    publish(coming)
    during_a_batch(lambda: publish(coming))

    assert told() == everybody(coming, version=2)


@pytest.mark.parametrize("at_once", [3, 60])
def test_one_who_cannot_be_written_to_keeps_nobody_waiting(coming, monkeypatch, caplog, at_once):
    monkeypatch.setattr(announcing, "AT_ONCE", at_once)
    odd = coming.board.memberships.order_by("pk")[3]
    get_user_model().objects.filter(pk=odd.user_id).update(email="odd,one@example.org")
    publish(coming)
    carry_out()

    assert told() == [one for one in everybody(coming) if one[0] != odd.user_id]
    row = Publication.objects.get()
    assert (row.seats, row.told, row.done_at is None) == (7, 6, False)
    (line,) = [record for record in caplog.records if record.name == announcing.__name__]
    assert (line.row, line.getMessage()) == (str(odd.pk), "an agenda cannot be written to a seat")


def test_a_meeting_is_not_moved_while_half_of_the_board_knows(coming, for_many):
    publish(coming)
    later = {"starts_at": coming.starts_at + timedelta(days=1), "ends_at": coming.ends_at + timedelta(days=1)}
    now = Meeting.objects.get(pk=coming.pk)
    move = {"meeting": now, "place": now.place, "version": now.version, "by": coming.created_by}
    with pytest.raises(Refused, match="still on its way"):
        meeting.move(**move, **later)

    carry_out()
    meeting.move(**move, **later)


def test_the_clock_asks_a_worker_to_go_on(coming, for_many, monkeypatch):
    asked = []
    monkeypatch.setattr(announcing.nudge, "ask", lambda *message: bool(asked.append(message)) or True)
    publish(coming)
    [row] = Publication.objects.under_way()

    assert announcing.go_on(now=timezone.now()) == 1
    assert asked[-1] == ("cases.announce", str(row.pk))
    carry_out()
    assert announcing.go_on(now=timezone.now()) == 0
