"""How fast do e-mails leave, and what does owing them cost? `./dev bench mail [recipients]` prints a table.

Everything is real: workers, beat, broker, PostgreSQL, the app server, and on the same machine a mail relay
that answers at once. First bare rows of the outbox, with one worker and with two, of two processes each; then
a coordinator publishes the agenda of twenty cases to a board of so many seats. Nothing is asserted but that
each message came once.
"""

import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.models.functions import Now
from django.urls import reverse

from tests.platform.live.served import ROOT, Web, cookie_of, wait_until
from tests.platform.notifications.sink import Sink
from tumorboard.embedded.processes import end_with_parent

RECIPIENTS = 10_000
WORKER = ("-m", "celery", "-A", "tumorboard", "worker", "-Q", "tick,mail,jobs", "-c", "2", "-l", "WARNING")
LONELY = ("--without-mingle", "--without-gossip")
HEAD = f"{'':<34}{'messages':>10}{'seconds':>9}{'a second':>10}{'MB start':>10}{'MB end':>8}"
PATIENCE = 1800


def main(recipients: int = RECIPIENTS) -> None:
    from tests.bench.__main__ import a_database

    with a_database(), tempfile.TemporaryDirectory() as folder, Sink() as sink:
        server, name = os.environ["DATABASE_URL"].rsplit("/", 1)[0], connection.settings_dict["NAME"]
        env = {"DATABASE_URL": f"{server}/{name}", "EMAIL_URL": sink.url}
        print(HEAD, flush=True)
        for many in (1, 2):
            bare_rows(recipients, many, sink, env, Path(folder))
        publication(recipients, sink, env, Path(folder))


def line(what: str, messages: int, seconds: float, start: float = 0, end: float = 0) -> None:
    memory = f"{start:>10.0f}{end:>8.0f}" if start else ""
    print(f"{what:<34}{messages:>10}{seconds:>9.1f}{messages / seconds:>10.0f}{memory}", flush=True)


@contextmanager
def workers(many: int, env: dict[str, str], folder: Path):
    """Of two processes each; the first one has the beat."""
    started = []
    with (folder / "workers.log").open("ab") as log:
        for number in range(many):
            command = [
                sys.executable,
                *WORKER,
                *LONELY,
                "-n",
                f"worker{number}@bench",
                *(["-B"] * (not number)),
            ]
            started.append(
                subprocess.Popen(
                    command,
                    env=os.environ | env,
                    cwd=ROOT,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=end_with_parent(),  # noqa: PLW1509
                )
            )
    try:
        yield started
    finally:
        for worker in started:
            worker.terminate()
        for worker in started:
            worker.wait(60)


def megabytes(*pids: int) -> float:
    """Of these processes and their children, as the system counts them, shared pages in each."""
    total = 0
    for pid in pids:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in (pid, *map(int, children)):
            found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{one}/status").read_text())
            total += int(found.group(1)) if found else 0
    return total / 1024


def bare_rows(number: int, many: int, sink: Sink, env: dict[str, str], folder: Path) -> None:
    from tests.factories import person
    from tumorboard.notifications import nudge, outbox

    people = a_crowd(number, f"bare{many}")
    with workers(many, env, folder) as started:
        nudge.warm_up()  # as a web process does when it starts
        warm = person()
        outbox.put(kind="warm", about=f"warm:{many}", recipient=warm, title="Warm", text="Up.")
        wait_until(lambda: warm.email in sink.addresses, PATIENCE, "the first message")
        before, start = len(sink.taken), megabytes(*(worker.pid for worker in started))
        began = time.monotonic()
        words = {"kind": "bench", "about": f"bench:{many}", "title": "Agenda", "text": "Ready.\n" * 20}
        outbox.put_many(outbox.Entry(recipient=one, **words) for one in people)
        line(f"rows owed in one transaction ({many})", number, time.monotonic() - began)
        wait_until(lambda: len(sink.taken) >= before + number, PATIENCE, "the last message")
        seconds = time.monotonic() - began
        end = megabytes(*(worker.pid for worker in started))
    line(f"sent by {many} worker{'s' * (many > 1)} of 2 processes", number, seconds, start, end)
    assert max(sink.ids.values()) == 1, "each came once"


