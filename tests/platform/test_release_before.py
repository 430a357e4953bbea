"""Does the release before this one go on working while the tables become those of this one, and after?

Its own code, unpacked from the history, under the app server, on tables that this release changes meanwhile.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.platform.live.served import Web
from tests.platform.release_before import (
    ROOT,
    Load,
    Somebody,
    commit_before,
    plans_meetings,
    reads,
    unpack,
    waits,
    writes_down,
)
from tumorboard.embedded.postgres import EmbeddedPostgres

PASSWORD = "invented-people-only"
# What each of five people does all the time.
WORK = {
    "coordinator": plans_meetings,
    "surgeon": writes_down,
    "chair": reads,
    "oncologist": reads,
    "radiologist": reads,
}
ASKED_BEFORE, ASKED_AFTER = 50, 150  # requests around the change
LONGEST_WAIT = 2.0


@pytest.fixture
def server():
    """Not below pytest's own folder: that is closed to PostgreSQL's user whenever somebody starts a run."""
    with tempfile.TemporaryDirectory(prefix="tumorboard-release-") as home:
        Path(home).chmod(0o755)  # PostgreSQL runs as another user when we are root
        server = EmbeddedPostgres(Path(home) / "postgres", durable=False)
        yield server
        server.stop()


@pytest.fixture
def addresses(server):
    demo = {"DEMO": "true", "DEMO_PASSWORD": PASSWORD, "MAIL_GATHER_SECONDS": "0"}
    return server.addresses(server.start()) | demo


def manage(folder, env, *command):
    run, env = [sys.executable, "manage.py", *command], os.environ | env
    done = subprocess.run(run, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


def prepare(folder, env):
    manage(folder, env, "migrate", "-v0")
    manage(folder, env, "audit_rights")


@pytest.mark.long
def test_it_works_on_tables_that_change_under_it(addresses, tmp_path, capsys):
    older = unpack(commit := commit_before(), tmp_path / "before")
    prepare(older, addresses)
    manage(older, addresses, "demo")
    works_as = {name: said for name, said in addresses.items() if name != "DATABASE_OWNER_URL"}
    web = Web(tmp_path / "before.log", older, **works_as)
    ended, waited = Event(), [0.0]
    looks = Thread(target=lambda: waited.extend(waits(addresses["DATABASE_OWNER_URL"], ended)))
    looks.start()
    try:
        people = [(Somebody(web.port, name, PASSWORD), do) for name, do in WORK.items()]
        with Load(people) as load:
            load.goes_on(ASKED_BEFORE)
            before = load.asked
            prepare(ROOT, addresses)
            meanwhile = load.asked
            load.goes_on(ASKED_AFTER)
    finally:
        ended.set()
        looks.join(10)
        web.stop()

    longest = max(one.longest for one, _ in people)
    with capsys.disabled():
        print(
            f"\n{commit[:8]} under five people: {before} requests before the change, {meanwhile - before} "
            f"during it, {load.asked - meanwhile} after; {len(load.faults)} errors; longest request "
            f"{longest:.2f} s; longest wait for a lock {max(waited):.2f} s"
        )
    assert load.faults == []
    assert min(before, meanwhile - before, load.asked - meanwhile) > 20, "they did work"
    assert max(waited) <= LONGEST_WAIT + 0.1
    assert_this_release_takes_over(tmp_path, works_as)


def assert_this_release_takes_over(tmp_path, env):
    web = Web(tmp_path / "after.log", **env)
    try:
        for name, do in WORK.items():
            do(Somebody(web.port, name, PASSWORD), 900)
    finally:
        web.stop()
