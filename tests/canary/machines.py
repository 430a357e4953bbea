"""What do the tests of real processes talk with? A small browser, an ear at the broker, faults on purpose."""

import http.client
import re
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.db import connection

from tests.platform.live.served import cookie_of

FORM = "application/x-www-form-urlencoded"
TRIGGER = """
    CREATE OR REPLACE FUNCTION canary_fault() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'cannot keep % of %', NEW,
            (SELECT string_agg(one::text, ' ') FROM cases_patient one); END $$;
    CREATE TRIGGER canary_fault BEFORE INSERT ON {0} FOR EACH ROW EXECUTE FUNCTION canary_fault()
"""


@contextmanager
def nothing_can_be_kept_in(table: str) -> Iterator[None]:
    """PostgreSQL refuses it, with every patient's row in its words."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGER.format(table))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER canary_fault ON {table}; DROP FUNCTION canary_fault()")


class Answer:
    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.content = answer.status, str(answer.headers), answer.read()
        self.location = urlsplit(answer.headers["Location"] or "").path
        self.cookies = dict(re.findall(r"^Set-Cookie: (\w+)=([^;]*)", self.headers, re.MULTILINE))


class Browser:
    """Somebody signed in, at the real app server."""

    def __init__(self, port: int, user) -> None:
        self.port, self.cookies = port, dict([cookie_of(user).split("=", 1)])
        self.get("/")

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, said: dict, **headers: str) -> Answer:
        token = {"X-CSRFToken": self.cookies["csrftoken"], "Content-Type": FORM}
        return self.ask("POST", path, urlencode(said, doseq=True).encode(), token | headers)

    def hand_in(self, path: str, said: dict, *, file: tuple[str, bytes]) -> Answer:
        between, (name, content) = uuid.uuid4().hex, file
        parts = [
            f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode()
            for key, value in said.items()
        ]
        head = (
            f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/pdf'
        )
        parts.append(head.encode() + b"\r\n\r\n" + content)
        body = b"".join(b"--%s\r\n%s\r\n" % (between.encode(), part) for part in parts)
        kind = {"Content-Type": f"multipart/form-data; boundary={between}"}
        token = {"X-CSRFToken": self.cookies["csrftoken"]}
        return self.ask("POST", path, body + f"--{between}--\r\n".encode(), token | kind)

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict | None = None) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        line.request(method, path, body, {"Cookie": cookie, **(headers or {})})
        answer = Answer(line.getresponse())
        line.close()
        self.cookies |= answer.cookies
        return answer


def say(port: int, words: bytes) -> bytes:
    """Whatever it is, also what no browser would send."""
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(words)
        return line.recv(10_000)


class EarAtBroker(threading.Thread):
    """Every command that anybody gives to Redis, also of what it never stores."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        address = urlsplit(url)
        self.heard = b""
        self.line = socket.create_connection((address.hostname, address.port))
        self.line.sendall(f"AUTH {address.password}\r\nMONITOR\r\n".encode())
        self.start()

    def run(self) -> None:
        try:
            while chunk := self.line.recv(65536):
                self.heard += chunk
        except OSError:
            pass  # hung up

    def hang_up(self) -> None:
        self.line.close()


def everything_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each file with its name, however it is called."""
    for path in sorted(folder.rglob("*")):
        yield str(path.relative_to(folder)), path.read_bytes() if path.is_file() else b""
