"""How does a migration of hundreds of steps run in seconds?

Django renders every model anew after each step. Steps that only build the schema need the models once before
and once after; this operation runs them so. What it does to the database and to the state is what the steps
do. Steps that move data belong outside it.
"""

from collections.abc import Iterator, Sequence

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
