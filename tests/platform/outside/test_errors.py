"""What does an answer that is an error tell whoever asks from outside? Of the real app server."""

import re
import socket

import pytest

from tests.platform.outside.asking import ask

FIFTY_GIGABYTES = str(50 * 1024**3)
ASKED = {
    "wrong host": (400, "GET", "/health/live", {"Host": "elsewhere.example"}),
    "forbidden": (403, "GET", "/forbidden/", {}),
    "without the token": (403, "POST", "/posted/", {}),
    "no such page": (404, "GET", "/no/such/page/", {}),
    "wrong method": (405, "GET", "/posted/", {}),
    "TRACE": (405, "TRACE", "/accounts/sign-in/", {"X-Told-To-Nobody": "kept"}),
    "unknown method": (405, "PROPFIND", "/", {}),
    "too large": (413, "POST", "/large/", {"Content-Length": FIFTY_GIGABYTES}),
    "too often": (429, "GET", "/often/", {}),
    "broken": (500, "GET", "/fails/", {}),
    "too busy": (503, "GET", "/slow/", {}),
}
CONFINES = {
    "content-security-policy",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "reporting-endpoints",
    "server",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
}
# What these tell is the answer's own: how long it is, when it was made, what may be asked instead.
OF_ITS_OWN = {
    "allow",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "date",
    "expires",
    "retry-after",
    "set-cookie",
    "transfer-encoding",
    "vary",
    "x-request-id",
}
INSIDE = re.compile(
    r"\d+\.\d+\.\d|gunicorn|python|psycopg|postgres|celery|redis|traceback|exception|\.py\b|/work|/srv|/home",
    re.I,
)


@pytest.fixture(scope="module")
def answers(web):
    over_tls = {"X-Forwarded-Proto": "https"}
    return {
        name: ask(web.port, method, path, over_tls | headers)
        for name, (_, method, path, headers) in ASKED.items()
    }


@pytest.mark.parametrize("name", ASKED)
def test_it_is_the_error_that_it_should_be(answers, name):
    assert answers[name].status == ASKED[name][0]


@pytest.mark.parametrize("name", ASKED)
def test_it_confines_a_browser_like_every_other_page(web, answers, name):
    status, page, _ = ask(web.port, "GET", "/accounts/sign-in/", {"X-Forwarded-Proto": "https"})
    assert status == 200
    assert page["strict-transport-security"].startswith("max-age=31536000")
    told = answers[name].headers
    assert {key: told.get(key) for key in CONFINES} == {key: page[key] for key in CONFINES}
    assert set(told) <= CONFINES | OF_ITS_OWN
    assert "no-store" in told["cache-control"]


@pytest.mark.parametrize("name", ASKED)
def test_neither_head_nor_body_tells_of_the_inside(answers, name):
    _, headers, body = answers[name]
    assert headers["server"] == "web"
    assert not {"x-powered-by", "via", "x-frame-version"} & set(headers)
    told = "\n".join(f"{key}: {value}" for key, value in headers.items()) + body
    assert not INSIDE.search(told), INSIDE.search(told)
    assert "kept" not in body


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"b" * 20_000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
    ],
    ids=["no request", "no such version", "long address", "long header", "two lengths"],
)
def test_what_is_no_request_is_refused_in_as_few_words(web, sent):
    with socket.create_connection(("127.0.0.1", web.port), 10) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    assert re.match(r"HTTP/1\.1 (4\d\d|505) ", answer)
    assert not INSIDE.search(answer.replace("HTTP/1.1", "").replace("HTTP/9.9", ""))
