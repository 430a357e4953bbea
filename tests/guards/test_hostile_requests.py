"""Does anything that a browser, or whoever is none, may ask for end in an error of ours?

Every address is asked with ids that are none, parameters that nobody offers, headers, methods, bodies and
kinds of content that no browser sends. What comes is refused, ignored or not found; never 500 (503 says that
it is busy, and is meant). The requests are drawn by a fixed seed; with --long there are many more.
"""

import os
import random
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.guards.hostile import MARK, NUL, runs
from tests.guards.scene import Scene, Visitor, make_scene, names
from tests.guards.source import ROOT
from tests.guards.test_access import row_of

ADDRESSES = names()
BROKEN = {500, 501, 502}
ROUNDS = 30 if os.environ.get("LONG") else 1
EACH = 6 if os.environ.get("LONG") else 2  # sorts of harm in a round
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
IDS = ("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "1" * 32, "None", "-1")
NUMBERS = ("0", "9" * 30, "-1", "2147483648", "9223372036854775808")
SLUGS = (
    "x" * 5000,
    "%00",
    "..%2f..%2fetc",
    "%ED%A0%80",
    "__class__",
    "a b",
    "%E2%80%AE",
    "NaN",
    quote(MARK, safe=""),
)
VALUES = (
    NUL, "", "-1", "0", "9" * 30, "9" * 5000, "NaN", "1e9", "x" * 3000, MARK, "'; --", "../..", "\u202e",
    "__all__", "%", "\\", "2026-02-30", "00000000-0000-0000-0000-000000000000", "[1]", '{"a": 1}',
    "٣", "+", "²",
)  # fmt: skip
PART = b"--x\r\nContent-Disposition: form-data; name="
KINDS = (
    ("application/json", b'{"a": [NaN, {"b": "\\ud800\\u0000"}]}'),
    ("application/json", b"[" * 5000),
    ("multipart/form-data; boundary=", b"--\r\n\r\n"),
    ("multipart/form-data; boundary=x", PART + b'"a\0"\r\n\r\nb\r\n'),
    (
        "multipart/form-data; boundary=x",
        PART + b'"f"; filename="\0"\r\n\r\n1',
    ),
    ("application/x-www-form-urlencoded; charset=utf-7", b"+ADw-script+AD4-=1"),
    ("application/x-www-form-urlencoded; charset=no-such", b"a=1"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(2500))),
    ("application/x-www-form-urlencoded", b"a=%00&b=%ff%fe&version=%00&q=%00&=&&=%"),
    ("text/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    ("", b"\0\0\0"),
)
HEADERS = (
    {"Range": "bytes=9-1,-0,a"},
    {"If-Modified-Since": "yesterday", "If-None-Match": '*,W/"', "If-Match": "x"},
    {"Accept": "*/*;q=x,\x01", "Accept-Language": "xx-" + "y" * 400, "Accept-Encoding": "none;q=9"},
    {"HX-Request": "true", "HX-Current-URL": "http://[::1", "HX-Target": MARK, "HX-Trigger-Name": NUL},
    {"HX-Request": "true", "HX-Current-URL-URI-AutoEncoded": "true", "HX-Current-URL": "%00%ff"},
    {"X-Forwarded-For": "1, 2, not an address", "X-Forwarded-Proto": "gopher", "Forwarded": "for=_"},
    {"Referer": "http://[bad/%00", "Origin": "null", "User-Agent": ""},
    {"X-HTTP-Method-Override": "DELETE", "X-Requested-With": "fetch"},
    {"Content-Length": "-1"},
    {"Content-Length": "9" * 30},
    {"Last-Event-ID": NUL, "Cache-Control": "x" * 2000},
    {"Host": "elsewhere.invalid"},
)
# The octal form reaches the application although no server lets a NUL itself through.
COOKIES = ('"aaaaaaaaaaaaaaaa\\000"', "x" * 4000, "", "../../etc/passwd", "\xb2" * 16, '"\\377\\376"')
METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "")


def asked_names() -> list[str]:
    """The parameters that the code reads, whatever it does with them."""
    found = {"page", "q", "next", "p", "o", "e", "_popup"}
    for folder in ("cases/views", "cases/queries", "tumorboard"):
        for file in (ROOT / folder).rglob("*.py"):
            found |= set(re.findall(r"""(?:GET|asked|said|data)\.get\(\s*"([\w-]+)""", file.read_text()))
            found |= set(re.findall(r'"([\w-]+)" in request\.GET', file.read_text()))
    return sorted(found)


