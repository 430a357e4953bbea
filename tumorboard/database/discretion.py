"""Does PostgreSQL write rows and statements, with a patient in them, into a log of its own?

As it is delivered it does with each error: the row that broke a rule, and the whole statement. Only the
server's administrator can stop that; here it is asked whenever tables are made.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

# What each may say.
DISCREET = {
    "log_min_error_statement": {"fatal", "panic"},
    "log_error_verbosity": {"terse"},
    "log_statement": {"none", "ddl"},
    "log_min_duration_statement": {"-1"},
    "log_min_duration_sample": {"-1"},
    "log_transaction_sample_rate": {"0"},
}
FOUND = "PostgreSQL writes statements or rows into its log, and with them patients: {}."
HINT = "Start it with -c log_min_error_statement=panic -c log_error_verbosity=terse; see docs/operations.md."
SETTINGS = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"


@register(Tags.database)
def postgres_keeps_to_itself(*, databases: Collection[str] | None = None, **_: Any) -> list[CheckMessage]:
    found = (loud_among(_asked(alias)) for alias in databases or ())
    return [Warning(FOUND.format(", ".join(loud)), hint=HINT, id="tumorboard.W001") for loud in found if loud]


def _asked(alias: str) -> list[tuple[str, str]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(SETTINGS, [list(DISCREET)])
        return cursor.fetchall()


def loud_among(settings: Iterable[tuple[str, str]]) -> list[str]:
    return sorted(f"{name} = {said}" for name, said in settings if said not in DISCREET[name])
