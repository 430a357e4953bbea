"""A letter's page: the board prepares it, its addressee reads it once it is sent, nobody else finds it."""

import pytest
from django.urls import reverse

from cases.models import Letter
from cases.services import letter as letters
from cases.vocabulary import LetterStatus, Role
from tests.factories import member, person
from tests.factories.decisions import a_room
from tumorboard.audit import trail
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def letter(room):
    room.decide()
    return Letter.objects.get()


def url(letter, name="letter"):
    return reverse(f"cases:{name}", args=[letter.pk])


def approved(letter, room):
    letters.approve(letter=letter, version=letter.version, by=room.chair)
    return letter


def sent(letter, room):
    letters.send(letter=approved(letter, room), by=room.coordinator)
    return letter


def test_from_draft_to_sent(room, letter, client):
    client.force_login(room.coordinator)
    words = {"version": "1", "opening": "Dear Bea,", "closing": "Yours"}
    assert client.post(url(letter), words).url == url(letter)
    assert "A chair of the board approves letters." in client.get(url(letter)).content.decode()
    assert client.post(url(letter, "approve-letter"), {"version": "2"}).status_code == 403

    client.force_login(room.chair)
    client.post(url(letter, "approve-letter"), {"version": "2"})
    client.force_login(room.coordinator)
    client.post(url(letter, "send-letter"))
    letter.refresh_from_db()

    assert (letter.status, letter.opening) == (LetterStatus.SENT, "Dear Bea,")
    assert "Waiting" in client.get(url(letter)).content.decode()


def test_the_page_shows_the_relays_own_words_as_proof(room, letter, client):
    sent(letter, room)
    now = letter.sent_at
    Message.objects.filter(kind="letter.sent").update(
        state=State.SENT,
        sent_at=now,
        handover_at=now,
        to_address=room.referrer.email,
        proof="250 2.0.0 Ok: queued as 4Fx",
    )
    client.force_login(room.coordinator)
    assert "250 2.0.0 Ok: queued as 4Fx" in client.get(url(letter)).content.decode()

    client.force_login(room.referrer)
    assert "250 2.0.0" not in client.get(url(letter)).content.decode()


def test_two_editors_the_second_keeps_the_text_and_is_told(room, letter, client):
    letters.edit(letter=letter, version=1, opening="First.", closing="", by=room.chair)
    client.force_login(room.coordinator)
    response = client.post(url(letter), {"version": "1", "opening": "Second.", "closing": ""})

    assert response.status_code == 422
    assert "Second." in response.content.decode()
    assert Letter.objects.get().opening == "First."


def test_a_preview_says_that_it_is_one_and_the_approved_bytes_never_change(room, letter, client):
    client.force_login(room.coordinator)
    preview = client.get(url(letter, "letter-pdf"))
    approved(letter, room)
    first, second = (client.get(url(letter, "letter-pdf")) for _ in range(2))

    assert preview.content.startswith(b"%PDF")
    assert preview.content != first.content
    assert first.content == second.content == bytes(Letter.objects.get().pdf)
    assert first["Cache-Control"] == "no-store"
    assert first["Content-Disposition"] == f'inline; filename="{room.case.number}-letter-1.pdf"'
    assert trail.of(room.case.about).filter(verb="letter.read", actor=room.coordinator).count() == 3


def test_the_addressee_reads_it_once_it_is_sent(room, letter, client):
    client.force_login(room.referrer)
    assert client.get(url(letter)).status_code == 404
    approved(letter, room)
    assert client.get(url(letter, "letter-pdf")).status_code == 404

    letters.send(letter=letter, by=room.coordinator)
    page = client.get(url(letter)).content.decode()

    assert "Open the letter" in page
    assert "Keep the words" not in page
    assert client.get(url(letter, "letter-pdf")).content == bytes(letter.pdf)
    assert trail.of(room.case.about).filter(verb="letter.read", actor=room.referrer).exists()


def test_others_find_nothing(room, letter, client):
    sent(letter, room)
    for stranger in (person(), member(room.board, Role.REFERRER), a_room().chair):
        client.force_login(stranger)
        assert client.get(url(letter)).status_code == 404
        assert client.get(url(letter, "letter-pdf")).status_code == 404
        assert client.post(url(letter, "send-letter")).status_code == 404


def test_a_step_that_is_not_possible_says_why(room, letter, client):
    client.force_login(room.coordinator)
    response = client.post(url(letter, "send-letter"), follow=True)

    assert "A letter is sent once it is approved" in response.content.decode()
    assert Letter.objects.get().status == LetterStatus.DRAFT


def test_a_member_reads_and_does_not_write(room, letter, client):
    client.force_login(room.surgeon)
    assert client.get(url(letter)).status_code == 200

    words = {"version": "1", "opening": "Dear Bea,", "closing": ""}
    assert client.post(url(letter), words).status_code == 403