def a_crowd(number: int, name: str) -> list:
    from django.contrib.auth import get_user_model

    User = get_user_model()
    return User.objects.bulk_create(
        User(email=f"{name}-{one}@hospital.example", password="!") for one in range(number)
    )


def publication(number: int, sink: Sink, env: dict[str, str], folder: Path) -> None:
    coordinator, page = a_board_with_seats(number)
    web = Web(folder / "web.log", **env)
    try:
        press = a_press(web, cookie_of(coordinator), page)
        with workers(2, env, folder) as started:
            start = megabytes(web.process.pid)
            before, began = len(sink.taken), time.monotonic()
            after = press()
            line("publication: until it answers", number, time.monotonic() - began)
            began = time.monotonic()
            after()
            line("and the page of the meeting after it", number, time.monotonic() - began)
            line_of_memory("memory of the app server", start, megabytes(web.process.pid))
            all_leave(before, sink, started)
    finally:
        web.stop()


def line_of_memory(what: str, start: float, end: float) -> None:
    print(f"{what:<63}{start:>10.0f}{end:>8.0f}", flush=True)


def all_leave(before: int, sink: Sink, started: list) -> None:
    from cases.models import Publication
    from tumorboard.notifications.models import Message
    from tumorboard.notifications.states import State

    written = time.monotonic()
    wait_until(lambda: not Publication.objects.under_way().exists(), PATIENCE, "the last seat")
    [publication] = Publication.objects.all()
    line("agendas written by 2 workers, from there", publication.told, time.monotonic() - written)
    start, began = megabytes(*(worker.pid for worker in started)), time.monotonic()
    # By night agendas wait for the morning: here it comes at once.
    waiting = Message.objects.filter(state=State.QUEUED)
    waiting.update(not_before=Now(), next_try_at=Now())
    owed = Message.objects.filter(kind="agenda.published").count()
    wait_until(lambda: len(sink.taken) >= before + owed, PATIENCE, "the last agenda")
    seconds = time.monotonic() - began
    line("agendas sent by 2 workers", owed, seconds, start, megabytes(*(worker.pid for worker in started)))
    assert max(sink.ids.values()) == 1, "each came once"


def a_board_with_seats(number: int) -> tuple[object, str]:
    from cases.models import Meeting, Membership
    from cases.vocabulary import Role, Specialty
    from tests.bench.seeding import a_filled_board

    coordinator, _pages = a_filled_board(20)
    meeting = Meeting.objects.order_by("-pk").first()
    Membership.objects.bulk_create(
        Membership(board=meeting.board, user=one, role=Role.MEMBER, specialty=Specialty.SURGERY)
        for one in a_crowd(number, "seat")
    )
    return coordinator, reverse("cases:publish-agenda", args=[meeting.pk])


def a_press(web: Web, cookie: str, page: str):
    """The coordinator has the page open; what is returned presses its button, and gives the page after it."""
    address = f"http://127.0.0.1:{web.port}{page}"
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Cookie": cookie})) as answer:
        shown = answer.read().decode()
        cookie += "; " + answer.headers["Set-Cookie"].partition(";")[0]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))

    def press():
        body = urllib.parse.urlencode(fields)
        headers = {
            "Cookie": cookie,
            "Origin": f"http://127.0.0.1:{web.port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        line = http.client.HTTPConnection("127.0.0.1", web.port, timeout=600)
        line.request("POST", page, body, headers)
        answer = line.getresponse()
        answer.read()
        there = answer.getheader("Location") or ""
        assert answer.status == 302, f"it was not sent: {answer.status}"
        assert "/publish/" not in there

        def after() -> None:
            line.request("GET", there, headers={"Cookie": cookie})
            assert line.getresponse().read()

        return after

    return press
