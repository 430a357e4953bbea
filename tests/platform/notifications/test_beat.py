"""Of several beats one ticks, and does another take over? With real processes, broker and database."""

import signal
import threading
from collections import Counter
from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from tumorboard.health.models import Lease

from . import quick_settings

pytestmark = pytest.mark.django_db(transaction=True)

LENGTH = timedelta(seconds=30)


def hold(holder, **more):
    return Lease.objects.hold("beat", holder=holder, length=LENGTH, **more)


def test_one_holds_until_its_time_is_over_or_it_lets_go():
    assert (hold("a"), hold("b"), hold("a")) == (True, False, True)

    Lease.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert (hold("b"), hold("a")) == (True, False)

    Lease.objects.release("beat", holder="a", using=connection)
    assert not hold("a"), "it was not its own"
    Lease.objects.release("beat", holder="b", using=connection)
    assert hold("a")


def test_a_tick_is_told_by_its_holder_and_outlives_it():
    hold("a")
    assert Lease.objects.get().ticked_at is None
    hold("a", ticked=True)
    ticked_at = Lease.objects.get().ticked_at
    assert (timezone.now() - ticked_at).total_seconds() < 10

    assert not hold("b", ticked=True)
    Lease.objects.update(until=timezone.now())
    hold("b")
    assert Lease.objects.get().ticked_at == ticked_at


def test_of_ten_at_once_one_gets_it():
    together, got = threading.Barrier(10), Counter()

    def ask(number):
        together.wait(10)
        got[hold(f"beat-{number}")] += 1
        connections.close_all()

    threads = [threading.Thread(target=ask, args=[number]) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert got == {True: 1, False: 9}


@pytest.fixture
def ticks(broker):
    """How many ticks stand in the broker, where nobody takes them away."""
    client = redis.from_url(broker.url)
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    yield lambda: client.llen(f"{prefix}tick")
    client.close()


@pytest.fixture
def beat(processes, broker):
    def beat():
        command = ["-m", "celery", "-A", "tumorboard", "beat", "-l", "INFO", "--pidfile="]
        return processes.start(*command, relay="smtp://127.0.0.1:9", broker=broker.url)

    return beat


def leader_among(*beats):
    """Whose lease it is and has not run out."""
    lease = Lease.objects.filter(name="beat", until__gt=timezone.now()).first()
    return next((one for one in beats if lease and lease.holder.endswith(f":{one.pid}")), None)


def test_the_leader_is_killed_and_the_other_goes_on(beat, ticks, processes, until):
    one, two = beat(), beat()
    until(lambda: leader_among(one, two) and ticks() > 2, patience=30, say=processes.last_words)
    leader = leader_among(one, two)
    other = two if leader is one else one

    processes.kill(leader)
    killed_at, before = timezone.now(), ticks()
    until(lambda: leader_among(other), patience=30, say=processes.last_words)
    until(lambda: ticks() > before, patience=30, say=processes.last_words)

    until(lambda: Lease.objects.get().ticked_at > killed_at, patience=30, say=processes.last_words)
    took = (timezone.now() - killed_at).total_seconds()
    print(f"another beat ticked {took:.1f} s after the kill; the lease is {quick_settings.BEAT_LEASE} s")


def test_told_to_stop_it_lets_go_at_once(beat, processes, until):
    one = beat()
    until(lambda: leader_among(one), patience=30, say=processes.last_words)
    one.send_signal(signal.SIGTERM)
    assert one.wait(20) == 0, processes.last_words()
    assert not Lease.objects.filter(until__gt=timezone.now()).exists(), processes.last_words()


def test_while_the_database_refuses_it_waits_and_then_goes_on(beat, ticks, processes, until):
    one = beat()
    until(lambda: leader_among(one) and ticks() > 0, patience=30, say=processes.last_words)
    with connection.cursor() as cursor:  # as after a restart: the connection is gone
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid() and query like '%health_lease%'"
        )
        assert cursor.rowcount >= 1
    cut_at, ages_ago = timezone.now(), timezone.now() - timedelta(days=1)
    until(lambda: "the database is away" in processes.log.read_text(), patience=30, say=processes.last_words)
    until(lambda: (Lease.objects.get().ticked_at or ages_ago) > cut_at, patience=30, say=processes.last_words)
    assert one.poll() is None
