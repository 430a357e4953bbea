"""Can an addendum be asked for and given on its pages, and is it seen by who may?"""

import pytest
from django.urls import reverse

from cases.models import AddendumRequest
from cases.services import specialist_input as service
from cases.vocabulary import Role, Specialty
from tests import factories
from tests.services.specialist_input.test_addendum import DIFFERENCE, read
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db

BUTTON = "Ask the source hospital for an addendum"


@pytest.fixture
def board():
    return factories.board()


@pytest.fixture
def radiologist(board):
    return factories.member(board, specialty=Specialty.RADIOLOGY)


@pytest.fixture
def one(board, radiologist):
    return read(board, radiologist)


def page(client, name, pk):
    return client.get(reverse(f"cases:{name}", args=[pk])).content.decode()


def test_it_is_asked_from_the_signed_input_and_then_waits(client, one, radiologist):
    client.force_login(radiologist)
    assert BUTTON in page(client, "input", one.pk)

    response = client.post(reverse("cases:ask-addendum", args=[one.pk]))

    asked = AddendumRequest.objects.get()
    assert response.url == reverse("cases:addendum", args=[asked.pk])
    again = page(client, "input", one.pk)
    assert BUTTON not in again
    assert response.url in again
    assert response.url in page(client, "case", one.case_id)
    read_page = page(client, "addendum", asked.pk)
    assert DIFFERENCE in read_page
    assert "Give the addendum" not in read_page
    assert trail.of(one.case.about).filter(verb="case.viewed").count() >= 2


def test_the_button_is_for_who_may_and_for_a_difference_only(client, board, radiologist, one):
    agrees = read(board, radiologist, agreement="AGREES")
    client.force_login(factories.member(board, specialty=Specialty.SURGERY))
    assert BUTTON not in page(client, "input", one.pk)
    client.force_login(radiologist)
    assert BUTTON not in page(client, "input", agrees.pk)


def test_without_an_outside_study_the_page_says_where_to_record_it(client, board, radiologist):
    one = read(board, radiologist, outside=False)
    client.force_login(radiologist)

    shown = page(client, "input", one.pk)
    refused = client.post(reverse("cases:ask-addendum", args=[one.pk]), follow=True).content.decode()

    assert BUTTON not in shown
    assert reverse("cases:record-imaging", args=[one.case_id]) in shown
    assert "Record it with the hospital where it was done, then ask again." in refused


def test_the_referrer_finds_it_on_today_and_answers(client, one, radiologist):
    asked = service.ask_addendum(specialist_input=one, by=radiologist)
    address = reverse("cases:addendum", args=[asked.pk])
    client.force_login(one.case.referred_by)
    assert address in client.get(reverse("cases:today")).content.decode()
    assert address in page(client, "case", one.case_id)

    empty = client.post(address, {"answer": " "})
    assert empty.status_code == 422
    assert "Give the addendum, or say that there will be none and why." in empty.content.decode()
    assert client.post(address, {"answer": "Agreed: a second lesion."}).status_code == 302

    assert "Agreed: a second lesion." in page(client, "addendum", asked.pk)
    assert address not in client.get(reverse("cases:today")).content.decode()


def test_who_comes_second_keeps_the_text_and_reads_the_first(client, one, radiologist):
    asked = service.ask_addendum(specialist_input=one, by=radiologist)
    service.answer_addendum(request=asked, answer="The first answer.", by=one.case.referred_by)
    client.force_login(factories.member(one.case.board, Role.COORDINATOR))

    late = client.post(reverse("cases:addendum", args=[asked.pk]), {"answer": "The second answer."})

    shown = late.content.decode()
    assert late.status_code == 422
    assert "The first answer." in shown
    assert "The second answer." in shown


def test_a_stranger_finds_nothing_and_a_member_does_not_answer(client, one, radiologist):
    asked = service.ask_addendum(specialist_input=one, by=radiologist)
    address = reverse("cases:addendum", args=[asked.pk])
    client.force_login(factories.person())
    assert client.get(address).status_code == 404
    assert client.post(reverse("cases:ask-addendum", args=[one.pk])).status_code == 404
    client.force_login(factories.member(one.case.board, specialty=Specialty.SURGERY))

    assert client.get(address).status_code == 200
    assert client.post(address, {"answer": "Mine."}).status_code == 403