NAMES = asked_names()


@pytest.fixture
def scene(db, settings) -> Scene:
    settings.ADMINISTRATORS_NEED_SECOND_FACTOR = False
    return make_scene()


def requests(name: str, path: str) -> Iterator[tuple[str, str, dict]]:
    """Method, address, and what else Django's client takes."""
    draw = random.Random(name)
    query = {one: draw.choice(VALUES) for one in draw.sample(NAMES, min(8, len(NAMES)))}
    yield "GET", f"{path}?" + "&".join(f"{one}={quote(NUL)}" for one in NAMES), {}
    for _ in range(ROUNDS):
        pairs = "&".join(f"{quote(one)}={quote(value, errors='replace')}" for one, value in query.items())
        kind, content = draw.choice(KINDS)
        found = [
            ("GET", f"{path}?{pairs}&&=&%00=%00", {}),
            ("GET", elsewhere(path, draw), {}),
            ("GET", path, {"headers": draw.choice(HEADERS)}),
            ("POST", path, {"data": content, "content_type": kind, "headers": draw.choice(HEADERS)}),
            (draw.choice(METHODS), path, {"data": content, "content_type": kind}),
            ("GET", path, {"cookie": draw.choice(COOKIES)}),
        ]
        yield from draw.sample(found, EACH)
        query = {one: draw.choice(VALUES) for one in draw.sample(NAMES, min(8, len(NAMES)))}


def elsewhere(path: str, draw: random.Random) -> str:
    """The same address with ids that are none."""
    found = UUID.sub(lambda _: draw.choice(IDS), path)
    found = re.sub(r"(?<=/)\d+(?=/)", lambda _: draw.choice(NUMBERS), found)
    if found == path:
        parts = path.strip("/").split("/")
        parts[draw.randrange(len(parts))] = draw.choice(SLUGS)
        found = "/" + "/".join(parts) + "/"
    return found


def ask(client: Client, visitor: Visitor, method: str, path: str, more: dict):
    said = dict(more)
    client.cookies = SimpleCookie({key: one.value for key, one in visitor.cookies.items()})
    if cookie := said.pop("cookie", None):
        said["headers"] = {
            "Cookie": f"sessionid={cookie}; csrftoken={cookie}; messages={cookie}; room={cookie}"
        }
        client.cookies = SimpleCookie()
    if path.partition("?")[0].endswith("/live/") and method == "GET":
        method = "HEAD"  # of a stream that stays open only the head is asked for
    return client.generic(method, path, **said)


def test_no_request_ends_in_an_error_of_ours(scene, subtests):
    visitors = [next(one for one in scene.visitors if one.letter == letter) for letter in "KAP"]
    visitors.append(next(one for one in scene.visitors if one.user is None))
    for name, pattern in sorted(ADDRESSES.items()):
        path = scene.address(name, pattern, row_of(name).of)
        with subtests.test(name):
            assert not [
                f"{answer.status_code} {method} {where} {more} by {visitor.words}"
                for number, (method, where, more) in enumerate(requests(name, path))
                for visitor in [visitors[number % len(visitors)]]
                for answer in [answered(scene, visitor, method, where, more)]
                if answer.status_code in BROKEN or runs(answer)
            ]


def answered(scene: Scene, visitor: Visitor, method: str, where: str, more: dict):
    with transaction.atomic():
        answer = ask(scene.client, visitor, method, where, more)
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end it is closed, and the connection is not
        transaction.set_rollback(True)
    return answer


@pytest.mark.django_db
@pytest.mark.parametrize("store", ["tumorboard.signed_in.store", "django.contrib.sessions.backends.db"])
def test_a_cookie_in_octal_names_no_session(settings, store):
    """With Django's own store it is a fault of ours that anybody can cause without an account."""
    settings.SESSION_ENGINE = store
    client = Client(raise_request_exception=False)
    answer = client.get("/", headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={COOKIES[0]}"})
    assert answer.status_code == (302 if store == "tumorboard.signed_in.store" else 500)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said", ['{"id": 1}', "[]", '{"id": "é"}', "[" * 9000, '"x"', '{"response": []}', "NaN"]
)
def test_what_no_device_says_is_a_wrong_answer(said):
    answer = Client().post(reverse("mfa_login_webauthn"), {"credential": said})
    assert (answer.status_code, answer.url) == (302, reverse("account_login"))
