"""The letters of a decision: their words may change until a chair approves; then their bytes are final."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from cases.domain.errors import NotReady, Refused, SomeoneWasFaster
from cases.models import Letter
from cases.services import letter as letters
from cases.vocabulary import LetterKind, LetterStatus, Role, Specialty
from tests.factories import a_lesion, member
from tests.factories.decisions import a_room
from tumorboard.audit import trail
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db

WHY = "Both spots can come out. Enough of your liver will stay."


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def letter(room):
    room.decide()
    return of(LetterKind.REFERRER)


@pytest.fixture
def summary(room, letter):
    """All but the reason is written."""
    edit(of(LetterKind.PATIENT), "action-1-detail", "They take out the right side of your liver.", room)
    return of(LetterKind.PATIENT)


def of(kind, number=1):
    return Letter.objects.get(kind=kind, number=number)


def approve(letter, room, **ticked):
    letters.approve(letter=letter, version=letter.version, by=room.chair, **ticked)


def paragraph(letter, key):
    return next(one for one in Letter.objects.get(pk=letter.pk).body if one["key"] == key)


def edit(letter, key, text, room):
    version = paragraph(letter, key)["version"]
    letters.edit(letter=letter, key=key, version=version, text=text, by=room.coordinator)


def words(letter):
    pages = PdfReader(io.BytesIO(bytes(letter.pdf))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_signing_drafts_a_letter_to_the_referrer_and_a_summary_for_the_patient(room, letter, summary):
    assert Letter.objects.count() == 2
    assert (letter.status, letter.number, letter.recipient) == (LetterStatus.DRAFT, 1, room.referrer)
    assert paragraph(letter, "opening")["text"].startswith("Dear Dr Bea Nightingale,")
    assert summary.recipient is None
    assert summary.recipient_name.endswith(room.case.patient.family_name)
    assert paragraph(summary, "why") | {"to_write": True, "text": ""} == paragraph(summary, "why")
    assert letter.pdf is None


def test_a_known_general_practitioner_is_written_to_as_well(room):
    room.case.gp_name, room.case.gp_address = "Dr Olive Green", "1 Mill Lane; York"
    room.case.save()
    room.decide()
    letter = of(LetterKind.GP)

    assert paragraph(letter, "opening")["text"].startswith(
        "Dear Dr Olive Green,\n\nyour patient was referred"
    )
    approve(letter, room)
    text = words(letter)
    for said in ("Dr Olive Green 1 Mill Lane York", "Also written to: Dr Bea Nightingale"):
        assert said in text


def test_a_general_practitioner_named_later_gets_a_letter_then(room, letter):
    made = letters.draft_to_gp(
        recommendation=letter.recommendation, name=" Dr Green ", address="York", by=room.coordinator
    )
    room.case.refresh_from_db()

    assert (made.kind, made.recipient_name, room.case.gp_name) == (LetterKind.GP, "Dr Green", "Dr Green")
    assert Letter.objects.count() == 3
    with pytest.raises(Refused, match="name"):
        letters.draft_to_gp(recommendation=letter.recommendation, name=" ", address="", by=room.coordinator)


def test_an_edited_paragraph_is_kept_beside_the_words_of_the_record(room, letter):
    edit(letter, "why", " Both lesions are resectable. ", room)
    kept = paragraph(letter, "why")

    assert (kept["text"], kept["edited_text"]) == (room.fields["rationale"], "Both lesions are resectable.")
    edit(letter, "why", "", room)
    assert paragraph(letter, "why")["edited_text"] == ""


def test_of_two_editors_of_one_paragraph_the_second_is_told_and_two_paragraphs_do_not_collide(room, letter):
    edit(letter, "why", "First.", room)
    letters.edit(letter=letter, key="closing", version=1, text="Yours", by=room.chair)

    with pytest.raises(SomeoneWasFaster):
        letters.edit(letter=letter, key="why", version=1, text="Second.", by=room.chair)
    assert paragraph(letter, "why")["edited_text"] == "First."
    assert paragraph(letter, "closing")["edited_text"] == "Yours"


def test_the_approved_letter_says_what_was_decided(room):
    lesion = a_lesion(room.case, mm=31)
    room.decide([room.action(lesions=[lesion])], trial="OFFERED", trial_words="a trial of timing")
    letter = of(LetterKind.REFERRER)
    approve(letter, room)
    text = words(letter)

    for said in (
        "Dear Dr Bea Nightingale",
        "L1: resect.",
        "right hepatectomy for L1: Mr Ivo Duarte, by",
        room.fields["rationale"],
        room.fields["patient_wish"],
        "A trial is offered: a trial of timing.",
        "The board was quorate.",
        "Signed by June Arkwright",
        "Ann Hollis",
        room.case.number,
    ):
        assert said in text
    assert "DRAFT" not in text


def test_a_summary_is_approved_once_the_reason_is_written_in_plain_words(room, summary):
    with pytest.raises(NotReady, match="1 paragraph is still to be written"):
        approve(summary, room)
    edit(summary, "why", WHY, room)
    summary.refresh_from_db()
    approve(summary, room)
    text = words(summary)

    for said in (WHY, "An operation to take out", "We heard this from you: “I want to dance in June.”"):
        assert said in text
    assert "right hepatectomy" not in text
    assert "Ann Hollis" in text  # whom to ask


def test_words_are_explained_where_they_are_used(room, summary):
    edit(summary, "why", "We talked about a resection.", room)
    summary.refresh_from_db()
    approve(summary, room, stands_by_strange=True)

    assert "Words used Resection: An operation to take out the part that is ill." in words(summary)


def test_what_is_not_in_the_record_is_approved_knowingly_only(room, letter):
    edit(letter, "why", "Ablation of L9 by 01-Jan-2030.", room)
    letter.refresh_from_db()

    with pytest.raises(Refused, match=r"Not in the record: Ablation, L9, 01-Jan-2030\."):
        approve(letter, room)
    approve(letter, room, stands_by_strange=True)
    told = trail.of(room.case.about).get(verb="letter.approved")
    assert told.details["not_in_the_record"] == 3


def test_what_is_hard_to_read_is_approved_knowingly_only(room, summary):
    hard = (
        "Considering multidisciplinary recommendations regarding individualised perioperative alternatives, "
    )
    edit(summary, "why", hard * 8, room)
    summary.refresh_from_db()

    with pytest.raises(Refused, match="hard to read"):
        approve(summary, room)
    approve(summary, room, stands_by_hard=True)
    assert trail.of(room.case.about).get(verb="letter.approved").details["hard_to_read"] is True


def test_an_unquorate_decision_says_so_in_the_letter():
    room = a_room(present=[Specialty.SURGERY, Specialty.RADIOLOGY])
    room.decide()

    assert "Provisional" in paragraph(of(LetterKind.REFERRER), "provisional")["text"]
    assert "not final yet" in paragraph(of(LetterKind.PATIENT), "provisional")["text"]


def test_what_was_approved_is_frozen(room, letter):
    approve(letter, room)

    with pytest.raises(Refused, match="not changed"):
        letters.edit(letter=letter, key="why", version=1, text="x", by=room.coordinator)
    for change in ({"pdf": b"%PDF-other"}, {"body": []}, {"approved_by": room.coordinator}):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**change)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MEMBER, Role.OBSERVER])
def test_only_a_chair_approves(room, letter, role):
    with pytest.raises(PermissionDenied):
        letters.approve(letter=letter, version=1, by=member(room.board, role))


def test_an_approval_is_of_the_words_that_were_read(room, letter):
    edit(letter, "why", "Other.", room)

    with pytest.raises(SomeoneWasFaster):
        letters.approve(letter=letter, version=1, by=room.chair)


def test_a_sent_letter_is_told_by_a_link_and_nothing_else(room, letter):
    approve(letter, room)
    letters.send(letter=letter, by=room.coordinator)
    message = Message.objects.get(kind="letter.sent")
    said = message.title + message.text + message.html

    assert (letter.status, letter.sent_by) == (LetterStatus.SENT, room.coordinator)
    assert (message.recipient, message.about) == (room.referrer, letter.about)
    assert f"/letters/{letter.pk}/" in message.text
    assert not message.enclosures.exists()
    for secret in (room.case.patient.family_name, room.case.patient.record_number, "hepatectomy", "curative"):
        assert secret not in said


def test_a_letter_on_paper_has_left_when_somebody_says_how_and_no_mail_goes_out(room, summary):
    edit(summary, "why", WHY, room)
    summary.refresh_from_db()
    approve(summary, room)
    before = Message.objects.count()

    with pytest.raises(Refused, match="posted or handed over"):
        letters.send(letter=summary, by=room.coordinator)
    with pytest.raises(Refused, match="how the letter left"):
        letters.mark_sent(letter=summary, how=" ", by=room.coordinator)
    letters.mark_sent(letter=summary, how="handed over in the clinic", by=room.coordinator)
    assert (summary.status, summary.sent_how) == (LetterStatus.SENT, "handed over in the clinic")
    assert Message.objects.count() == before


def test_a_letter_is_sent_once_and_only_when_approved(room, letter):
    with pytest.raises(Refused):
        letters.send(letter=letter, by=room.coordinator)
    approve(letter, room)
    again = Letter.objects.get(pk=letter.pk)
    letters.send(letter=letter, by=room.coordinator)

    with pytest.raises(SomeoneWasFaster):
        letters.send(letter=again, by=room.coordinator)
    assert Message.objects.filter(kind="letter.sent").count() == 1


def test_an_amended_decision_gets_new_letters_and_the_older_ones_stay_where_they_are(room):
    first = room.decide()
    letter, summary = of(LetterKind.REFERRER), of(LetterKind.PATIENT)
    approve(letter, room)
    letters.send(letter=letter, by=room.coordinator)
    room.amend(first, reason="New nodule.")
    newer = of(LetterKind.REFERRER, 2)

    assert paragraph(newer, "replaces")["text"].endswith("The decision was amended: New nodule.")
    assert "replaces" not in {one["key"] for one in of(LetterKind.PATIENT, 2).body}  # none was sent
    with pytest.raises(NotReady, match="newer one"):
        approve(summary, room)


def test_after_an_amendment_the_older_approved_letter_is_not_sent_any_more(room, letter):
    approve(letter, room)
    room.amend(letter.recommendation)

    with pytest.raises(Refused, match="newer one"):
        letters.send(letter=letter, by=room.coordinator)
