"""Does what a browser reports become a line in the log, with nothing of a patient in it?"""

import json
import logging
import uuid

import pytest
from django.core.cache import cache

from tests.factories import person
from tumorboard.logs import JsonLines
from tumorboard.signed_in.limits import KEY

NAME = "Quirin-Vogelsang"
CASE = uuid.uuid4()
# As the specification of CSP 3 and of the Reporting API have them.
OLDER = {
    "csp-report": {
        "document-uri": f"https://board.example/cases/{CASE}/?q={NAME}",
        "referrer": f"https://board.example/cases/{CASE}/history/",
        "effective-directive": "script-src",
        "violated-directive": "script-src",
        "blocked-uri": f"https://elsewhere.example/{NAME}.js",
        "script-sample": f"alert('{NAME}')",
        "status-code": 200,
    }
}
NEWER = [
    {
        "type": "csp-violation",
        "age": 10,
        "url": f"https://board.example/cases/{CASE}/",
        "user_agent": NAME,
        "body": {
            "documentURL": f"https://board.example/cases/{CASE}/",
            "effectiveDirective": "style-src",
            "blockedURL": "inline",
            "sample": NAME,
        },
    }
]
ADDRESS = "/csp-report/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_counted(db):
    cache.clear()


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO)

    def found():
        told = [JsonLines().format(record) for record in caplog.records if record.name == "tumorboard.csp"]
        assert not [line for line in told if NAME in line or str(CASE) in line]
        known = ("directive", "route", "blocked")
        return [tuple(json.loads(line)[name] for name in known) for line in told]

    return found


def send(client, said, kind="application/csp-report"):
    body = said if isinstance(said, str | bytes) else json.dumps(said)
    return client.post(ADDRESS, body, content_type=kind).status_code


def test_both_ways_of_saying_it_are_understood(client, lines):
    assert send(client, OLDER) == 204
    assert send(client, NEWER, "application/reports+json") == 204
    assert lines() == [
        ("script-src", "cases/<uuid:pk>/", "elsewhere.example"),
        ("style-src", "cases/<uuid:pk>/", "inline"),
    ]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"document-uri": 7, "blocked-uri": [NAME], "effective-directive": {"x": NAME}},
        {
            "document-uri": f"https://board.example/{NAME}/",
            "blocked-uri": f"https://{NAME} ü/",
            "effective-directive": f"x-{NAME}",
        },
        {"document-uri": "http://[x", "blocked-uri": "http://[x", "effective-directive": "a\nb"},
    ],
)
def test_what_is_not_known_is_not_repeated(client, lines, told):
    assert send(client, {"csp-report": told}) == 204
    assert lines() == [("other", "other", "other")]


@pytest.mark.parametrize(
    "said", ["", "no json", "7", "null", "[[[7]]]", '{"csp-report": []}', "[" * 15_000, b"\xff\x00"]
)
def test_nonsense_is_no_line(client, lines, said):
    assert send(client, said) == 204
    assert lines() == []


def test_a_long_one_is_not_read_and_of_many_ten_are_told(client, lines):
    assert send(client, OLDER | {"more": "x" * 20_000}) == 204
    assert lines() == []
    assert send(client, NEWER * 30) == 204
    assert len(lines()) == 10


def test_after_sixty_in_a_minute_it_is_enough(client, lines):
    assert [send(client, OLDER) for _ in range(62)] == [204] * 60 + [429] * 2
    assert len(lines()) == 60


def test_it_keeps_nobody_signed_in_and_cannot_be_read(client):
    client.force_login(person())
    client.get("/")
    session = client.session
    session[KEY] = {**session[KEY], "seen": session[KEY]["seen"] - 120}
    session.save()
    before = client.session[KEY]
    assert send(client, OLDER) == 204
    assert client.session[KEY] == before
    assert client.get(ADDRESS).status_code == 405
