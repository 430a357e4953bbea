"""What is in an archive, without being flooded by it? Entries are counted and unpacked under limits."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.parsers import expat

from tumorboard.files import limits
from tumorboard.files.errors import Rejected

TORN = "The document is incomplete or damaged. Nothing was stored."
BOMB = "The document unpacks to far more than it should. Nothing was stored."
ODD = "The document is packed in a way that office programs do not use. Nothing was stored."
# What an entry begins with that is itself an archive, a program or a container of objects.
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xd0\xcf\x11\xe0")
ENCRYPTED = 0x1
CHUNK = 64 * 1024


@contextmanager
def opened(source: str | IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """An archive whose list of entries is plausible, and which begins with its first entry."""
    try:
        with zipfile.ZipFile(source) as archive:
            _require_plausible(archive)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, UnicodeDecodeError):
        raise Rejected(TORN) from None


def _require_plausible(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if not entries:
        raise Rejected(TORN)
    if len(entries) > limits.MOST_PARTS:
        raise Rejected(BOMB)
    if len({name.lower() for name in names}) != len(names) or min(e.header_offset for e in entries) != 0:
        raise Rejected(ODD)
    for entry in entries:
        parts = entry.filename.split("/")
        if ".." in parts or entry.filename.startswith("/") or "\\" in entry.filename or ":" in parts[0]:
            raise Rejected(ODD)
        if entry.flag_bits & ENCRYPTED:
            raise Rejected("The document asks for a password. Save it without one and hand that in.")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Rejected(ODD)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > limits.MOST_UNPACKED or _is_blown_up(unpacked, packed):
        raise Rejected(BOMB)


def _is_blown_up(unpacked: int, packed: int) -> bool:
    return unpacked > limits.RATIO_FROM and unpacked > packed * limits.MOST_RATIO


def read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """What really comes out, up to what the list said."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise Rejected(TORN)
    return content


def tags(content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Each element of an XML part with its attributes, without entities or types of its own."""
    found: list[tuple[str, dict[str, str]]] = []

    def refuse(*_: object) -> None:
        raise Rejected(ODD)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise Rejected(TORN) from None
    return iter(found)


def words(content: bytes) -> str:
    """The text of an XML part, run together: field codes are split over elements."""
    said: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = said.append
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise Rejected(TORN) from None
    return "".join(said)
