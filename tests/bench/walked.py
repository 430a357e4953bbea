"""Which page of the demonstration takes how long? `./dev bench pages` prints the slowest of each kind.

Four people of the invented board follow every link that their pages show, as the program draws them; pages of
the same sort (another case, another lesion) count as one, and the slowest of them stands for all. Each is
asked for four times with Django's test client, without network or browser; told is the median of the last
three. The collector rests as it does in the app server, and the role is the one of the app server.
"""

import re
import statistics
import time
from collections.abc import Iterator
from html.parser import HTMLParser

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import resolve
from django.urls.exceptions import Resolver404

from tests.application_role import step_down_to
from tumorboard.embedded.postgres import APPLICATION
from tumorboard.gunicorn_conf import rest_collector

PEOPLE = ("coordinator", "chair", "surgeon", "referrer")
ASKED = 4
MOST = 400  # addresses a person
SHOWN = 25
LIMIT = 300  # ms; what nobody should wait longer than
# These end something, or lead away.
NOT_FOLLOWED = re.compile(r"sign-out|logout|^/admin|^/health|\.(css|js|svg|png|woff2)(\?|$)")


class Links(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.found: dict[str, None] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        for address in (named.get("href") if tag == "a" else None, named.get("hx-get")):
            if address and address.startswith("/") and not NOT_FOLLOWED.search(address):
                self.found[address.partition("#")[0]] = None


def main() -> None:
    from tests.bench.__main__ import a_database

    with a_database():
        settings.DEMO = True
        rest_collector()
        call_command("demo", verbosity=0)
        step_down_to(APPLICATION)  # as in a hospital: PostgreSQL looks at each row for whom it is
        slowest: dict[str, tuple[float, str, str]] = {}
        pages = 0
        for person in PEOPLE:
            for address, took in _walked(person):
                pages += 1
                found = (took, person, address)
                slowest[_sort_of(address)] = max(slowest.get(_sort_of(address), found), found)
        report(sorted(slowest.values(), reverse=True), pages)


def _walked(person: str) -> Iterator[tuple[str, float]]:
    from django.contrib.auth import get_user_model

    client = Client()
    client.force_login(get_user_model().objects.get(email=f"{person}@demo.invalid"))
    waiting, seen = ["/"], {"/"}
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        answer, took = _asked(client, address)
        if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
            continue
        yield address, took
        for link in Links(answer.content.decode()).found:
            if link not in seen:
                seen.add(link)
                waiting.append(link)


def _asked(client: Client, address: str):
    times = []
    for _ in range(ASKED):
        began = time.perf_counter()
        answer = client.get(address)
        times.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200 or answer.streaming:
            return answer, 0.0
    return answer, statistics.median(times[1:])


def _sort_of(address: str) -> str:
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return address


def report(rows: list[tuple[float, str, str]], pages: int) -> None:
    print(f"{'ms':>6}  {'person':<12} page")
    for took, person, address in rows[:SHOWN]:
        print(f"{took:>6.0f}  {person:<12} {re.sub('[0-9a-f-]{36}', '…', address)} ({_sort_of(address)})")
    over = sum(took > LIMIT for took, *_ in rows)
    print(f"{pages} pages of {len(rows)} sorts; {over} sorts over {LIMIT} ms")
