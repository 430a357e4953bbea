"""Which numbers, dates, treatments, lesions and people of a text are nowhere in the record?

Found by form, not by understanding: what is named here deserves a look, and a text in which nothing is named
is not thereby right.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FEW = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_UNITS = {"percent": "%", "per cent": "%", "cm": "mm"}  # to the unit in which both sides are compared

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATES = re.compile(
    rf"(?P<d>\b\d{{1,2}})(?:st|nd|rd|th)?[-/. ](?P<m>{_MONTH}|\d{{1,2}})[-/. ](?P<y>\d{{4}})\b"
    r"|\b(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})\b"
    rf"|\b(?P<sd>\d{{1,2}})(?:st|nd|rd|th)? (?P<sm>{_MONTH})\b",
    re.I,
)
_LESIONS = re.compile(r"\b(?:L|lesion |spot )(?P<n>\d{1,2})\b", re.I)
_SEGMENTS = re.compile(r"\bsegments? (?P<n>[1-8]|viii|vii|vi|iv|v|iii|ii|i)(?P<half>[ab]?)\b", re.I)
_NUMBERS = re.compile(
    r"(?<![\w.,])(?P<n>\d+(?:[.,]\d+)?)\s?"
    r"(?P<u>%|percent\b|per cent\b|mm\b|cm\b|ml\b|kg\b|Gy\b|(?:day|week|month|year|cycle|session)s?\b)?",
    re.I,
)
_NUMBER_WORDS = re.compile(
    rf"\b(?P<n>{'|'.join(_FEW)})\b(?:\s(?P<u>(?:day|week|month|year|cycle|session)s?)\b)?", re.I
)
_PEOPLE = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor)\.?\s(?P<n>[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)*)"
)
_TREATMENTS = {
    "resection": r"resect\w*|\w*(?:hepat|segment|lob)ectom\w*|operat(?:ions?|ed?|ing)\b|surgery|surgical",
    "ablation": r"ablat\w*|microwave\w*|radiofrequency|cryo\w+|electroporation|heat\b",
    "embolisation": r"(?:chemo)?emboli[sz]\w*|tace\b",
    "radioembolisation": r"radioemboli[sz]\w*|sirt\b|tare\b|y-?90|yttrium\w*",
    "radiotherapy": r"\w*radiotherap\w*|sbrt\b|stereotactic|irradiat\w*|rays\b",
    "systemic": r"systemic|chemo(?:therap\w*)?\b|drugs\b",
    "immunotherapy": r"immunotherap\w*",
    "transplant": r"transplant\w*|new liver",
    "pump": r"(?:infusion )?pump\b",
    "drainage": r"drain\w*|stent\w*",
    "biopsy": r"biops\w*",
    "palliative": r"palliat\w*|hospice",
    "surveillance": r"surveillance|check-ups?",
    "trial": r"trials?\b",
}
_DRUGS = (
    "FOLFOXIRI|FOLFIRINOX|FOLFOX|FOLFIRI|CAPOX|XELOX|capecitabine|irinotecan|oxaliplatin|fluorouracil|cetuximab"
    "|panitumumab|bevacizumab|aflibercept|encorafenib|regorafenib|trifluridine|tipiracil|sorafenib|lenvatinib"
    "|cabozantinib|ramucirumab|atezolizumab|durvalumab|tremelimumab|nivolumab|ipilimumab|pembrolizumab|gemcitabine"
    "|cisplatin|pemigatinib|ivosidenib|octreotide|lanreotide|everolimus|sunitinib|imatinib|lutetium"
)
_NAMED = [
    *((name, re.compile(rf"\b(?:{words})", re.I)) for name, words in _TREATMENTS.items()),
    ("", re.compile(rf"\b(?:{_DRUGS})\b", re.I)),
]


@dataclass(frozen=True)
class Mention:
    """One thing that a text states, in a form that can be compared, and as it stands there."""

    at: int
    kind: str
    value: tuple
    words: str


def untraced(text: str, facts: Iterable[str]) -> tuple[str, ...]:
    """What this text states and none of the facts does, in the order of the text, each once."""
    known = [mention for fact in facts for mention in mentions(fact)]
    strange = (said for said in mentions(text) if not any(_same(said, other) for other in known))
    return tuple(dict.fromkeys(said.words for said in strange))


def mentions(text: str) -> list[Mention]:
    """Everything of a text that can be held against the record."""
    found: list[Mention] = []
    rest = text
    for look in (_dates, _lesions, _segments, _numbers, _number_words):
        new = list(look(rest))
        found += new
        for one in new:  # a day of the month is not a number besides
            rest = rest[: one.at] + "\0" * len(one.words) + rest[one.at + len(one.words) :]
    found += [*_people(text), *_treatments(text)]
    return sorted(found, key=lambda one: one.at)


def _same(said: Mention, other: Mention) -> bool:
    """A day without its year, and a number without its unit, are met by those that have one."""
    return said.kind == other.kind and all(
        mine is None or mine == theirs for mine, theirs in zip(said.value, other.value, strict=True)
    )


def _dates(text: str) -> Iterator[Mention]:
    for hit in _DATES.finditer(text):
        part = hit.groupdict()
        day, month = (
            part["d"] or part["id"] or part["sd"],
            part["m"] or part["im"] or part["sm"],
        )
        year = part["y"] or part["iy"]
        yield Mention(
            hit.start(), "date", (int(day), _month(month), int(year) if year else None), hit.group()
        )


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS.index(written[:3].lower()) + 1


def _lesions(text: str) -> Iterator[Mention]:
    for hit in _LESIONS.finditer(text):
        yield Mention(hit.start(), "lesion", (int(hit["n"]),), hit.group())


def _segments(text: str) -> Iterator[Mention]:
    for hit in _SEGMENTS.finditer(text):
        number = int(hit["n"]) if hit["n"].isdigit() else _ROMAN[hit["n"].lower()]
        yield Mention(hit.start(), "segment", (number, hit["half"].lower()), hit.group())


def _numbers(text: str) -> Iterator[Mention]:
    for hit in _NUMBERS.finditer(text):
        unit = (hit["u"] or "").lower()
        value = float(hit["n"].replace(",", ".")) * (10 if unit == "cm" else 1)
        yield Mention(hit.start(), "number", (round(value, 4), _unit(unit)), hit.group().strip())


def _number_words(text: str) -> Iterator[Mention]:
    for hit in _NUMBER_WORDS.finditer(text):
        value = float(_FEW.index(hit["n"].lower()) + 2)
        yield Mention(hit.start(), "number", (value, _unit((hit["u"] or "").lower())), hit.group())


def _unit(written: str) -> str | None:
    if not written:
        return None
    return _UNITS.get(written, written if written in ("gy",) else written.removesuffix("s"))


def _people(text: str) -> Iterator[Mention]:
    for hit in _PEOPLE.finditer(text):
        yield Mention(hit.start(), "person", (hit["n"].split()[-1].lower(),), hit.group())


def _treatments(text: str) -> Iterator[Mention]:
    for name, words in _NAMED:
        for hit in words.finditer(text):
            yield Mention(hit.start(), "treatment", (name or hit.group().lower(),), hit.group())
