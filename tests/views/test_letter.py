"""A letter's page: the board prepares it, its addressee reads it once it is sent, nobody else finds it."""

import pytest
from django.urls import reverse

from cases.models import Letter
from cases.services import letter as letters
from cases.vocabulary import LetterKind, LetterStatus, Role
from tests.factories import member, person
from tests.factories.decisions import a_room
from tumorboard.audit import trail
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def letter(room):
    room.decide()
    return Letter.objects.get(kind=LetterKind.REFERRER)


@pytest.fixture
def summary(letter):
    return Letter.objects.get(kind=LetterKind.PATIENT)


def url(letter, name="letter"):
    return reverse(f"cases:{name}", args=[letter.pk])


def approved(letter, room):
    letters.approve(letter=letter, version=letter.version, by=room.chair)
    return letter


def sent(letter, room):
    letters.send(letter=approved(letter, room), by=room.coordinator)
    return letter


def why(text, version="1"):
    return {"key": "why", "version": version, "text": text}


def page_of(client, letter):
    return client.get(url(letter)).content.decode()


def test_from_draft_to_sent(room, letter, client):
    client.force_login(room.coordinator)
    assert client.post(url(letter, "edit-letter"), why("Because.")).url == f"{url(letter)}#p-why"
    assert "A chair of the board approves letters." in page_of(client, letter)
    assert client.post(url(letter, "approve-letter"), {"version": "2"}).status_code == 403

    client.force_login(room.chair)
    client.post(url(letter, "approve-letter"), {"version": "2"})
    client.force_login(room.coordinator)
    client.post(url(letter, "send-letter"))
    letter.refresh_from_db()

    assert letter.status == LetterStatus.SENT
    assert "Waiting" in page_of(client, letter)


def test_each_paragraph_stands_beside_the_field_that_it_comes_from(room, letter, client):
    client.force_login(room.coordinator)
    page = page_of(client, letter)

    decision = reverse("cases:decision", args=[letter.recommendation_id])
    assert f'<a href="{decision}#actions-title">Action 1</a>' in page
    assert "Resection, right hepatectomy, Mr Ivo Duarte" in page


def test_one_paragraph_is_kept_without_the_others_being_sent_again(room, summary, client):
    client.force_login(room.chair)
    letters.edit(letter=summary, key="action-1-detail", version=1, text="The right side.", by=room.chair)
    answer = client.post(url(summary, "edit-letter"), why("Both can come out."), headers=HTMX)
    part = answer.content.decode()

    assert 'id="p-why"' in part
    assert 'id="p-intent"' not in part
    assert "<h3>Why</h3>" in part
    assert "Both can come out." in part
    assert 'hx-swap-oob="true"' in part
    assert '<button type="submit" class="btn btn-primary">Approve this letter</button>' in part


def test_what_is_being_typed_is_held_against_the_record_and_nothing_is_kept(room, summary, client):
    client.force_login(room.coordinator)
    typed = {"key": "why", "text": "Ablation of L9. You can go home soon."}
    answer = client.post(url(summary, "check-letter"), typed).content.decode()

    assert "Not in the record: Ablation, L9" in answer
    assert "Grade" in answer
    assert Letter.objects.get(pk=summary.pk).version == 1


def test_two_editors_the_second_sees_both_texts(room, letter, client):
    letters.edit(letter=letter, key="why", version=1, text="First.", by=room.chair)
    client.force_login(room.coordinator)
    for headers in ({}, HTMX):
        response = client.post(url(letter, "edit-letter"), why("Second."), headers=headers)
        page = response.content.decode()

        assert response.status_code == 422
        assert "Someone else has just changed this paragraph." in page
        assert "First." in page
        assert "Second.</textarea>" in page
        assert 'name="version" value="2"' in page
    assert client.post(url(letter, "edit-letter"), why("Second.", "2")).status_code == 302


def test_what_is_not_in_the_record_needs_a_tick(room, letter, client):
    letters.edit(letter=letter, key="why", version=1, text="Ablation of L9.", by=room.coordinator)
    client.force_login(room.chair)
    refused = client.post(url(letter, "approve-letter"), {"version": "2"})

    assert refused.status_code == 422
    assert "Not in the record: Ablation, L9." in refused.content.decode()
    client.post(url(letter, "approve-letter"), {"version": "2", "stands_by_strange": "on"})
    letter.refresh_from_db()
    assert letter.status == LetterStatus.APPROVED


def test_a_summary_leaves_on_paper(room, summary, client):
    for key in ("why", "action-1-detail"):
        letters.edit(letter=summary, key=key, version=1, text="Both can come out.", by=room.chair)
    approved(Letter.objects.get(pk=summary.pk), room)
    client.force_login(room.coordinator)
    assert client.post(url(summary, "letter-left"), {"how": ""}).status_code == 422
    client.post(url(summary, "letter-left"), {"how": "handed over in the clinic"})

    assert "handed over in the clinic" in page_of(client, summary)


