"""Do two people write one decision without losing a word, also when the line is cut?"""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import Recommendation
from tests.factories import a_lesion
from tests.factories.decisions import a_room
from tests.journeys.somebody import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WHY = "Why the board recommends this"


@pytest.fixture
def two(transactional_db, settings, at_a_browser):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    room = a_room()
    for number in (1, 2):
        a_lesion(room.case, number, mm=20)
    get_user_model().objects.update(password=make_password(PASSWORD))
    scribes = at_a_browser(room.chair), at_a_browser(room.coordinator)
    for scribe in scribes:
        scribe.arrives(at=reverse("cases:make-decision", args=[room.item.pk]))
    return room, *scribes


def saved(scribe, part):
    expect(scribe.page.locator(f"#{part} [data-saved]")).to_contain_text(re.compile("^saved"))


def test_two_on_different_parts_see_each_other_and_lose_nothing(two):
    _, chair, coordinator = two
    chair.chooses("Intent", "Curative")
    coordinator.types(WHY, "Two lesions, enough liver.")
    saved(chair, "intent")
    saved(coordinator, "why")

    expect(chair.field(WHY)).to_have_value("Two lesions, enough liver.")
    expect(coordinator.page.get_by_label("Curative", exact=True)).to_be_checked()
    expect(coordinator.page.locator("#read-back")).to_contain_text("With curative intent")
    made = Recommendation.objects.get()
    assert (made.intent, made.rationale) == ("CURATIVE", "Two lesions, enough liver.")
    chair.looks()


def test_two_on_one_part_see_both_versions_and_the_cursor_stays(two):
    _, chair, coordinator = two
    coordinator.field(WHY).focus()
    chair.types(WHY, "Theirs.")
    saved(chair, "why")
    coordinator.field(WHY).press_sequentially("Mine.")

    both = coordinator.page.get_by_role("group", name="Two versions")
    expect(both).to_contain_text("Theirs.")
    expect(both).to_contain_text("J. Arkwright has changed this part")
    expect(coordinator.field(WHY)).to_have_value("Mine.")
    expect(coordinator.field(WHY)).to_be_focused()
    coordinator.looks()

    both.get_by_role("button", name="Keep mine").click()
    expect(both).to_have_count(0)
    expect(chair.field(WHY)).to_be_focused()
    chair.field("Which trial").focus()
    expect(chair.field(WHY)).to_have_value("Mine.")
    assert Recommendation.objects.get().rationale == "Mine."


def test_a_cut_line_keeps_the_words_and_saves_them_when_it_is_back(two):
    _, chair, _ = two
    chair.page.route("**/decision/sections/**", lambda route: route.abort())
    chair.types(WHY, "Said while the line was cut.")
    expect(chair.page.locator("#why [data-saved]")).to_contain_text("Not saved: no connection")
    expect(chair.field(WHY)).to_have_value("Said while the line was cut.")
    assert not Recommendation.objects.filter(rationale__contains="cut").exists()

    chair.page.unroute("**/decision/sections/**")
    saved(chair, "why")
    assert Recommendation.objects.get().rationale == "Said while the line was cut."
    chair.found[:] = [line for line in chair.found if "ERR_FAILED" not in line]


def test_with_keys_alone_an_action_is_added_removed_and_had_back(two):
    _, chair, coordinator = two
    chair.page.locator("h1").click()
    chair.page.keyboard.press("a")
    row = chair.page.locator("[data-list=actions] [data-part]").last
    expect(row.get_by_label("What", exact=True)).to_be_focused()
    chair.page.keyboard.type("Imaging")
    expect(row.locator("summary")).to_contain_text("Imaging")
    expect(coordinator.page.locator("[data-list=actions]")).to_contain_text("Imaging")

    chair.page.get_by_role("button", name="Remove this action").click()
    expect(coordinator.page.locator("[data-list=actions]")).not_to_contain_text("Imaging")
    expect(chair.page.get_by_role("button", name="Undo")).to_be_focused()
    chair.page.keyboard.press("Enter")
    expect(coordinator.page.locator("[data-list=actions]")).to_contain_text("Imaging")

    chair.page.locator("h1").click()
    chair.page.keyboard.press("k")
    expect(coordinator.page.locator("#checklist input:checked")).to_have_count(5)
    chair.looks()
