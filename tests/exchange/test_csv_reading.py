"""Is a table read whatever wrote it, and refused with a reason when it cannot be?"""

import pytest

from cases.domain.errors import Refused
from cases.exchange import csv_reading, profiles

TABLE = "Record,Name of ward\nA-1,Zürich\nA-2,Genève\n"
ROWS = [{"Record": "A-1", "Name of ward": "Zürich"}, {"Record": "A-2", "Name of ward": "Genève"}]


@pytest.mark.parametrize(
    ("encoding", "noted"),
    [("utf-8", ""), ("utf-8-sig", ""), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16")],
)
def test_encodings(encoding, noted):
    sheet = csv_reading.read(TABLE.encode(encoding))

    assert sheet.rows == ROWS
    assert noted in " ".join(sheet.notes)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter, ending):
    text = TABLE.replace(",", delimiter).replace("\n", ending)

    assert csv_reading.read(text.encode()).rows == ROWS


def test_a_comma_inside_quotes_or_behind_a_semicolon_is_text():
    assert csv_reading.read(b'a;b\n1,5;"x;y"\n').rows == [{"a": "1,5", "b": "x;y"}]


def test_a_formula_stays_text():
    formula = '=HYPERLINK("https://example.org")'
    sheet = csv_reading.read(f'Record,b\nA-1,"{formula.replace(chr(34), chr(34) * 2)}"\n'.encode())

    assert sheet.rows[0]["b"] == formula


def test_empty_lines_are_skipped_and_not_counted():
    sheet = csv_reading.read(b"\na,b\n\n1,2\n,\n3,4\n\n")

    assert [row["a"] for row in sheet.rows] == ["1", "3"]
    assert sheet.notes == ["3 empty lines were skipped."]


def test_a_row_of_another_width_is_a_problem_of_that_row():
    sheet = csv_reading.read(b"a,b\n1\n1,2,3\n1,2,\n1,2\n")

    assert sheet.problems == {
        1: "The row has 1 cells, the heading has 2.",
        2: "The row has 3 cells, the heading has 2.",
    }


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"PK\x03\x04 rest of a workbook", "workbook"),
        (b"a,b\n\x00,2\n", "not a text file"),
        (b"a,b\n\x81,2\n", "characters"),
        (b"only one column\n1\n", "No columns"),
        (b'a,b\n"1,2\n', "Line 2"),
        (b"a,b\n" + b"1,2\n" * 5_001, "more than 5000 rows"),
        (b"a,b\n" + b"1,2\n" * 1_400_000, "larger than 5 MB"),
    ],
    ids=["nothing", "blank", "workbook", "binary", "encoding", "columns", "quotes", "rows", "size"],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data, why):
    with pytest.raises(Refused, match=why):
        csv_reading.read(data)


def test_the_largest_table_is_accepted():
    assert len(csv_reading.read(b"a,b\n" + b"1,2\n" * 5_000).rows) == 5_000


def test_an_unknown_profile_is_refused_by_name():
    with pytest.raises(Refused, match="hcc-survival"):
        profiles.load("../settings")


def test_every_profile_that_ships_can_be_loaded():
    assert profiles.names()
    assert all(profiles.load(name).name == name for name in profiles.names())
