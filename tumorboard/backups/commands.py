"""What do the commands have in common?"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError

from . import keys
from .errors import BackupError


def add_file_and_identity(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--identity",
        required=True,
        help="The file with the private key, as backup_key printed it; - reads it from standard input.",
    )


def identities(where: str) -> list:
    try:
        text = sys.stdin.read() if where == "-" else Path(where).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise BackupError(f"The key file {where} cannot be read.") from error
    return keys.private(text)


@contextmanager
def said() -> Iterator[None]:
    """What went wrong, without a trace: it is for the person at the keyboard."""
    try:
        yield
    except BackupError as error:
        raise CommandError(str(error), returncode=1) from error
    except (OperationalError, ProgrammingError, psycopg.OperationalError, psycopg.ProgrammingError) as error:
        code = getattr(error.__cause__ or error, "sqlstate", None) or "no connection"
        raise CommandError(f"PostgreSQL refuses: {type(error).__name__} ({code}).", returncode=1) from error
