"""What is lost and what comes twice when real parts are killed? The figures stand in the messages."""

import os
import shutil
import signal
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tumorboard.notifications import delivery, lease
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

from . import quick_settings
from .sink import Sink

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def quick(settings):
    settings.NOTIFICATIONS_TIMING = quick_settings.NOTIFICATIONS_TIMING


def all_settled():
    counts = Message.objects.counts()
    return counts["QUEUED"] + counts["SENDING"] == 0


class Figures:
    """Owed, sent, lost, twice; and how many were in the window where nobody can know."""

    def __init__(self, owed, sink):
        came = sink.ids
        self.owed, self.sent = len(owed), Message.objects.counts()["SENT"]
        self.lost = {str(message.pk) for message in owed} - set(came)
        self.twice = {pk for pk, times in came.items() if times > 1}
        self.in_doubt = {
            str(pk) for pk in Message.objects.filter(ambiguous=True).values_list("pk", flat=True)
        }

    def __str__(self):
        unexplained = len(self.twice - self.in_doubt)
        return (
            f"owed {self.owed}, sent {self.sent}, lost {len(self.lost)}, twice {len(self.twice)}"
            f" of {len(self.in_doubt)} in doubt, twice outside the window {unexplained}"
        )

    def must_be_clean(self):
        print(self)
        assert not self.lost, self
        assert not self.twice - self.in_doubt, self
        assert self.sent == self.owed, self


def test_workers_killed_in_the_middle(owe_many, sink, broker, processes, until):
    owed = owe_many(200)
    addresses = {"relay": sink.url, "broker": broker.url}
    first, second = processes.worker(**addresses), processes.worker(**addresses)

    until(lambda: len(sink.taken) >= 40, say=processes.last_words)
    processes.kill(first)
    third = processes.worker(**addresses)
    until(lambda: len(sink.taken) >= 100, say=processes.last_words)
    processes.kill(second)
    until(all_settled, say=processes.last_words)

    assert third.poll() is None, processes.last_words()
    Figures(owed, sink).must_be_clean()


def test_broker_killed_and_back_empty(owe_many, sink, broker, processes, until):
    owed = owe_many(150)
    processes.worker(relay=sink.url, broker=broker.url)
    until(lambda: len(sink.taken) >= 30, say=processes.last_words)

    broker.process.kill()
    broker.process.wait(10)
    shutil.rmtree(broker.home / "appendonlydir")
    broker.start()

    later = owe_many(20, about="meeting:2")
    until(all_settled, patience=30, say=processes.last_words)
    Figures(owed + later, sink).must_be_clean()


def test_three_drains_without_broker_and_worker_one_killed(owe_many, sink, processes, until):
    owed = owe_many(200)
    drains = [processes.outbox_run("--every", "0.2", relay=sink.url) for _ in range(3)]

    until(lambda: len(sink.taken) >= 60, say=processes.last_words)
    processes.kill(drains[0])
    until(all_settled, say=processes.last_words)

    Figures(owed, sink).must_be_clean()
    drains[1].terminate()
    assert drains[1].wait(10) == 0, "told to stop, it ends in order"


POINTS = [("hold rcpt", False, False, 1), ("hold data", True, False, 2), ("hold data", True, True, 1)]


@pytest.mark.parametrize(("point", "in_doubt", "drops_repeated", "copies"), POINTS)
def test_killed_at_the_worst_moment(
    owe, quiet, settings, processes, until, point, in_doubt, drops_repeated, copies
):
    with Sink(drops_repeated=drops_repeated) as sink:
        settings.EMAIL_PORT = sink.port
        message = owe()
        sink.plan[message.recipient.email] = [point]
        killed = processes.outbox_run("--once", relay=sink.url)
        until(sink.holding.is_set, say=processes.last_words)
        processes.kill(killed)
        sink.let_go.set()

        end_leases()
        lease.reclaim()
        delivery.drain()

        message.refresh_from_db()
        assert (message.state, message.ambiguous, message.crashes) == (State.SENT, in_doubt, 1)
        assert len(sink.taken) == copies, f"killed at {point}: came {len(sink.taken)} times"


def end_leases():
    Message.objects.filter(state=State.SENDING).update(lease_until=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("wakes", ["within its time", "after its time"])
def test_a_frozen_sender_does_not_send_what_another_has_sent(owe, sink, processes, until, wakes):
    message = owe()
    sink.plan[message.recipient.email] = ["hold rcpt"]
    frozen = processes.outbox_run("--once", relay=sink.url)
    until(sink.holding.is_set, say=processes.last_words)
    asleep = time.monotonic()
    os.kill(frozen.pid, signal.SIGSTOP)

    end_leases()
    lease.reclaim()
    assert delivery.drain() == {"SENT": 1}
    if wakes == "after its time":
        hard_limit = quick_settings.NOTIFICATIONS_TIMING["hard_limit"]
        until(lambda: time.monotonic() > asleep + hard_limit + 0.1)
    sink.let_go.set()
    os.kill(frozen.pid, signal.SIGCONT)

    ended = frozen.wait(10)
    assert ended == (0 if wakes == "within its time" else -signal.SIGALRM), processes.last_words()
    assert len(sink.taken) == 1
