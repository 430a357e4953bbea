"""Segments: names after Couinaud and the Brisbane 2000 terminology (HPB 2000;2:333-339)."""

import pytest

from cases.domain import anatomy
from cases.domain.errors import Refused
from cases.vocabulary import Segment


@pytest.mark.parametrize(
    ("typed", "segments"),
    [
        ("", ()),
        ("  ", ()),
        ("7", ("7",)),
        ("5, 4a", ("4a", "5")),
        ("4A/5", ("4a", "5")),
        ("II/III", ("2", "3")),
        ("IVa and V", ("4a", "5")),
        ("S7", ("7",)),
        ("SVIII", ("8",)),
        ("segments 5 & 6", ("5", "6")),
        ("seg. 2;3", ("2", "3")),
        ("6-8", ("6", "7", "8")),
        ("2–4", ("2", "3", "4")),
        ("5 to 8", ("5", "6", "7", "8")),
        ("8, 8, 7", ("7", "8")),
        ("4, 4b", ("4",)),
    ],
)
def test_segments_are_read_as_people_write_them(typed, segments):
    assert anatomy.parse(typed) == segments


@pytest.mark.parametrize("typed", ["0", "9", "5a", "4c", "right lobe", "IX", "iiii", "8-5", "4a-5", "<b>"])
def test_what_is_no_segment_is_refused_with_advice(typed):
    with pytest.raises(Refused, match=r"Write"):
        anatomy.parse(typed)


@pytest.mark.parametrize("segment", Segment.values)
def test_every_segment_has_a_name_and_survives_its_own_text(segment):
    assert anatomy.NAMES[segment]
    assert anatomy.parse(segment) == (segment,)


@pytest.mark.parametrize(
    ("segments", "words"),
    [((), ""), (("4a",), "segment 4a"), (("6", "5"), "segments 5 and 6"), ("876", "segments 6, 7 and 8")],
)
def test_segments_in_words(segments, words):
    assert anatomy.label(segments) == words


@pytest.mark.parametrize(
    ("segment", "section"),
    [
        ("1", "caudate"),
        ("2", "left lateral"),
        ("3", "left lateral"),
        ("4", "left medial"),
        ("4a", "left medial"),
        ("4b", "left medial"),
        ("5", "right anterior"),
        ("8", "right anterior"),
        ("6", "right posterior"),
        ("7", "right posterior"),
    ],
)
def test_sections(segment, section):
    assert anatomy.section_of(segment) == section


def test_the_caudate_belongs_to_neither_hemiliver():
    assert anatomy.hemilivers_of(["1"]) == ()
    assert anatomy.hemilivers_of(["1", "4b"]) == ("left",)
    assert anatomy.hemilivers_of(["7", "2"]) == ("left", "right")
