"""What is lost and what comes twice when servers die: the broker, PostgreSQL, workers, beats, all at random?

The workers and beats are Celery's own; PostgreSQL is one for these tests alone, ended as by a power cut.
"""

import os
import random
import shutil
import signal
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection, connections

from tumorboard.embedded.postgres import EmbeddedPostgres
from tumorboard.health.models import Lease
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message

from . import quick_settings
from .figures import TIMES, Figures, settled

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

N = 40 * TIMES
PATIENCE = 60 * TIMES


@pytest.fixture(autouse=True)
def quick(settings):
    settings.NOTIFICATIONS_TIMING = quick_settings.NOTIFICATIONS_TIMING


class Postgres:
    """A server that may be killed, with the tables that the outbox needs."""

    def __init__(self, home):
        self.server = EmbeddedPostgres(home)
        at = urlsplit(self.server.start())
        self.where = {
            "HOST": at.hostname,
            "PORT": str(at.port),
            "USER": at.username,
            "PASSWORD": at.password,
            "NAME": at.path[1:],
        }

    @contextmanager
    def in_use(self):
        """By this process, and by those that it starts."""
        usual, own = connections["default"], connections.create_connection("default")
        own.settings_dict = {**usual.settings_dict, **self.where}
        connections["default"] = own
        try:
            yield
        finally:
            own.close()
            connections["default"] = usual

    def dies_and_comes_back(self):
        self.server.process.send_signal(signal.SIGQUIT)  # "immediate": no word to anybody, nothing tidied up
        self.server.process.wait(20)
        self.server.start()


@pytest.fixture(scope="module")
def postgres():
    home = Path(tempfile.mkdtemp(prefix="tumorboard-faults-"))
    home.chmod(0o755)  # PostgreSQL runs as another user when we are root
    own = Postgres(home)
    yield own
    own.server.stop()
    shutil.rmtree(home)


@pytest.fixture
def own_database(postgres, drains):
    with postgres.in_use():
        drains.do("migrate", "notifications", "health")
        with connection.cursor() as cursor:
            cursor.execute("truncate notifications_message, accounts_user, health_lease cascade")
        yield postgres


def empty(broker):
    """Killed, and back with nothing of what it knew."""
    broker.process.kill()
    broker.process.wait(10)
    shutil.rmtree(broker.home / "appendonlydir")
    broker.start()


def test_workers_killed_in_the_middle(owe_many, sink, broker, processes, until):
    sink.slow = 0.02
    owed = owe_many(3 * N)
    addresses = {"relay": sink.url, "broker": broker.url}
    first, second = processes.worker(**addresses), processes.worker(**addresses)
    until(lambda: len(sink.taken) >= N, patience=PATIENCE, say=processes.last_words)
    processes.kill(first)
    third = processes.worker(**addresses)
    until(lambda: len(sink.taken) >= 2 * N, patience=PATIENCE, say=processes.last_words)
    processes.kill(second)
    until(settled, patience=PATIENCE, say=processes.last_words)

    assert third.poll() is None, processes.last_words()
    # Two children each, and each may have been between the relay's answer and writing it down.
    figures = Figures("kill -9 of whole worker groups, twice", owed, sink, kills_in_the_gap=4)
    figures.must_come_once()


