"""Do the scripts do what they promise, in a real browser?

Our own templates, styles and scripts; only what the server answers is made up here.
"""

import mimetypes
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template import Context, Template

from cases.forms._base import PlainForm, segmented

pytestmark = pytest.mark.journey

PAGE = (Path(__file__).parent / "front_end_page.html").read_text()


class Judged(PlainForm):
    able = segmented([("YES", "Yes"), ("NO", "No"), ("HELP", "With help")], label="Can it be ablated?")
    note = forms.CharField(label="Note", required=False)


class Server(ThreadingHTTPServer):
    """Hands out the page and our static files; keeps what the page sends."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.saved: list[str] = []
        self.sent = 0


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/static/"):
            file = finders.find(unquote(self.path.removeprefix("/static/")))
            self.say(Path(file).read_bytes(), mimetypes.guess_type(file)[0] or "application/octet-stream")
        else:
            self.say(Template(PAGE).render(Context({"form": Judged()})).encode(), "text/html")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/save":
            self.server.saved.append(body)
            self.say(b'{"saved": "14:03"}', "application/json")
        else:
            self.server.sent += 1
            self.do_GET()

    def say(self, body: bytes, kind: str):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Silent: pytest shows what failed."""


@pytest.fixture
def server(page, settings):
    settings.STATIC_URL = "/static/"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(8000)
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(server.url)
        yield server
        server.shutdown()
    assert not complaints


def test_typing_is_saved_and_said(page, server):
    page.get_by_label("Note").fill("abuts the vein")
    page.get_by_role("radio", name="Yes").focus()  # leaving the field saves at once
    page.get_by_text("Saved 14:03").wait_for()
    assert "abuts the vein" in server.saved[-1]


def test_a_lost_connection_is_said_and_nothing_is_lost(page, server):
    page.context.set_offline(True)
    page.get_by_label("Note").fill("two cycles more")
    page.get_by_label("Note").blur()
    page.get_by_text("Not saved yet: no connection").wait_for()
    page.context.set_offline(False)
    page.get_by_text("Saved 14:03").wait_for()  # tries again by itself
    assert "two cycles more" in server.saved[-1]
    assert page.get_by_label("Note").input_value() == "two cycles more"


def test_what_was_typed_last_leaves_with_the_page(page, server):
    page.get_by_label("Note").press_sequentially("last words")
    page.goto("about:blank")
    deadline = time.monotonic() + 5
    while not server.saved:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert "last words" in server.saved[-1]


def test_a_form_is_sent_once(page, server):
    page.evaluate("const f = document.querySelector('form'); f.requestSubmit(); f.requestSubmit()")
    page.wait_for_url(f"{server.url}/sent")
    assert server.sent == 1


def test_parts_show_when_they_matter(page, server):
    part = page.locator("#why")
    assert part.is_hidden()
    page.get_by_role("radio", name="With help").check()
    assert part.is_visible()
    page.get_by_role("radio", name="Yes").check()
    assert part.is_hidden()


def test_an_answer_may_be_taken_back(page, server):
    """Nothing said is not the same as not known."""
    clear = page.get_by_role("button", name="Clear Can it be ablated?")
    assert clear.is_hidden()
    page.get_by_role("radio", name="With help").check()
    clear.focus()
    page.keyboard.press("Enter")
    assert page.locator("[name=able]:checked").count() == 0
    assert page.locator("#why").is_hidden()
    assert clear.is_hidden()
    page.get_by_text("Saved 14:03").wait_for()
    assert "able=" not in server.saved[-1]
    assert page.evaluate("document.activeElement.value") == "YES"


def test_rows_are_added_and_taken_away(page, server):
    page.get_by_role("button", name="Add a value").click()
    assert page.locator("[name=labs-TOTAL_FORMS]").input_value() == "2"
    assert page.evaluate("document.activeElement.name") == "labs-1-value"
    page.locator("[name=labs-0-value]").fill("31")
    page.get_by_role("button", name="Remove").click()
    assert page.locator("[name=labs-0-value]").input_value() == ""
    assert page.locator("[name=labs-0-value]").is_hidden()
    assert page.locator("[name=labs-TOTAL_FORMS]").input_value() == "2"


def test_a_list_is_walked_with_the_arrows(page, server):
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "LT-26-0002"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.url}/second")


def test_a_row_is_a_link(page, server):
    page.locator("#cell").click()
    page.wait_for_url(f"{server.url}/first")


def test_m_masks_the_patient_until_told_otherwise(page, server):
    name = page.locator("#name")
    ink = name.evaluate("element => getComputedStyle(element).color")
    page.keyboard.press("m")
    assert name.evaluate("element => getComputedStyle(element).color") == "rgba(0, 0, 0, 0)" != ink
    page.reload()
    assert name.evaluate("element => getComputedStyle(element).color") == "rgba(0, 0, 0, 0)"
    page.get_by_role("button", name="Mask").click()
    assert name.evaluate("element => getComputedStyle(element).color") == ink


def test_keys_are_letters_again_while_somebody_types(page, server):
    page.keyboard.press("/")
    page.keyboard.type("marian?")
    assert page.get_by_label("Search").input_value() == "marian?"
    assert not page.evaluate("document.documentElement.classList.contains('tb-masked')")


def test_the_list_of_keys_can_switch_them_off(page, server):
    page.keyboard.press("?")
    page.get_by_role("heading", name="Keys").wait_for()
    page.get_by_label("Switch single keys off").check()
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    assert not page.evaluate("document.documentElement.classList.contains('tb-masked')")


def test_a_blocked_button_says_why(page, server):
    button = page.get_by_role("button", name="Decide")
    assert button.get_attribute("aria-disabled") == "true"
    assert page.locator(f"#{button.get_attribute('aria-describedby')}").inner_text() == "L3 has no plan."
