"""Do fifty people work for a while without an error, while nothing grows that should not?

Everything is real: gunicorn with two processes, a worker that sends to a relay, PostgreSQL, the broker.
`SOAK_MINUTES` says for how long (three, unless said). Memory is compared after a warm-up, in which Python
loads what it needs; an error is every answer that tells somebody of a fault, of a server that is too busy, or
of a collision in the database that was not put right by trying again.
"""

import http.client
import os
import random
import re
import statistics
import threading
import time
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from cases.models import SpecialistInput
from cases.vocabulary import Role
from tests.bench.seeding import a_running_meeting
from tests.factories import member
from tests.platform.live.served import Web, cookie_of, wait_until
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
MINUTES = float(os.environ.get("SOAK_MINUTES", "3"))
CLIENTS, COORDINATORS = 50, 5
THINKS = (2.0, 8.0)  # seconds between what one person does
FINE = {200, 302, 409, 422}  # who was slower, and who typed nonsense, is told so
TOKEN = "a" * 32  # against forgery: the same in the cookie and in the header
WARM = 2 / 3  # of the time: until each page was drawn often enough by each of the threads
GROWS_AT_MOST = 1.05
FOUND = 302
VERSION = re.compile(rb'"version"(?: value=|: )"?(\d+)')  # on a page, or in the answer to a script
VERSIONS: dict[str, int] = {}  # by address, as everybody's screen tells it
OF_A_CASE = ("case", "history", "labs", "lesions", "record-wish", "record-fitness", "record-diagnosis")


@dataclass
class Seen:
    """What all of them met."""

    answers: Counter = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class Somebody(threading.Thread):
    """One person at a browser: looks, thinks, types, until it is over."""

    def __init__(self, port: int, user, ways, seen: Seen, over: threading.Event):
        super().__init__(daemon=True)
        self.port, self.ways, self.seen, self.over = port, ways, seen, over
        self.cookie = f"{cookie_of(user)}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        self.chance = random.Random(user.pk)

    def run(self):
        while not self.over.wait(self.chance.uniform(*THINKS)):
            name, path, said = self.chance.choice(self.ways)(self.chance)
            began = time.perf_counter()
            status, page = self.ask(path, said)
            self.seen.times[name].append(time.perf_counter() - began)
            self.seen.answers[status] += 1
            if said and "version" in said:
                self.remember(path, status, page, said)
            if status not in FINE:
                self.seen.faults.append(f"{status} at {path}: {page[:200]!r}")

    def remember(self, path: str, status: int, page: bytes, said: dict) -> None:
        told = VERSION.search(page)
        VERSIONS[path] = int(told.group(1)) if told else int(said["version"]) + (status == FOUND)

    def ask(self, path: str, said: dict | None) -> tuple[int, bytes]:
        headers = {"Cookie": self.cookie, "X-CSRFToken": TOKEN}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            if said is None:
                line.request("GET", path, headers=headers)
            else:
                form = headers | {"Content-Type": "application/x-www-form-urlencoded"}
                line.request("POST", path, urlencode(said, doseq=True), form)
            answer = line.getresponse()
            return answer.status, answer.read()


def looks(name: str, paths: list[str]):
    return lambda chance: (name, chance.choice(paths), None)


def types(name: str, paths: list[str], **said):
    """What is typed has a number in it, so that it is another each time; the version is the last one seen."""

    def way(chance):
        path = chance.choice(paths)
        words = {key: f"words {chance.random()}" for key, value in said.items() if value == "words"}
        seen = {"version": VERSIONS[path]} if path in VERSIONS else {}
        return name, path, said | words | seen

    return way


def to_do(held) -> tuple[list, list]:
    """What everybody does on this board, and what coordinators do besides."""
    cases = [str(pk) for pk in held.meeting.items.values_list("case", flat=True)]
    each = {name: [reverse(f"cases:{name}", args=[pk]) for pk in cases] for name in OF_A_CASE}
    drafts = [reverse("cases:save-draft", args=["fitness", pk]) for pk in cases]
    hold = [reverse("cases:hold-meeting", args=[held.meeting.pk])]
    asked = SpecialistInput.objects.filter(case__in=cases, status="ASKED")
    ask = [reverse("cases:ask-input", args=[one.pk]) for one in asked]
    diagnosis = {"diagnosis-primary_site": "COLORECTAL", "version": 1}
    everybody = [
        looks("today", [reverse("cases:today")]),
        looks("worklist", [reverse("cases:worklist")]),
        looks("a case", each["case"]),
        looks("a case", each["case"]),
        looks("its history", each["history"]),
        looks("its values", each["labs"]),
        looks("its lesions", each["lesions"]),
        looks("the meeting", [reverse("cases:meeting", args=[held.meeting.pk])]),
        looks("the live screen", hold),
        types("a draft", drafts, words="words"),
        types("a wish", each["record-wish"], **{"fact-words": "words"}),
        types("fitness", each["record-fitness"], **{"fact-ecog": "1"}),
        types("the diagnosis", each["record-diagnosis"], **diagnosis),
    ]
    discussion = reverse("cases:save-discussion", args=[held.item.pk])
    writing = [types("what is said", [discussion], discussion="words", version=1)]
    asking = [types("asking again", ask, **{"ask-asked_of": asked[0].asked_of_id})]
    return everybody, writing + asking


