"""A real app server with a hospital's settings, started as systemd starts it."""

import os
import re
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import _test_database_url
from tests.platform.composed import ROOT
from tests.platform.live.served import wait_until
from tests.platform.outside.asking import ask
from tumorboard.embedded.processes import end_with_parent

OF_A_HOSPITAL = {
    "DJANGO_SETTINGS_MODULE": "tests.platform.outside.settings",
    "HTTPS": "true",
    "BEHIND_PROXY": "true",
    "WEB_CONCURRENCY": "1",
    "ADMIN": "true",
    "PORT": "1",  # nobody may listen there: the socket that is handed over counts
}
UNIT = ROOT / "deploy" / "systemd" / "tumorboard-web.service"
# What systemd does: the listening socket is the third file, and its owner is named.
HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[2], sys.argv[2:])
"""


class Activated:
    """The command of the unit, on a socket that somebody else has opened; ready when it says so."""

    def __init__(self, folder: Path, **env: str):
        [command] = re.findall(r"^ExecStart=\S+/bin/(.+)$", UNIT.read_text("utf-8"), re.MULTILINE)
        program, *arguments = command.split()
        said, self.log = folder / "notify", folder / "web.log"
        with (
            socket.create_server(("127.0.0.1", 0)) as listening,
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard,
            self.log.open("wb") as log,
        ):
            heard.bind(str(said))
            heard.setblocking(False)
            self.port = listening.getsockname()[1]
            given = [str(listening.fileno()), str(Path(sys.executable).with_name(program)), *arguments]
            self.process = subprocess.Popen(
                [sys.executable, "-c", HAND_OVER, *given],
                env=os.environ | {"NOTIFY_SOCKET": str(said)} | env,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                pass_fds=[listening.fileno()],
                preexec_fn=end_with_parent(),  # noqa: PLW1509
            )
            wait_until(lambda: self.says_ready(heard), 60, "the app server")
        # Nothing is loaded yet: this one waits in the socket.
        self.first_answer = ask(self.port, "GET", "/health/live")

    def says_ready(self, heard: socket.socket) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        with suppress(BlockingIOError):
            return b"READY=1" in heard.recv(1000)
        return False

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture(scope="package")
def web(django_db_setup, tmp_path_factory):
    server = Activated(tmp_path_factory.mktemp("web"), DATABASE_URL=_test_database_url(), **OF_A_HOSPITAL)
    yield server
    server.stop()
