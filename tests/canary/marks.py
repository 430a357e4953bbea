"""By what is the marked patient known, and does any of it stand in these bytes, however they are written?

Nobody else has these words. They are looked for as plain text in any case; as UTF-16; as hexadecimal and
base64 at each of its three alignments; and, of a PDF or an archive, in what it holds.
"""

import base64
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pypdf import PdfReader

FAMILY, GIVEN, BORN, RECORD = "Zyxwirthová", "Quilloniaß", date(1931, 7, 19), "RN-77889-XQ"
ADDRESS, PHONE, NATIONAL = "17 Vexholme Crescent", "01632 960417", "943 476 5919"
IDENTITY = {"family_name": FAMILY, "given_name": GIVEN, "birth_date": BORN, "record_number": RECORD}
# What people type into a sentence although they should not.
SENTENCE = f"Lives at {ADDRESS}, telephone {PHONE}, NHS number {NATIONAL}."

BETWEEN = rb"(?:[\s+/.,:_\-]|%20|%2f|%2e|%2c|&nbsp;|%c2%a0|\xc2\xa0|\xe2\x80\xaf|=\r?\n|=20){0,3}"
APART = BETWEEN.replace(b"{0,3}", b"{1,3}")
ALIGNMENTS = 3  # base64 writes three bytes as four letters


def _spelt(word: str) -> Iterator[bytes]:
    """The part of a name that all ways of writing text leave as it is; all of them in small letters."""
    yield word.lower().encode()
    for cased in {word, word.upper(), word.lower()}:
        for written in (cased.encode(), cased.encode("utf-16-be")):
            yield written.hex().encode()
            for before in range(ALIGNMENTS):
                coded = base64.b64encode(bytes(before) + written).rstrip(b"=")
                # The letters at both ends are shared with what stands beside it.
                yield coded[(before * 8 + 5) // 6 : -1].lower()


def _figures(words: str) -> bytes:
    return BETWEEN.join(words.lower().encode().split())


def _days() -> bytes:
    year, month, day = BORN.strftime("%Y %m %d").encode().split()
    named = rb"%b(?:%b)?" % (BORN.strftime("%b").lower().encode(), BORN.strftime("%B")[3:].lower().encode())
    close = rb"(?:%b|%b)" % (month, named)
    ways = [(BETWEEN, close), (APART, rb"(?:%b|%b|%d)" % (month, named, BORN.month))]
    orders = [
        between.join(parts)
        for between, said in ways
        for parts in ((year, said, day), (day, said, year), (said, day, year))
    ]
    return b"(?:%b)" % b"|".join(orders)


@dataclass(frozen=True)
class Mark:
    """`words` stand anywhere; `figures` are no part of a longer number, key or time."""

    name: str
    words: tuple[bytes, ...] = ()
    hint: bytes = b""  # quickly looked for, since the pattern is slow
    figures: bytes = b""

    @property
    def pattern(self) -> re.Pattern[bytes]:
        return re.compile(rb"(?<![0-9a-z])%b(?![0-9a-z])" % self.figures)

    def stands_in(self, text: bytes) -> bool:
        if any(word in text for word in self.words):
            return True
        return bool(self.hint) and self.hint in text and bool(self.pattern.search(text))


OF_THE_PERSON = (
    Mark("family name", tuple(_spelt("Zyxwirth"))),
    Mark("given name", tuple(_spelt("Quillonia"))),
    Mark("record number", tuple(_spelt("77889-XQ")), b"77889", _figures("77889 XQ")),
    Mark("birth date", tuple(_spelt("1931-07-19")), b"1931", _days()),
)
OF_A_SENTENCE = (
    Mark("address", tuple(_spelt("Vexholme"))),
    Mark("telephone", tuple(_spelt(PHONE)), b"01632", _figures(PHONE)),
    Mark("national number", tuple(_spelt(NATIONAL)), b"5919", _figures(NATIONAL)),
)
ALL = OF_THE_PERSON + OF_A_SENTENCE


def found(data: bytes | str, *, among: tuple[Mark, ...] = ALL) -> list[str]:
    """Which of the marks stand in this, by name."""
    data = data.encode("utf-8", "surrogateescape") if isinstance(data, str) else bytes(data)
    texts = [text for part in opened(data) for text in _read(part.lower())]
    return [mark.name for mark in among if any(mark.stands_in(text) for text in texts)]


def _read(text: bytes) -> Iterator[bytes]:
    """UTF-16 without its zeros is plain text; so are lines that e-mail and calendars fold anywhere."""
    yield text
    for between in (b"\0", b"=\n", b"=\r\n", b"\r\n "):
        if between in text:
            yield text.replace(between, b"")


def opened(data: bytes) -> Iterator[bytes]:
    """It, and what is packed in it."""
    yield data
    if b"%PDF-" in data[:1024]:
        reader = PdfReader(io.BytesIO(data))
        yield "\n".join([str(reader.metadata), *(page.extract_text() for page in reader.pages)]).encode()
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                yield part.encode()
                yield archive.read(part)
