"""Reading ease and grade, against texts whose syllables were counted by hand."""

import pytest

from cases.domain import plain_words
from cases.domain.reading_level import AIM, TOO_HARD, reading, syllables

# Lincoln, Gettysburg, 1863, first sentence: 30 words, 48 syllables.
LINCOLN = (
    "Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived "
    "in Liberty, and dedicated to the proposition that all men are created equal."
)


@pytest.mark.parametrize(
    ("text", "words", "heard", "ease", "grade"),
    [
        ("The cat sat on the mat.", 6, 6, 116.145, -1.45),
        (
            "This sentence, taken as a reading passage unto itself, is being used to prove a point.",
            16,
            23,
            68.9825,
            7.6125,
        ),
        # 206.835 - 1.015 * 30 - 84.6 * 48/30, and 0.39 * 30 + 11.8 * 48/30 - 15.59
        (LINCOLN, 30, 48, 41.025, 14.99),
    ],
)
def test_as_counted_by_hand(text, words, heard, ease, grade):
    found = reading(text)

    assert (found.words, found.sentences, found.syllables) == (words, 1, heard)
    assert found.ease == pytest.approx(ease)
    assert found.grade == pytest.approx(grade)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four: five; six.", 6),
        ("It is 3.5 cm. It grew.", 2),
        ("A line\nand another", 2),
        ("“It hurts.” She said so.", 2),
        ("By 04-Dec-2026, with Dr Duarte.", 1),
    ],
)
def test_sentences_end_where_flesch_ends_them(text, sentences):
    assert reading(text).sentences == sentences


def test_nothing_to_read_has_no_level():
    assert reading("") is None
    assert reading(" – … \n") is None


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("table", 2),
        ("people", 2),
        ("rule,", 1),
        ("being", 2),
        ("trying", 2),
        ("playing", 2),
        ("beyond", 2),
        ("biopsy", 3),
        ("patient", 2),
        ("trial", 2),
        ("radiotherapy", 6),
        ("diseases", 3),
        ("wanted", 2),
        ("washed", 1),
        ("pages", 2),
        ("something", 2),
        ("area", 3),
        ("don’t", 1),
        ("2026", 4),
        ("L1", 2),
        ("follow-up", 3),
        ("embolisation", 5),
    ],
)
def test_syllables(word, count):
    assert syllables(word) == count


def test_what_is_wanted_and_what_is_too_hard():
    assert (AIM, TOO_HARD) == (6, 8)
    assert reading("We will call you. Then you can come in.").is_as_wanted
    assert reading(LINCOLN).is_too_hard


@pytest.mark.parametrize("term", plain_words.TERMS, ids=lambda term: term.name)
def test_every_meaning_is_itself_easy(term):
    assert reading(term.meaning).grade <= AIM + 0.05


@pytest.mark.parametrize("said", [*plain_words.AIMS.values(), *plain_words.WISHES.values()])
def test_what_the_codes_say_to_a_patient_is_easy(said):
    assert reading(said).grade <= AIM
