"""How does a test listen to the real app server?"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.test import Client

from tumorboard.embedded.ports import is_free
from tumorboard.embedded.processes import end_with_parent

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
        self.socket = self.line.sock
        self.own_port = self.socket.getsockname()[1]
        self.answer = self.line.getresponse()
        self.start()

    def run(self):
        kind = ""
        try:
            for line in self.answer:
                name, _, value = line.decode().strip().partition(": ")
                if name == "event":
                    kind = value
                elif name == "data":
                    self.hear(kind, value)
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass  # hung up, here or there

    def hear(self, kind: str, data: str) -> None:
        self.events.append((kind, data))

    @property
    def topics(self) -> list[str]:
        return [data.split()[1] for kind, data in list(self.events) if kind == "told"]

    def kinds(self) -> list[str]:
        return [kind for kind, _data in list(self.events)]

    def wait_for(self, kind: str, patience=10.0):
        wait_until(lambda: kind in self.kinds() + self.topics, patience, f"{kind} among {self.events}")

    def hang_up(self):
        with suppress(OSError):  # hung up there already
            self.socket.shutdown(socket.SHUT_RDWR)  # closing alone would wait until something more is heard
        self.answer.close()
        self.line.close()


class Web:
    """gunicorn as it is really run, with two workers; from another folder another release."""

    def __init__(self, log: Path, root: Path = ROOT, **env: str):
        self.port = is_free(0)
        self.log = log
        command = [sys.executable, "-m", "gunicorn", "--config", "python:tumorboard.gunicorn_conf"]
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [*command, "tumorboard.wsgi"],
                env=os.environ | env | {"PORT": str(self.port)},
                cwd=root,
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


def cookie_of(user) -> str:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"
