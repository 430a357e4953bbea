"""What do the tests of the outbox share? People, a relay, and real processes with quick time limits."""

import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from tumorboard.embedded.processes import end_with_parent
from tumorboard.embedded.valkey import EmbeddedValkey
from tumorboard.notifications import nudge, outbox
from tumorboard.notifications.models import Message

from .drains import Drains, Zygote
from .figures import HEAD, TABLE
from .sink import Sink

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def person(db):
    return get_user_model().objects.create(email="ana@hospital.example", password="!")


@pytest.fixture
def owe(person):
    """Owe one message; what a test does not care about is filled in."""
    count = iter(range(1, 1000))

    def owe(**changed):
        usual = {"kind": "agenda", "about": f"meeting:{next(count)}", "recipient": person}
        return outbox.put(**(usual | {"title": "Agenda", "text": "The agenda is ready."} | changed))

    return owe


@pytest.fixture
def owe_many(db):
    """Owe one message each to so many people."""

    User, count = get_user_model(), iter(range(10_000))

    def owe_many(number, **changed):
        people = User.objects.bulk_create(
            User(email=f"p{next(count)}@hospital.example", password="!") for _ in range(number)
        )
        words = {"kind": "agenda", "about": "meeting:1", "title": "Agenda", "text": "Ready."} | changed
        return outbox.put_many(outbox.Entry(recipient=one, **words) for one in people)

    return owe_many


@pytest.fixture
def quiet(monkeypatch):
    """As while the broker is away: no other process is told what this test owes."""
    monkeypatch.setattr(nudge, "_quiet_until", math.inf)


@pytest.fixture
def sink(quiet, settings):
    with Sink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


@pytest.fixture
def make_due():
    """Let the waits after a refusal be over."""

    def make_due(*messages):
        now = timezone.now()
        Message.objects.filter(pk__in=[m.pk for m in messages]).update(not_before=now, next_try_at=now)

    return make_due


@pytest.fixture
def broker(tmp_path):
    """A broker for one test, which may be killed."""
    server = EmbeddedValkey(tmp_path / "valkey")
    server.start()
    yield server
    server.stop()


class Processes:
    """Real processes on the test database, with quick time limits; all ended when the test ends."""

    def __init__(self, log: Path):
        self.log, self.running = log, []

    def start(self, *command, relay: str, broker: str = "redis://127.0.0.1:1/0"):
        environment = os.environ | {
            "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(
                **connection.settings_dict
            ),
            "DJANGO_SETTINGS_MODULE": "tests.platform.notifications.quick_settings",
            "EMAIL_URL": relay,
            "REDIS_URL": broker,
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                env=environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGKILL),  # noqa: PLW1509  one bare system call
            )
        self.running.append(process)
        return process

    def worker(self, *, beat=True, **addresses):
        queues = ["-Q", "tick,mail,jobs", "-c", "2", *(["-B"] if beat else [])]
        quiet = ["--without-mingle", "--without-gossip", "--without-heartbeat", "-l", "WARNING"]
        return self.start("-m", "celery", "-A", "tumorboard", "worker", *queues, *quiet, **addresses)

    def outbox_run(self, *options, relay):
        return self.start("manage.py", "outbox_run", *options, relay=relay)

    def last_words(self):
        return f"not in time; the processes said:\n{self.log.read_text()[-3000:]}"

    @staticmethod
    def kill(process):
        """kill -9, children included."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


@pytest.fixture
def processes(tmp_path):
    every = Processes(tmp_path / "processes.log")
    yield every
    for process in every.running:
        if process.poll() is None:
            every.kill(process)


@pytest.fixture
def until():
    """Wait for something that another process does, with a deadline."""

    def until(true, patience=20, say=lambda: "did not happen in time"):
        deadline = time.monotonic() + patience
        while not true():
            assert time.monotonic() < deadline, say()
            time.sleep(0.02)

    return until


@pytest.fixture(scope="session")
def zygote(tmp_path_factory):
    with Zygote(tmp_path_factory.mktemp("zygote") / "log") as zygote:
        yield zygote


@pytest.fixture
def drains(zygote, tmp_path):
    """Drains in processes of their own, ended when the test ends; see drains.py."""
    some = Drains(zygote, tmp_path / "kills")
    yield some
    some.end()


def pytest_terminal_summary(terminalreporter):
    if TABLE:
        terminalreporter.section("what was lost, and what came twice")
        terminalreporter.write_line(HEAD)
        for line in TABLE:
            terminalreporter.write_line(str(line))
