"""How does somebody outside ask the app server or its proxy, with any method and any headers?"""

import http.client
import ssl
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


def connect(port: int, certificate: Path | None = None) -> http.client.HTTPConnection:
    if certificate is None:
        return http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    known = ssl.create_default_context(cafile=str(certificate))
    return http.client.HTTPSConnection("localhost", port, timeout=30, context=known)


def ask(
    port: int,
    method: str,
    path: str,
    headers: dict[str, str] | None = None,
    *,
    certificate: Path | None = None,
    body: Iterable[bytes] = (),
) -> Answer:
    line = connect(port, certificate)
    headers = headers or {}
    line.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        line.putheader(name, value)
    if not {"Content-Length", "Transfer-Encoding"} & set(headers):
        line.putheader("Content-Length", "0")
    line.endheaders()
    try:
        for part in body:
            line.send(part)
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has heard enough: what it said stands in the answer
    answer = line.getresponse()
    told = answer.read().decode()
    line.close()
    return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, told)
