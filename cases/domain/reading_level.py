"""How hard is a text to read?

Reading ease after Flesch (J Appl Psychol 1948;32:221-233) and the grade of school after Kincaid, Fishburne,
Rogers and Chissom (Naval Technical Training Command, Research Branch Report 8-75, 1975), for English:

    ease  = 206.835 - 1.015 * words/sentences - 84.6 * syllables/words
    grade = 0.39 * words/sentences + 11.8 * syllables/words - 15.59

As Flesch counts: a word is what stands between two spaces; a sentence ends at . ! ? : or ; and at the end of
a paragraph. Syllables are found by rule, not from a dictionary: each run of vowels is one; a silent e at the
end, in -es and in -ed is none; pairs that are spoken apart (cre-ate, tri-al, bi-opsy, be-ing) are two; a
number has as many as it has digits. Some words come out one too many or too few.
"""

import re
from dataclasses import dataclass

AIM, TOO_HARD = 6, 8  # grades: about age 11 to 12 is wanted; above the second somebody must stand by it

_WORD = re.compile(r"\S*[A-Za-z0-9À-ÿ]\S*")
_END = re.compile(r"[.!?:;]+[”’\"')]*(?=\s|$)|\n+")
_CONSONANT_Y = re.compile(r"(?:^|(?<=[aeiou]))y(?=[aeiou])")
_VOWELS = re.compile(r"[aeiouyàáâäãèéêëìíîïòóôöõùúûü]+")
_SILENT = (
    re.compile(r"(?<=[^aeiouyl])e$"),
    re.compile(r"(?<=[aeiouylr])le$"),  # while, role, rule: unlike table, in which the e is heard
    re.compile(r"(?<=[^aeiouytd])ed$"),
    re.compile(r"(?<=[^aeiouysxzcg])(?<!ch)(?<!sh)es$"),
)
_APART = re.compile(
    r"^crea|(?<![cts])ia|^bio|dio|iet|scien|eing|^(?:are|ide)as?$|(?<=[^aeiou])ying|[aiou]ing$|uou"
)


@dataclass(frozen=True)
class Reading:
    """How hard a text is; the numbers as published, not rounded."""

    words: int
    sentences: int
    syllables: int

    @property
    def ease(self) -> float:
        return 206.835 - 1.015 * self._length - 84.6 * self._weight

    @property
    def grade(self) -> float:
        return 0.39 * self._length + 11.8 * self._weight - 15.59

    @property
    def is_as_wanted(self) -> bool:
        return round(self.grade, 1) <= AIM

    @property
    def is_too_hard(self) -> bool:
        return round(self.grade, 1) > TOO_HARD

    @property
    def _length(self) -> float:
        return self.words / self.sentences

    @property
    def _weight(self) -> float:
        return self.syllables / self.words


def reading(text: str) -> Reading | None:
    """None: there is nothing to read."""
    counts = [
        (len(words), sum(syllables(word) for word in words))
        for sentence in _END.split(text)
        if (words := _WORD.findall(sentence))
    ]
    if not counts:
        return None
    return Reading(
        words=sum(words for words, _ in counts),
        sentences=len(counts),
        syllables=sum(heard for _, heard in counts),
    )


def syllables(word: str) -> int:
    """Of a word as it stands in a text, with its commas and hyphens."""
    digits = sum(letter.isdigit() for letter in word)
    parts = re.findall(r"[a-zà-ÿ]+", re.sub(r"['’](?:s|t|d|m|ll|re|ve)?\b", "", word.lower()))
    return max(1, digits + sum(_of_part(part) for part in parts))


def _of_part(part: str) -> int:
    spoken = _CONSONANT_Y.sub("j", re.sub(r"^some(?=[a-z])", "som", part).replace("qu", "kw"))
    bare = spoken
    for silent in _SILENT:
        bare = silent.sub("", bare)
    return max(1, len(_VOWELS.findall(bare)) + len(_APART.findall(spoken)))
