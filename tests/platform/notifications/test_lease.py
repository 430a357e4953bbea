import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tumorboard.notifications import lease, outbox
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import Policy, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


def now_of(message):
    message.refresh_from_db()
    return message


@pytest.mark.django_db(transaction=True)
def test_a_claim_does_not_wait_for_what_another_has_in_hand(owe_many):
    in_hand, free = owe_many(2)

    def claim(found):
        found.extend(lease.claim()[1])
        connection.close()

    with transaction.atomic():
        Message.objects.select_for_update().get(pk=in_hand.pk)
        thread = threading.Thread(target=claim, args=[found := []])
        thread.start()
        thread.join(60)  # a machine that is busy; a claim that waits for the lock would never end
        assert found == [free]


def test_the_fence_stops_whoever_is_late_or_too_slow(owe, settings):
    owe()
    _token, [message] = lease.claim()
    assert lease.fence(message)

    lease.settle(message, state=State.QUEUED, handover_at=None)
    assert not lease.fence(message), "no longer held"

    settings.NOTIFICATIONS_TIMING = {"lease": 101}
    _token, [message] = lease.claim()
    settings.NOTIFICATIONS_TIMING = {"fence_margin": 79, "drain_budget": 1, "hard_limit": 118, "lease": 119}
    Message.objects.update(lease_until=timezone.now() + timedelta(seconds=70))
    assert not lease.fence(message), "too little of the lease is left"
    message.lease_token = uuid.uuid4()
    assert not lease.settle(message, state=State.QUEUED), "somebody else's"


def test_withdrawn_while_claimed_it_does_not_leave(owe, sink):
    owe(about="meeting:1")
    token, [message] = lease.claim()

    assert outbox.withdraw(about="meeting:1", reason="Moved.") == 1
    assert not lease.fence(message)
    assert lease.give_back(token) == 0
    assert now_of(message).state == State.CANCELLED


def test_at_the_relay_it_cannot_be_withdrawn(owe):
    owe(about="meeting:1")
    _token, [message] = lease.claim()
    lease.fence(message)

    assert outbox.withdraw(about="meeting:1", reason="Moved.") == 0
    assert lease.settle(message, state=State.SENT, sent_at=timezone.now())


def end_of_worker():
    Message.objects.filter(state=State.SENDING).update(lease_until=timezone.now())
    return lease.reclaim()


def test_a_message_that_ends_its_worker_travels_alone_and_dies_after_five(owe_many):
    *innocent, poison = owe_many(4)
    lease.claim()
    assert end_of_worker() == 4

    claimed = [lease.claim()[1] for _ in range(4)]
    assert [len(messages) for messages in claimed] == [1, 1, 1, 1]
    for [message] in claimed:
        if message.pk != poison.pk:
            lease.settle(message, state=State.CANCELLED, reason="Out of the way.")
    end_of_worker()
    for _ in range(3):
        lease.claim()
        end_of_worker()

    assert (now_of(poison).state, poison.crashes) == (State.DEAD, 5)
    assert {now_of(m).crashes for m in innocent} == {1}


def test_what_a_dead_worker_had_handed_over_is_known_to_be_in_doubt(owe):
    owe(kind="password", policy=Policy.HOLD), owe(), owe()
    _token, claimed = lease.claim()
    password, agenda, untouched = sorted(claimed, key=lambda m: (m.policy, m.about))
    assert lease.fence(password)
    assert lease.fence(agenda)

    assert end_of_worker() == 3

    assert (now_of(password).state, password.ambiguous) == (State.HELD, True)
    assert (now_of(agenda).state, agenda.ambiguous) == (State.QUEUED, True)
    assert (now_of(untouched).state, untouched.ambiguous) == (State.QUEUED, False)


@pytest.mark.django_db(transaction=True)
def test_what_the_relay_said_is_written_down_when_the_connection_is_cut(owe):
    message = owe()
    [claimed] = lease.claim()[1]
    lease.fence(claimed)

    def cut(pid):
        with connection.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s)", [pid])
        connection.close()

    pid = connection.connection.info.backend_pid
    thread = threading.Thread(target=cut, args=[pid])
    thread.start()
    thread.join()

    assert lease.settle(claimed, state=State.SENT, sent_at=timezone.now())
    assert now_of(message).state == State.SENT
