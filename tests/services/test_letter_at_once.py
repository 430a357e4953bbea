"""Several people work on one letter at the same moment."""

import pytest

from cases.domain.errors import DomainError, Refused, SomeoneWasFaster
from cases.models import Letter
from cases.services import letter as letters
from cases.vocabulary import LetterKind
from tests.factories.decisions import a_room
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def letter(room):
    room.decide()
    return Letter.objects.get(kind=LetterKind.REFERRER)


def edit(letter, key, by):
    mine = Letter.objects.get(pk=letter.pk)
    return lambda: letters.edit(letter=mine, key=key, version=1, text=f"{by.family_name} wrote this.", by=by)


def texts(letter):
    return {one["key"]: one["edited_text"] for one in Letter.objects.get(pk=letter.pk).body}


def test_two_paragraphs_are_both_kept(room, letter):
    answers = at_once(edit(letter, "why", room.chair), edit(letter, "closing", room.coordinator))

    assert answers == [None, None]
    assert texts(letter)["why"] == "Arkwright wrote this."
    assert texts(letter)["closing"] == "Hollis wrote this."


def test_of_two_editors_of_one_paragraph_one_is_told(room, letter):
    answers = at_once(edit(letter, "why", room.chair), edit(letter, "why", room.coordinator))
    [lost] = [answer for answer in answers if answer is not None]

    assert isinstance(lost, SomeoneWasFaster)
    assert texts(letter)["why"] in {"Arkwright wrote this.", "Hollis wrote this."}


def test_an_approval_never_covers_words_that_came_in_meanwhile(room, letter):
    mine = Letter.objects.get(pk=letter.pk)
    answers = at_once(
        edit(letter, "why", room.coordinator),
        lambda: letters.approve(letter=mine, version=1, by=room.chair),
    )
    [lost] = [answer for answer in answers if isinstance(answer, DomainError)]
    standing = Letter.objects.get(pk=letter.pk)

    assert isinstance(lost, SomeoneWasFaster | Refused)
    assert bool(standing.pdf) is not bool(texts(letter)["why"])
