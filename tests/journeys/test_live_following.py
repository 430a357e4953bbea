"""Do open screens follow the meeting, and is nobody who types disturbed?"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cases.models import AgendaItem, Draft
from cases.services import meeting as meetings
from cases.vocabulary import CaseStatus, MeetingStatus
from tests.factories import a_case, agenda_item, meeting

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def running(cast):
    sitting = meeting(
        cast.board, starts_at=timezone.now() + timedelta(minutes=5), status=MeetingStatus.RUNNING
    )
    for question in ("Is ablation enough?", "Is she fit for surgery?"):
        agenda_item(sitting, a_case(cast.board, CaseStatus.LISTED, question=question))
    return sitting


@pytest.fixture
def items(running):
    return list(running.items.select_related("meeting__board", "case__board").order_by("position"))


def a_screen(at_a_browser, user, running, **device):
    somebody = at_a_browser(user, **device)
    somebody.arrives(at=f"/meetings/{running.pk}/hold/")
    expect(somebody.page.locator("[data-live-state]")).to_have_text("Live")
    return somebody


def words_of(somebody):
    return somebody.page.get_by_label("What is said", exact=True)


def test_words_reach_every_screen_and_two_who_type_lose_nothing(cast, running, items, at_a_browser):
    coordinator, chair = cast.people["coordinator"], cast.people["chair"]
    meetings.open_case(item=items[0], by=coordinator)
    scribe = a_screen(at_a_browser, coordinator, running)
    listener = a_screen(at_a_browser, cast.people["surgeon"], running)
    other = a_screen(at_a_browser, chair, running)

    words_of(scribe).press_sequentially("Ablate L1.")
    expect(listener.page.locator(".lv-said")).to_have_text("Ablate L1.")
    expect(scribe.page.locator("[data-said-state]")).to_have_text(re.compile("^Saved"))
    expect(words_of(other)).to_have_value("Ablate L1.")

    # Both write at once: the second sees both and chooses.
    words_of(other).press("Control+End")
    words_of(scribe).press_sequentially(" Then CT.")
    expect(other.page.get_by_role("group", name="Two versions of what is said")).to_be_visible()
    words_of(other).press_sequentially("Resect.")
    expect(other.page.locator("[data-theirs]")).to_have_text("Ablate L1. Then CT.")
    other.page.get_by_role("button", name="Keep mine").click()
    expect(listener.page.locator(".lv-said")).to_have_text("Ablate L1.Resect.")
    expect(scribe.page.locator("[data-theirs]")).to_have_text("Ablate L1.Resect.")
    scribe.page.get_by_role("button", name="Take theirs").click()
    expect(words_of(scribe)).to_have_value("Ablate L1.Resect.")
    items[0].refresh_from_db()
    assert (items[0].discussion, items[0].discussion_by) == ("Ablate L1.Resect.", chair)


def test_a_screen_goes_along_unless_somebody_types_or_chose_another_case(cast, running, items, at_a_browser):
    coordinator = cast.people["coordinator"]
    meetings.open_case(item=items[0], by=coordinator)
    follower = a_screen(at_a_browser, cast.people["surgeon"], running)
    scribe = a_screen(at_a_browser, coordinator, running)
    words_of(scribe).press_sequentially("Not yet d")

    meetings.open_case(item=items[1], by=cast.people["chair"])

    expect(follower.page.get_by_text(items[1].case.question)).to_be_visible(timeout=5000)
    told = scribe.page.get_by_role("link", name=f"The board is on {items[1].case.number} now: go there")
    expect(told).to_be_visible()
    expect(words_of(scribe)).to_be_focused()
    expect(words_of(scribe)).to_have_value("Not yet d")
    told.click()
    expect(scribe.page.get_by_text(items[1].case.question)).to_be_visible()
    kept = AgendaItem.objects.get(pk=items[0].pk).discussion
    assert kept == "Not yet d" or Draft.objects.filter(payload={"discussion": ["Not yet d"]}).exists()


def test_without_a_connection_the_words_stay_and_are_saved_when_it_is_back(
    cast, running, items, at_a_browser
):
    coordinator = cast.people["coordinator"]
    meetings.open_case(item=items[0], by=coordinator)
    scribe = a_screen(at_a_browser, coordinator, running)
    state = scribe.page.locator("[data-said-state]")

    scribe.page.context.set_offline(True)
    words_of(scribe).press_sequentially("Embolise first.")
    expect(state).to_contain_text("no connection")
    scribe.page.context.set_offline(False)

    expect(state).to_contain_text("Saved")
    items[0].refresh_from_db()
    assert items[0].discussion == "Embolise first."
    scribe.found[:] = [line for line in scribe.found if "ERR_INTERNET_DISCONNECTED" not in line]


def test_the_meeting_is_run_by_keys(cast, running, items, at_a_browser):
    coordinator = cast.people["coordinator"]
    scribe = a_screen(at_a_browser, coordinator, running)
    keys = scribe.page.keyboard
    keys.press("n")
    scribe.sees("What is said")
    expect(scribe.page.get_by_text(items[0].case.question)).to_be_visible()
    keys.press("n")
    expect(scribe.page.get_by_text(items[1].case.question)).to_be_visible()
    keys.press("b")
    expect(scribe.page.get_by_text(items[0].case.question)).to_be_visible()
    for key, title in (("q", "Who is there"), ("l", "The list"), ("v", "Read back"), ("?", "Keys")):
        keys.press(key)
        expect(scribe.page.get_by_role("dialog", name=title)).to_be_visible()
        scribe.looks()
        keys.press("Escape")
    keys.press("m")
    expect(scribe.page.locator("html.tb-masked")).to_have_count(1)
    keys.press("w")
    scribe.sees("End wall mode")
    scribe.looks()
    keys.press("w")
    expect(scribe.page.locator(".lv-keys")).to_have_count(1)
