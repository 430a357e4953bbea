"""Can somebody who uses no mouse come from the sign-in page to a case, and hide the patient's name?"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import a_case, a_patient
from tests.journeys.keys import sign_in, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FARTHEST = 30  # presses of Tab


def test_from_the_sign_in_page_to_a_case_whose_name_is_masked(cast, at_a_browser):
    cases = [a_case(cast.board, patient=a_patient(family_name=name)) for name in ("Ashdown", "Whitcombe")]
    coordinator = at_a_browser(cast.coordinator)
    page = coordinator.page

    coordinator.opens("/")
    sign_in(page, cast.coordinator.email)
    page.wait_for_url(re.compile(r":\d+/$"))
    skip_to_the_content(page)
    go_to(page, "Cases")
    coordinator.looks()
    opened = open_the_second_row(page)
    coordinator.looks()

    assert opened in [case.number for case in cases]
    expect(page.get_by_text(opened).first).to_be_visible()
    name = page.get_by_role("heading", level=1)
    page.keyboard.press("m")
    expect(name).to_have_css("color", "rgba(0, 0, 0, 0)")
    page.keyboard.press("m")
    expect(name).not_to_have_css("color", "rgba(0, 0, 0, 0)")


def skip_to_the_content(page: Page) -> None:
    """The first stop of every page leads past the menu, and can be seen while it has the focus."""
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def go_to(page: Page, entry: str) -> None:
    page.reload()
    tab_to(page, page.get_by_role("navigation", name="Main").get_by_role("link", name=entry), FARTHEST)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=entry)).to_be_visible()


def open_the_second_row(page: Page) -> str:
    """Down, down, up and down again; then Enter. Returns the number of the case."""
    links = page.locator("[data-row] a[href]:first-of-type")
    for key, row in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowDown", 1)):
        page.keyboard.press(key)
        expect(links.nth(row)).to_be_focused()
    number = links.nth(1).inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/"))
    return number
