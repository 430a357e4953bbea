"""Does a page follow what it is told, notice what it has missed, and say when it hears nothing?

Our own script and htmx in a real browser; only what the server says is made up here.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from .served import wait_until

pytestmark = pytest.mark.journey

ALL = ["live:room", "live:case", "live:said", "live:decision", "live:facts"]
PAGE = """<!doctype html><html lang="en"><head><title>Live</title>
<script src="/static/django_htmx/htmx-2.min.js"></script>
<script src="/static/tumorboard/js/live.js" defer></script></head><body>
<p role="status" data-live-state><span data-live-words></span></p>
<div data-live-url="/live/" data-live-number="7"></div>
<p id="part" hx-get="/part/" hx-trigger="live:said from:body">as the page came</p>
<textarea></textarea></body></html>"""
KEEP_WHAT_IS_SAID = """
window.said = [];
addEventListener("DOMContentLoaded", () => {
  for (const topic of ["room", "case", "said", "decision", "facts"]) {
    document.body.addEventListener(`live:${topic}`, (event) => window.said.push(event.type));
  }
});"""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.first = "event: here\ndata: 7\n\n"
        self.refuse = 0
        self.asked = 0
        self.lines: list = []

    def say(self, *events: str):
        wait_until(lambda: self.lines, what="an open stream")
        for event in events:
            kind, _, data = event.partition(" ")
            self.lines[-1].wfile.write(f"event: {kind}\ndata: {data or '-'}\n\n".encode())

    def cut(self):
        while self.lines:
            self.lines.pop().over.set()


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/static/"):
            file = finders.find(unquote(self.path.removeprefix("/static/")))
            self.reply(Path(file).read_bytes(), "text/javascript")
        elif self.path != "/live/":
            self.reply(b"fetched anew" if self.path == "/part/" else PAGE.encode(), "text/html")
        elif self.server.refuse:
            self.do_HEAD()
        else:
            self.hold()

    def do_HEAD(self):
        self.server.asked += 1
        self.send_response(self.server.refuse or 200)
        if self.server.refuse == 302:
            self.send_header("Location", "/sign-in/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def hold(self):
        self.over = threading.Event()
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(f"retry: 100\n\n{self.server.first}".encode())
        self.server.lines.append(self)
        self.over.wait(30)

    def reply(self, body: bytes, kind: str):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.cut()
        running.shutdown()


@pytest.fixture
def screen(page, server):
    page.add_init_script(KEEP_WHAT_IS_SAID)
    page.clock.install()
    page.goto(server.url)
    return page


def state(page, words):
    expect(page.get_by_role("status")).to_have_text(words)


def said(page, *events):
    page.wait_for_function("(many) => window.said.length >= many", arg=len(events))
    assert page.evaluate("window.said.splice(0)") == list(events)


def test_a_message_is_passed_on_and_nothing_else_is_touched(screen, server):
    state(screen, "Live")
    screen.locator("textarea").fill("half a sentence")
    server.say("told 8 said")
    screen.clock.run_for(50)

    said(screen, "live:said")
    expect(screen.locator("#part")).to_have_text("fetched anew")
    expect(screen.locator("textarea")).to_be_focused()
    expect(screen.locator("textarea")).to_have_value("half a sentence")


def test_a_gap_in_the_numbers_is_noticed(screen, server):
    state(screen, "Live")
    server.say("told 8 case", "told 10 case")
    screen.clock.run_for(50)

    page_heard = screen.evaluate("window.said")
    assert sorted(page_heard) == sorted(ALL)


def test_a_change_while_the_page_was_made_is_not_missed(screen, server):
    server.first = "event: here\ndata: 9\n\n"
    state(screen, "Live")
    screen.reload()
    state(screen, "Live")
    screen.clock.run_for(50)

    assert sorted(screen.evaluate("window.said")) == sorted(ALL)


def test_a_lost_line_is_said_and_found_again(screen, server):
    state(screen, "Live")
    server.refuse = 503
    server.cut()
    state(screen, "Not connected, catching up")
    screen.clock.run_for(16_000)
    page_heard = screen.evaluate("window.said.splice(0)")
    assert sorted(page_heard) == sorted(ALL)  # it looks for itself meanwhile

    server.refuse, server.first = 0, "event: here\ndata: 8\n\n"
    screen.clock.run_for(25_000)
    state(screen, "Live")
    screen.clock.run_for(50)
    assert set(screen.evaluate("window.said")) == set(ALL)


def test_a_redis_that_is_away_is_said(screen, server):
    state(screen, "Live")
    server.say("away")
    state(screen, "Not connected, catching up")
    server.say("catch-up")
    state(screen, "Live")


def test_a_dead_line_that_looks_open_is_given_up(screen, server):
    state(screen, "Live")
    streams = len(server.lines)
    screen.clock.run_for(31_000)  # without a sign of life

    wait_until(lambda: len(server.lines) > streams, what="a new stream")
    state(screen, "Live")


@pytest.mark.parametrize(
    ("status", "words"),
    [(302, "You are signed out. Sign in again in another tab; what you typed stays here."),
     (404, "This page is no longer open to you.")],
)  # fmt: skip
def test_who_may_no_longer_listen_is_told_and_does_not_ask_again(screen, server, status, words):
    state(screen, "Live")
    server.refuse = status
    server.cut()
    state(screen, words)
    asked = server.asked
    screen.clock.run_for(60_000)

    assert server.asked == asked
    assert screen.evaluate("window.said") == []
