"""What are the paragraphs of one letter: as they were made, as somebody edited them, as they will be read?"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from cases.domain.letters import Sentence
from cases.domain.letters_traced import untraced

STATE = "Please note"  # what a reader must not overlook
# The parts of a letter, by the beginnings of the keys that stand in them; the first has no heading.
PARTS = (
    ("", ("opening",)),
    (STATE, ("replaces", "provisional")),
    ("Question to the board", ("question",)),
    ("Recommendation", ("intent", "plan", "remark")),
    ("What happens next", ("action",)),
    ("Why", ("why", "guideline", "trial")),
    ("The patient’s wish", ("wish", "wish_reason")),
    ("Other views in the board", ("split", "dissent")),
    ("How long this holds", ("until", "back")),
    ("To you", ("closing",)),
)
PARTS_FOR_PATIENT = (
    ("", ("opening",)),
    (STATE, ("replaces", "provisional")),
    ("What we think is best", ("intent", "plan", "remark")),
    ("Why", ("why",)),
    ("What matters to you", ("wish", "wish_reason")),
    ("Other views in the team", ("split", "dissent")),
    ("What happens next", ("action", "until", "back")),
    ("Your choice", ("choice",)),
)


@dataclass(frozen=True)
class Paragraph:
    key: str
    text: str
    sources: tuple[str, ...]
    to_write: bool = False
    edited_text: str = ""
    version: int = 1
    is_overtaken: bool = False  # edited, and the record says something else since

    @property
    def final(self) -> str:
        return self.edited_text or self.text

    @property
    def is_edited(self) -> bool:
        return bool(self.edited_text)

    @property
    def is_missing(self) -> bool:
        return not self.final


def begun(sentences: Iterable[Sentence]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(one.key, one.text, one.sources, one.to_write) for one in sentences)


def read(stored: Iterable[Mapping[str, Any]]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(**{**one, "sources": tuple(one["sources"])}) for one in stored)


def kept(paragraphs: Iterable[Paragraph]) -> list[dict[str, Any]]:
    return [asdict(one) | {"sources": list(one.sources)} for one in paragraphs]


def edited(paragraphs: Iterable[Paragraph], *, key: str, text: str) -> tuple[Paragraph, ...]:
    """With one paragraph in somebody's words; in those of the record when they are the same or none."""
    return tuple(_in_words(one, text.strip()) if one.key == key else one for one in paragraphs)


def renewed(paragraphs: Iterable[Paragraph], sentences: Iterable[Sentence]) -> tuple[Paragraph, ...]:
    """As the record says it now; what somebody has written stays theirs while its paragraph exists."""
    before = {one.key: one for one in paragraphs}
    return tuple(_beside(one, before.get(one.key)) for one in begun(sentences))


def is_current(paragraphs: Iterable[Paragraph], sentences: Iterable[Sentence]) -> bool:
    return [(one.key, one.text) for one in paragraphs] == [(one.key, one.text) for one in sentences]


def strange(paragraphs: Iterable[Paragraph], facts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By paragraph: what somebody wrote that is nowhere in the record."""
    every = tuple(paragraphs)
    known = (*facts, *(one.text for one in every))
    found = {one.key: untraced(one.edited_text, known) for one in every if one.is_edited}
    return {key: words for key, words in found.items() if words}


def parted(paragraphs: Iterable[Paragraph], parts) -> list[tuple[str, list[Paragraph]]]:
    """Under their headings, in the order of the letter; a heading with nothing below it is left out."""
    every = list(paragraphs)
    grouped = [(heading, [one for one in every if _belongs(one.key, keys)]) for heading, keys in parts]
    return [(heading, found) for heading, found in grouped if found]


def _belongs(key: str, keys: Iterable[str]) -> bool:
    return key.split("-", maxsplit=1)[0] in keys


def _in_words(one: Paragraph, text: str) -> Paragraph:
    return replace(
        one, edited_text="" if text == one.text else text, version=one.version + 1, is_overtaken=False
    )


def _beside(made: Paragraph, before: Paragraph | None) -> Paragraph:
    if before is None:
        return made
    changed = before.text != made.text
    return replace(
        made,
        edited_text=before.edited_text,
        version=before.version + changed,
        is_overtaken=before.is_overtaken or (changed and before.is_edited),
    )
