"""Do the log lines stay free of what people typed?"""

import json
import logging

import pytest

from tumorboard.logs import JsonLines

CANARY = "Quirin Vogelsang 1948-07-03"


def line(record):
    return json.loads(JsonLines().format(record))


@pytest.fixture
def logged(caplog):
    caplog.set_level(logging.INFO)

    def lines():
        return [JsonLines().format(record) for record in caplog.records]

    return lines


@pytest.mark.urls("tests.platform.urls_with_faults")
def test_a_failing_page_leaks_neither_its_form_nor_its_message(client, logged, db):
    client.raise_request_exception = False
    client.post(f"/fails/?q={CANARY}", {"patient": CANARY})
    text = "\n".join(logged())
    assert CANARY not in text
    assert "Quirin" not in text
    failed = next(told for told in map(json.loads, logged()) if "exception" in told)
    assert failed["exception"]["type"] == "builtins.ValueError"
    assert any("urls_with_faults.py" in place for place in failed["exception"]["at"])


def test_a_request_is_told_by_its_route(client, logged, db):
    response = client.get("/health/live", {"q": CANARY})
    told = next(told for told in map(json.loads, logged()) if told["logger"] == "tumorboard.requests")
    assert told | {"ms": 0, "at": ""} == {
        "at": "",
        "level": "INFO",
        "logger": "tumorboard.requests",
        "event": "request",
        "request_id": response["X-Request-ID"],
        "method": "GET",
        "route": "health/live",
        "status": 200,
        "ms": 0,
        "user": None,
    }


def test_values_in_a_message_are_left_out():
    record = logging.LogRecord("cases.letter", logging.INFO, "f.py", 1, "sent for %s", (CANARY,), None)
    assert line(record)["event"] == "sent for %s"


def test_a_line_is_one_line():
    record = logging.LogRecord("cases", logging.INFO, "f.py", 1, 'one\r\n{"forged": true}', (), None)
    assert "\n" not in JsonLines().format(record)


def test_only_listed_fields_are_kept():
    record = logging.LogRecord("cases", logging.INFO, "f.py", 1, "saved", (), None)
    record.__dict__ |= {"row": 7, "patient": CANARY}
    told = line(record)
    assert told["row"] == 7
    assert "patient" not in told
