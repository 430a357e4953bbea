"""How is a question that every page asks put into SQL once, and not on every page?

Django writes a question anew each time that it is asked; for one of several joined parts that takes longer
than PostgreSQL takes to answer. `Kept` writes it for stand-ins of the values, keeps the SQL for the life of
the process, and asks it with the values of the day. For one that is asked seldom the usual way is plainer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

Value = int | str | UUID | datetime
Shape = tuple[tuple[str, type, int | None], ...]
# No row has such a key, no text such a character, and no meeting is held in the year 1.
STAND_INS: dict[type, Callable[[int], Value]] = {
    int: lambda number: 2**62 + number,
    str: lambda number: f"\x01{number}\x01",
    UUID: lambda number: UUID(int=number + 1),
    datetime: lambda number: datetime(1, 1, 2, tzinfo=UTC) + timedelta(days=number),
}


class Kept:
    """`build` makes the question from named values, or lists of them; it may ask nothing else of them."""

    def __init__(self, build: Callable[..., QuerySet]):
        self._build = build
        self._written: dict[Shape, _Written] = {}

    def rows(self, **values: Value | Sequence[Value]) -> list[tuple]:
        shape = tuple(_shape(name, value) for name, value in values.items())
        if shape not in self._written:
            self._written[shape] = self._write(shape)
        written = self._written[shape]
        given = dict(zip(_stand_ins(shape), _flat(values), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(written.sql, [given.get(one, one) for one in written.parameters])
            return written.read(cursor.fetchall())

    def _write(self, shape: Shape) -> "_Written":
        flat = iter(_stand_ins(shape))
        taken = {
            name: next(flat) if length is None else [next(flat) for _ in range(length)]
            for name, _, length in shape
        }
        compiler = self._build(**taken).query.get_compiler(connection.alias)
        sql, parameters = compiler.as_sql()
        if lost := set(_stand_ins(shape)) - set(parameters):
            raise ValueError(f"{self._build.__name__} changes {len(lost)} of its values, or asks for none.")
        if any(isinstance(one, date) for one in set(parameters) - set(_stand_ins(shape))):
            raise ValueError(f"{self._build.__name__} would keep today’s date: give it the time as a value.")
        return _Written(sql, list(parameters), compiler)


@dataclass(frozen=True)
class _Written:
    sql: str
    parameters: list[Any]
    compiler: Any

    def read(self, rows: list[tuple]) -> list[tuple]:
        """As Django would read them, such as JSON."""
        converters = self.compiler.get_converters([column for column, _, _ in self.compiler.select])
        return [tuple(row) for row in self.compiler.apply_converters(rows, converters)]


def _shape(name: str, value: Value | Sequence[Value]) -> tuple[str, type, int | None]:
    if isinstance(value, list | tuple):
        return name, type(value[0]) if value else int, len(value)
    return name, type(value), None


def _stand_ins(shape: Shape) -> list[Value]:
    kinds = [kind for _, kind, length in shape for _ in range(1 if length is None else length)]
    return [STAND_INS[kind](number) for number, kind in enumerate(kinds)]


def _flat(values: dict[str, Any]) -> list[Value]:
    lists = [value if isinstance(value, list | tuple) else [value] for value in values.values()]
    return [one for several in lists for one in several]
