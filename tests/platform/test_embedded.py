"""Do the private servers keep what was written when they, or their launcher, are killed?"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from tumorboard.embedded.ports import is_free, remembered_port
from tumorboard.embedded.postgres import EmbeddedPostgres
from tumorboard.embedded.valkey import EmbeddedValkey

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30
# What this run has set for itself, and a new machine would not have.
INHERITED = {
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "EMAIL_URL",
    "HTTPS",
    "HASHED_STATIC",
    "TEST_TEMPLATE",
}


@pytest.fixture
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("servers with a space")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)  # PostgreSQL runs as another user when we are root
    return folder


@pytest.fixture
def postgres(home):
    server = EmbeddedPostgres(home / "postgres")
    yield server
    server.stop()


@pytest.fixture
def valkey(home):
    server = EmbeddedValkey(home / "valkey")
    yield server
    server.stop()


def wait_until(condition, what):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def ended(pid):
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def kill(server):
    server.process.send_signal(signal.SIGKILL)
    server.process.wait(PATIENCE)


@pytest.mark.faults
def test_postgres_keeps_its_rows_and_address_over_kill_9(postgres):
    address = postgres.start()
    with psycopg.connect(address) as connection:
        connection.execute("create table kept as select 1 as n")
    kill(postgres)
    assert postgres.start() == address
    with psycopg.connect(address) as connection:
        assert connection.execute("select n from kept").fetchall() == [(1,)]


@pytest.mark.faults
def test_valkey_keeps_its_keys_and_address_over_kill_9(valkey):
    address = valkey.start()
    with redis.Redis.from_url(address) as broker:
        broker.set("kept", "1")
    kill(valkey)
    assert valkey.start() == address
    with redis.Redis.from_url(address) as broker:
        assert broker.get("kept") == b"1"


def test_a_second_starter_borrows_the_running_servers(postgres, valkey):
    for server, again in ((postgres, EmbeddedPostgres), (valkey, EmbeddedValkey)):
        address = server.start()
        second = again(server.home)
        assert second.start() == address
        second.stop()
        assert server.process.poll() is None


def test_the_application_is_no_superuser(postgres):
    with psycopg.connect(postgres.start()) as connection:
        found = connection.execute("select rolsuper, rolcreatedb from pg_roles where rolname = current_user")
        assert found.fetchone() == (False, True)


def test_the_application_works_as_a_role_that_owns_nothing(postgres):
    owner = postgres.start()
    addresses = postgres.addresses(owner)
    assert addresses["DATABASE_OWNER_URL"] == owner
    with psycopg.connect(addresses["DATABASE_URL"]) as connection:
        found = connection.execute(
            "select rolsuper, rolcreatedb, rolbypassrls, pg_has_role('app', 'member') from pg_roles"
            " where rolname = current_user"
        )
        assert found.fetchone() == (False, False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("create table another (n int)")


def test_nobody_enters_without_the_password(postgres, valkey):
    user, rest = postgres.start().split("@")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(f"{user.rsplit(':', 1)[0]}:wrong@{rest}")
    valkey.start()
    with (
        redis.Redis(port=int(valkey.port_file.read_text())) as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()


@pytest.mark.faults
def test_servers_end_with_a_killed_launcher(home):
    code = (
        "import sys, time; from tumorboard.embedded.postgres import EmbeddedPostgres as P;"
        "from tumorboard.embedded.valkey import EmbeddedValkey as V;"
        f"p, v = P({str(home / 'p')!r}), V({str(home / 'v')!r}); p.start(); v.start();"
        "print(p.process.pid, v.process.pid, flush=True); time.sleep(600)"
    )
    launcher = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    pids = [int(pid) for pid in launcher.stdout.readline().split()]
    os.kill(launcher.pid, signal.SIGKILL)
    launcher.communicate()
    assert len(pids) == 2
    wait_until(lambda: all(map(ended, pids)), "a server outlived its launcher")


def test_a_port_is_remembered_while_it_is_free(tmp_path):
    file = tmp_path / "port"
    first = remembered_port(file)
    assert remembered_port(file) == first
    import socket

    with socket.socket() as holder:
        holder.bind(("127.0.0.1", first))
        holder.listen()
        assert is_free(first) == 0
        assert remembered_port(file) != first


def test_one_command_on_a_fresh_copy_finds_tables_and_people(home):
    """`./dev manage X` on a new machine; what X prints stays alone on standard output."""
    copy = home / "a copy"
    ignored = shutil.ignore_patterns("__pycache__", "var", ".venv", ".git", "docs", "tests", "staticfiles")
    shutil.copytree(ROOT, copy, ignore=ignored)
    env = {name: value for name, value in os.environ.items() if name not in INHERITED}
    sample = copy / "cases/exchange/samples/hcc-survival.csv"
    command = ["import_cases", str(sample), "--profile", "hcc-survival", "--json"]

    def manage():
        run = [sys.executable, "-m", "tumorboard.embedded.manage", *command]
        return subprocess.run(run, cwd=copy, env=env, capture_output=True, text=True, check=False)

    first, second = manage(), manage()

    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["to_create"] == 110
    assert json.loads(second.stdout)["to_create"] == 0
