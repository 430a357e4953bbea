"""What may a file be called, whatever it was called before?"""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumorboard.files.names import LONGEST, clean_name

PIECES = st.sampled_from(
    ["..", "/", "\\", "\u202e", "\x00", "\r\n", ".pdf", "con", " ", ".", "\ud800", "é", "e\u0301"]
)
NAMES = st.lists(st.text() | PIECES, max_size=12).map("".join)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Scan 1.PDF", "Scan 1.PDF"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("  .hidden.  ", "hidden"),
        ("..", "file"),
        ("", "file"),
        ("Befund Müller.pdf", "Befund Müller.pdf"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
    ],
)
def test_names_are_one_line_without_a_path(raw, clean):
    assert clean_name(raw) == clean


@given(NAMES)
def test_no_name_leaves_its_place_hides_or_breaks_a_line(raw):
    name = clean_name(raw)

    assert 0 < len(name) <= LONGEST
    assert not re.search(r'[/\\<>:"|?*%;\r\n\x00]', name)
    assert not {unicodedata.category(c) for c in name} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert name == name.strip(" .")
    name.encode()


@given(NAMES)
def test_cleaning_twice_changes_nothing(raw):
    assert clean_name(clean_name(raw)) == clean_name(raw)
