"""What is in this CSV file, whatever wrote it?

Every cell is text and stays text: a cell that begins with = is never calculated. Row numbers count data rows
from 1; lines without any content are skipped and not counted.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cases.domain.errors import Refused
from cases.domain.intake import Headings, Profile, match

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 500
DELIMITERS = (",", ";", "\t")
NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}


@dataclass(frozen=True)
class Sheet:
    headings: list[str]
    rows: list[dict[str, str]]
    problems: dict[int, str]  # row number -> why it cannot be read as a row
    notes: list[str]

    def for_profile(self, profile: Profile) -> "tuple[Headings, list[dict[str, str]]]":
        """The rows with the profile's own headings; columns that it does not know are left behind."""
        headings = match(profile, self.headings)
        rows = [{headings.found[h]: row[h] for h in headings.found if h in row} for row in self.rows]
        return headings, rows


def read(data: bytes) -> Sheet:
    """Raises Refused, with what to do about it, for a file that cannot be read."""
    return read_text(*decode(data))


def read_text(text: str, notes: Sequence[str] = ()) -> Sheet:
    """The same for a file that `decode` has turned into text."""
    notes = list(notes)
    delimiter = _delimiter(text)
    if delimiter != ",":
        notes.append(f"The columns are separated by {NAMES[delimiter]}s.")
    headings, lines = _lines(text, delimiter, notes)
    rows = [dict(zip(headings, line, strict=False)) for line in lines]
    problems = {
        number: f"The row has {len(line)} cells, the heading has {len(headings)}."
        for number, line in enumerate(lines, start=1)
        if not _fits(line, len(headings))
    }
    return Sheet(headings, rows, problems, notes)


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text of the file, and what had to be assumed to read it."""
    if len(data) > MOST_BYTES:
        raise Refused(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Split it and try again.")
    if data.startswith(b"PK\x03\x04"):
        raise Refused("This is a spreadsheet workbook. Save it as CSV (UTF-8) and choose that file.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_as(data, "utf-16"), ["The file was read as UTF-16."]
    try:
        return _text(data.decode("utf-8-sig")), []
    except UnicodeDecodeError:
        note = "The file is not UTF-8 and was read as Windows-1252. Check names with accents."
        return _decode_as(data, "cp1252"), [note]


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return _text(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise Refused("The characters of the file cannot be read. Save it as CSV (UTF-8).") from error


def _text(text: str) -> str:
    if "\0" in text:
        raise Refused("This is not a text file. Save the table as CSV (UTF-8) and choose that file.")
    if not text.strip():
        raise Refused("The file is empty.")
    return text


def _delimiter(text: str) -> str:
    """The one that cuts the heading into most columns."""
    first = next(line for line in text.splitlines() if line.strip())
    if len(first) > csv.field_size_limit():
        raise Refused("The first line is too long for headings. Check that it ends.")
    widths = {one: len(next(csv.reader([first], delimiter=one))) for one in DELIMITERS}
    best = max(DELIMITERS, key=lambda one: widths[one])
    if widths[best] < 2:
        raise Refused("No columns were found. They are separated by commas, semicolons or tabs.")
    return best


def _lines(text: str, delimiter: str, notes: list[str]) -> tuple[list[str], list[list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines, empty = [], 0
    try:
        for line in reader:
            if any(one.strip() for one in line):
                lines.append(line)
            elif lines:
                empty += 1
            if len(lines) > MOST_ROWS + 1:
                raise Refused(f"The file has more than {MOST_ROWS} rows. Split it and try again.")
    except csv.Error as error:
        raise Refused(
            f"Line {reader.line_num} cannot be read: {error}. Check its quotation marks."
        ) from error
    if not lines:
        raise Refused("No headings were found. The first line says what stands in the columns.")
    if empty:
        notes.append(f"{empty} empty {'line was' if empty == 1 else 'lines were'} skipped.")
    if len(lines[0]) > MOST_COLUMNS:
        raise Refused(f"The file has more than {MOST_COLUMNS} columns.")
    return [re.sub(r"\s+", " ", heading).strip() for heading in lines[0]], lines[1:]


def _fits(line: list[str], width: int) -> bool:
    """As many cells as headings; empty cells beyond the last heading do no harm."""
    return len(line) >= width and not any(one.strip() for one in line[width:])
