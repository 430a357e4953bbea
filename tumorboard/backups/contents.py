"""What does this database hold, and what guards it? Asked before a backup and after it was brought back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

# Of no use to anybody later: who is signed in, and counts of tries. A stolen backup opens no session, and
# nobody who was signed out since is signed in again.
LEFT_OUT = ("django_session", "usersessions_usersession", "platform_cache")
# The one table whose rows have bytes in the store.
FILES = "cases_casefile"

OF_THE_SCHEMA = "= 'public'::regnamespace"
OF_AN_EXTENSION = "exists (select from pg_depend where objid = {} and deptype = 'e')"
TABLES = f"""
    select relname from pg_class where relnamespace {OF_THE_SCHEMA} and relkind in ('r', 'p') order by 1
"""  # noqa: S608  our own words only, here and below
GUARDS = f"""
    select 'constraint ' || conrelid::regclass || '.' || conname
            || case when convalidated then '' else ' (of new rows)' end
        from pg_constraint where connamespace {OF_THE_SCHEMA} and conrelid <> 0
    union all select 'trigger ' || tgrelid::regclass || '.' || tgname || ' ' || tgenabled::text
        from pg_trigger where not tgisinternal
    union all select 'policy ' || polrelid::regclass || '.' || polname from pg_policy
    union all select 'row security of ' || relname
        from pg_class where relnamespace {OF_THE_SCHEMA} and relrowsecurity
    union all select 'index ' || indexrelid::regclass || case when indisvalid then '' else ' (invalid)' end
        from pg_index join pg_class on pg_class.oid = indexrelid where relnamespace {OF_THE_SCHEMA}
    union all select 'column ' || oid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod)
        from pg_attribute join pg_class on oid = attrelid
        where relnamespace {OF_THE_SCHEMA} and relkind in ('r', 'p') and attnum > 0 and not attisdropped
    union all select 'function ' || oid::regprocedure
            || case when has_function_privilege('public', oid, 'execute') then '' else ' (closed)' end
        from pg_proc where pronamespace {OF_THE_SCHEMA} and not {OF_AN_EXTENSION.format("oid")}
    union all select 'extension ' || extname from pg_extension
    order by 1
"""  # noqa: S608
CLOSED = f"""
    select oid::regprocedure::text from pg_proc where pronamespace {OF_THE_SCHEMA}
        and not has_function_privilege('public', oid, 'execute')
        and not {OF_AN_EXTENSION.format("oid")}
"""  # noqa: S608
# Nothing but what a new database comes with.
IS_EMPTY = f"""
    select not exists (
        select from pg_class where relnamespace {OF_THE_SCHEMA} and not {OF_AN_EXTENSION.format("oid")}
    )
"""  # noqa: S608


@contextmanager
def one_moment() -> Iterator[str]:
    """Everything asked inside sees the database as it is now; so does pg_dump, which is given this name."""
    connection.close()  # what a page allows a statement does not hold here
    connection.ensure_connection()
    connection.set_autocommit(False)
    try:
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            cursor.execute("set local statement_timeout = 0")
            cursor.execute("set local idle_in_transaction_session_timeout = 0")
            cursor.execute("select pg_export_snapshot()")
            [name] = cursor.fetchone()
        yield name
    finally:
        connection.rollback()
        connection.set_autocommit(True)


def told() -> dict[str, Any]:
    return {"migrations": migrations(), "rows": rows(), "guards": _column(GUARDS), "closed": _column(CLOSED)}


def migrations() -> list[str]:
    return sorted(".".join(key) for key in MigrationLoader(connection).applied_migrations)


def known_to_the_code() -> set[str]:
    return {".".join(key) for key in MigrationLoader(connection).disk_migrations or {}}


def guards() -> list[str]:
    return _column(GUARDS)


def rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in _column(TABLES):
            if table not in LEFT_OUT:
                cursor.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table)))
                [found[table]] = cursor.fetchone()
        return found


def files() -> Iterator[tuple[int, str, str]]:
    """The key of each row that has a file, under which name it lies, and its digest."""
    with connection.connection.cursor(name="files_to_be_kept") as cursor:  # on the server: of any number
        cursor.execute(f"select id, stored_as, sha256 from {FILES} order by id")  # noqa: S608
        yield from cursor


def how_many_files() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*), coalesce(sum(size), 0)::bigint from {FILES}")  # noqa: S608
        return cursor.fetchone()


def is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(IS_EMPTY)
        return cursor.fetchone() == (True,)


def close_to_everybody(functions: list[str]) -> None:
    """Rights are not part of a backup, since roles differ; what nobody may call is closed again."""
    with connection.cursor() as cursor:
        for one in functions:
            cursor.execute("select %s::regprocedure::text", [one])  # nothing else may stand in the statement
            [name] = cursor.fetchone()
            cursor.execute(f"revoke execute on function {name} from public")


def _column(query: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [value for (value,) in cursor.fetchall()]
