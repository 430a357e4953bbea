"""Which pg_dump is used, and how is it told where to go?"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tumorboard.backups import programs
from tumorboard.embedded.postgres import installed_binaries

pytestmark = pytest.mark.django_db


def a_program(folder: Path, says: str) -> str:
    """Stands where pg_dump would; it tells how it was called."""
    folder.mkdir()
    (folder / "pg_dump").write_text(
        f"#!/bin/sh\n[ $1 = --version ] && echo 'pg_dump (PostgreSQL) {says}' || echo $@"
    )
    (folder / "pg_dump").chmod(0o755)
    return str(folder)


def test_programs_of_another_version_are_not_used(settings, tmp_path):
    settings.BACKUP_PROGRAMS = a_program(tmp_path / "old", "9.6.24")
    assert programs.program("pg_dump") == str(installed_binaries() / "pg_dump")


def test_the_password_stands_on_no_command_line(settings, tmp_path):
    settings.BACKUP_PROGRAMS = a_program(tmp_path / "same", "18.1")
    called = b"".join(programs.dump("--format=custom")).decode()
    assert called == "--format=custom\n"
    assert programs.environment()["PGPASSWORD"] == urlsplit(os.environ["DATABASE_URL"]).password
