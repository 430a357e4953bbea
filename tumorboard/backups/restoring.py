"""How does a backup become a database and a store again?

First it is read to its end without changing anything. Then files are stored (those that lie there already
stay), then the database is written in one transaction. Whatever stops in between:
the same command begins again.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from tumorboard.audit import seals, trail
from tumorboard.database import roles
from tumorboard.files import store
from tumorboard.files.errors import Gone

from . import archive, contents, programs, reading
from .errors import BackupError, Damaged

ALL_OR_NOTHING = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
DIFFERENCES_TOLD = 20
Tell = Callable[[str], object]


def restore(path: Path, identities: list, *, into: str, tell: Tell) -> None:
    found = reading.look(path, identities)
    tell(found.words)
    with _database(into):
        _refuse_what_cannot_be(found.about)
        stored, there = _fill(path, identities)
        tell(f"Database written. Files stored: {stored}; there already: {there}.")
        _compare(found.about)
        tell("Every table has its rows, and everything that guards them is there.")
        _bring_up_to_date(found.about, tell)
        _rights(tell)
        _verify(found, tell)
        trail.record(actor=None, verb="backup.restored", about="backups", made_at=found.about["made_at"])


# -- where to --------------------------------------------------------------------------------------------


@contextmanager
def _database(name: str) -> Iterator[None]:
    """That of the settings, or another of the same server, made where it is not there yet."""
    before = connection.settings_dict["NAME"]
    if name:
        _create(name)
        _turn_to(name)
    try:
        with connection.cursor() as cursor:  # nothing that a page may not take so long for
            cursor.execute("set statement_timeout = 0")
        yield
    finally:
        _turn_to(before)


def _create(name: str) -> None:
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as aside:
        if not aside.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            aside.execute(sql.SQL("create database {}").format(sql.Identifier(name)))


def _turn_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _refuse_what_cannot_be(about: dict) -> None:
    if not contents.is_empty():
        raise BackupError(
            f"The database {connection.settings_dict['NAME']} is not empty, and nothing was changed. "
            "Restore into a new one: --into NAME."
        )
    unknown = set(about["migrations"]) - contents.known_to_the_code()
    if unknown:
        raise BackupError(
            "The backup is of a newer version than this one, which does not know "
            f"{', '.join(sorted(unknown)[:5])}. Install that version first. Nothing was changed."
        )
    if about["postgres"] > programs.server_major():
        raise BackupError(
            f"The backup is of PostgreSQL {about['postgres']}, this server is {programs.server_major()}. "
            "Nothing was changed."
        )


# -- written ---------------------------------------------------------------------------------------------


class _Files:
    """Stores files on the way, and hands on what belongs to the database."""

    def __init__(self) -> None:
        self.stored = self.there = 0

    def database_of(self, parts: Iterator[tuple[str, bytes]]) -> Iterator[bytes]:
        for name, content in parts:
            if name.startswith(archive.DATABASE):
                yield content
            else:
                self._store(name.removeprefix(archive.FILES), content)

    def _store(self, name: str, content: bytes) -> None:
        if not archive.STORED.fullmatch(name):
            raise Damaged("The backup holds a file whose name is none of ours.")
        new = store.put_back(name, content)
        self.stored += new
        self.there += not new


def _fill(path: Path, identities: list) -> tuple[int, int]:
    files = _Files()
    try:
        with reading.opened(path, identities) as (_about, _reading, parts):
            database = connection.settings_dict["NAME"]
            programs.restore(files.database_of(parts), *ALL_OR_NOTHING, f"--dbname={database}")
    except (BackupError, Gone) as error:
        raise BackupError(
            f"{error} The database is still empty; files that were stored stay ({files.stored}). Mend what "
            "is wrong and run the same command again: it goes on where it stopped."
        ) from error
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # else the first questions are answered as if every table were empty
    return files.stored, files.there


# -- compared --------------------------------------------------------------------------------------------


def _compare(about: dict) -> None:
    contents.close_to_everybody(about["closed"])
    is_now = contents.rows()
    wrong = [
        f"{table}: {is_now.get(table, 'no')} rows instead of {count}"
        for table, count in about["rows"].items()
        if is_now.get(table) != count
    ]
    was, stands = set(about["guards"]), set(contents.guards())
    wrong += [f"missing: {guard}" for guard in sorted(was - stands)]
    wrong += [f"not in the backup: {guard}" for guard in sorted(stands - was)]
    _refuse(wrong)


def _refuse(wrong: list[str]) -> None:
    if wrong:
        told = "\n  ".join(wrong[:DIFFERENCES_TOLD])
        raise BackupError(
            f"The database was written, but it is not what was backed up. Do not use it:\n  {told}\n"
            "Remove it (dropdb), and restore this backup or another one into a new one."
        )


def _bring_up_to_date(about: dict, tell: Tell) -> None:
    missing = contents.known_to_the_code() - set(about["migrations"])
    if missing:
        call_command("migrate", interactive=False, verbosity=0)
        tell(f"The backup was of an older version: {len(missing)} migrations were made.")


def _rights(tell: Tell) -> None:
    role = settings.DATABASE_ROLE["name"]
    if role == connection.settings_dict["USER"]:
        tell("Owner and application are one role here (DATABASE_OWNER_URL): no rights were given.")
        return
    call_command("audit_rights", stdout=StringIO(), stderr=StringIO())
    with connection.cursor() as cursor:
        _refuse([f"the role {role} may too much"] if roles.may_too_much(cursor, role) else [])
    tell(f"{role} has the rights of the application, and none that go further.")


def _verify(found: reading.Found, tell: Tell) -> None:
    said = StringIO()
    try:
        call_command("verify_audit", stdout=said)
    except CommandError as error:
        _refuse([str(error)])
    tell(said.getvalue().strip())
    tell(_seal_of(found.about))
    try:
        call_command("files_check", read=True, stdout=StringIO())
    except CommandError as error:
        of_old = "".join(f"\n  {fault}, when it was made" for fault in found.faults)
        raise BackupError(f"The database is restored and holds. Of its files: {error}{of_old}") from error
    tell("Every file is there, and is what was handed in.")


def _seal_of(about: dict) -> str:
    """The ends of the trail as they were signed when the backup was made."""
    if not settings.AUDIT_SEAL_KEY:
        return "The seal of the trail was not compared: AUDIT_SEAL_KEY is not set here."
    _count, faults = seals.compare([json.dumps(about["seal"])])
    _refuse([f"{fault.where}: {fault.why}" for fault in faults])
    return "The trail ends where it ended when the backup was made, by its seal."
