"""Can a coordinator put a list in order with the pointer, and with keys alone?"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cases.vocabulary import CaseStatus, Lane
from tests.factories import a_case, agenda_item, meeting
from tests.journeys.keys import tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def coming(cast):
    return meeting(cast.board, starts_at=timezone.now() + timedelta(days=7))


@pytest.fixture
def items(cast, coming):
    return [agenda_item(coming, a_case(cast.board, CaseStatus.LISTED)) for _ in range(3)]


@pytest.fixture
def coordinator(cast, coming, items, at_a_browser):
    someone = at_a_browser(cast.coordinator)
    someone.arrives(at=f"/meetings/{coming.pk}/")
    return someone


def numbers(items):
    return [item.case.number for item in items]


def on_the_page(page, lane):
    return page.locator(f"[data-lane={lane}] [data-item] .agenda-what b").all_inner_texts()


def shows(page, discussed, recorded=()):
    """What the server has answered: the list is numbered anew."""
    expect(page.locator("[data-lane=DISCUSSION] [data-item]")).to_have_count(len(discussed))
    for place, (number, row) in enumerate(
        zip([*discussed, *recorded], page.locator("[data-item]").all(), strict=True), start=1
    ):
        expect(row.locator(".agenda-what b").first).to_have_text(number)
        expect(row.locator(".agenda-no")).to_have_text(re.compile(rf"Number {place}\s"))
    assert on_the_page(page, "DISCUSSION") == list(discussed)
    assert on_the_page(page, "STANDARD") == list(recorded)


def in_the_record(coming):
    return [item.case.number for item in coming.items.order_by("lane", "position").select_related("case")]


def test_a_case_is_dragged_up_and_into_another_part(coordinator, coming, items):
    page, (first, second, third) = coordinator.page, numbers(items)

    drag(page, items[2], to=page.locator(f"#item-{items[0].pk}"))
    shows(page, [third, first, second])
    drag(page, items[0], to=page.locator("[data-lane=STANDARD]"))
    shows(page, [third, second], [first])

    coordinator.looks()
    items[0].refresh_from_db()
    assert items[0].lane == Lane.STANDARD
    assert in_the_record(coming) == [third, second, first]


def drag(page, item, *, to):
    handle = page.locator(f"#handle-{item.pk}")
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), to.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, end["y"] + 5, steps=4)
    expect(page.locator(".is-lifted")).to_have_count(1)
    with page.expect_response(re.compile("/order/")):
        page.mouse.up()


def test_a_case_is_moved_by_keys_alone_and_every_step_is_said(coordinator, coming, items):
    page, (first, second, third) = coordinator.page, numbers(items)
    said = page.locator("#said")
    handle = page.locator(f"#handle-{items[2].pk}")

    tab_to(page, handle)
    page.keyboard.press("Space")
    expect(handle).to_have_attribute("aria-pressed", "true")
    expect(said).to_contain_text(f"{third} lifted: 3 of 3, Discussion")
    page.keyboard.press("ArrowUp")
    expect(said).to_contain_text("2 of 3, Discussion")
    expect(handle).to_be_focused()
    coordinator.looks()
    page.keyboard.press("Escape")
    expect(said).to_contain_text(f"{third} is back in its place")
    assert on_the_page(page, "DISCUSSION") == [first, second, third]

    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    shows(page, [first, third, second])
    expect(handle).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(said).to_contain_text("1 of 1, Standard of care")
    page.keyboard.press("Enter")
    shows(page, [first, second], [third])
    expect(handle).to_be_focused()
    assert in_the_record(coming) == [first, second, third]


def test_who_is_slower_sees_the_list_as_it_is(cast, coming, items, coordinator, at_a_browser):
    page, (first, second, third) = coordinator.page, numbers(items)
    chair = at_a_browser(cast.chair)
    chair.arrives(at=f"/meetings/{coming.pk}/")

    drag(chair.page, items[1], to=chair.page.locator(f"#item-{items[0].pk}"))
    shows(chair.page, [second, first, third])
    coordinator.sees("The list has changed")
    drag(page, items[2], to=page.locator(f"#item-{items[0].pk}"))

    coordinator.sees("The list was changed meanwhile")
    shows(page, [second, first, third])
    coordinator.looks()
