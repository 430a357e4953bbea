"""Which PostgreSQL and which broker do the tests talk to?

A pytest plugin (`-p tests.servers`) and not a conftest: pytest-django reads the settings before any conftest
is loaded. Each run gets servers of its own in a temporary folder, so two runs never meet. The tables are made
once for each state of the migrations and kept under var/; later runs start from a copy.
"""

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from tumorboard.embedded.postgres import EmbeddedPostgres
from tumorboard.embedded.valkey import EmbeddedValkey

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "migrated"

os.environ.setdefault("SECRET_KEY", "for-tests-only-" + "0123456789abcdef" * 4)
os.environ.setdefault("FIELD_KEYS", "for-tests-only-" + "fedcba9876543210" * 4)
os.environ.setdefault("ADMIN", "true")  # tests of the switch set it
os.environ.setdefault("ADMINISTRATORS_NEED_SECOND_FACTOR", "false")  # tests of it set it
os.environ.setdefault("HTTPS", "false")  # the live server speaks plain HTTP on loopback
os.environ.setdefault("HASHED_STATIC", "false")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop running
os.environ.setdefault("MAIL_GATHER_SECONDS", "0")  # tests of gathering set it
os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:9")  # nobody listens; tests that send bring a sink

if "FILES_URL" not in os.environ:
    _files = tempfile.mkdtemp(prefix="tumorboard-files-")
    atexit.register(shutil.rmtree, _files, ignore_errors=True)
    os.environ["FILES_URL"] = f"file://{_files}"  # what tests hand in goes with the run


def _start_missing_servers() -> None:
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        return
    home = Path(tempfile.mkdtemp(prefix="tumorboard-test-"))
    home.chmod(0o755)  # PostgreSQL runs as another user when we are root
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    if "REDIS_URL" not in os.environ:
        valkey = EmbeddedValkey(home / "valkey")
        atexit.register(valkey.stop)
        os.environ["REDIS_URL"] = valkey.start()
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = _postgres_with_tables(home / "postgres")
        os.environ["TEST_TEMPLATE"] = TEMPLATE  # tests/conftest.py hands it to Django


def _postgres_with_tables(home: Path) -> str:
    kept = ROOT / "var" / f"test-tables-{_fingerprint_of_migrations()}"
    if kept.exists():
        _copy(kept, home)
    server = EmbeddedPostgres(home, durable=False)
    atexit.register(server.stop)
    url = server.start()
    if not kept.exists():
        _make_tables(server, url)
        server.stop()
        _keep(home, kept)
        server.start()
    return url


def _fingerprint_of_migrations() -> str:
    digest = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for file in sorted([*ROOT.glob("cases/migrations/*.py"), *ROOT.glob("tumorboard/*/migrations/*.py")]):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _make_tables(server: EmbeddedPostgres, url: str) -> None:
    server.create_database(TEMPLATE)
    env = os.environ | {"DATABASE_URL": url.rsplit("/", 1)[0] + f"/{TEMPLATE}"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, cwd=ROOT, check=True)


def _keep(home: Path, kept: Path) -> None:
    for older in kept.parent.glob("test-tables-*"):
        if older.stat().st_ctime < time.time() - 600:  # nobody is copying it any more
            shutil.rmtree(older, ignore_errors=True)
    kept.parent.mkdir(exist_ok=True)
    half_done = Path(tempfile.mkdtemp(dir=kept.parent))
    _copy(home, half_done / "home")
    with suppress(OSError):  # another run was quicker
        (half_done / "home").rename(kept)
    shutil.rmtree(half_done, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    """With owners and modes: PostgreSQL refuses a data folder that others can read."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def _own_broker_database() -> None:
    """Parallel test processes share one broker: each takes its own numbered database there."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        server = os.environ["REDIS_URL"].rsplit("/", 1)[0]
        os.environ["REDIS_URL"] = f"{server}/{1 + int(worker.removeprefix('gw')) % 15}"


_start_missing_servers()
_own_broker_database()
