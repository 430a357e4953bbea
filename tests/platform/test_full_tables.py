"""Do the parts of a migration that work with rows leave those alone who work with the same rows?"""

import psycopg
import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from tests.together import begins_meanwhile
from tumorboard.migrating import IndexConcurrently, in_batches

pytestmark = pytest.mark.django_db(transaction=True)

BOOK = migrations.CreateModel(
    "Book", [("id", models.AutoField(primary_key=True)), ("pages", models.IntegerField(null=True))]
)
INDEX = IndexConcurrently("Book", models.Index(fields=["pages"], name="books_by_pages"))


def run(operation, before, *, atomic=False):
    after = before.clone()
    operation.state_forwards("library", after)
    with connection.schema_editor(atomic=atomic) as editor:
        operation.database_forwards("library", editor, before, after)
    return after


@pytest.fixture
def state():
    """A table with 25 rows that have no value yet."""
    made = run(BOOK, ProjectState(), atomic=True)
    ask("INSERT INTO library_book (pages) SELECT NULL FROM generate_series(1, 25)")
    yield made
    ask("DROP TABLE library_book")


def ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def books(state):
    return state.apps.get_model("library", "Book").objects


def number(rows):
    rows.update(pages=models.F("id") * 10)


# -- rows get their value ---------------------------------------------------------------------------------


def test_rows_are_filled_a_few_at_a_time(state):
    assert list(in_batches(books(state).filter(pages=None), number, size=10)) == [10, 10, 5]
    assert ask("SELECT count(*) FROM library_book WHERE pages = id * 10") == [(25,)]


def test_each_few_are_kept_at_once_and_it_goes_on_where_it_was_stopped(state):
    todo = books(state).filter(pages=None)
    filling = in_batches(todo, number, size=10)
    next(filling)
    filling.close()
    with psycopg.connect(**where()) as elsewhere:
        [(filled,)] = elsewhere.execute("SELECT count(*) FROM library_book WHERE pages > 0").fetchall()
    assert filled == 10
    ask("INSERT INTO library_book (pages) VALUES (NULL)")
    assert list(in_batches(todo, number, size=10)) == [10, 6], "and a row that came meanwhile"


def test_what_changes_nothing_does_not_run_for_ever(state):
    with pytest.raises(RuntimeError, match="found again"):
        list(in_batches(books(state).all(), number, size=10))


def where():
    known = connection.get_connection_params()
    return {key: known[key] for key in ("host", "port", "user", "password", "dbname")}


# -- an index while others write --------------------------------------------------------------------------


def is_valid():
    return ask("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('books_by_pages')")


def test_nobody_waits_for_an_index_that_waits_for_somebody(state):
    """Somebody is in the middle of a change; the index waits for them, longer than `lock_timeout` lets."""
    ask("SET lock_timeout = '100ms'")
    with psycopg.connect(**where()) as writer:
        writer.execute("UPDATE library_book SET pages = 1 WHERE id = 1")
        building = begins_meanwhile(lambda: patiently(state))
        with psycopg.connect(**where(), autocommit=True) as other:
            other.execute("SET lock_timeout = '100ms'")
            other.execute("UPDATE library_book SET pages = 2 WHERE id = 2")
        building.join(0.5)
        assert building.is_alive(), "longer than the tenth of a second that it would have for a lock"
        writer.rollback()
    building.join(20)
    assert is_valid() == [(True,)]
    ask("RESET lock_timeout")


def patiently(state):
    ask("SET lock_timeout = '100ms'")
    run(INDEX, state)


def test_what_a_stopped_try_has_left_behind_is_no_hindrance(state):
    ask("INSERT INTO library_book (pages) VALUES (7), (7)")
    with pytest.raises(psycopg.errors.UniqueViolation), psycopg.connect(**where(), autocommit=True) as other:
        other.execute("CREATE UNIQUE INDEX CONCURRENTLY books_by_pages ON library_book (pages)")
    assert is_valid() == [(False,)]

    ask("SET lock_timeout = '1234ms'")
    run(INDEX, state)

    assert is_valid() == [(True,)]
    assert ask("SHOW lock_timeout") == [("1234ms",)], "as it was"
    ask("RESET lock_timeout")
