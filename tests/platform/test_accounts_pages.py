"""Can everybody use the pages around signing in, with a keyboard or a screen reader, in light and dark?"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import reverse

from tumorboard.notifications.models import Message

PASSWORD = "liver-board-on-thursday"

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ines(settings, live_server):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SITE_URL = live_server.url
    settings.DEMO, settings.DEMO_PASSWORD, settings.DEMO_ROLE_LINES = True, PASSWORD, ""
    cache.clear()
    return get_user_model().objects.create_user(
        "ines.duarte@example.org",
        PASSWORD,
        title="Dr",
        given_name="Inês",
        family_name="Duarte",
        is_invented=True,
    )


@pytest.fixture
def look(page, live_server, ines):
    """Open a page and look at it as axe does, light and dark; the policy may have blocked nothing."""
    complaints: list[str] = []
    page.on("console", lambda line: "Content Security" in line.text and complaints.append(line.text))

    def look(address: str | None = None, heading: str = ""):
        if address:
            page.goto(live_server.url + address)
        page.get_by_role("heading", level=1, name=heading).wait_for()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page)
            assert not found.violations_count, f"{heading}, {scheme}: {found.generate_report()}"
        assert not complaints
        return page

    return look


def test_the_pages_before_signing_in(look, ines):
    page = look(reverse("account_login"), "Sign in")
    page.get_by_role("button", name="Sign in", exact=True).click()
    look(heading="Sign in")
    page.get_by_label("E-mail").fill(ines.email)
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    page.get_by_text("do not belong together").first.wait_for()
    look(heading="Sign in")
    look(reverse("account_inactive"), "Your access has ended")


def test_forgotten_and_chosen_anew(look, ines):
    page = look(reverse("account_login"), "Sign in")
    page.get_by_role("link", name="forgotten").click()
    look(heading="Forgotten password")
    page.get_by_label("E-mail").fill(ines.email)
    page.keyboard.press("Enter")
    look(heading="Look in your mailbox")
    [link] = re.findall(r"https?://\S+/password/new/\S+", Message.objects.get().text)
    page.goto(link)
    look(heading="New password")
    page.locator("[name=password1]").fill("short")
    page.locator("[name=password2]").fill("other")
    page.keyboard.press("Enter")
    page.get_by_text("too short").first.wait_for()
    look(heading="New password")
    page.locator("[name=password1]").fill("ward-round-before-eight")
    page.locator("[name=password2]").fill("ward-round-before-eight")
    page.keyboard.press("Enter")
    look(heading="Your password is changed")
    page.goto(link)
    look(heading="This link no longer works")


def test_one_click_in_the_demonstration_and_the_pages_behind(look, ines):
    page = look(reverse("account_login"), "Sign in")
    page.get_by_role("button", name="Sign in as").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    look(reverse("profile"), "Dr Inês Duarte")
    look(reverse("account_change_password"), "Change password")
    look(reverse("account_reauthenticate"), "Confirm that it is you")
    look(reverse("account_logout"), "Sign out")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    look(heading="Sign in")
