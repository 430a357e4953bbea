"""What does one recorder type in a meeting of thirty cases? `./dev bench sitting [cases]` prints a table.

Full cases on a running list are gone through in Chromium, through the real pages, by two people: a recorder
who writes with the keyboard alone, and the chair, who confirms what is read back and signs. Every key counts,
also those that only walk from field to field. The seconds are those of program and browser, since the script
does not think; how long a person would type is reckoned beside them. Nothing is asserted but that each case
ends decided.
"""

import os
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser is driven from a loop of its own

from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.conftest import BROWSERS
from tests.platform.live.served import Web

CASES = 30
A_KEY = 0.25  # seconds that a person takes for it
MOST_TABS = 80
PATIENCE = 20_000  # ms
SAID = "Shown by radiology. All lesions in the right liver; the remnant is large enough."
WHY = "Four lesions in one side, none elsewhere, enough liver is left."


class Typist:
    """Somebody at a browser who has no mouse."""

    def __init__(self, page: Page, site: str):
        self.page, self.site = page, site
        self.keys = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keys += len(words)

    def tab_to(self, field: Locator) -> None:
        """From wherever the focus is; a page that must be walked through costs keys."""
        field.wait_for(state="attached")
        for _ in range(MOST_TABS):
            if field.evaluate("one => one === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"{field} is not reached by {MOST_TABS} tabs")

    def out_of_the_text(self) -> None:
        """Keys mean something only where nobody types."""
        while self.page.evaluate("window.tumorboard.isTyping(document.activeElement)"):
            self.press("Tab")


def main(cases: int = CASES) -> None:
    from tests.bench.__main__ import a_database

    with a_database(), tempfile.TemporaryDirectory() as folder:
        server, name = os.environ["DATABASE_URL"].rsplit("/", 1)[0], connection.settings_dict["NAME"]
        web = Web(Path(folder) / "web.log", DATABASE_URL=f"{server}/{name}")
        try:
            report(list(gone_through(web, cases)))
        finally:
            web.stop()


def gone_through(web: Web, cases: int) -> Iterator[tuple[int, int, float]]:
    """Of each case: keys of the recorder, keys of the chair, seconds."""
    from tests.bench.seeding import a_sitting

    held = a_sitting(cases)
    site = f"http://127.0.0.1:{web.port}"
    live = reverse("cases:hold-meeting", args=[held.meeting.pk])
    with two_windows(site, held.recorder, held.chair) as (recorder, chair):
        for window in (recorder, chair):
            window.page.goto(site + live)
        for number, item in enumerate(held.items):
            before, began = (recorder.keys, chair.keys), time.monotonic()
            comes_before_the_board(recorder, item, first=number == 0)
            is_decided(recorder, item)
            is_signed(chair, site + live, item)
            recorder.page.goto(site + live)  # as the chair's signature brings everybody back
            yield recorder.keys - before[0], chair.keys - before[1], time.monotonic() - began
            print(f"\r{number + 1} of {cases}", end="", flush=True)


@contextmanager
def two_windows(site: str, *users) -> Iterator[list[Typist]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS))),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield [Typist(_signed_in(browser, site, user), site) for user in users]
        browser.close()


def _signed_in(browser, site: str, user) -> Page:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context(locale="en-GB", viewport={"width": 1366, "height": 768})
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    return page


def comes_before_the_board(recorder: Typist, item, *, first: bool) -> None:
    page = recorder.page
    if first:
        recorder.tab_to(page.get_by_role("button", name="Open this case"))
        recorder.press("Enter")
    else:
        recorder.press("n")
    expect(page.locator("[data-case-number]")).to_have_text(item.case.number)
    recorder.tab_to(page.locator("#discussion"))
    recorder.type(SAID)
    expect(page.locator("[data-said-state]")).to_contain_text("Saved")
    recorder.press("Escape")
    recorder.press("d")


def is_decided(recorder: Typist, item) -> None:
    page = recorder.page
    page.wait_for_url(f"**/agenda-items/{item.pk}/decision/")
    recorder.tab_to(page.get_by_label("Curative", exact=True))
    recorder.press("Space")
    recorder.tab_to(page.get_by_label("The same for every lesion without a plan"))
    recorder.type("Rese")
    recorder.tab_to(page.get_by_role("button", name="Add an action"))
    recorder.press("Enter")
    row = page.locator("[data-list=actions] [data-part]").last
    expect(row.get_by_label("What", exact=True)).to_be_focused()
    recorder.type("Rese")
    recorder.tab_to(row.get_by_label("Owner", exact=True))
    recorder.type(item.case.referred_by.display_name[:4])
    recorder.tab_to(row.locator("[data-picks] button:visible").first)
    recorder.press("Enter")
    recorder.tab_to(page.get_by_label("Why the board recommends this"))
    recorder.type(WHY)
    recorder.tab_to(page.get_by_label("Followed", exact=True))
    recorder.press("Space")
    recorder.out_of_the_text()
    recorder.press("k")
    expect(page.locator("#checklist input:checked")).to_have_count(5)
    expect(page.locator("#checklist [data-saved]")).to_contain_text(re.compile("^saved"))
    expect(page.locator("#read-back .check-block")).to_have_count(0)


def is_signed(chair: Typist, live: str, item) -> None:
    from cases.models import Recommendation

    page = chair.page
    expect(page.locator("[data-case-number]")).to_have_text(item.case.number)
    # What a chair does by looking: confirm what was written last.
    written = Recommendation.objects.get(item=item, signed_at=None).version
    expect(page.locator("form[data-agrees] [name=version]")).to_have_value(str(written))
    chair.press("v")
    chair.tab_to(page.locator("#lv-agree"))
    chair.press("Enter")
    chair.tab_to(page.locator("#lv-sign"))
    chair.press("Enter")
    page.wait_for_url("**/decisions/*/")
    page.goto(live)


def report(rows: list[tuple[int, int, float]]) -> None:
    print(f"\n{'a case':<34}{'least':>9}{'median':>9}{'most':>9}")
    for words, found in zip(
        ("keys of the recorder", "keys of the chair", "seconds of program and browser"),
        zip(*rows, strict=True),
        strict=True,
    ):
        print(f"{words:<34}{min(found):>9.0f}{statistics.median(found):>9.0f}{max(found):>9.0f}")
    typed = statistics.median(row[0] for row in rows) * A_KEY
    print(f"at {A_KEY} s a key the recorder types {typed:.0f} s a case, {len(rows)} cases")
