"""What stays of a patient in a browser, while somebody works and after they have signed out?

A real Chromium with a profile on disk. Somebody signs in, searches by name, reads, types and signs out; then
its storage is asked, and every file of its profile is searched.
"""

import http.server
import threading
from functools import partial
from pathlib import Path

import pytest
from django.urls import reverse

from cases.models import Letter
from cases.services import letter as letters
from tests.canary import marks
from tests.canary.machines import everything_below
from tests.canary.patient import FILE, mark
from tests.canary.test_forms import TYPED
from tests.factories import a_file
from tests.factories.decisions import a_room
from tests.factories.documents import a_pdf
from tests.journeys.somebody import PASSWORD, Somebody

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PLANTED = "Plantagonist"  # on a page that may be kept, so that the search of the disk is shown to work
STORED = """async () => {
  const kept = (store) => Object.entries(store).map(([name, value]) => `${name}=${value}`);
  const bases = (await indexedDB.databases()).map((one) => one.name);
  const caches_ = [];
  for (const name of self.caches ? await caches.keys() : []) {
    const cache = await caches.open(name);
    for (const one of await cache.keys()) caches_.push(one.url, await (await cache.match(one)).text());
  }
  const workers = (await navigator.serviceWorker?.getRegistrations?.() ?? []).map((one) => one.scope);
  return {local: kept(localStorage), session: kept(sessionStorage), bases, caches: caches_, workers,
          cookies: document.cookie, name: window.name, state: JSON.stringify(history.state)};
}"""
FETCHED = "async (address) => (await (await fetch(address)).arrayBuffer()).byteLength"


class MayBeKept(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Cache-Control", "max-age=3600")
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<title>Kept</title><p>{PLANTED}</p>".encode() + b" " * 2000)

    def log_message(self, *_):
        pass


@pytest.fixture
def elsewhere():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), MayBeKept)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def room(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    made = a_room()
    mark(made.case)
    made.decide()
    made.letter = Letter.objects.get(case=made.case, kind="REFERRER")
    letters.approve(letter=made.letter, version=made.letter.version, by=made.chair)
    made.file = a_file(made.case, a_pdf(), title=f"CT of {marks.FAMILY}", name=FILE)
    made.coordinator.set_password(PASSWORD)
    made.coordinator.save()
    return made


class Watched(Somebody):
    """Whatever leaves the browser is remembered: addresses with their referrers, and where answers lead."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.asked: list[str] = []
        self.page.on("request", lambda one: self.asked.append(f"{one.url} {one.headers.get('referer', '')}"))
        self.page.on("response", lambda one: self.asked.append(str(one.headers.get("location", ""))))

    def looks(self) -> None:
        """Other journeys look at the pages themselves."""
        self.page.wait_for_load_state()
        assert marks.found(self.page.title()) == []


@pytest.fixture
def profile(browser_type, browser_type_launch_args, tmp_path):
    """A profile on disk, and how to open a browser with it."""
    folder = tmp_path / "profile"
    return folder, partial(browser_type.launch_persistent_context, folder, **browser_type_launch_args)


def works(somebody: Somebody, room) -> None:
    page = somebody.page
    somebody.signs_in()
    page.get_by_role("searchbox").first.fill(marks.FAMILY)
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_text(marks.FAMILY.upper()).first.wait_for()
    for name in ("case", "history", "files", "record-fitness"):
        somebody.opens(reverse(f"cases:{name}", args=[room.case.pk]))
        assert "family name" in marks.found(page.content())
    somebody.opens(reverse("cases:record-wish", args=[room.case.pk]))
    page.locator("[name=fact-words]").fill(TYPED)
    page.locator("form:has([name=fact-words]) button[type=submit]").first.click()
    page.wait_for_url(f"**{reverse('cases:case', args=[room.case.pk])}*")
    somebody.opens(reverse("cases:file", args=[room.file.pk]))
    somebody.opens(reverse("cases:hold-meeting", args=[room.meeting.pk]))
    for name, thing in (("letter-pdf", room.letter), ("minutes-pdf", room.meeting), ("save-file", room.file)):
        assert page.evaluate(FETCHED, reverse(f"cases:{name}", args=[thing.pk])) > 1000
    somebody.opens(reverse("cases:refer"))
    somebody.types("Family name", marks.FAMILY)
    somebody.types("Record number", marks.RECORD)
    with page.expect_response("**/drafts/**"):
        somebody.types("Given name", marks.GIVEN)


def test_nothing_of_a_patient_stays_in_a_browser(room, live_server, profile, elsewhere, settings):
    settings.SITE_URL = live_server.url
    folder, opened = profile
    browser = opened()
    somebody = Watched(room.coordinator, browser.new_page(), live_server.url, device={}, seen=set())
    somebody.page.goto(elsewhere)
    works(somebody, room)
    case = reverse("cases:case", args=[room.case.pk])
    somebody.opens(case)
    stored = somebody.page.evaluate(STORED)
    cookies = [f"{one['name']}={one['value']}" for one in browser.cookies()]
    somebody.opens(reverse("account_logout"))
    somebody.page.locator("main button[type=submit]").click()
    somebody.page.wait_for_url("**/accounts/**")
    after = somebody.page.evaluate(STORED)
    somebody.page.go_back()
    somebody.page.goto(live_server.url + case)
    assert "sign-in" in somebody.page.url
    assert marks.found(somebody.page.content()) == []
    browser.close()

    for kept in (stored, after):
        assert marks.found(str(kept)) == []
        assert (kept["bases"], kept["caches"], kept["workers"]) == ([], [], [])
    assert marks.found("\n".join(somebody.asked)) == []
    assert len(somebody.asked) > 50
    assert marks.found("\n".join(cookies)) == []
    on_disk = dict(everything_below(Path(folder)))
    assert any(PLANTED.encode() in content for content in on_disk.values()), "its disk cache was searched"
    assert any(room.case.number.encode() in content for content in on_disk.values()), "and its history"
    assert {name: marks.found(content) for name, content in on_disk.items() if marks.found(content)} == {}
