"""What is lost and what comes twice when the parts that send are killed, frozen, misled or refused?

Real processes, PostgreSQL and SMTP. A table of figures stands at the end of the run; `--long` makes it ten
times as many messages.
"""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tumorboard.notifications import delivery, lease
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

from . import quick_settings
from .drains import alive
from .figures import TIMES, Figures, settled
from .sink import Sink

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

N = 30 * TIMES
PATIENCE = 40 * TIMES


@pytest.fixture(autouse=True)
def quick(settings):
    settings.NOTIFICATIONS_TIMING = quick_settings.NOTIFICATIONS_TIMING


@pytest.fixture
def until_settled(until, drains):
    def until_settled():
        until(lambda: drains.look() and settled(), patience=PATIENCE, say=drains.last_words)

    return until_settled


POINTS = [
    ("before the claim", 0),
    ("after the claim", 0),
    ("after RCPT", 0),
    ("after the hand-over mark", 0),
    ("between 250 and the commit of SENT", 3),
    ("after SENT", 0),
]


@pytest.mark.parametrize(("point", "in_the_gap"), POINTS)
def test_three_drains_killed(owe_many, sink, drains, until_settled, point, in_the_gap):
    owed = owe_many(N)
    drains.start(3, dies=point, times=3)
    until_settled()

    assert drains.unused == 0, "three have died"
    Figures(f"kill -9 {point}, 3 times", owed, sink, kills_in_the_gap=in_the_gap).must_come_once()


def test_killed_in_the_gap_with_a_relay_that_knows_message_ids(
    owe_many, quiet, settings, drains, until_settled
):
    with Sink(drops_repeated=True) as sink:
        settings.EMAIL_PORT = sink.port
        owed = owe_many(N)
        drains.start(3, dies="between 250 and the commit of SENT", times=3)
        until_settled()
        assert drains.unused == 0
        Figures("the same, the relay drops repeated Message-IDs", owed, sink).must_come_once()


def test_the_decision_is_committed_and_the_process_dies(owe_many, sink, drains, until_settled):
    people = [one.recipient_id for one in owe_many(N)]
    (drains.tokens / "1").touch()
    drains.do("owe", "letter", *people, dies="between COMMIT and the word to the broker")
    assert drains.unused == 0

    drains.start(1)
    until_settled()
    owed = Message.objects.all()
    assert owed.filter(kind="letter").count() == N
    Figures("kill -9 between COMMIT and the word to the broker", owed, sink).must_come_once()


def test_drains_without_broker_and_worker_one_killed(owe_many, sink, drains, until, until_settled):
    sink.slow = 0.01
    owed = owe_many(3 * N)
    drains.start(3)
    until(lambda: len(sink.taken) >= N, patience=PATIENCE, say=drains.last_words)
    drains.kill_one()
    until_settled()
    figures = Figures("no Redis, no Celery: three drains, one killed", owed, sink, kills_in_the_gap=1)
    figures.must_come_once()


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_clock_is_hours_wrong(owe_many, sink, drains, until_settled, hours):
    useful = owe_many(N, expires_at=timezone.now() + timedelta(hours=1))
    for message in useful[:5]:
        sink.plan[message.recipient.email] = ["451"]
    drains.start(2, hours_wrong=hours)
    until_settled()
    Figures(f"the clock of the drains is {hours} hours wrong", useful, sink).must_come_once()


def test_refused_for_now_and_for_good(owe_many, sink, drains, until_settled):
    owed = owe_many(2 * N)
    for message in owed[::5]:
        sink.plan[message.recipient.email] = ["451"]
    bad = owed[1:20:2]
    for message in bad:
        sink.plan[message.recipient.email] = ["550"]
    drains.start(2)
    until_settled()
    Figures("20 % 451, ten bad addresses", owed, sink, dead=len(bad)).must_come_once()
    assert set(Message.objects.refused_addresses()) == {message.recipient_id for message in bad}


@pytest.mark.parametrize("drops_repeated", [False, True])
def test_the_relay_takes_it_and_its_answer_is_lost(
    owe_many, quiet, settings, drains, until_settled, drops_repeated
):
    with Sink(drops_repeated=drops_repeated) as sink:
        settings.EMAIL_PORT = sink.port
        owed = owe_many(N)
        for message in owed[::10]:
            sink.plan[message.recipient.email] = ["cut"]
        drains.start(2)
        until_settled()
        fault = "the relay's answer is lost, 10 %" + ", it drops repeated Message-IDs" * drops_repeated
        figures = Figures(fault, owed, sink).must_be_clean()
        assert len(figures.twice) == (0 if drops_repeated else len(owed[::10])), figures


def test_the_relay_is_down(owe_many, quiet, settings, drains, until, until_settled):
    with Sink() as sink:
        settings.EMAIL_PORT = sink.port
    owed = owe_many(N)
    drains.start(2)
    until(lambda: "relay is away" in drains.zygote.log.read_text(), patience=PATIENCE, say=drains.last_words)
    with Sink(port=sink.port) as sink:
        until_settled()
        Figures("the relay is down, and back", owed, sink).must_come_once()
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}, "it cost nobody a try"


def test_drains_frozen_beyond_their_lease(owe_many, sink, drains, until, until_settled):
    sink.slow = 0.02
    owed = owe_many(3 * N)
    frozen = drains.start(2)
    until(lambda: len(sink.taken) >= 10, patience=PATIENCE, say=drains.last_words)
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    asleep = time.monotonic()
    drains.start(1)
    until(lambda: time.monotonic() > asleep + quick_settings.NOTIFICATIONS_TIMING["lease"] + 0.5)
    for pid in frozen:
        os.kill(pid, signal.SIGCONT)
    until_settled()
    # Each may have been stopped between the relay's answer and writing it down.
    Figures("two of three frozen beyond their lease", owed, sink, kills_in_the_gap=2).must_come_once()


def end_leases():
    Message.objects.filter(state=State.SENDING).update(lease_until=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("wakes", ["within its time", "after its time"])
def test_a_frozen_sender_does_not_send_what_another_has_sent(owe, sink, drains, until, wakes):
    message = owe()
    sink.plan[message.recipient.email] = ["hold rcpt"]
    frozen = drains.once()
    until(sink.holding.is_set, say=drains.last_words)
    asleep = time.monotonic()
    os.kill(frozen, signal.SIGSTOP)

    end_leases()
    lease.reclaim()
    assert delivery.drain() == {"SENT": 1}
    if wakes == "after its time":
        hard_limit = quick_settings.NOTIFICATIONS_TIMING["hard_limit"]
        until(lambda: time.monotonic() > asleep + hard_limit + 0.1)
    sink.let_go.set()
    os.kill(frozen, signal.SIGCONT)

    until(lambda: not alive(frozen), say=drains.last_words)
    assert drains.ended_in_order(frozen) == (wakes == "within its time"), "the kernel's alarm ends it"
    assert len(sink.taken) == 1


def test_told_to_stop_a_drain_ends_in_order(owe_many, sink, drains, until):
    sink.slow = 0.02
    owe_many(N)
    [drain] = drains.start()
    until(lambda: len(sink.taken) >= 5, say=drains.last_words)
    os.kill(drain, signal.SIGTERM)
    until(lambda: not alive(drain), say=drains.last_words)

    assert drains.ended_in_order(drain)
    counts = Message.objects.counts()
    assert (counts["SENDING"], counts["SENT"], counts["QUEUED"]) == (0, len(sink.taken), N - len(sink.taken))
