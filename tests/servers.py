"""Which PostgreSQL and which broker do the tests talk to?

A pytest plugin (`-p tests.servers`) and not a conftest: pytest-django reads the settings before any conftest
is loaded. Each run gets servers of its own in a temporary folder, so two runs never meet.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tumorboard.embedded.postgres import EmbeddedPostgres
from tumorboard.embedded.valkey import EmbeddedValkey

os.environ.setdefault("SECRET_KEY", "for-tests-only-" + "0123456789abcdef" * 4)
os.environ.setdefault("HTTPS", "false")  # the live server speaks plain HTTP on loopback
os.environ.setdefault("HASHED_STATIC", "false")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop running
os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:9")  # nobody listens; tests that send bring a sink


def _embedded(server):
    atexit.register(server.stop)
    return server.start()


def _start_missing_servers() -> None:
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        return
    home = Path(tempfile.mkdtemp(prefix="tumorboard-test-"))
    home.chmod(0o755)  # PostgreSQL runs as another user when we are root
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = _embedded(EmbeddedPostgres(home / "postgres", durable=False))
    if "REDIS_URL" not in os.environ:
        os.environ["REDIS_URL"] = _embedded(EmbeddedValkey(home / "valkey"))


def _own_broker_database() -> None:
    """Parallel test processes share one broker: each takes its own numbered database there."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        server = os.environ["REDIS_URL"].rsplit("/", 1)[0]
        os.environ["REDIS_URL"] = f"{server}/{1 + int(worker.removeprefix('gw')) % 15}"


_start_missing_servers()
_own_broker_database()
