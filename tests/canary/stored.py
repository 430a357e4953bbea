"""In which tables does the marked patient stand?"""

from collections.abc import Iterable, Iterator

from django.contrib.sessions.models import Session
from django.db import connection
from psycopg import sql

from tests.canary import marks

TABLES = """
    SELECT relname FROM pg_class JOIN pg_namespace space ON space.oid = relnamespace
    WHERE nspname = current_schema() AND relkind IN ('r', 'p') ORDER BY relname
"""
WRITTEN = (
    "SELECT relname, n_tup_ins + n_tup_upd FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd > 0"
)
ROWS = sql.SQL("SELECT one::text FROM {} one")
PACKED = {"django_session"}


def every_table() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return [name for (name,) in cursor.fetchall()]


def written() -> set[tuple[str, int]]:
    """How often each table was written to in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return set(cursor.fetchall())


def telling(tables: Iterable[str]) -> dict[str, list[str]]:
    """Those of them that name the patient, and by what."""
    found = {table: marks.found("\n".join(rows_of(table))) for table in tables}
    return {table: named for table, named in found.items() if named}


def rows_of(table: str) -> Iterator[str]:
    """As text; bytes are hexadecimal then, and found so."""
    if table in PACKED:
        yield from (str(session.get_decoded()) for session in Session.objects.all())
        return
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(sql.Identifier(table)))
        yield from (row for (row,) in cursor.fetchall())
