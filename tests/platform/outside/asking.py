"""How does somebody outside ask the app server or its proxy, with any method and any headers?"""

import http.client
import ssl
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


def connect(port: int, certificate: Path | None = None) -> http.client.HTTPConnection:
    if certificate is None:
        return http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    known = ssl.create_default_context(cafile=str(certificate))
    return http.client.HTTPSConnection("localhost", port, timeout=60, context=known)


def ask(
    port: int,
    method: str,
    path: str,
    headers: dict[str, str] | None = None,
    *,
    certificate: Path | None = None,
    body: Iterable[bytes] = (),
) -> Answer:
    headers = headers or {}
    with closing(connect(port, certificate)) as line:
        line.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            line.putheader(name, value)
        if not {"Content-Length", "Transfer-Encoding"} & set(headers):
            line.putheader("Content-Length", "0")
        line.endheaders()
        with suppress(
            BrokenPipeError, ConnectionResetError
        ):  # it has heard enough, and says so in its answer
            for part in body:
                line.send(part)
        with line.getresponse() as answer:
            told = answer.read().decode()
    return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, told)
