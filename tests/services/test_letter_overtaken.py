"""The record goes on after a letter was drafted: which letter may still leave, and in whose words?"""

import pytest

from cases.domain.errors import NotReady, Refused
from cases.services import letter as letters
from cases.vocabulary import LetterKind, Specialty
from tests.factories.decisions import a_room
from tests.services.test_letter import approve, edit, of, paragraph
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db


def ratified(decided, room):
    answered(decided, room, "RATIFIED")


def answered(decided, room, answer, note=""):
    decided.ratifications.all().delete()
    decided.ratifications.create(
        specialty=Specialty.ONCOLOGY,
        due_on=room.today,
        created_by=room.chair,
        answer=answer,
        note=note,
        answered_at=decided.signed_at,
        answered_by=room.oncologist,
    )


def test_a_draft_that_the_record_has_overtaken_is_brought_up_to_date_and_keeps_what_was_written():
    room = a_room(present=[Specialty.SURGERY, Specialty.RADIOLOGY])
    decided = room.decide()
    letter = of(LetterKind.REFERRER)
    edit(letter, "why", "Because.", room)
    ratified(decided, room)
    letter.refresh_from_db()

    with pytest.raises(NotReady, match="not what the record says now"):
        approve(letter, room)
    letters.renew(letter=letter, by=room.coordinator)
    assert "provisional" not in {one["key"] for one in letter.body}
    assert paragraph(letter, "why")["edited_text"] == "Because."
    approve(letter, room)


def test_who_was_told_that_a_decision_is_provisional_is_told_that_it_is_not_any_more():
    room = a_room(present=[Specialty.SURGERY, Specialty.RADIOLOGY])
    decided = room.decide()
    letter = of(LetterKind.REFERRER)
    approve(letter, room)
    letters.send(letter=letter, by=room.coordinator)
    with pytest.raises(Refused, match="No other is needed"):
        letters.write_again(letter=letter, by=room.coordinator)

    ratified(decided, room)
    newer = letters.write_again(letter=letter, by=room.coordinator)
    keys = {one["key"] for one in newer.body}
    assert newer.number == 2
    assert "replaces" in keys
    assert "provisional" not in keys


def test_a_letter_that_an_objection_has_overtaken_does_not_leave():
    room = a_room(present=[Specialty.SURGERY, Specialty.RADIOLOGY])
    decided = room.decide()
    letter = of(LetterKind.REFERRER)
    approve(letter, room)
    answered(decided, room, "OBJECTED", "Not before a biopsy.")

    with pytest.raises(Refused, match="something else now"):
        letters.send(letter=letter, by=room.coordinator)
    assert not Message.objects.filter(kind="letter.sent").exists()
    newer = letters.write_again(letter=letter, by=room.coordinator)
    approve(newer, room)
    letters.send(letter=newer, by=room.coordinator)


def test_words_edited_before_the_record_changed_are_read_again_before_anybody_approves_them():
    room = a_room(present=[Specialty.SURGERY, Specialty.RADIOLOGY])
    decided = room.decide()
    letter = of(LetterKind.REFERRER)
    edit(letter, "provisional", "Not final.", room)
    answered(decided, room, "OBJECTED", "Not before a biopsy.")
    letters.renew(letter=letter, by=room.coordinator)

    with pytest.raises(NotReady, match="1 paragraph was edited before the record changed"):
        approve(letter, room)
    edit(letter, "provisional", "Not final.", room)
    letter.refresh_from_db()
    approve(letter, room)


def test_the_patient_is_told_that_one_of_the_team_does_not_agree():
    room = a_room(present=[Specialty.SURGERY, Specialty.RADIOLOGY])
    decided = room.decide()
    answered(decided, room, "OBJECTED", "Not before a biopsy.")
    summary = of(LetterKind.PATIENT)
    letters.renew(letter=summary, by=room.coordinator)

    assert paragraph(summary, "provisional")["text"] == (
        "This advice is not final yet. One of the team does not agree. The team will talk again. "
        "We will tell you if the advice changes."
    )
