"""Is a restored dump the same as what was dumped, triggers and all?"""

import os
import subprocess
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tumorboard.embedded.postgres import installed_binaries

COPY = "restored_from_dump"


def tool(name, *arguments):
    password = urlsplit(os.environ["DATABASE_URL"]).password
    env = {**os.environ, "PGPASSWORD": password}
    done = subprocess.run(
        [installed_binaries() / name, *arguments], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def place():
    address = urlsplit(os.environ["DATABASE_URL"])
    return ["-h", address.hostname, "-p", str(address.port), "-U", address.username]


@pytest.fixture
def empty_copy(place):
    tool("createdb", *place, COPY)
    yield COPY
    tool("dropdb", *place, "--force", COPY)


TABLES = "select tablename from pg_tables where schemaname = 'public' order by 1"
TRIGGERS = "select tgname, tgrelid::regclass::text from pg_trigger where not tgisinternal order by 1, 2"
CONSTRAINTS = "select conname from pg_constraint where connamespace = 'public'::regnamespace order by 1"


def contents(database):
    """How many rows each table has, and which triggers and constraints guard them."""
    server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    with psycopg.connect(f"{server}/{database}") as reader:

        def ask(query):
            return reader.execute(query).fetchall()

        rows = {f"rows of {table}": ask(f'select count(*) from "{table}"')[0][0] for (table,) in ask(TABLES)}
        return rows | {"triggers": ask(TRIGGERS), "constraints": ask(CONSTRAINTS)}


@pytest.mark.django_db(transaction=True)
def test_restore_gives_every_row_rule_and_trigger_back(place, empty_copy, tmp_path, django_user_model):
    django_user_model.objects.create_user(email="ines.duarte@example.org", password="a long enough word")
    original, dump = connection.settings_dict["NAME"], str(tmp_path / "tumorboard.dump")
    tool("pg_dump", *place, "-Fc", "-f", dump, original)
    tool("pg_restore", *place, "-d", empty_copy, "--exit-on-error", "--no-owner", dump)

    before, after = contents(original), contents(empty_copy)
    assert before["rows of accounts_user"] == 1
    assert after == before
