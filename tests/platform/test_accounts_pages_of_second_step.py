"""Can a person set up, use and give up a second step in a real browser, and with a real passkey?

Chromium brings the authenticator: it makes keys and signs as a phone does, with a finger that always fits.
"""

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import reverse

from tests.platform.test_accounts_codes import PASSWORD, code_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ines(settings, live_server):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SITE_URL = live_server.url
    cache.clear()
    return get_user_model().objects.create_user(
        "ines.duarte@example.org", PASSWORD, title="Dr", given_name="Inês", family_name="Duarte"
    )


@pytest.fixture
def look(page, live_server, ines):
    """Wait for a page, and look at it as axe does, light and dark; the policy may have blocked nothing."""
    complaints: list[str] = []
    page.on("console", lambda line: line.type in ("error", "warning") and complaints.append(line.text))

    def look(heading: str):
        page.get_by_role("heading", level=1, name=heading).wait_for()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page)
            assert not found.violations_count, f"{heading}, {scheme}: {found.generate_report()}"
        assert not [text for text in complaints if "status of 422" not in text]
        return page

    return look


@pytest.fixture
def sign_in(page, live_server, ines):
    def sign_in():
        page.goto(live_server.url + reverse("account_login"))
        page.get_by_label("E-mail").fill(ines.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()

    return sign_in


def sign_out(page, live_server):
    page.goto(live_server.url + reverse("account_logout"))
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", level=1, name="Sign in").wait_for()


def test_an_app_from_setting_up_to_signing_in(page, look, sign_in, live_server):
    sign_in()
    page.goto(live_server.url + reverse("mfa_index"))
    look("My sign-in")
    page.get_by_role("link", name="Set up an authenticator app").click()
    look("Set up an authenticator app")
    seed = page.locator(".si-key").inner_text()
    at = time.time()
    page.get_by_label("Code").fill("12")
    page.get_by_role("button", name="Set up").click()
    page.get_by_text("does not count").first.wait_for()
    look("Set up an authenticator app")
    page.get_by_label("Code").fill(code_at(seed, at))
    page.get_by_role("button", name="Set up").click()
    look("Recovery codes")
    codes = page.locator(".si-codes code").all_inner_texts()
    assert len(codes) == 10
    page.goto(live_server.url + reverse("mfa_index"))
    assert "10 left" in look("My sign-in").locator("main").inner_text()
    sign_out(page, live_server)
    sign_in()
    look("Second step")
    page.get_by_label("Code").fill(code_at(seed, at, step=1))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/")
    page.goto(live_server.url + reverse("mfa_deactivate_totp"))
    look("Remove the authenticator app")
    page.get_by_role("button", name="Remove").click()
    page.get_by_text("The authenticator app is removed.").wait_for()


@pytest.fixture
def authenticator(page):
    """A device with a sensor for fingers, as phones and laptops have."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def fits(yes: bool) -> None:
        tools.send("WebAuthn.setUserVerified", {"authenticatorId": made, "isUserVerified": yes})

    return fits


def add_passkey(page, live_server, name, *, alone: bool):
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    page.get_by_label("What you call it").fill(name)
    page.get_by_label("Sign in with it alone").set_checked(alone)
    page.get_by_role("button", name="Add", exact=True).click()


def test_a_passkey_alone_opens(page, look, sign_in, live_server, authenticator):
    sign_in()
    page.wait_for_url(f"{live_server.url}/")
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    look("Add a passkey")
    add_passkey(page, live_server, "Work phone", alone=True)
    look("Recovery codes")
    sign_out(page, live_server)
    page.goto(f"{live_server.url}{reverse('account_login')}?next={reverse('mfa_index')}")
    authenticator(False)  # somebody else's finger
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("No passkey was given").wait_for()
    authenticator(True)
    look("Sign in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{live_server.url}{reverse('mfa_index')}")
    main = look("My sign-in").locator("main")
    assert re.search(r"Work phone\s+Passkey that signs in alone, added on", main.inner_text())
    page.get_by_role("link", name="Rename Work phone").click()
    look("Rename a passkey")
    page.get_by_label("What you call it").fill("Old phone")
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("link", name="Remove Old phone").click()
    look("Remove Old phone")
    page.get_by_role("button", name="Remove").click()
    page.get_by_text("The passkey is removed.").wait_for()


def test_a_passkey_after_the_password_and_when_asked_again(
    page, look, sign_in, live_server, authenticator, settings
):
    sign_in()
    page.wait_for_url(f"{live_server.url}/")
    add_passkey(page, live_server, "Blue key", alone=False)
    look("Recovery codes")
    sign_out(page, live_server)
    sign_in()
    look("Second step")
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(f"{live_server.url}/")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page.goto(f"{live_server.url}{reverse('mfa_reauthenticate_webauthn')}?next={reverse('profile')}")
    look("Confirm that it is you")
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(f"{live_server.url}{reverse('profile')}")
