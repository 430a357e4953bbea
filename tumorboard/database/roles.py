"""Which role does the application connect as, and what can it not do?

It owns no table, so that it can neither change one nor switch off what guards its rows; it makes nothing, and
no row is shown to it that its person may not see. `audit_rights` makes the role where it is not there yet.
"""

from psycopg import sql

KNOWN = "SELECT 1 FROM pg_roles WHERE rolname = %s"
MAKE = "CREATE ROLE {role} LOGIN PASSWORD {password}"
# For whoever connects as this role by other ways than ours, too. Milliseconds.
LIMITS = {"statement_timeout": 15_000, "lock_timeout": 5_000, "idle_in_transaction_session_timeout": 30_000}
TOO_MUCH = """
SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb
    OR has_schema_privilege(rolname, 'public', 'CREATE')
    OR EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid)
    OR (SELECT pg_has_role(pg_roles.oid, datdba, 'MEMBER')
          FROM pg_database WHERE datname = current_database())
  FROM pg_roles WHERE rolname = %s
"""


def make(cursor, *, role: str, password: str) -> bool:
    """Unless it is there; whether it was made."""
    cursor.execute(KNOWN, [role])
    if cursor.fetchone():
        return False
    cursor.execute(sql.SQL(MAKE).format(role=sql.Identifier(role), password=sql.Literal(password)))
    for name, limit in LIMITS.items():
        statement = "ALTER ROLE {role} SET {name} = {limit}"
        cursor.execute(
            sql.SQL(statement).format(
                role=sql.Identifier(role), name=sql.Identifier(name), limit=sql.Literal(limit)
            )
        )
    return True


def may_too_much(cursor, role: str) -> bool:
    """Whether row-level security, or the trail, could be passed by with this role."""
    cursor.execute(TOO_MUCH, [role])
    return cursor.fetchone() == (True,)
