"""Would a migration hold up those who work, or break the release that still runs beside it?

Looks at the SQL of every migration that is newer than those named as shipped in `accepted_migrations.toml`.
What it finds there is mended, or accepted in that file with a reason. See docs/migrations.md.
"""

import logging
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django_migration_linter.sql_analyser import PostgresqlAnalyser, analyse_sql_statements
from django_migration_linter.sql_analyser.base import Check, CheckMode, CheckType

ROOT = Path(__file__).resolve().parent.parent
ACCEPTED = Path(__file__).with_name("accepted_migrations.toml")
OURS = ("cases.", "tumorboard.")

MADE = re.compile(r'CREATE TABLE (?P<table>"[^"]+")')
BLIND = re.compile(r'ALTER TABLE (?P<table>"[^"]+") ADD CONSTRAINT .*\b(CHECK|FOREIGN KEY)\b(?!.*NOT VALID)')
EXCLUDES = re.compile(r'ALTER TABLE (?P<table>"[^"]+") ADD CONSTRAINT .*\bEXCLUDE\b')


def on_an_old_table(pattern: re.Pattern, statements: Sequence[str]) -> bool:
    made = {found["table"] for one in statements if (found := MADE.match(one))}
    return any((found := pattern.match(one)) and found["table"] not in made for one in statements)


def looks_while_it_locks(statements: Sequence[str]) -> bool:
    """Both in one transaction: the lock of the first is held while the second reads every row."""
    added = any("NOT VALID" in one for one in statements)
    looked = any("VALIDATE CONSTRAINT" in one for one in statements)
    return added and looked and bool(statements) and statements[0].startswith("BEGIN")


def check(code: str, fn, message: str) -> Check:
    return Check(code=code, fn=fn, message=message, mode=CheckMode.TRANSACTION, type=CheckType.ERROR)


class Analyser(PostgresqlAnalyser):
    """The linter's own checks, and what it does not look for."""

    migration_checks = [
        *PostgresqlAnalyser.migration_checks,
        check(
            "ADD_CONSTRAINT",
            lambda sql, **_: on_an_old_table(BLIND, sql),
            "A constraint reads every row under its lock: AddConstraintNotValid, then ValidateConstraint",
        ),
        check(
            "ADD_EXCLUDE",
            lambda sql, **_: on_an_old_table(EXCLUDES, sql),
            "An exclusion constraint builds its index under the lock",
        ),
        check(
            "VALIDATE_AT_ONCE",
            lambda sql, **_: looks_while_it_locks(sql),
            "VALIDATE belongs into a migration of its own",
        ),
    ]


def codes_in(statements: Sequence[str]) -> dict[str, str]:
    """What is wrong with these statements: code, and in words. Warnings count like errors."""
    errors, _, warnings = analyse_sql_statements(Analyser, list(statements))
    return {one.code: one.message for one in [*errors, *warnings]}


def accepted() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """The last migration that was shipped of each app, and what is accepted in newer ones, with reasons."""
    told = tomllib.loads(ACCEPTED.read_text(encoding="utf-8"))
    findings = {(one["migration"], one["finding"]): one["reason"] for one in told.get("accepted", [])}
    return told["shipped"]["up_to"], findings


def is_newer(app: str, name: str, shipped: dict[str, str]) -> bool:
    return name[:4] > shipped.get(app, "")[:4]


def found_in_newer(shipped: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """(migration, code, words) of everything that is not as it should be."""
    from django_migration_linter import MigrationLinter  # noqa: PLC0415 -- needs the settings

    linter = MigrationLinter(str(ROOT), no_cache=True, no_output=True, analyser_string="postgresql")
    for (app, name), migration in sorted(linter.migration_loader.disk_migrations.items()):
        if not migration.__module__.startswith(OURS) or not is_newer(app, name, shipped):
            continue
        errors, _, warnings = linter.analyse_data_migration(migration)
        found = codes_in(linter.get_sql(app, name)) | {one.code: one.message for one in [*errors, *warnings]}
        print(f"{app}.{name}: {', '.join(found) or 'in order'}", flush=True)
        yield from ((f"{app}.{name}", code, words) for code, words in found.items())


@contextmanager
def a_server() -> Iterator[None]:
    """SQL is written for a server that answers; nothing is made there."""
    from tumorboard.embedded.postgres import EmbeddedPostgres  # noqa: PLC0415 -- from our own folder

    with tempfile.TemporaryDirectory(prefix="tumorboard-lint-") as home:
        Path(home).chmod(0o755)  # PostgreSQL runs as another user when we are root
        server = EmbeddedPostgres(Path(home) / "postgres", durable=False)
        unasked = {"DEBUG": "true", "REDIS_URL": "redis://127.0.0.1"}
        os.environ.update(unasked, DATABASE_URL=server.start(), DJANGO_SETTINGS_MODULE="tumorboard.settings")
        os.environ.pop("DATABASE_OWNER_URL", None)
        try:
            yield
        finally:
            server.stop()


def main() -> int:
    sys.path.insert(0, str(ROOT))
    shipped, reasons = accepted()
    with a_server():
        import django  # noqa: PLC0415 -- the settings want the server's address
        from django.db import connections  # noqa: PLC0415

        django.setup()
        logging.getLogger("django_migration_linter").setLevel(logging.WARNING)
        found = list(found_in_newer(shipped))
        connections.close_all()
    open_ones = [one for one in found if one[:2] not in reasons]
    stale = sorted(set(reasons) - {(migration, code) for migration, code, _ in found})
    for migration, code, words in open_ones:
        print(f"{migration}: {code}: {words}")
    for migration, code in stale:
        print(f"{ACCEPTED.name} accepts {code} in {migration}, which is not found there.")
    return int(bool(open_ones or stale))


if __name__ == "__main__":
    sys.exit(main())
