"""Do steps that run at once build what they build one by one, and can they be taken back?"""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from tumorboard.migrating import AllAtOnce

pytestmark = pytest.mark.django_db(transaction=True)


def steps():
    """A table that a later step refers to, is added to, and changes."""
    return [
        migrations.CreateModel("Shelf", [("id", models.AutoField(primary_key=True))]),
        migrations.CreateModel(
            "Book", [("id", models.AutoField(primary_key=True)), ("title", models.TextField())]
        ),
        migrations.AddField("Book", "shelf", models.ForeignKey("library.Shelf", models.PROTECT)),
        migrations.AddField("Book", "pages", models.IntegerField(default=1)),
        migrations.AddConstraint(
            "Book", models.CheckConstraint(condition=models.Q(pages__gt=0), name="a_book_has_pages")
        ),
        migrations.AddIndex("Book", models.Index(fields=["title"], name="books_by_title")),
    ]


def later():
    """Changes to a table that is there already."""
    return [
        migrations.RemoveConstraint("Book", "a_book_has_pages"),
        migrations.AddField("Book", "loans", models.IntegerField(null=True)),
        migrations.RemoveField("Book", "pages"),
        migrations.AddConstraint(
            "Book", models.CheckConstraint(condition=models.Q(loans__gte=0), name="loans_are_counted")
        ),
    ]


def run(state, operations):
    for operation in operations:
        after = state.clone()
        operation.state_forwards("library", after)
        with connection.schema_editor(atomic=True) as editor:
            operation.database_forwards("library", editor, state, after)
        state = after
    return state


def back(before, after, operation):
    with connection.schema_editor(atomic=True) as editor:
        operation.database_backwards("library", editor, after, before)


def tables():
    """What the database has of the library: columns, constraints, indexes."""
    with connection.cursor() as cursor:
        found = {}
        for table in ("library_shelf", "library_book"):
            if table not in connection.introspection.table_names(cursor):
                continue
            columns = connection.introspection.get_table_description(cursor, table)
            constraints = connection.introspection.get_constraints(cursor, table)
            found[table] = (
                [(one.name, one.null_ok) for one in columns],
                sorted((tuple(one["columns"]), one["check"], one["index"]) for one in constraints.values()),
            )
        return found


@pytest.fixture(autouse=True)
def _empty():
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS library_book, library_shelf CASCADE")


def test_steps_at_once_build_what_they_build_one_by_one():
    run(ProjectState(), [*steps(), *later()])
    one_by_one = tables()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE library_book, library_shelf CASCADE")

    run(ProjectState(), [AllAtOnce(operations=steps()), AllAtOnce(operations=later())])

    assert one_by_one
    assert tables() == one_by_one


def test_what_was_made_at_once_can_be_taken_back():
    first = AllAtOnce(operations=steps())
    second = AllAtOnce(operations=later())
    made = run(ProjectState(), [first])
    as_made = tables()
    changed = run(made, [second])

    back(made, changed, second)
    taken_back = tables()
    back(ProjectState(), made, first)

    assert {name: sorted(columns) for name, (columns, _) in taken_back.items()} == {
        name: sorted(columns) for name, (columns, _) in as_made.items()
    }
    assert tables() == {}
