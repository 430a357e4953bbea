"""What is known of who comes? The tables were written by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.domain.coming import State, Word, state_of, why_no_reply, word_of

# answer, away?, the deputy comes?, speaks for another discipline? -> what is known
WORDS = [
    ("", False, True, False, Word.SILENT),
    ("", True, True, False, Word.AWAY),
    ("COMING", False, True, False, Word.COMES),
    ("COMING", True, True, False, Word.COMES),  # what is said counts before the calendar
    ("NOT_COMING", False, True, False, Word.CANNOT),
    ("NOT_COMING", True, True, False, Word.CANNOT),
    ("DEPUTY", False, True, False, Word.DEPUTY),
    ("DEPUTY", True, True, False, Word.DEPUTY),
    ("DEPUTY", False, False, False, Word.CANNOT),
    ("COMING", False, True, True, Word.FOR_ANOTHER),
    ("", False, True, True, Word.FOR_ANOTHER),
]


@pytest.mark.parametrize(("reply", "away", "deputy", "another", "word"), WORDS)
def test_what_is_known_of_one_person(reply, away, deputy, another, word):
    assert word_of(reply=reply, is_away=away, deputy_comes=deputy, speaks_for_another=another) == word


STATES = [
    ([], State.MISSING),
    ([Word.COMES], State.SURE),
    ([Word.DEPUTY], State.SURE),
    ([Word.SILENT], State.UNCERTAIN),
    ([Word.CANNOT], State.MISSING),
    ([Word.AWAY, Word.CANNOT], State.MISSING),
    ([Word.AWAY, Word.SILENT], State.UNCERTAIN),
    ([Word.CANNOT, Word.SILENT, Word.COMES], State.SURE),
    ([Word.FOR_ANOTHER], State.MISSING),
]


@pytest.mark.parametrize(("words", "state"), STATES)
def test_how_it_stands_with_a_discipline(words, state):
    assert state_of(words) == state


@pytest.mark.parametrize(
    ("status", "hours", "words"),
    [
        ("PLANNED", 1, ""),
        ("RUNNING", 1, ""),
        ("PLANNED", 0, "over"),
        ("CLOSED", 1, "over"),
        ("CANCELLED", 1, "called off"),
        ("CANCELLED", -1, "called off"),
    ],
)
def test_until_when_an_answer_counts(status, hours, words):
    now = datetime(2026, 12, 4, 10, tzinfo=UTC)
    said = why_no_reply(status, ends_at=now + timedelta(hours=hours), now=now)

    assert words in said
    assert bool(said) is bool(words)
