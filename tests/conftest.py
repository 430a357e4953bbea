"""What does every test have at hand? A browser, a mail sink and a real worker."""

import gc
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from tumorboard.embedded.processes import end_with_parent

# How long an example takes says something of the machine, and nothing of the code.
property_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("any machine")

ROOT = Path(__file__).resolve().parent.parent
QUIET_BROWSER = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's own Chromium: Playwright's download is not needed."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    arguments = [*QUIET_BROWSER, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return {**browser_type_launch_args, "args": arguments, **({"executable_path": found} if found else {})}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Test databases are copies of the one whose tables are made already, when the servers are our own."""
    from django.db import connection

    connection.settings_dict["TEST"]["TEMPLATE"] = os.environ.get("TEST_TEMPLATE")


MAY_BE_EMPTIED = """
do $$
declare
    kept record;
begin
    for kept in select tgrelid::regclass as name, tgname from pg_trigger where tgname ~ 'never_emptied' loop
        execute format('alter table %s disable trigger %I', kept.name, kept.tgname);
    end loop;
end $$
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests that commit empty all tables afterwards, as nobody else may.

    A process that a test has killed may leave its session behind: end it before the database.
    """
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(MAY_BE_EMPTIED)
        if role := os.environ.get("DB_ROLE"):
            from tests.application_role import step_down_to

            step_down_to(role)
    yield
    connection.settings_dict["OPTIONS"].pop("assume_role", None)
    connection.close()
    others = "datname = current_database() and pid <> pg_backend_pid()"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"select pg_terminate_backend(pid, 2000) from pg_stat_activity where {others}")


class Sink:
    """Takes every mail; `messages` holds the envelopes in order of arrival."""

    def __init__(self, port: int):
        self.port = port
        self.messages: list = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(envelope)
        return "250 2.0.0 Ok"

    def to(self, address: str) -> list:
        return [envelope for envelope in self.messages if address in envelope.rcpt_tos]

    def wait_for(self, count: int, *, to: str = "", patience: float = 20) -> list:
        """The first `count` messages (to one address, if given), as soon as they are here."""
        deadline = time.monotonic() + patience
        while len(found := self.to(to) if to else self.messages) < count:
            assert time.monotonic() < deadline, f"{len(found)} of {count} messages came within {patience} s"
            time.sleep(0.05)
        return found


@pytest.fixture(scope="session")
def _smtp_server():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        sink = Sink(probe.getsockname()[1])
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    yield sink
    controller.stop()


@pytest.fixture
def smtp(_smtp_server, settings):
    """An empty sink, to which this process sends too."""
    _smtp_server.messages.clear()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _smtp_server.port
    return _smtp_server


@pytest.fixture(scope="session")
def worker(django_db_setup, _smtp_server, tmp_path_factory):
    """A real worker process on the test database and our broker, sending to the sink."""
    log_file = tmp_path_factory.mktemp("worker") / "worker.log"
    command = [sys.executable, "-m", "celery", "-A", "tumorboard", "worker", "-Q", "tick,mail,jobs"]
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [*command, "-c", "1", "--without-mingle", "--without-gossip", "-l", "INFO"],
            env={**os.environ, "DATABASE_URL": _test_database_url(), "EMAIL_URL": _smtp_server.url},
            cwd=ROOT,
            stdout=log,
            stderr=log,
            preexec_fn=end_with_parent(),  # noqa: PLW1509
        )
    _wait_until_it_works(process, log_file)
    yield process
    process.terminate()
    process.wait(30)


def _test_database_url() -> str:
    """The environment names the ordinary database; Django has made another one for the tests."""
    from django.db import connection

    server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    return f"{server}/{connection.settings_dict['NAME']}"


def _wait_until_it_works(process, log_file) -> None:
    from tumorboard.celery import app

    deadline = time.monotonic() + 60
    while not app.control.ping(timeout=0.3):
        assert process.poll() is None, log_file.read_text()
        assert time.monotonic() < deadline, log_file.read_text()


def pytest_collection_finish(session) -> None:
    """Thousands of tests and what they import stay to the end: the collector need not look at them again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
