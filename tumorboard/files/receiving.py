"""How does a file come in? Counted while it comes, judged by what is in it, and described in a few words.

Nothing is stored here: whoever takes the file gets the path of a copy that may be kept, and stores it.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from tumorboard.files import apart
from tumorboard.files.errors import Rejected
from tumorboard.files.kinds import HEAD, Kind, kind_of_name, require_kind
from tumorboard.files.limits import MEGABYTE
from tumorboard.files.names import clean_name

AROUND = MEGABYTE  # of a form beside its file


@dataclass(frozen=True)
class Received:
    """A file that may be kept: at `path` while it is received, and no longer."""

    path: Path
    name: str
    kind: Kind
    size: int
    sha256: str
    pages: int | None
    was_cleaned: bool


def most_bytes() -> int:
    return settings.FILE_MAX_MB * MEGABYTE


def too_large() -> str:
    return f"The file is larger than {settings.FILE_MAX_MB} MB. Nothing was stored. Send a smaller one."


def claims_too_much(length: str | int | None) -> bool:
    """What a request says of its own length, before a byte of it is read."""
    try:
        return int(length or 0) > most_bytes() + AROUND
    except ValueError:
        return True


class Bounded(FileUploadHandler):
    """On every address: nobody fills the disk through a form that was never meant for files."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict,  # noqa: N803  Django calls it so, by name
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        if claims_too_much(content_length):
            raise RequestDataTooBig(too_large())

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


@contextmanager
def received(upload: Any) -> Iterator[Received]:
    """Judge an upload; raises Rejected with words for the person. The folder is gone afterwards."""
    name = clean_name(upload.name or "")
    kind = kind_of_name(name)
    with apart.workplace() as folder:
        source, target = folder / "in", folder / "out"
        _written(upload, source)
        with source.open("rb") as file:
            require_kind(kind, file.read(HEAD))
        said = apart.check(kind.family, kind.code, source, target)
        kept = target if said["cleaned"] else source
        size, digest = measured(kept)
        if size > most_bytes():
            raise Rejected(too_large())
        yield Received(kept, name, kind, size, digest, said["pages"], bool(said["cleaned"]))


def measured(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return path.stat().st_size, digest


def _written(upload: Any, path: Path) -> None:
    total, most = 0, most_bytes()
    with path.open("wb") as file:
        for chunk in upload.chunks():
            total += len(chunk)
            if total > most:
                raise Rejected(too_large())
            file.write(chunk)
