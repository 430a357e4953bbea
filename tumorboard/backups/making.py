"""How is a backup made? Of one moment, encrypted as it is read, whole or not at all."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from tumorboard.audit import seals, trail
from tumorboard.files import store
from tumorboard.files.errors import Gone
from tumorboard.version import VERSION

from . import archive, contents, keys, programs, sealed
from .errors import BackupError

MISSING, UNREADABLE = "missing", "cannot be read"

PLAIN = ("--format=custom", "--no-owner", "--no-privileges")  # compressed by pg_dump itself
NOT_OF_USE = tuple(f"--exclude-table-data={table}" for table in contents.LEFT_OUT)


@dataclass
class Made:
    path: Path
    rows: int = 0
    files: int = 0
    faults: tuple[str, ...] = ()


def make(path: Path, *, now: datetime) -> Made:
    recipients = keys.public(settings.BACKUP_RECIPIENTS)
    made = Made(path)
    with contents.one_moment() as snapshot:
        sealed.write(path, _everything(made, snapshot, now), recipients)
    trail.record(actor=None, verb="backup.made", about="backups", rows=made.rows, files=made.files)
    return made


def _everything(made: Made, snapshot: str, now: datetime) -> Generator[bytes]:
    writing, faults = archive.Writing(now.timestamp()), []
    about = _about(now)
    made.rows = sum(about["rows"].values())
    yield from writing.part(archive.ABOUT, archive.as_json(about))
    for key, name, digest in contents.files():
        content, fault = _content(key, name)
        if content is not None:
            made.files += 1
            fault = "" if sha256(content).hexdigest() == digest else "changed"
            yield from writing.part(archive.FILES + name, content)
        faults += [f"{name}: {fault}"] if fault else []
    for number, piece in enumerate(programs.dump(*PLAIN, *NOT_OF_USE, f"--snapshot={snapshot}"), start=1):
        yield from writing.part(f"{archive.DATABASE}{number:06}", piece)
    made.faults = tuple(faults)
    yield from writing.end({"faults": faults, "files": made.files})


def _about(now: datetime) -> dict[str, Any]:
    count, size = contents.how_many_files()
    told = {"format": archive.FORMAT, "made_at": now.isoformat(timespec="seconds")}
    told |= {
        "version": VERSION,
        "postgres": programs.server_major(),
        "files": {"count": count, "bytes": size},
    }
    return told | contents.told() | {"seal": seals.signed(seals.ends(now))}


def _content(key: int, name: str) -> tuple[bytes | None, str]:
    """Or why it cannot be had. A file never changes, but lies elsewhere once the scanner has let it pass."""
    content, fault = _read(name)
    if fault == MISSING and (newer := _name_now(key)) not in ("", name):
        return _read(newer)
    return content, fault


def _read(name: str) -> tuple[bytes | None, str]:
    try:
        with store.opened(name) as file:
            return file.read(), ""
    except Gone as gone:
        if isinstance(gone.__cause__, FileNotFoundError):
            return None, MISSING
        raise BackupError("The store of files does not answer. Nothing was kept of this backup.") from gone
    except store.TROUBLE:
        return None, UNREADABLE


def _name_now(key: int) -> str:
    """Asked outside the moment that the backup is of."""
    with psycopg.connect(**connection.get_connection_params()) as aside:
        found = aside.execute(f"select stored_as from {contents.FILES} where id = %s", [key])  # noqa: S608
        return next(iter(found), ("",))[0]
