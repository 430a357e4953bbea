"""Is somebody told before their sign-in ends, led back afterwards, and is nothing lost that they typed?"""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as site
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import AgendaItem
from cases.services import meeting as meetings
from tests.factories.decisions import a_room
from tests.journeys.somebody import PASSWORD
from tumorboard.signed_in.limits import KEY

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SIGNED_OUT = re.compile("status of 401|ERR_FAILED|htmx:sendError")


@pytest.fixture
def room(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    made = a_room()
    made.chair.set_password(PASSWORD)
    made.chair.save()
    return made


def nothing_was_done_for(somebody, minutes: int) -> None:
    """The page's clock and what the server remembers, both."""
    cookies = {one["name"]: one["value"] for one in somebody.page.context.cookies()}
    session = SessionStore(cookies[site.SESSION_COOKIE_NAME])
    session[KEY] = {**session[KEY], "seen": session[KEY]["seen"] - minutes * 60}
    session.save()
    somebody.page.clock.fast_forward(minutes * 60 * 1000)


def test_who_is_away_is_warned_may_stay_and_is_led_back(room, at_a_browser):
    chair = at_a_browser(room.chair)
    chair.page.clock.install()
    chair.arrives(at="/cases/?view=all")
    warning = chair.page.get_by_role("dialog", name="Are you still there?")
    nothing_was_done_for(chair, 14)
    expect(warning).to_be_visible()
    expect(warning).to_contain_text("in 1 minute")
    chair.looks()
    chair.page.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()

    nothing_was_done_for(chair, 16)
    chair.page.wait_for_url(re.compile("sign-in"))
    assert parse_qs(urlsplit(chair.page.url).query)["next"] == ["/cases/?view=all"]
    chair.sees("nothing was done for a while")
    chair.found[:] = [line for line in chair.found if not SIGNED_OUT.search(line)]


def test_words_that_could_not_be_saved_wait_for_their_owner(room, at_a_browser):
    meetings.open_case(item=room.item, by=room.chair)
    chair = at_a_browser(room.chair)
    chair.page.clock.install()
    chair.arrives(at=reverse("cases:hold-meeting", args=[room.meeting.pk]))
    chair.page.route("**/said/", lambda route: route.abort())
    chair.field("What is said").press_sequentially("Not lost.")
    nothing_was_done_for(chair, 16)

    covered = chair.page.get_by_role("dialog", name="You are signed out")
    expect(covered).to_be_visible()
    expect(covered.get_by_role("link", name="Sign in again in a new tab")).to_be_visible()
    chair.looks()
    chair.page.unroute("**/said/")
    second = chair.page.context.new_page()
    second.goto(chair.site + reverse("account_login") + "?next=" + reverse("signed-in-again"))
    second.get_by_label("E-mail").fill(room.chair.email)
    second.get_by_label("Password").fill(PASSWORD)
    second.get_by_role("button", name="Sign in", exact=True).click()
    expect(second.get_by_role("heading", name="You are signed in again")).to_be_visible()
    second.close()

    chair.page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(covered).to_be_hidden()
    chair.page.clock.run_for(2000)
    expect(chair.page.locator("[data-said-state]")).to_contain_text("Saved")
    assert AgendaItem.objects.get(pk=room.item.pk).discussion == "Not lost."
    chair.found[:] = [line for line in chair.found if not SIGNED_OUT.search(line)]