def test_a_general_practitioner_can_be_added(room, letter, client):
    client.force_login(room.coordinator)
    assert "Write to the general practitioner" in page_of(client, letter)
    to_gp = reverse("cases:letter-to-gp", args=[letter.recommendation_id])
    refused = client.post(to_gp, {"name": "", "address": "York"})
    assert refused.status_code == 422
    assert 'value="York"' in refused.content.decode()

    client.post(to_gp, {"name": "Dr Green", "address": "York"})
    made = Letter.objects.get(kind=LetterKind.GP)
    assert "Dear Dr Green," in page_of(client, made)
    assert "Write to the general practitioner" not in page_of(client, made)


def test_the_page_shows_the_relays_own_words_as_proof(room, letter, client):
    sent(letter, room)
    Message.objects.filter(kind="letter.sent").update(
        state=State.SENT,
        sent_at=letter.sent_at,
        handover_at=letter.sent_at,
        to_address=room.referrer.email,
        proof="250 2.0.0 Ok: queued as 4Fx",
    )
    client.force_login(room.coordinator)
    assert "250 2.0.0 Ok: queued as 4Fx" in page_of(client, letter)

    client.force_login(room.referrer)
    assert "250 2.0.0" not in page_of(client, letter)


def test_a_preview_says_that_it_is_one_and_the_approved_bytes_never_change(room, letter, client):
    client.force_login(room.coordinator)
    preview = client.get(url(letter, "letter-pdf"))
    approved(letter, room)
    first, second = (client.get(url(letter, "letter-pdf")) for _ in range(2))

    assert preview.content.startswith(b"%PDF")
    assert preview.content != first.content
    assert first.content == second.content == bytes(Letter.objects.get(pk=letter.pk).pdf)
    assert first["Cache-Control"] == "no-store"
    assert first["Content-Disposition"] == f'inline; filename="{room.case.number}-referrer-letter-1.pdf"'
    assert trail.of(room.case.about).filter(verb="letter.read", actor=room.coordinator).count() == 3


def test_a_draft_of_earlier_days_is_previewed_and_approved_as_it_was(room, letter, client):
    Letter.objects.filter(pk=letter.pk).update(body=[], opening="Dear Bea,", closing="Yours")
    client.force_login(room.chair)

    assert client.get(url(letter, "letter-pdf")).content.startswith(b"%PDF")
    client.post(url(letter, "approve-letter"), {"version": "1"})
    letter.refresh_from_db()
    assert letter.status == LetterStatus.APPROVED


def test_the_addressee_reads_it_once_it_is_sent_and_no_other_letter(room, letter, summary, client):
    client.force_login(room.referrer)
    assert client.get(url(letter)).status_code == 404
    approved(letter, room)
    assert client.get(url(letter, "letter-pdf")).status_code == 404

    letters.send(letter=letter, by=room.coordinator)
    page = page_of(client, letter)

    assert "Open the letter" in page
    assert "Keep this paragraph" not in page
    assert client.get(url(letter, "letter-pdf")).content == bytes(letter.pdf)
    assert client.get(url(summary)).status_code == 404
    assert trail.of(room.case.about).filter(verb="letter.read", actor=room.referrer).exists()


def test_others_find_nothing(room, letter, client):
    sent(letter, room)
    for stranger in (person(), member(room.board, Role.REFERRER), a_room().chair):
        client.force_login(stranger)
        assert client.get(url(letter)).status_code == 404
        assert client.get(url(letter, "letter-pdf")).status_code == 404
        assert client.post(url(letter, "send-letter")).status_code == 404
        assert client.post(url(letter, "check-letter"), why("x")).status_code == 404


def test_a_step_that_is_not_possible_says_why(room, letter, client):
    client.force_login(room.coordinator)
    response = client.post(url(letter, "send-letter"), follow=True)

    assert "A letter is sent once it is approved" in response.content.decode()
    assert Letter.objects.get(pk=letter.pk).status == LetterStatus.DRAFT


def test_a_member_reads_and_does_not_write(room, letter, client):
    client.force_login(room.surgeon)
    assert "Keep this paragraph" not in page_of(client, letter)
    assert client.post(url(letter, "edit-letter"), why("x")).status_code == 403


def test_a_longer_letter_needs_no_more_questions_to_the_database(room, client, django_assert_max_num_queries):
    room.decide([room.action() for _ in range(4)])
    letter = Letter.objects.get(kind=LetterKind.REFERRER)
    client.force_login(room.chair)
    client.get(url(letter))

    with django_assert_max_num_queries(21):
        client.get(url(letter))
