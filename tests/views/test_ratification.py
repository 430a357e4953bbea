"""The page on which an absent discipline stands by a decision or objects."""

import pytest
from django.urls import reverse

from cases.models import Ratification
from cases.notices.ratification import token_for
from cases.services import ratification as service
from cases.vocabulary import Role, Specialty
from tests.factories import member, person
from tests.factories.decisions import a_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room(present=(Specialty.SURGERY, Specialty.ONCOLOGY))


@pytest.fixture
def radiologist(room):
    return member(room.board, specialty=Specialty.RADIOLOGY, given_name="Ada", family_name="Lowe")


@pytest.fixture
def one(room, radiologist):
    return Ratification.objects.get(recommendation=room.decide())


def address(one):
    return reverse("cases:ratification", args=[one.pk])


def shown(client, where):
    return client.get(where).content.decode()


def test_the_page_shows_what_was_decided_by_whom_and_who_was_missing(client, one, room, radiologist):
    client.force_login(radiologist)
    page = shown(client, address(one))

    for words in ("right hepatectomy", "Kofi Adeyemi", "Diagnostic radiology, <b>absent</b>", "We object"):
        assert words in page, words


def test_the_link_in_the_mail_leads_there_for_its_recipient_alone(client, one, room, radiologist):
    link = reverse("cases:ratify", args=[token_for(one, radiologist)])
    assert client.get(link).url.startswith(reverse("account_login"))

    colleague = member(room.board, specialty=Specialty.RADIOLOGY)
    for who in (colleague, room.chair, person()):
        client.force_login(who)
        assert client.get(link).status_code == 404
    client.force_login(radiologist)
    assert client.get(link).url == address(one)
    assert client.get(link[:-3] + "AA/").status_code == 404


def test_who_has_left_the_board_finds_nothing(client, one, radiologist):
    radiologist.memberships.update(ended_at="2026-11-01T08:00Z")
    client.force_login(radiologist)

    assert client.get(reverse("cases:ratify", args=[token_for(one, radiologist)])).status_code == 404
    assert client.get(address(one)).status_code == 404


def test_a_referrer_reads_the_decision_and_not_what_a_discipline_says_to_the_board(client, one, room):
    client.force_login(room.referrer)

    assert client.get(reverse("cases:decision", args=[one.recommendation_id])).status_code == 200
    assert client.get(address(one)).status_code == 404


def test_the_answer_is_recorded_and_read_by_the_others(client, one, room, radiologist):
    client.force_login(radiologist)
    answer = client.post(address(one), {"answer": "OBJECTED", "note": "The PET was not read."})
    assert answer.url == address(one)

    client.force_login(room.chair)
    page = shown(client, address(one))
    assert "The PET was not read." in page
    assert "Record the answer" not in page


def test_an_objection_without_a_reason_comes_back_with_what_was_chosen(client, one, radiologist):
    client.force_login(radiologist)
    answer = client.post(address(one), {"answer": "OBJECTED", "note": "  "})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Say why you object" in page
    assert page.count("checked") == 1
    one.refresh_from_db()
    assert one.answer == ""


def test_who_may_not_answer_reads_and_is_refused(client, one, room):
    client.force_login(room.chair)
    assert "Record the answer" not in shown(client, address(one))
    assert client.post(address(one), {"answer": "RATIFIED"}).status_code == 403


def test_who_comes_second_is_told_and_keeps_what_was_typed(client, one, room, radiologist):
    service.answer(ratification=one, answer="RATIFIED", note="", by=radiologist)
    client.force_login(member(room.board, specialty=Specialty.RADIOLOGY))
    answer = client.post(address(one), {"answer": "OBJECTED", "note": "The PET was not read."})

    assert answer.status_code == 422
    assert "has answered already" in answer.content.decode()


def test_today_lists_what_waits_for_my_discipline(client, one, room, radiologist):
    for who, wanted in (
        (radiologist, True),
        (member(room.board, specialty=Specialty.RADIOLOGY), True),
        (room.surgeon, False),
        (room.chair, False),
        (member(room.board, Role.OBSERVER), False),
    ):
        client.force_login(who)
        assert (address(one) in shown(client, reverse("cases:today"))) is wanted

    service.answer(ratification=one, answer="RATIFIED", note="", by=radiologist)
    client.force_login(radiologist)
    assert address(one) not in shown(client, reverse("cases:today"))
