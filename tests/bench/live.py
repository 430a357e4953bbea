"""How soon do forty screens show what one has written? `./dev bench live` prints a table.

Everything is real: gunicorn with two processes, PostgreSQL, the broker, forty signed-in clients with an open
stream each. One person writes; what is measured is the time from the first word to the record until a client
has heard of it, and until it has fetched the part that changed; the next change comes when all have. The
clients share the machine with the servers; the processor time is of the two web processes alone.
"""

import http.client
import os
import statistics
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.request import Request, urlopen

from django.db import connection
from django.urls import reverse

from tests.platform.live.served import Ear, Web, cookie_of, wait_until

CLIENTS, CHANGES = 40, 50
HEAD = f"{'':<34}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'times':>8}"


class Screen(Ear):
    """Fetches a part whenever its topic is told, as the page does."""

    def __init__(self, port: int, stream: str, cookie: str, parts: dict[str, str]):
        self.parts, self.cookie = parts, cookie
        self.heard: list[float] = []
        self.shown: list[float] = []
        self.fetching: http.client.HTTPConnection | None = None
        self.port_of_web = port
        super().__init__(port, stream, cookie)

    def hear(self, kind: str, data: str) -> None:
        super().hear(kind, data)
        topic = data.partition(" ")[2]
        if kind == "told" and topic in self.parts:
            self.heard.append(time.perf_counter())
            self.fetch(self.parts[topic])
            self.shown.append(time.perf_counter())

    def fetch(self, path: str) -> None:
        try:
            self._fetch(path)
        except (OSError, http.client.HTTPException):  # an idle line is closed after two seconds
            self.fetching = None
            self._fetch(path)

    def _fetch(self, path: str) -> None:
        self.fetching = self.fetching or http.client.HTTPConnection("127.0.0.1", self.port_of_web, timeout=30)
        self.fetching.request("GET", path, headers={"Cookie": self.cookie, "HX-Request": "true"})
        answer = self.fetching.getresponse()
        answer.read()
        assert answer.status == 200, (answer.status, path)


def main() -> None:
    from tests.bench.__main__ import a_database  # it sets Django up

    with a_database(), tempfile.TemporaryDirectory() as folder:
        server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
        name = connection.settings_dict["NAME"]
        web = Web(Path(folder) / "web.log", DATABASE_URL=f"{server}/{name}")
        try:
            measure(web)
        except BaseException:
            print(web.log.read_text()[-4000:])
            raise
        finally:
            web.stop()


def measure(web: Web) -> None:
    from tests.bench.seeding import a_running_meeting

    held = a_running_meeting(CLIENTS)
    cookies = [cookie_of(user) for user in held.people]
    page = f"http://127.0.0.1:{web.port}" + reverse("cases:meetings")
    look(page, cookies[0], 20)  # both processes have everything loaded
    before, alone = memory(web), look(page, cookies[0])
    stream = reverse("cases:live-meeting", args=[held.meeting.pk])
    at = f"?item={held.item.pk}"
    parts = {
        topic: reverse("cases:hold-part", args=[held.meeting.pk, part]) + at
        for topic, part in (("said", "said"), ("decision", "decision"), ("case", "case"))
    }
    screens = [Screen(web.port, stream, cookie, parts) for cookie in cookies]
    wait_until(lambda: all(screen.kinds() for screen in screens), 60, "all streams")
    print(f"{CLIENTS} open screens, {spread(web, screens)} in each process\n{HEAD}", flush=True)
    row("a page, nobody listening", alone)
    row("a page, all listening", look(page, cookies[0]))
    with Most(connections) as most:
        for words, change in held.changes():
            report(web, words, screens, change)
    print(f"\nconnections to PostgreSQL, at most: {most.most}")
    print(f"memory of the processes, MB: {before} before, {memory(web)} after")
    for screen in screens:
        screen.hang_up()


def report(web: Web, words: str, screens: list[Screen], change) -> None:
    for screen in screens:
        screen.heard.clear()
        screen.shown.clear()
    said, used = [], processor_time(web)
    for number in range(CHANGES):
        said.append(time.perf_counter())
        change(number)
        wait_until(
            lambda: {len(screen.shown) for screen in screens} == {len(said)}, 30, "a change everywhere"
        )
    each = (processor_time(web) - used) / CHANGES / CLIENTS * 1000
    for what, times in (("told", "heard"), ("fetched", "shown")):
        found = [
            (there - then) * 1000
            for screen in screens
            for there, then in zip(getattr(screen, times), said, strict=True)
        ]
        row(f"{words}: {what}", found)
    print(f"{words}: processor time for each change and screen, ms: {each:.1f}")


def row(words: str, times: list[float]) -> None:
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{words:<34}{p50:>9.0f}{p95:>9.0f}{max(times):>9.0f}{len(times):>8}", flush=True)


def look(page: str, cookie: str, times: int = 40) -> list[float]:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        with urlopen(Request(page, headers={"Cookie": cookie}), timeout=30) as answer:
            answer.read()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def memory(web: Web) -> list[int]:
    def resident(pid: int) -> int:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // 1000

    return [resident(pid) for pid in web.workers()]


def processor_time(web: Web) -> float:
    """Seconds, of all web processes together."""
    found = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in web.workers()]
    return sum(int(fields[11]) + int(fields[12]) for fields in found) / os.sysconf("SC_CLK_TCK")


def spread(web: Web, screens: list[Screen]) -> str:
    return " and ".join(str(count) for count in Counter(map(web.serves, screens)).values())


def connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_stat_activity where datname = current_database()")
        return cursor.fetchone()[0] - 1  # our own


class Most(threading.Thread):
    """The most there ever were of something, looked at every tenth of a second."""

    def __init__(self, ask):
        super().__init__()
        self.ask, self.most, self.over = ask, 0, threading.Event()

    def __enter__(self):
        self.start()
        return self

    def run(self):
        while not self.over.wait(0.1):
            self.most = max(self.most, self.ask() - 1)  # this thread's
        connection.close()

    def __exit__(self, *_):
        self.over.set()
        self.join()
