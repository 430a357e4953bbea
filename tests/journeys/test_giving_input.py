"""Does a discipline's page work in a browser: on a desk, on a phone, in the dark, and when it is left?"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cases.models import Draft
from cases.vocabulary import Specialty
from tests import factories
from tests.factories.inputs import a_signed_input, an_input

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def board():
    return factories.board()


def asked(board, specialty):
    person = factories.member(board, specialty=specialty)
    case = factories.a_case(board)
    factories.a_lesion(case, 1, ["6"], 34)
    factories.agenda_item(factories.meeting(board, timezone.now() + timedelta(days=2)), case)
    oncologist = factories.member(board, specialty=Specialty.ONCOLOGY)
    a_signed_input(case, oncologist, Specialty.PATHOLOGY, opinion_reason="Well differentiated.")
    return an_input(case, person, specialty, due_at=timezone.now()), person


def is_kept(answer, words):
    return "/drafts/" in answer.url and answer.ok and words in (answer.request.post_data or "")


def test_a_surgeon_writes_leaves_and_comes_back(at_a_browser, board):
    wanted, person = asked(board, Specialty.SURGERY)
    surgeon = at_a_browser(person)
    surgeon.arrives(reverse("cases:input", args=[wanted.pk]))

    surgeon.types("Future liver remnant", "320")
    surgeon.types("Total liver volume", "1700")
    surgeon.types("Tumour volume", "250")
    surgeon.sees("22.1 %")
    with surgeon.page.expect_response(lambda answer: is_kept(answer, "Half a sen")):
        surgeon.types("Reason", "Half a sen")
        surgeon.page.get_by_label("Reason").blur()
    surgeon.opens(reverse("cases:input", args=[wanted.pk]))

    expect(surgeon.page.get_by_label("Reason")).to_have_value("Half a sen")
    surgeon.presses("Sign input", then="Choose the option that you prefer.")
    expect(surgeon.page.get_by_label("Reason")).to_have_value("Half a sen")
    surgeon.presses("Save draft", then="The draft is saved.")
    assert Draft.objects.get(owner=person).base_version == 2


def test_a_radiologist_adds_a_lesion_on_a_phone_in_the_dark(at_a_browser, board):
    wanted, person = asked(board, Specialty.RADIOLOGY)
    phone = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
    radiologist = at_a_browser(person, **phone)
    radiologist.arrives(reverse("cases:input", args=[wanted.pk]))
    rows = radiologist.page.locator("[data-rows=lesions] [data-row-of-set]")
    before = rows.count()

    radiologist.page.get_by_role("button", name="Another lesion").click()

    expect(rows).to_have_count(before + 1)
    expect(radiologist.page.get_by_label("Outside the liver, in words")).to_be_hidden()
    radiologist.chooses("Disease outside the liver seen", "Yes")
    expect(radiologist.page.get_by_label("Outside the liver, in words")).to_be_visible()
    radiologist.looks()