def test_the_broker_killed_and_back_empty(owe_many, sink, broker, processes, until):
    sink.slow = 0.02
    owed = owe_many(2 * N)
    processes.worker(relay=sink.url, broker=broker.url)
    until(lambda: len(sink.taken) >= N // 2, patience=PATIENCE, say=processes.last_words)
    empty(broker)
    later = owe_many(N // 2, about="meeting:2")
    until(settled, patience=PATIENCE, say=processes.last_words)
    Figures("Redis killed and back empty", owed + later, sink).must_come_once()


def test_postgresql_killed_during_a_drain(own_database, owe_many, sink, drains, until):
    sink.slow = 0.02
    owed = owe_many(3 * N)
    drains.start(2)
    for enough in (N, 2 * N):
        until(lambda: len(sink.taken) >= enough, patience=PATIENCE, say=drains.last_words)  # noqa: B023
        own_database.dies_and_comes_back()
    until(lambda: drains.look() and settled(), patience=PATIENCE, say=drains.last_words)
    Figures("PostgreSQL killed (immediate), twice", owed, sink, kills_in_the_gap=4).must_come_once()


def test_five_beats_and_their_leader_killed(owe_many, sink, broker, processes, until):
    command = ["-m", "celery", "-A", "tumorboard", "beat", "-l", "INFO", "--pidfile="]
    beats = [processes.start(*command, relay=sink.url, broker=broker.url) for _ in range(5)]
    processes.worker(relay=sink.url, broker=broker.url, beat=False)
    owed = owe_many(N)
    until(settled, patience=PATIENCE, say=processes.last_words)

    leader = int(Lease.objects.get().holder.rpartition(":")[2])
    [led] = [beat for beat in beats if beat.pid == leader]
    processes.kill(led)
    later = owe_many(N, about="meeting:2")
    until(settled, patience=PATIENCE, say=processes.last_words)
    until(
        lambda: Lease.objects.get().holder.rpartition(":")[2] != str(leader),
        patience=PATIENCE,
        say=processes.last_words,
    )
    Figures("five beats, the one that leads is killed", owed + later, sink).must_come_once()


class Chaos:
    """Everything that can die does, again and again, while more is owed."""

    def __init__(self, postgres, broker, drains, processes, addresses):
        self.postgres, self.broker, self.drains, self.processes = postgres, broker, drains, processes
        self.addresses = addresses
        self.deaths = 0
        self.asleep: list[int] = []

    def strike(self, which):
        getattr(self, which)()
        self.deaths += 1

    def postgresql(self):
        self.postgres.dies_and_comes_back()

    def redis(self):
        empty(self.broker)

    def drain(self):
        self.drains.kill_one()

    def worker(self):
        self.processes.kill(self.processes.running[-1])
        self.processes.worker(**self.addresses)

    def freeze(self):
        self.asleep.append(next(reversed(self.drains.orders)))
        os.kill(self.asleep[-1], signal.SIGSTOP)

    def thaw(self):
        while self.asleep:
            os.kill(self.asleep.pop(), signal.SIGCONT)


def owe_insisting(message_of):
    """As a person does who sees an error page: once more. Owed twice it is still one message."""
    for _ in range(200):
        try:
            return outbox.put_many(message_of)
        except OperationalError:
            connection.close()
    raise AssertionError("PostgreSQL did not come back")


def test_everything_at_random(own_database, sink, broker, drains, processes, until):
    dice, User = random.Random(20261122), get_user_model()
    sink.slow = 0.01
    strikes = ["postgresql", "redis", "drain", "freeze", "drain", "worker", "thaw", "postgresql"] * TIMES
    people = User.objects.bulk_create(
        User(email=f"q{number}@hospital.example", password="!") for number in range(len(strikes) * N // 2)
    )
    bad = dice.sample(people, len(people) // 40)
    for person in bad:
        sink.plan[person.email] = ["550"]
    for person in dice.sample([p for p in people if p not in bad], len(people) // 20):
        sink.plan[person.email] = ["451"]
    addresses = {"relay": sink.url, "broker": broker.url}
    processes.worker(**addresses)
    until(Lease.objects.exists, patience=PATIENCE, say=processes.last_words)
    drains.start(2)
    chaos = Chaos(own_database, broker, drains, processes, addresses)
    words = {"kind": "agenda", "about": "meeting:1", "title": "Agenda", "text": "Ready."}
    waiting = list(people)
    for which in dice.sample(strikes, len(strikes)):
        now, waiting = waiting[: N // 2], waiting[N // 2 :]
        owe_insisting([outbox.Entry(recipient=person, **words) for person in now])
        enough = len(sink.taken) + N // 4
        until(lambda: drains.look() and len(sink.taken) >= enough, PATIENCE, drains.last_words)  # noqa: B023
        chaos.strike(which)
    chaos.thaw()
    until(lambda: drains.look() and settled(), patience=PATIENCE, say=drains.last_words)

    fault = f"everything at random, {chaos.deaths} events"
    Figures(fault, Message.objects.all(), sink, dead=len(bad)).must_be_clean()