def memory(pid: int) -> int:
    """Of a process and those below it, in kB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    mine = int(next(line for line in lines if line.startswith("VmRSS")).split()[1])
    return mine + sum(memory(int(child)) for child in below)


def asked(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


CONNECTIONS = "select count(*) from pg_stat_activity where datname = current_database()"
DEADLOCKS = "select deadlocks from pg_stat_database where datname = current_database()"


def watched(seconds: float, processes: dict[str, int]) -> dict[str, list[float]]:
    """Every two seconds until it is over."""
    found: dict[str, list[float]] = defaultdict(list)
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        for name, pid in processes.items():
            found[name].append(memory(pid) / 1000)
        found["connections"].append(asked(CONNECTIONS))
        threading.Event().wait(min(2.0, left))
    return found


def test_fifty_work_for_minutes_and_nothing_grows(worker, smtp, tmp_path):
    held = a_running_meeting(CLIENTS - COORDINATORS)
    coordinators = [member(held.meeting.board, Role.COORDINATOR) for _ in range(COORDINATORS)]
    everybody, besides = to_do(held)
    server, name = os.environ["DATABASE_URL"].rsplit("/", 1)[0], connection.settings_dict["NAME"]
    web, seen, over = Web(tmp_path / "web.log", DATABASE_URL=f"{server}/{name}"), Seen(), threading.Event()
    people = [(one, everybody) for one in held.people] + [
        (one, everybody + 3 * besides) for one in coordinators
    ]
    crowd = [Somebody(web.port, user, ways, seen, over) for user, ways in people]
    before = asked(DEADLOCKS)
    try:
        for one in crowd:
            one.start()
        processes = {"web": web.process.pid, "worker": worker.pid}
        warm = MINUTES * 60 * WARM
        watched(warm, processes)
        found = watched(MINUTES * 60 - warm, processes)
        over.set()
        for one in crowd:
            one.join(70)
        unsent = Message.objects.filter(state__in=[State.QUEUED, State.SENDING])
        wait_until(lambda: not unsent.exists(), 120, "every e-mail sent")
    finally:
        over.set()
        web.stop()
    told(seen, found, deadlocks=asked(DEADLOCKS) - before)

    assert not seen.faults, seen.faults[:5]
    assert sum(seen.answers.values()) > CLIENTS * MINUTES * 5
    for process in processes:
        early, late = ends_of(found[process])
        assert late <= early * GROWS_AT_MOST, f"{process} grows: {early:.0f} MB, {late:.0f} MB"
    half = len(found["connections"]) // 2
    assert max(found["connections"][half:]) <= max(found["connections"][:half]) + 1


def ends_of(figures: list[float]) -> tuple[float, float]:
    """The means of the first and of the last fifth."""
    fifth = max(1, len(figures) // 5)
    return statistics.mean(figures[:fifth]), statistics.mean(figures[-fifth:])


def told(seen: Seen, found: dict[str, list[float]], *, deadlocks: int) -> None:
    print(
        f"\n{CLIENTS} people, {MINUTES:g} minutes: {sum(seen.answers.values())} answers, {dict(seen.answers)}"
    )
    print(f"deadlocks in PostgreSQL: {deadlocks}; faults told to anybody: {len(seen.faults)}")
    print(f"e-mails: {Message.objects.counts()}")
    for name, figures in found.items():
        early, late = ends_of(figures)
        print(f"{name:<12} warm {early:7.1f}, at the end {late:7.1f}, at most {max(figures):7.1f}")
    print(f"{'':<18}{'times':>7}{'p50 ms':>9}{'p95 ms':>9}")
    for name, times in sorted(seen.times.items()):
        p50, p95 = statistics.median(times) * 1000, statistics.quantiles(times, n=20)[-1] * 1000
        print(f"{name:<18}{len(times):>7}{p50:>9.0f}{p95:>9.0f}")
