"""What do the tests of open screens share? A Redis to kill, a real app server, and ears."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from tests.conftest import _test_database_url
from tumorboard.embedded.ports import is_free
from tumorboard.embedded.processes import end_with_parent
from tumorboard.embedded.valkey import EmbeddedValkey
from tumorboard.live import channel

ROOT = Path(__file__).resolve().parents[3]


def wait_until(true, patience=10.0, what="it"):
    deadline = time.monotonic() + patience
    while not (found := true()):
        assert time.monotonic() < deadline, f"{what} did not come about within {patience} s"
        time.sleep(0.01)
    return found


class Ear(threading.Thread):
    """Hears one stream to its end; `events` are (kind, data) in the order they came."""

    def __init__(self, port: int, path: str, cookie: str):
        super().__init__(daemon=True)
        self.events: list[tuple[str, str]] = []
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.line.request("GET", path, headers={"Cookie": cookie, "Accept": "text/event-stream"})
        self.own_port = self.line.sock.getsockname()[1]
        self.answer = self.line.getresponse()
        self.start()

    def run(self):
        kind = ""
        try:
            while text := self.answer.readline().decode().strip("\n"):
                while text:
                    name, _, value = text.partition(": ")
                    if name == "event":
                        kind = value
                    elif name == "data":
                        self.events.append((kind, value))
                    text = self.answer.readline().decode().strip("\n")
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass  # hung up, here or there

    @property
    def topics(self) -> list[str]:
        return [data.split()[1] for kind, data in list(self.events) if kind == "told"]

    def kinds(self) -> list[str]:
        return [kind for kind, _data in list(self.events)]

    def wait_for(self, kind: str, patience=10.0):
        wait_until(lambda: kind in self.kinds() + self.topics, patience, f"{kind} among {self.events}")

    def hang_up(self):
        self.answer.close()
        self.line.close()


@pytest.fixture(scope="module")
def valkey(tmp_path_factory):
    server = EmbeddedValkey(tmp_path_factory.mktemp("valkey"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def our_redis(valkey, settings):
    """This process says things there too."""
    valkey.start()
    settings.CELERY_BROKER_URL = valkey.url
    settings.LIVE_TIMING = {"say_pause": 0.2}
    channel.line.cache_clear()
    channel._quiet_until = 0.0
    yield valkey
    channel.line.cache_clear()
    channel._quiet_until = 0.0


class Web:
    """gunicorn as it is really run, with two workers."""

    def __init__(self, redis_url: str, log: Path):
        self.port = is_free(0)
        self.log = log
        quick = {"DJANGO_SETTINGS_MODULE": "tests.platform.live.quick_settings", "PORT": str(self.port)}
        fitting = {"DATABASE_URL": _test_database_url(), "REDIS_URL": redis_url, "WEB_THREADS": "24"}
        command = [sys.executable, "-m", "gunicorn", "--config", "python:tumorboard.gunicorn_conf"]
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [*command, "tumorboard.wsgi"],
                env=os.environ | quick | fitting,
                cwd=ROOT,
                stdout=file,
                stderr=file,
                preexec_fn=end_with_parent(),  # noqa: PLW1509
            )
        wait_until(self.answers, 60, "the app server")

    def answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/live", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def serves(self, ear: Ear) -> int:
        """Which worker holds the other end of the line?"""
        lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
        ours = (f":{self.port:04X}", f":{ear.own_port:04X}")
        found = [line.split() for line in lines]
        inode = next(f[9] for f in found if f[1].endswith(ours[0]) and f[2].endswith(ours[1]))
        for pid in self.workers():
            for file in Path(f"/proc/{pid}/fd").iterdir():
                if os.readlink(file) == f"socket:[{inode}]":
                    return pid
        raise AssertionError("no worker holds this line")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


@pytest.fixture(scope="module")
def web(django_db_setup, valkey, tmp_path_factory):
    server = Web(valkey.url, tmp_path_factory.mktemp("web") / "web.log")
    yield server
    if server.process.poll() is None:
        server.stop()


@pytest.fixture
def listen(web):
    """Open the live stream of a meeting as somebody."""
    ears: list[Ear] = []

    def listen(meeting, user) -> Ear:
        ear = Ear(web.port, reverse("cases:live-meeting", args=[meeting.pk]), cookie_of(user))
        ears.append(ear)
        return ear

    yield listen
    for ear in ears:
        ear.hang_up()


def cookie_of(user) -> str:
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"
