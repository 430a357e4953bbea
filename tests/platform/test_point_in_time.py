"""Do the commands of docs/operations.md bring the database back to a moment between two mistakes?

A base backup, every finished piece of the write-ahead log copied away, a row written, a table emptied, the
machine lost. What is started from the copies is as it was after the row and before the emptying.
"""

import os
import shutil
import signal
import time

import psycopg
import pytest

from tests.platform.backed_up import a_place_for_servers
from tumorboard.embedded.postgres import EmbeddedPostgres

PATIENCE = 60


@pytest.fixture
def place():
    with a_place_for_servers() as folder:
        yield folder


@pytest.fixture
def servers(place):
    lost, found = EmbeddedPostgres(place / "lost"), EmbeddedPostgres(place / "found")
    yield lost, found
    lost.stop()
    found.stop()


def owned(folder, server):
    folder.mkdir(exist_ok=True)
    if server.owner:
        os.chown(folder, server.owner["user"], server.owner["group"])
    return folder


def until(true, what):
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def archives_to(server, log) -> None:
    server.start()
    with server._administer() as superuser:
        superuser.execute("alter system set archive_mode = on")
        copied = f"test ! -f {log}/%f && cp %p {log}/.%f && sync {log}/.%f && mv {log}/.%f {log}/%f"
        superuser.execute(f"alter system set archive_command = '{copied}'")
        superuser.execute("alter system set archive_timeout = '60s'")
    server.stop()


def base_backup(server, folder) -> None:
    password = server.password_file.read_text()
    address = f"postgresql://postgres:{password}@127.0.0.1:{server.running_port()}/"
    done = server._run(
        "pg_basebackup", "-d", address, "-D", folder, "--checkpoint=fast", "--wal-method=stream"
    )
    assert done.returncode == 0, done.stderr
    checked = server._run("pg_verifybackup", folder)
    assert checked.returncode == 0, checked.stderr


def recover(server, base, log, moment: str) -> None:
    """As in docs/operations.md; then it is started like any other."""
    shutil.copytree(base, server.data)
    if server.owner:
        for path in (server.data, *server.data.rglob("*")):
            os.chown(path, server.owner["user"], server.owner["group"])
    server.data.chmod(0o700)
    with (server.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(
            f"archive_mode = off\nrestore_command = 'cp {log}/%f %p'\nrecovery_target_time = '{moment}'\n"
            "recovery_target_action = 'promote'\nhot_standby = off\n"
        )
    (server.data / "recovery.signal").touch()


@pytest.mark.long
def test_the_moment_between_a_row_and_an_emptied_table_comes_back(place, servers):
    lost, found = servers
    log, base = owned(place / "log", lost), owned(place / "base", lost)
    archives_to(lost, log)
    with psycopg.connect(lost.start(), autocommit=True) as owner:
        owner.execute("create table signed (words text)")
        owner.execute("insert into signed values ('before the base backup')")
        base_backup(lost, base / "monday")
        owner.execute("insert into signed values ('after it')")
        moment = owner.execute("select clock_timestamp()::text").fetchone()[0]
        owner.execute("truncate signed")
        owner.execute("insert into signed values ('after the mistake')")
        written = "select pg_walfile_name(pg_current_wal_lsn())"
    with lost._administer() as superuser:
        last = superuser.execute(written).fetchone()[0]
        superuser.execute("select pg_switch_wal()")
    until((log / last).exists, "the last piece of the log was not copied away")
    lost.process.send_signal(signal.SIGKILL)
    lost.process.wait(PATIENCE)

    shutil.copy(lost.password_file, found.password_file)
    recover(found, base / "monday", log, moment)
    shutil.rmtree(lost.data)
    with psycopg.connect(found.start(PATIENCE), autocommit=True) as owner:
        rows = [words for (words,) in owner.execute("select words from signed order by words desc")]
        assert rows == ["before the base backup", "after it"]
        owner.execute("insert into signed values ('work goes on')")
