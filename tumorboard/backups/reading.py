"""Is this backup whole, and what is in it? Read to its end, and nothing is changed anywhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import archive, sealed
from .errors import BackupError, Damaged

Parts = Iterator[tuple[str, bytes]]


@dataclass(frozen=True)
class Found:
    about: dict[str, Any]
    faults: tuple[str, ...]
    files: int
    database_bytes: int

    @property
    def words(self) -> str:
        rows = sum(self.about["rows"].values())
        return (
            f"Of {self.about['made_at']}, PostgreSQL {self.about['postgres']}: {rows} rows in "
            f"{len(self.about['rows'])} tables, {self.files} files. It is whole."
        )


def look(path: Path, identities: list) -> Found:
    """Every byte is decrypted and compared with its digest."""
    files = size = 0
    with opened(path, identities) as (about, reading, parts):
        for name, content in parts:
            if name.startswith(archive.FILES):
                files += 1
            else:
                size += len(content)
    faults = tuple(reading.end.get("faults", ()))
    if files != reading.end.get("files") or not size:
        raise Damaged("The backup does not hold what it says that it holds.")
    return Found(about, faults, files, size)


@contextmanager
def opened(path: Path, identities: list) -> Iterator[tuple[dict[str, Any], archive.Reading, Parts]]:
    """What it says of itself, and the parts that follow; `end` is known after the last of them."""
    with sealed.opened(path, identities) as stream:
        reading = archive.Reading(stream)
        parts = reading.parts()
        name, content = next(parts)
        if name != archive.ABOUT:
            raise Damaged("The backup does not begin as one of ours.")
        about = archive.from_json(name, content)
        if about.get("format") != archive.FORMAT:
            raise BackupError("The backup has a format that this version does not know. Use a newer version.")
        yield about, reading, parts
