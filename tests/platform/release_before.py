"""Where is the release before this one, and who works with it while the tables change under it?"""

import re
import subprocess
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

import psycopg

from tests.platform.live.served import wait_until

ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = ("cases/migrations/0*.py", "tumorboard/*/migrations/0*.py")
SHALLOW = "This copy has no history: git fetch --unshallow (in CI: actions/checkout with fetch-depth: 0)."
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
CASE = re.compile(r'href="(/cases/[0-9a-f-]{36}/)"')
CASES = "/cases/"


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit_before() -> str:
    """The last one without the migrations that no release has shipped yet."""
    assert git("rev-parse", "--is-shallow-repository") == "false", SHALLOW
    shipped = tomllib.loads((ROOT / "tools" / "accepted_migrations.toml").read_text())["shipped"]["up_to"]
    added = git("log", "--reverse", "--diff-filter=A", "--format=commit %H", "--name-only", "--", *MIGRATIONS)
    commit = ""
    for line in filter(None, added.splitlines()):
        if line.startswith("commit "):
            commit = line.removeprefix("commit ")
            continue
        app, name = Path(line).parts[-3], Path(line).stem
        if (ROOT / line).exists() and name[:4] > shipped.get(app, "")[:4]:
            return git("rev-parse", f"{commit}^")
    return git("rev-parse", "HEAD")


def unpack(commit: str, folder: Path) -> Path:
    """As it was committed: no worktree of git, which would have to be given back."""
    folder.mkdir()
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    return folder


class Refused(Exception):
    pass


class Somebody:
    """A person at a browser without scripts: pages, forms and a cookie."""

    def __init__(self, port: int, name: str, password: str):
        self.at = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.longest, self.asked = 0.0, 0
        self.send("/accounts/sign-in/", login=f"{name}@demo.invalid", password=password)

    def get(self, path: str) -> str:
        return self._ask(path, None)

    def send(self, path: str, **typed: str) -> str:
        """What the page has hidden in its form goes back with it."""
        hidden = dict(HIDDEN.findall(self.get(path)))
        return self._ask(path, urlencode(hidden | typed).encode())

    def _ask(self, path: str, body: bytes | None) -> str:
        began = time.perf_counter()
        headers = {"Referer": self.at + path}
        try:
            request = urllib.request.Request(self.at + path, body, headers)
            with self.opener.open(request, timeout=30) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            raise Refused(f"{error.code} at {path} {error.read().decode()[-1500:]}") from None
        finally:
            self.asked += 1
            self.longest = max(self.longest, time.perf_counter() - began)

    def first_case(self) -> str:
        found = CASE.search(self.get(CASES))
        assert found, "no case on the list"
        return found[1]


def plans_meetings(one: Somebody, number: int) -> None:
    """Each on a day of its own."""
    day = date(2029, 1, 1) + timedelta(days=number)
    one.send(
        "/meetings/new/",
        board=board_of(one),
        day=day.isoformat(),
        starts="08:00",
        ends="09:30",
        place="Seminar room 2",
    )


def board_of(one: Somebody) -> str:
    [board] = re.findall(r'<option value="(\d+)"', one.get("/meetings/new/"))[:1]
    return board


def writes_down(one: Somebody, number: int) -> None:
    case = one.first_case()
    one.get(case)
    one.send(f"{case}record/wish/", **{"fact-words": f"Wish number {number}."})


def reads(one: Somebody, number: int) -> None:
    for path in ("/", CASES, "/meetings/", one.first_case()):
        one.get(path)


class Load:
    """People who work until they are told to stop; `faults` is what went wrong for them."""

    def __init__(self, work: list[tuple[Somebody, Callable[[Somebody, int], None]]]):
        self.faults: list[str] = []
        self.ended = Event()
        self.people = [one for one, _ in work]
        self.threads = [Thread(target=self._works, args=one) for one in work]

    def _works(self, one: Somebody, do: Callable[[Somebody, int], None]) -> None:
        number = 0
        while not self.ended.is_set():
            number += 1
            try:
                do(one, number)
            except (Refused, OSError, AssertionError) as fault:
                self.faults.append(f"{do.__name__}: {fault}")
                return

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join(60)

    def goes_on(self, requests: int) -> None:
        """Until so many more were answered, or one was not."""
        wanted = self.asked + requests
        wait_until(lambda: self.faults or self.asked >= wanted, 120, f"{requests} more requests")

    @property
    def asked(self) -> int:
        return sum(one.asked for one in self.people)


def waits(address: str, ended: Event) -> Iterator[float]:
    """How long somebody has waited for a lock, looked at twenty times a second."""
    asks = (
        "SELECT coalesce(extract(epoch FROM max(clock_timestamp() - waitstart)), 0)::float"
        " FROM pg_locks WHERE NOT granted"
    )
    with psycopg.connect(address, autocommit=True) as looker:
        while not ended.wait(0.05):
            yield looker.execute(asks).fetchone()[0]
