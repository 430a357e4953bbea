"""A summary that waits for the relay: what it tells can still be taken back, one by one."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tumorboard.notifications import delivery, gather, lease, outbox, sweep
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


@pytest.fixture
def told(owe):
    """Three messages of one person and board, in one summary that has not left."""

    def told(*changes):
        words = [{"about": f"case:{n}", "title": f"Words {n}", "text": f"Text {n}."} for n in (1, 2, 3)]
        parts = [
            owe(gather=True, scope="board:1", **(one | more))
            for one, more in zip(words, changes, strict=True)
        ]
        gather.gather()
        return parts, newest()

    return told


def newest():
    return Message.objects.filter(kind="digest").latest("version", "resend_no")


def states(messages):
    return [Message.objects.get(pk=message.pk).state for message in messages]


def later(seconds):
    return timezone.now() + timedelta(seconds=seconds)


@pytest.mark.parametrize("claimed", [False, True])
def test_what_is_withdrawn_does_not_leave_in_a_summary_and_the_rest_does(told, sink, claimed):
    parts, summary = told({}, {}, {})
    if claimed:
        lease.claim()

    assert outbox.withdraw(about="case:1", reason="Moved.") == 1

    assert states([*parts, summary]) == ["CANCELLED", "QUEUED", "QUEUED", "CANCELLED"]
    sweep.sweep(), delivery.drain()
    [(_, mail)] = sink.taken
    words = mail.get_payload()
    assert ("Text 1." in words, "Text 2." in words, "Text 3." in words) == (False, True, True)
    assert states(parts) == ["CANCELLED", "GATHERED", "GATHERED"]


def test_written_anew_as_often_as_it_takes(told, sink):
    parts, _ = told({}, {}, {})
    outbox.withdraw(about="case:3", reason="Done.")
    gather.gather()
    assert (newest().version, newest().parts.count()) == (2, 2), "it begins with the same message"
    outbox.withdraw(about="case:2", reason="Done.")
    sweep.sweep(), delivery.drain()
    assert states(parts) == ["SENT", "CANCELLED", "CANCELLED"]
    assert len(sink.taken) == 1


def test_what_has_left_or_perhaps_has_is_not_taken_back(told):
    parts, summary = told({}, {}, {})
    _, [claimed] = lease.claim()
    assert lease.fence(claimed)
    assert outbox.withdraw(about="case:1", reason="Moved.") == 0
    assert states([*parts, summary]) == ["GATHERED"] * 3 + ["SENDING"]


def test_a_summary_ends_with_the_earliest_limit_in_it_and_the_rest_waits_anew(told, sink):
    parts, summary = told({"expires_at": later(90)}, {}, {"expires_at": later(60)})
    assert summary.expires_at == parts[2].expires_at

    Message.objects.filter(pk__in=[parts[2].pk, summary.pk]).update(expires_at=later(-1))
    sweep.sweep()

    assert states([*parts, summary]) == ["GATHERED", "GATHERED", "EXPIRED", "EXPIRED"]
    delivery.drain()
    assert (newest().state, newest().expires_at) == ("SENT", parts[0].expires_at)


def test_too_late_when_a_worker_has_it_the_rest_waits_anew(told, sink):
    parts, summary = told({}, {}, {"expires_at": later(60)})
    Message.objects.filter(pk__in=[parts[2].pk, summary.pk]).update(expires_at=later(-1))
    delivery.drain()
    assert states([*parts, summary]) == ["QUEUED", "QUEUED", "QUEUED", "EXPIRED"]
    sweep.sweep()
    assert states(parts) == ["GATHERED", "GATHERED", "EXPIRED"]


def is_for_all(message):
    return "" if message.kind == "for.all" else "no longer on the board"


def test_what_its_reader_may_not_hear_any_more_is_left_out(told, sink, settings):
    parts, summary = told({"kind": "for.all"}, {}, {"kind": "for.all"})
    settings.NOTIFICATIONS_RECIPIENT_CHECK = f"{__name__}.is_for_all"

    delivery.drain()

    parts[1].refresh_from_db()
    assert (parts[1].state, parts[1].reason) == (State.CANCELLED, "no longer on the board")
    summary.refresh_from_db()
    assert (summary.state, summary.reason) == (State.CANCELLED, "Taken apart: no longer on the board")
    sweep.sweep(), delivery.drain()
    [(_, mail)] = sink.taken
    assert "Text 2." not in mail.get_payload()


@pytest.mark.parametrize(("first", "rest"), [(State.SENT, "GATHERED"), (State.DEAD, "QUEUED")])
def test_sent_again_by_hand_it_is_looked_at_like_the_first(told, person, sink, settings, first, rest):
    parts, summary = told({"kind": "for.all"}, {}, {"kind": "for.all"})
    if first == State.SENT:
        delivery.drain()
    else:
        Message.objects.filter(pk=summary.pk).update(state=first, last_error="550 no such user")
    again = outbox.resend(message=summary, by=person)
    settings.NOTIFICATIONS_RECIPIENT_CHECK = f"{__name__}.is_for_all"
    sent = len(sink.taken)

    delivery.drain()

    assert (states([again]), len(sink.taken)) == (["CANCELLED"], sent)
    assert states([parts[0], parts[2]]) == [rest] * 2, "only what was never told waits anew"
    with pytest.raises(outbox.OutboxError, match="withdrawn"):
        outbox.resend(message=again, by=person)


@pytest.mark.django_db(transaction=True)
def test_withdrawn_while_it_is_being_gathered_it_does_not_leave(owe):
    parts = [owe(gather=True, scope="board:1", about=f"case:{n}", title=str(n)) for n in (1, 2, 3)]
    done = []

    def withdraw():
        done.append(outbox.withdraw(about="case:1", reason="Moved."))
        connection.close()

    with transaction.atomic():
        gather.gather()
        thread = threading.Thread(target=withdraw)
        thread.start()
        thread.join(0.5)
        assert done == [], "it waits for the one who gathers"
    thread.join(10)

    assert (done, states(parts)) == ([1], ["CANCELLED", "QUEUED", "QUEUED"])


@pytest.mark.django_db(transaction=True)
def test_of_a_drain_and_a_withdrawal_at_once_one_wins(told):
    parts, summary = told({}, {}, {})
    _, [claimed] = lease.claim()
    fenced = []

    def fence():
        fenced.append(lease.fence(claimed))
        connection.close()

    with transaction.atomic():
        outbox.withdraw(about="case:1", reason="Moved.")
        thread = threading.Thread(target=fence)
        thread.start()
        thread.join(0.5)
        assert fenced == []
    thread.join(10)

    assert (fenced, states([*parts, summary])) == ([False], ["CANCELLED", "QUEUED", "QUEUED", "CANCELLED"])


@pytest.mark.django_db(transaction=True)
def test_two_withdrawals_and_a_gathering_at_once_end(owe, until):
    """Each waits for a row of the summary and then wants the other's: neither is refused."""
    parts = [owe(gather=True, scope="board:1", about=f"case:{n}", title=str(n)) for n in (1, 2, 3)]
    done = []

    def withdraw(about):
        try:
            done.append(outbox.withdraw(about=about, reason="Moved."))
        finally:
            connection.close()

    threads = [threading.Thread(target=withdraw, args=[about]) for about in ("case:1", "case:2")]
    with transaction.atomic():
        gather.gather()
        for thread in threads:
            thread.start()
        until(lambda: _waiting_for_a_row() == 2)
    for thread in threads:
        thread.join(20)

    assert (done, states(parts)) == ([1, 1], ["CANCELLED", "CANCELLED", "QUEUED"])


def _waiting_for_a_row():
    """Of this database; pg_locks is looked at anew each time, also within a transaction."""
    here = "select pid from pg_locks join pg_database on oid = database where datname = current_database()"
    with connection.cursor() as cursor:
        cursor.execute(f"select count(distinct pid) from pg_locks where not granted and pid in ({here})")
        return cursor.fetchone()[0]


def test_a_part_of_a_summary_that_did_not_arrive_is_withdrawn_and_stays_in_its_trace(told, person):
    parts, summary = told({}, {}, {})
    Message.objects.filter(pk=summary.pk).update(state=State.DEAD, last_error="550 no such mailbox")

    assert outbox.withdraw(about="case:1", reason="Moved.") == 1

    assert states([*parts, summary]) == ["GATHERED", "GATHERED", "GATHERED", "DEAD"]
    withdrawn = Message.objects.get(pk=parts[0].pk)
    assert (withdrawn.gathered_in, withdrawn.reason) == (summary, "Moved.")
    assert outbox.withdraw(about="case:1", reason="Again.") == 0, "the first reason stays"
