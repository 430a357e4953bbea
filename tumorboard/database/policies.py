"""How does PostgreSQL itself keep rows from those who may not see them?

The rule stands on one table, the root; every table that hangs on it asks whether the row above is seen, and
so comes to the same answer. The owner of the tables is not bound by it: `migrate` and the tests see all rows,
and the application must connect as another role.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

SYSTEM = "(SELECT speaks_system())"
# What somebody may read for a while only is not written by them, in whichever table.
READ_ONLY = "(SELECT rows_read_only())::uuid[]"


def paths(models: Iterable, root) -> dict[type, tuple]:
    """Each model that hangs on the root, and the foreign keys that lead there: the shortest of the ways
    that are never empty."""
    models = [model for model in models if model._meta.managed and not model._meta.proxy]
    found: dict[type, tuple] = {root: ()}
    while True:
        longer = {}
        for model in models:
            ways = [(key, *found[key.related_model]) for key in _keys(model) if key.related_model in found]
            if model not in found and ways:
                longer[model] = min(ways, key=lambda way: (len(way), way[0].name != "case", way[0].name))
        if not longer:
            return {model: way for model, way in found.items() if way}
        found |= longer


def _keys(model) -> Iterator:
    for field in model._meta.concrete_fields:
        if (field.many_to_one or field.one_to_one) and not field.null:
            yield field


def protect(table: str, *, seen: str, written: str = "") -> list[str]:
    """The statements for one table. `written` holds in addition for whoever changes a row."""
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY who_sees ON {table} USING ({SYSTEM} OR {seen})",
    ]
    if written:
        rule = f"{SYSTEM} OR {written}"
        statements += [
            f"CREATE POLICY who_adds ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({rule})",
            f"CREATE POLICY who_changes ON {table} AS RESTRICTIVE FOR UPDATE USING ({rule})",
            f"CREATE POLICY who_removes ON {table} AS RESTRICTIVE FOR DELETE USING ({rule})",
        ]
    return statements


def protect_below(model, way: tuple) -> list[str]:
    """For a table that hangs on the root by these foreign keys.

    Further down a function asks for the row above. It is planned once a session; a condition within a
    condition would be planned anew with each statement, for every time that the statement names the table.
    """
    table, first = model._meta.db_table, way[0]
    above, key, value = (
        first.related_model._meta.db_table,
        first.target_field.column,
        f"{table}.{first.column}",
    )
    deep = len(way) > 1
    seen = f"sees_{above}({value})" if deep else exists(above, key, value)
    written = f"{_root_of(table, way)} <> ALL({READ_ONLY})"
    return [*([_asks_above(first)] if deep else []), *protect(table, seen=seen, written=written)]


def guard_past(table: str, models: Iterable) -> list[str]:
    """For a table that keeps what other rows were (`table_name`, `row_key`): seen by whoever sees the row.

    One function knows all guarded tables, so that a session plans each question once. The past of a row that
    is gone is the system's alone, and what is not known here is not shown: a new table goes through here too.
    """
    asked = "\n".join(
        f"WHEN '{model._meta.db_table}' THEN RETURN EXISTS (SELECT 1 FROM {model._meta.db_table} row_now"  # noqa: S608
        f" WHERE row_now.{model._meta.pk.column} = key::{_kind(model._meta.pk)});"
        for model in sorted(models, key=lambda model: model._meta.db_table)
    )
    unknown = "NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = told AND relrowsecurity)"
    return [
        "CREATE OR REPLACE FUNCTION sees_past(told text, key text) RETURNS boolean LANGUAGE plpgsql STABLE AS"
        f" $$ BEGIN CASE told\n{asked}\nELSE RETURN {unknown}; END CASE; END $$",
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS who_sees ON {table}",
        f"CREATE POLICY who_sees ON {table} FOR SELECT USING ({SYSTEM} OR sees_past(table_name, row_key))",
        f"DROP POLICY IF EXISTS all_add ON {table}",
        f"CREATE POLICY all_add ON {table} FOR INSERT WITH CHECK (true)",
    ]


def _kind(key) -> str:
    while key.is_relation:  # a row that shares its key with the row above it
        key = key.target_field
    return "uuid" if key.get_internal_type() == "UUIDField" else "bigint"


def _asks_above(field) -> str:
    above, kind = field.related_model._meta.db_table, _kind(field.target_field)
    found = exists(above, field.target_field.column, "key_above")
    return (
        f"CREATE OR REPLACE FUNCTION sees_{above}(key_above {kind}) RETURNS boolean LANGUAGE plpgsql STABLE"
        f" AS $$ BEGIN RETURN {found}; END $$"
    )


def exists(above: str, key: str, value: str) -> str:
    """Names of our own models only, never what somebody typed."""
    return f"EXISTS (SELECT 1 FROM {above} above WHERE above.{key} = {value})"  # noqa: S608


def _root_of(table: str, way: tuple) -> str:
    """The root's key, from a row of this table."""
    value = f"{table}.{way[0].column}"
    for depth, (lower, upper) in enumerate(pairwise(way)):
        above, up = upper.model._meta.db_table, f"up{depth}"
        where = f"{up}.{lower.target_field.column} = {value}"
        value = f"(SELECT {up}.{upper.column} FROM {above} {up} WHERE {where})"  # noqa: S608
    return value


def unprotect(table: str) -> list[str]:
    names = ("who_sees", "who_adds", "who_changes", "who_removes")
    dropped = [f"DROP POLICY IF EXISTS {name} ON {table}" for name in names]
    off = [f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY", f"DROP FUNCTION IF EXISTS sees_{table} CASCADE"]
    return [*dropped, *off]
