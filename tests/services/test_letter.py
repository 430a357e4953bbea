"""The outcome letter: its words may change until a chair approves; then its bytes are final."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Letter
from cases.services import letter as letters
from cases.services import pathway
from cases.services.recommendation import DissentSaid
from cases.vocabulary import LetterStatus, Role, Specialty
from tests.factories import a_lesion, member
from tests.factories.decisions import a_room
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def letter(room):
    room.decide()
    return Letter.objects.get()


def approve(letter, room):
    letters.approve(letter=letter, version=letter.version, by=room.chair)


def words(letter):
    pages = PdfReader(io.BytesIO(bytes(letter.pdf))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_signing_leaves_a_draft_with_the_usual_words(room, letter):
    assert (letter.status, letter.number, letter.recipient) == (LetterStatus.DRAFT, 1, room.referrer)
    assert letter.opening.startswith("Dear Dr Bea Nightingale,")
    assert room.board.name in letter.closing
    assert letter.pdf is None


def test_an_edited_draft_is_kept_and_a_second_editor_is_told(room, letter):
    letters.edit(letter=letter, version=1, opening="Dear Bea,", closing="Yours", by=room.coordinator)

    letter.refresh_from_db()
    assert (letter.opening, letter.version) == ("Dear Bea,", 2)
    with pytest.raises(SomeoneWasFaster):
        letters.edit(letter=letter, version=1, opening="Dear Dr N,", closing="", by=room.coordinator)


def test_the_approved_letter_says_what_was_decided(room):
    lesion = a_lesion(room.case, mm=31)
    room.decide(
        [room.action(lesions=[lesion], condition="the remnant is over 30 %", plan_b="two stages")],
        dissents=[DissentSaid("Two more cycles first.", room.oncologist)],
    )
    letter = Letter.objects.get()
    approve(letter, room)
    text = words(letter)

    for said in (
        "Dear Dr Bea Nightingale",
        "right hepatectomy (L1)",
        "Mr Ivo Duarte",
        "the remnant is over 30 %",
        "two stages",
        room.fields["rationale"],
        room.fields["patient_wish"],
        "Kofi Adeyemi: Two more cycles first.",
        "The board was quorate.",
        "Signed by June Arkwright",
        "Ann Hollis",
        room.case.number,
    ):
        assert said in text
    assert "DRAFT" not in text


def test_an_unquorate_decision_says_so_in_the_letter():
    room = a_room(present=[Specialty.SURGERY, Specialty.RADIOLOGY])
    room.decide()
    letter = Letter.objects.get()
    approve(letter, room)

    assert "Provisional. Needed for a quorum and absent: medical oncology." in words(letter)


def test_what_was_approved_is_frozen(room, letter):
    approve(letter, room)

    with pytest.raises(Refused, match="not changed"):
        letters.edit(letter=letter, version=2, opening="x", closing="", by=room.coordinator)
    for change in ({"pdf": b"%PDF-other"}, {"opening": "x"}, {"approved_by": room.coordinator}):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**change)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MEMBER, Role.OBSERVER])
def test_only_a_chair_approves(room, letter, role):
    with pytest.raises(PermissionDenied):
        letters.approve(letter=letter, version=1, by=member(room.board, role))


def test_of_two_approvals_one_counts(room, letter):
    same = Letter.objects.get()
    approve(letter, room)

    with pytest.raises(SomeoneWasFaster):
        approve(same, room)


def test_a_sent_letter_is_told_by_a_link_and_nothing_else(room, letter):
    approve(letter, room)
    letters.send(letter=letter, by=room.coordinator)
    message = Message.objects.get(kind="letter.sent")
    said = message.title + message.text + message.html

    assert (letter.status, letter.sent_by) == (LetterStatus.SENT, room.coordinator)
    assert (message.recipient, message.about, message.scope) == (
        room.referrer,
        letter.about,
        room.board.scope,
    )
    assert f"/letters/{letter.pk}/" in message.text
    assert room.case.number in message.text
    assert not message.enclosures.exists()
    for secret in (room.case.patient.family_name, room.case.patient.record_number, "hepatectomy", "curative"):
        assert secret not in said


def test_a_letter_is_sent_once_and_only_when_approved(room, letter):
    with pytest.raises(Refused):
        letters.send(letter=letter, by=room.coordinator)
    approve(letter, room)
    again = Letter.objects.get()
    letters.send(letter=letter, by=room.coordinator)

    with pytest.raises(SomeoneWasFaster):
        letters.send(letter=again, by=room.coordinator)
    assert Message.objects.filter(kind="letter.sent").count() == 1


def test_after_an_amendment_the_older_letter_is_not_sent_any_more(room, letter):
    approve(letter, room)
    pathway.amend_decision(
        recommendation=letter.recommendation, text="Add a chest CT.", reason="New nodule.", by=room.chair
    )
    newer = Letter.objects.get(number=2)

    with pytest.raises(Refused, match="newer one"):
        letters.send(letter=letter, by=room.coordinator)
    approve(newer, room)
    assert "Add a chest CT." in words(newer)
    assert "amended" in newer.opening
    letters.send(letter=newer, by=room.coordinator)
