"""Can a lesion be added, seen, found and measured from the liver map, by pointer and by keyboard alone?"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import ImagingStudy, Lesion
from cases.vocabulary import Specialty
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case():
    case = factories.a_case(factories.board())
    ImagingStudy.objects.create(
        case=case, modality="MRI", performed_on="2026-11-04", created_by=case.referred_by
    )
    factories.a_lesion(case, 1, ["8"], 34)
    return case


@pytest.fixture
def radiologist(case, at_a_browser):
    somebody = at_a_browser(factories.member(case.board, specialty=Specialty.RADIOLOGY))
    somebody.arrives(reverse("cases:lesions", args=[case.pk]))
    return somebody


def segment(page, code):
    return page.locator(f'[data-segment="{code}"]')


def test_a_click_on_segment_6_adds_a_lesion_there(radiologist, case):
    page = radiologist.page
    segment(page, "6").click()
    radiologist.looks()
    expect(page.get_by_role("checkbox", name="6", exact=True)).to_be_checked()
    expect(segment(page, "6")).to_have_attribute("aria-pressed", "true")

    segment(page, "5").click()
    page.get_by_role("checkbox", name="6", exact=True).uncheck()
    expect(segment(page, "6")).to_have_attribute("aria-pressed", "false")
    radiologist.types("Long axis", "23")
    radiologist.presses("Record", then="L2: recorded.")

    row = page.locator("#lesion-2")
    expect(row).to_contain_text("23")
    expect(page.locator('[data-lesion="2"]')).to_have_attribute("aria-label", re.compile("segment 5, 23 mm"))
    assert Lesion.objects.get(case=case, number=2).segments == ["5"]


def test_by_keyboard_alone_a_lesion_is_added_measured_and_found(radiologist, case):
    page, keys = radiologist.page, radiologist.page.keyboard
    segment(page, "7").focus()  # the one stop of the segments; the arrows do the rest
    keys.press("ArrowDown")
    expect(segment(page, "6")).to_be_focused()
    keys.press("Enter")
    page.wait_for_url(re.compile(r"segment=6$"))
    page.get_by_label("Long axis").focus()
    keys.type("12")
    keys.press("Enter")
    radiologist.sees("L2: recorded.")

    keys.press("s")
    page.wait_for_url(re.compile(r"do=show$"))
    segment(page, "7").focus()
    keys.press("ArrowRight")
    keys.press("Enter")
    page.wait_for_url(re.compile(r"segment=8$"))
    radiologist.looks()
    expect(page.locator("#lesion-1")).to_be_visible()
    expect(page.locator("#lesion-2")).to_have_count(0)


def test_without_scripts_the_map_is_links(case, at_a_browser):
    somebody = at_a_browser(
        factories.member(case.board, specialty=Specialty.RADIOLOGY),
        java_script_enabled=False,
        viewport={"width": 390, "height": 844},
    )
    page = somebody.page
    page.goto(somebody.site + reverse("cases:lesions", args=[case.pk]))
    page.get_by_label("E-mail").fill(somebody.user.email)
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in", exact=True).click()

    segment(page, "6").click()
    expect(page.get_by_role("checkbox", name="6", exact=True)).to_be_checked()
    page.get_by_role("button", name="Record").click()

    expect(page.locator("#lesion-2")).to_be_visible()
