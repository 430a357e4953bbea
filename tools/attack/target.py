"""Whom do the scanners attack? A demonstration of its own, of this code, on loopback, thrown away afterwards.

It runs from a copy of the code, so that its data, ports and passwords are its own and a demonstration that
somebody works with stays as it is.
"""

import http.cookiejar
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tumorboard.embedded.ports import is_free
from tumorboard.embedded.processes import end_with_parent

from .processes import REPORTS, ROOT

COPIED = ("cases", "tumorboard", "templates", "static", "manage.py", "requirements.txt", "pyproject.toml")
KEPT = ("PATH", "LANG", "LC_ALL", "HOME")
PATIENCE = 900  # seconds; invented patients take a minute, on a busy machine many
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
# No proxy, whatever the machine says: everything is here.
DIRECT = urllib.request.ProxyHandler({})


@dataclass
class Person:
    """Somebody at a browser, signed in unless they have no name."""

    name: str
    base: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(DIRECT, urllib.request.HTTPCookieProcessor(self.jar))

    def ask(self, path: str, said: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        """The status, the address where it ended, and the page."""
        data = None if said is None else urllib.parse.urlencode(said).encode()
        request = urllib.request.Request(self.base + path, data, headers={"Referer": self.base + path})  # noqa: S310  http on loopback
        try:
            with self._opener.open(request, timeout=30) as answer:
                return answer.status, answer.geturl(), _text(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.geturl(), _text(refused)

    def sign_in(self, password: str) -> None:
        _, _, page = self.ask("/accounts/sign-in/")
        token = TOKEN.search(page)
        said = {"login": f"{self.name}@demo.invalid", "password": password}
        status, where, _ = self.ask(
            "/accounts/sign-in/", said | {"csrfmiddlewaretoken": token[1] if token else ""}
        )
        if status != 200 or "sign-in" in where:
            raise SystemExit(f"{self.name} could not sign in: {status} at {where}")

    @property
    def cookies(self) -> dict[str, str]:
        return {one.name: one.value or "" for one in self.jar}

    @property
    def cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


def _text(answer) -> str:
    is_text = "text" in answer.headers.get("Content-Type", "")
    return answer.read(3_000_000).decode(errors="replace") if is_text else ""


@dataclass
class Target:
    base: str
    folder: Path
    password: str
    process: subprocess.Popen

    def person(self, name: str) -> Person:
        found = Person(name, self.base)
        if name:
            found.sign_in(self.password)
        return found

    @property
    def log(self) -> Path:
        return self.folder / "var" / "web.log"


@contextmanager
def demonstration() -> Iterator[Target]:
    folder = REPORTS / "target"
    _copied(folder)
    port = is_free(0)
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    env |= {"PORT": str(port), "LOG_LEVEL": "INFO", "MAIL_GATHER_SECONDS": "0"}
    with (REPORTS / "target.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tumorboard.embedded.demo"],
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=end_with_parent(),  # noqa: PLW1509
        )
    try:
        _wait(process, port)
        password = (folder / "var" / "demo-password").read_text()
        yield Target(f"http://127.0.0.1:{port}", folder, password, process)
    finally:
        process.terminate()
        process.wait(60)


def _copied(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)


def _wait(process: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    opener = urllib.request.build_opener(DIRECT)
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with opener.open(f"http://127.0.0.1:{port}/health/ready", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit(f"The demonstration did not come up; see {REPORTS / 'target.log'}")
