"""Does PostgreSQL's own log tell of the patient when one of our statements fails?"""

import threading

import psycopg
import pytest
from django.core.checks import Tags, run_checks
from django.db import connections
from psycopg import errors

from tests.canary import marks
from tumorboard.database.discretion import DISCREET, FOUND, SETTINGS, loud_among
from tumorboard.embedded.postgres import EmbeddedPostgres

TABLE = """
    CREATE TABLE person (name text PRIMARY KEY, number text CHECK (number <> ''), born date NOT NULL);
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'this is frozen' USING DETAIL = NEW.name; END $$;
    CREATE TRIGGER frozen BEFORE UPDATE ON person FOR EACH ROW WHEN (NEW.number = 'frozen')
        EXECUTE FUNCTION refuse();
    INSERT INTO person VALUES ('Somebody', '1', '1960-01-01')
"""
INSERT = "INSERT INTO person (name, number, born) VALUES (%s, %s, %s)"
PATIENT = (marks.FAMILY, marks.RECORD, marks.BORN)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("discreet")
    home.parent.chmod(0o755)  # PostgreSQL runs as another user when we are root
    home.chmod(0o755)
    server = EmbeddedPostgres(home, durable=False)
    server.url = server.start()
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(TABLE)
        connection.execute(INSERT, PATIENT)
    yield server
    server.stop()


@pytest.fixture
def written(server):
    """What the log says since the test began."""
    before = server.log.stat().st_size
    return lambda: server.log.read_bytes()[before:]


def client_side(server, **more):
    """As Django sends it: the values stand in the statement."""
    return psycopg.connect(server.url, autocommit=True, cursor_factory=psycopg.ClientCursor, **more)


FAULTS = {
    "twice": (errors.UniqueViolation, INSERT, PATIENT),
    "against a rule": (errors.CheckViolation, INSERT, (marks.FAMILY + " II", "", marks.BORN)),
    "incomplete": (errors.NotNullViolation, INSERT, (marks.FAMILY + " III", marks.RECORD, None)),
    "refused by a trigger": (
        errors.RaiseException,
        "UPDATE person SET number = 'frozen' WHERE name = %s",
        (marks.FAMILY,),
    ),
    "too slow": (errors.QueryCanceled, "SELECT pg_sleep(9), %s", (marks.FAMILY,)),
    "wrong": (errors.UndefinedColumn, "SELECT nothing FROM person WHERE name = %s", (marks.FAMILY,)),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_fails_is_told_without_row_and_statement(server, written, fault):
    error, statement, values = FAULTS[fault]
    with (
        client_side(server, options="-c statement_timeout=200") as connection,
        pytest.raises(error) as told,
    ):
        connection.execute(statement, values)

    assert b"ERROR:" in written(), "it is told that something failed"
    assert marks.found(written()) == []
    assert marks.found(f"{told.value} {told.value.diag.message_detail} {statement % values}")


def test_a_deadlock_is_told_without_statements(server, written):
    both = threading.Barrier(2, timeout=10)
    ended: list[str] = []

    def change(first: str, second: str) -> None:
        update = "UPDATE person SET born = %s WHERE name = %s"
        with client_side(server) as connection, connection.transaction():
            connection.execute(update, (marks.BORN, first))
            both.wait()
            try:
                connection.execute(update, (marks.BORN, second))
            except errors.DeadlockDetected:
                ended.append(first)
                raise psycopg.Rollback from None

    names = (marks.FAMILY, "Somebody")
    two = [threading.Thread(target=change, args=order) for order in (names, names[::-1])]
    for one in two:
        one.start()
    for one in two:
        one.join(20)

    assert len(ended) == 1
    assert b"deadlock detected" in written()
    assert marks.found(written()) == []


def test_as_it_is_delivered_it_does_tell(server, written):
    """Otherwise there would be nothing to find above."""
    with server._administer() as connection:
        connection.execute("SET log_min_error_statement = error")
        connection.execute("SET log_error_verbosity = default")
        connection.execute(TABLE.partition(";")[0])
        connection.execute(INSERT, PATIENT)
        with pytest.raises(errors.UniqueViolation):
            psycopg.ClientCursor(connection).execute(INSERT, PATIENT)

    assert marks.found(written()) == ["family name", "record number", "birth date"]


def test_a_server_that_tells_is_pointed_out_whenever_tables_are_made(server):
    with server._administer() as connection:
        quiet = connection.execute(SETTINGS, [list(DISCREET)]).fetchall()
        connection.execute("SET log_min_error_statement = error")
        connection.execute("SET log_min_duration_statement = 100")
        loud = connection.execute(SETTINGS, [list(DISCREET)]).fetchall()

    assert loud_among(quiet) == []
    assert loud_among(loud) == ["log_min_duration_statement = 100", "log_min_error_statement = error"]


@pytest.mark.django_db
def test_it_is_asked_with_the_checks_of_a_database():
    told = [one.msg for one in run_checks(tags=[Tags.database], databases=["default"])]
    with connections["default"].cursor() as cursor:
        cursor.execute(SETTINGS, [list(DISCREET)])
        loud = loud_among(cursor.fetchall())

    assert [one for one in told if "PostgreSQL writes" in one] == (
        [FOUND.format(", ".join(loud))] if loud else []
    )
