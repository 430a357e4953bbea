"""What is inside a backup? A tar stream, which `age -d -i KEY FILE | tar x` opens where nothing of ours runs.

    about.json                 when, from what, how many rows, what guards them, where the trail ended
    files/kept/..              every file of the store whose row is in the dump
    database/000001 ...        what pg_dump wrote (custom format), in pieces that follow each other
    digests/000001.json ...    SHA-256 of each part since the last such list
    end.json                   how many parts there were, and which files were missing or changed already

Files stand before the database, so that whoever brings it back stores them before their rows.
"""

import io
import json
import re
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, BinaryIO

from .errors import Damaged

FORMAT = 1
ABOUT, END = "about.json", "end.json"
FILES, DATABASE, DIGESTS = "files/", "database/", "digests/"
A_LIST = 1000
BLOCK = 512
BUFFER = 1 << 20
STORED = re.compile(r"(kept|quarantine)/[0-9A-Za-z-]{1,64}")


class Writing:
    """Each method gives the bytes to be written next."""

    def __init__(self, made_at: float) -> None:
        self._at = int(made_at)
        self._digests: dict[str, str] = {}
        self.parts = self._lists = 0

    def part(self, name: str, content: bytes) -> Iterator[bytes]:
        yield from self._member(name, content)
        self._digests[name] = sha256(content).hexdigest()
        self.parts += 1
        if len(self._digests) >= A_LIST:
            yield from self._list()

    def end(self, told: dict[str, Any]) -> Iterator[bytes]:
        yield from self._list()
        yield from self._member(END, as_json(told | {"parts": self.parts}))
        yield bytes(2 * BLOCK)

    def _list(self) -> Iterator[bytes]:
        self._lists += 1
        yield from self._member(f"{DIGESTS}{self._lists:06}.json", as_json(self._digests))
        self._digests = {}

    def _member(self, name: str, content: bytes) -> Iterator[bytes]:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = len(content), 0o600, self._at
        yield info.tobuf(tarfile.PAX_FORMAT)
        yield content
        yield bytes(-len(content) % BLOCK)


class Reading:
    """The parts of a stream, each compared with its digest as soon as that comes. At last `end` is known."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digests: dict[str, str] = {}
        self._count = 0
        self.end: dict[str, Any] = {}

    def parts(self) -> Iterator[tuple[str, bytes]]:
        for name, content in self._members():
            if name == END:
                self.end = from_json(name, content)
            elif name.startswith(DIGESTS):
                self._compare(name, content)
            else:
                self._digests[name] = sha256(content).hexdigest()
                self._count += 1
                yield name, content
        if not self.end or self._digests or self.end.get("parts") != self._count:
            raise Damaged("The backup has no end: it was cut off, or parts of it are missing.")

    def _members(self) -> Iterator[tuple[str, bytes]]:
        try:
            with tarfile.open(fileobj=self._stream, mode="r|", bufsize=BUFFER) as tar:
                while (info := tar.next()) is not None:
                    content = tar.extractfile(info)
                    yield info.name, (content.read() if content else b"")
                    tar.members.clear()  # type: ignore[attr-defined]  # else it remembers all that went by
        except (tarfile.TarError, EOFError) as error:
            raise Damaged("The backup cannot be read to its end.") from error

    def _compare(self, name: str, content: bytes) -> None:
        if from_json(name, content) != self._digests:
            raise Damaged(f"Parts of the backup are not what was written, see {name}.")
        self._digests = {}


def as_json(what: Any) -> bytes:
    return json.dumps(what, sort_keys=True).encode()


def from_json(name: str, content: bytes) -> dict[str, Any]:
    try:
        found = json.load(io.BytesIO(content))
    except ValueError as error:
        raise Damaged(f"{name} in the backup cannot be read.") from error
    if not isinstance(found, dict):
        raise Damaged(f"{name} in the backup cannot be read.")
    return found
