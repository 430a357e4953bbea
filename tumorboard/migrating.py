"""How does a migration of hundreds of steps run in seconds, and one of a full table without a halt?

Django renders every model anew after each step. Steps that only build the schema need the models once before
and once after; `AllAtOnce` runs them so. What it does to the database and to the state is what the steps do.
Steps that move data belong outside it. The rest is for tables that people work with: docs/migrations.md.
"""

from collections.abc import Callable, Iterator, Sequence

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import models, transaction
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation


class AllAtOnce(Operation):
    def __init__(self, operations: Sequence[Operation]):
        self.operations = operations

    def deconstruct(self):
        return type(self).__name__, [], {"operations": self.operations}

    def describe(self):
        return f"{len(self.operations)} steps at once"

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # else each step would render them anew
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self._schema_steps():
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(list(self._schema_steps())):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def _schema_steps(self) -> Iterator[Operation]:
        """A table is made as it is in the end: what is added to it afterwards is there already."""
        created = {one.name_lower for one in self.operations if isinstance(one, CreateModel)}
        for operation in self.operations:
            adds_to = ""
            if isinstance(operation, AddField | AddConstraint | AddIndex):
                adds_to = operation.model_name.lower()
            if adds_to not in created:
                yield operation


class IndexConcurrently(AddIndexConcurrently):
    """An index that is built while others write; in a migration with `atomic = False`.

    It waits for those who began before it as long as they need: nobody waits behind it. What a try that was
    stopped has left behind is an index that is kept up and never used, so it goes first.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        name = schema_editor.quote_name(self.index.name)
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            [patience] = cursor.fetchone()
        if self._was_left_half_done(schema_editor):
            schema_editor.execute(f"DROP INDEX CONCURRENTLY {name}")
        schema_editor.execute("SET lock_timeout = 0")
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        finally:
            schema_editor.execute("SELECT set_config('lock_timeout', %s, false)", [patience])

    def _was_left_half_done(self, schema_editor) -> bool:
        invalid = (
            "SELECT 1 FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
            " WHERE relname = %s AND NOT indisvalid"
        )
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(invalid, [self.index.name])
            return cursor.fetchone() is not None


def in_batches(
    todo: models.QuerySet, fill: Callable[[models.QuerySet], object], *, size: int = 1000
) -> Iterator[int]:
    """Fill the rows of `todo` in short transactions; yields how many each had.

    What is filled is no longer in `todo`, so it goes on where it was stopped, and rows that somebody adds
    meanwhile are found too. A row that somebody is changing is taken when they are done.
    """
    rows = todo.model._base_manager.using(todo.db)
    before: list = []
    while True:
        with transaction.atomic(using=todo.db):
            keys = list(
                todo.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)[:size]
            )
            if not keys:
                return
            if keys == before:
                raise RuntimeError("What was filled is found again: `todo` must leave it out.")
            fill(rows.filter(pk__in=keys))
        before = keys
        yield len(keys)
