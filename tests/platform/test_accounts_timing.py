"""Does the time of an answer tell a stranger who has an account here?

Tries over the real app server, one after the other, each kind in turn, so that whatever else the machine does
falls on all alike. Nobody is tried twice, and each try comes from another computer: no limit is met.
"""

import http.client
import os
import random
import re
import time
from statistics import median
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from tests.conftest import _test_database_url
from tests.platform.live.served import Web

TRIES, CLOSE = int(os.environ.get("TRIES", "200")), 0.10
SIGN_IN, FORGOTTEN = "account_login", "account_reset_password"
# What is sent where, about whom; and the answer that both get.
KINDS = {
    "sign-in, known": (SIGN_IN, "known", 422),
    "sign-in, unknown": (SIGN_IN, "unknown", 422),
    "link, known": (FORGOTTEN, "known", 302),
    "link, unknown": (FORGOTTEN, "unknown", 302),
}


@pytest.fixture
def people(transactional_db):
    """Passwords as hard to check as everybody's; made once for all."""
    cache.clear()
    hashed = make_password("liver-board-on-thursday")
    person = get_user_model()
    person.objects.bulk_create(
        person(email=f"known{number}@example.org", password=hashed) for number in range(TRIES * 2)
    )


@pytest.fixture
def web(people, tmp_path):
    connection.close()
    web = Web(tmp_path / "web.log", DATABASE_URL=_test_database_url(), BEHIND_PROXY="true")
    yield web
    web.stop()


class Stranger:
    """Has opened the page, and sends its form again and again."""

    def __init__(self, port: int):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.line.request("GET", reverse(SIGN_IN))
        page = self.line.getresponse()
        [self.token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[:1]
        [self.cookie] = re.findall(r"csrf\w*=\w+", page.headers["Set-Cookie"])[:1]

    def tries(self, name: str, address: str, number: int) -> tuple[int, float]:
        typed = {"csrfmiddlewaretoken": self.token, "login": address, "email": address, "password": "not-it"}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": self.cookie,
            "X-Forwarded-For": f"10.{number // 200}.{number % 200}.7",
        }
        self.line.close()
        self.line.connect()
        began = time.perf_counter()
        self.line.request("POST", reverse(name), urlencode(typed), headers)
        answer = self.line.getresponse()
        answer.read()
        return answer.status, time.perf_counter() - began


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_the_time_of_an_answer_tells_nothing(web, capsys):
    stranger, taken = Stranger(web.port), {kind: [] for kind in KINDS}
    for number in range(TRIES):
        for turn, kind in enumerate(random.sample(list(KINDS), len(KINDS))):
            page, whom, wanted = KINDS[kind]
            address = f"{whom}{number + (TRIES if page == FORGOTTEN else 0)}@example.org"
            status, seconds = stranger.tries(page, address, number * len(KINDS) + turn)
            assert status == wanted, (kind, status)
            taken[kind].append(seconds)

    stranger.line.close()
    found = {kind: median(times) for kind, times in taken.items()}
    with capsys.disabled():
        told = ", ".join(f"{kind} {seconds * 1000:.0f} ms" for kind, seconds in found.items())
        print(f"\nmedian of {TRIES} tries: {told}")
    for what in ("sign-in", "link"):
        known, unknown = found[f"{what}, known"], found[f"{what}, unknown"]
        assert abs(known - unknown) / max(known, unknown) < CLOSE, what
