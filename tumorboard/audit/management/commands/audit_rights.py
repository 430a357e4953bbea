"""How is the application kept from altering its own trail?

The triggers refuse a change, but the owner of a table can drop its triggers. So a hospital runs `migrate` and
this command as the owner, and the application as another role that may do no more than this grants. The
links are written by a function that acts as the owner: the application only reads them.
"""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from psycopg import sql

from tumorboard.audit.models import AuditEvent, ChainEntry, Link, RowChange
from tumorboard.database import roles

RIGHTS = """
grant usage on schema public to {role};
grant select, insert, update, delete on all tables in schema public to {role};
grant usage, select on all sequences in schema public to {role};
revoke truncate, references, trigger on all tables in schema public from {role};
revoke update, delete on {kept} from {role};
revoke insert on {written_by_the_database} from {role};
revoke insert, update, delete on django_migrations from {role};
revoke execute on function audit_tie(bigint, bigint, text) from public;
"""
TOO_MUCH = "{role} owns tables, may make some, or is not bound by row-level security: use another role.\n"


class Command(BaseCommand):
    help = "Give a database role what the application needs; of the trail, reading and adding only."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "role", nargs="?", help="As which web, worker and beat connect; otherwise that of DATABASE_URL."
        )

    @transaction.atomic
    def handle(self, *, role: str | None, **options) -> None:
        known = settings.DATABASE_ROLE
        role = role or known["name"]
        with connection.cursor() as cursor:
            if role == known["name"]:
                roles.make(cursor, role=role, password=known["password"])
            cursor.execute(
                sql.SQL(RIGHTS).format(
                    role=sql.Identifier(role),
                    kept=tables(AuditEvent, RowChange, ChainEntry, Link),
                    written_by_the_database=tables(Link),
                )
            )
            if roles.may_too_much(cursor, role):
                self.stderr.write(TOO_MUCH.format(role=role))
        self.stdout.write(f"{role} may add to the trail and read it, and alter nothing of it.")


def tables(*models) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(model._meta.db_table) for model in models)
