"""On a board of a hundred seats: does a surgeon find by typing who comes instead?"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import MeetingReply, Membership
from cases.vocabulary import Specialty
from tests.bench.mail import a_crowd
from tests.factories import board, meeting, member

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_who_comes_instead_is_typed_and_chosen(at_a_browser):
    here = board(quorum_specialties=[Specialty.SURGERY])
    surgeon = member(here, specialty=Specialty.SURGERY, given_name="Ada", family_name="Lowe")
    deputy = member(here, specialty=Specialty.SURGERY, given_name="Ben", family_name="Hope")
    for one in a_crowd(100, "seat"):
        Membership.objects.create(board=here, user=one, role="MEMBER", specialty=Specialty.SURGERY)
    coming = meeting(here)

    desk = at_a_browser(surgeon)
    desk.arrives(reverse("cases:meeting", args=[coming.pk]))
    page = desk.page
    page.get_by_label("Somebody comes for me").check()
    page.get_by_label("Who comes instead").press_sequentially("hop")
    suggested = page.locator("#people-found option")
    expect(suggested).to_have_count(1)
    expect(suggested).to_have_attribute("value", deputy.email)
    page.get_by_label("Who comes instead").fill(deputy.email)
    desk.presses("Answer", then="Somebody comes for you")
    assert MeetingReply.objects.get().deputy == deputy

    page.get_by_role("link", name="All 102 people").click()
    desk.sees("1 to 50 of 102")
    page.get_by_label("Name or e-mail").fill("lowe")
    desk.presses("Show", then="somebody comes for them (B. Hope)")
