"""What are the liver's segments called, and which ones does a piece of text name?

Couinaud's segments; sections and hemilivers after the Brisbane 2000 terminology (HPB 2000;2:333-339).
"""

import re
from collections.abc import Iterable

from cases.domain.errors import Refused
from cases.vocabulary import Segment

ORDER = tuple(s.value for s in Segment)

NAMES = {
    "1": "caudate lobe",
    "2": "left lateral superior",
    "3": "left lateral inferior",
    "4": "left medial",
    "4a": "left medial superior",
    "4b": "left medial inferior",
    "5": "right anterior inferior",
    "6": "right posterior inferior",
    "7": "right posterior superior",
    "8": "right anterior superior",
}

SECTIONS = {
    "left lateral": ("2", "3"),
    "left medial": ("4", "4a", "4b"),
    "right anterior": ("5", "8"),
    "right posterior": ("6", "7"),
}

# The caudate belongs to neither hemiliver: it drains straight into the vena cava.
HEMILIVERS = {
    "left": ("2", "3", "4", "4a", "4b"),
    "right": ("5", "6", "7", "8"),
}

_ROMAN = {"viii": "8", "vii": "7", "iii": "3", "iv": "4", "vi": "6", "ii": "2", "v": "5", "i": "1"}
_PREFIX = re.compile(r"\b(?:segments?|segs?\.?|couinaud)(?=[\s\d]|$)|\bs(?=\d|[iv]+[ab]?\b)")
_BETWEEN = re.compile(r"[\s,;/+&]+|\band\b")
_RANGE = re.compile(r"([1-8])\s*(?:-|–|to)\s*([1-8])(?![ab\d])")
_ONE = re.compile(r"([1-8]|[iv]+)([ab]?)")


def parse(text: str) -> tuple[str, ...]:
    """The segments that a piece of text names, in canonical form and order.

    Takes "4a, 5", "II/III", "S7", "seg 6-8" and the like. A range runs upwards over whole segments.
    """
    plain = _PREFIX.sub(" ", text.casefold())
    plain = _RANGE.sub(_spelled_out, plain)
    return ordered(_one(word) for word in _BETWEEN.split(plain) if word)


def ordered(segments: Iterable[str]) -> tuple[str, ...]:
    """Each segment once, in the order of their numbers; the whole of 4 swallows its halves."""
    found = set(segments)
    if "4" in found:
        found -= {"4a", "4b"}
    return tuple(s for s in ORDER if s in found)


def label(segments: Iterable[str]) -> str:
    """ "segment 4a" or "segments 4a and 5"; empty when no segment is known."""
    known = ordered(segments)
    if not known:
        return ""
    if len(known) == 1:
        return f"segment {known[0]}"
    return f"segments {', '.join(known[:-1])} and {known[-1]}"


def section_of(segment: str) -> str:
    """The section a segment lies in; the caudate is its own."""
    return next((name for name, members in SECTIONS.items() if segment in members), "caudate")


def lies_in(segments: Iterable[str], segment: str) -> bool:
    """Whether something in these segments is found when that one is asked for; 4 is both of its halves."""
    named = set(segments)
    same = {"4": {"4", "4a", "4b"}, "4a": {"4", "4a"}, "4b": {"4", "4b"}}
    return bool(named & same.get(segment, {segment}))


def hemilivers_of(segments: Iterable[str]) -> tuple[str, ...]:
    """Which hemilivers are touched, left first. Two of them make a disease bilobar."""
    touched = set(segments)
    return tuple(name for name, members in HEMILIVERS.items() if touched & set(members))


def _spelled_out(found: re.Match) -> str:
    first, last = int(found[1]), int(found[2])
    if first > last:
        raise Refused(f"Write a range of segments upwards, “{last}-{first}”, or with commas.")
    return ", ".join(str(number) for number in range(first, last + 1))


def _one(word: str) -> str:
    found = _ONE.fullmatch(word)
    number = _ROMAN.get(found[1], found[1]) if found else ""
    if found is None or number not in ORDER or (found[2] and number != "4"):
        raise Refused(f"“{word}” is not a liver segment. Write 1 to 8, 4a or 4b, with commas between.")
    return number + found[2]
