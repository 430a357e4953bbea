"""Does a change of a table let those go first who work with it, and try again until it may?"""

import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
HAS_PAGES = "select 1 from pg_attribute where attrelid = 'late_book'::regclass and attname = 'pages'"


@pytest.fixture
def address():
    """A database of its own, with the table that is changed."""
    server, name = os.environ["DATABASE_URL"].rsplit("/", 1)[0], f"late_{os.getpid()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(f"create database {name}")
        yield f"{server}/{name}"
        admin.execute(f"drop database {name} with (force)")


def migrate(address, *arguments):
    env = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.platform.late.settings"}
    env.pop("DATABASE_OWNER_URL", None)
    command = [sys.executable, "-u", "manage.py", "migrate", "late", *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ended(process, *, well=True) -> str:
    """What it said, once it came to its end."""
    _, said = process.communicate(timeout=90)
    assert (process.returncode == 0) == well, said
    return said


def reads_on_and_on(address, over: Event, waited: list[float]) -> None:
    """What somebody's page does meanwhile, and how long each time took."""
    with psycopg.connect(address, autocommit=True) as reader:
        while not over.wait(0.02):
            began = time.perf_counter()
            reader.execute("select count(*) from late_book")
            waited.append(time.perf_counter() - began)


def test_others_wait_two_seconds_at_most_and_the_change_comes_afterwards(address):
    ended(migrate(address, "0001"))
    waited, over = [], Event()
    somebody = Thread(target=reads_on_and_on, args=[address, over, waited])
    with psycopg.connect(address) as holder:
        holder.execute("lock table late_book in access share mode")  # as a long report would
        somebody.start()

        said = ended(migrate(address, "--tries", "1"), well=False)
        assert "in use at each of 1 tries" in said
        assert holder.execute(HAS_PAGES).fetchone() is None

        patient = migrate(address, "--pause", "0.2")
        assert any("goes first" in line for line in patient.stderr), "it let the others pass"
        holder.rollback()
        ended(patient)
        assert holder.execute(HAS_PAGES).fetchone()
    over.set()
    somebody.join(10)
    assert 1 < max(waited) < 4, "behind the change one waits for as long as it waits itself: 2 s"
