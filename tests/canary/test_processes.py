"""Do the real processes keep the marked patient out of logs, broker, temporary files and e-mails?

The app server, a worker and a beat run as they are deployed, on a broker of their own. One case goes through
pages, forms, errors of every kind, a document, a file, an import that fails and an agenda that is sent.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from cases.models import Letter
from cases.vocabulary import CaseStatus, MeetingStatus, Role
from tests.canary import marks
from tests.canary.answers import parts_of
from tests.canary.machines import Browser, EarAtBroker, everything_below, nothing_can_be_kept_in, say
from tests.canary.patient import FILE, mark
from tests.canary.test_forms import TYPED
from tests.conftest import ROOT, _test_database_url
from tests.factories import a_case, agenda_item, meeting, member
from tests.factories.decisions import a_room
from tests.factories.documents import a_pdf
from tests.platform.live.served import Ear, Web, cookie_of, wait_until
from tests.services.intake.imports import checked, table
from tumorboard.celery import app
from tumorboard.embedded.processes import end_with_parent
from tumorboard.embedded.valkey import EmbeddedValkey

pytestmark = pytest.mark.django_db(transaction=True)

CELERY = [sys.executable, "-m", "celery", "-A", "tumorboard"]
PARTS = {
    "worker": [
        "worker",
        "-Q",
        "tick,mail,jobs",
        "-c",
        "1",
        "--without-mingle",
        "--without-gossip",
        "-l",
        "INFO",
    ],
    "beat": ["beat", "-l", "INFO", "--pidfile="],
}


@pytest.fixture
def machine(tmp_path, smtp):
    """All processes, each with its log; `machine.folder` is where they may put what is temporary."""
    running = Machine(tmp_path, smtp)
    try:
        running.start()
        yield running
    finally:
        running.stop()


class Machine:
    def __init__(self, folder, smtp) -> None:
        self.folder, self.temporary = folder, folder / "tmp"
        self.temporary.mkdir()
        self.broker = EmbeddedValkey(folder / "valkey")
        self.broker.start()
        self.ear = EarAtBroker(self.broker.url)
        self.env = {
            "DATABASE_URL": _test_database_url(),
            "REDIS_URL": self.broker.url,
            "EMAIL_URL": smtp.url,
            "TMPDIR": str(self.temporary),
            "WEB_CONCURRENCY": "1",
        }
        self.parts: dict[str, subprocess.Popen] = {}
        self.web: Web | None = None

    def start(self) -> None:
        for name, more in PARTS.items():
            self.parts[name] = self._start(name, more)
        self.web = Web(self._log("web"), **self.env)

    def _log(self, name: str):
        return self.folder / f"{name}.log"

    def _start(self, name: str, more: list[str]) -> subprocess.Popen:
        with self._log(name).open("wb") as log:
            return subprocess.Popen(
                [*CELERY, *more],
                env=os.environ | self.env,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                preexec_fn=end_with_parent(),  # noqa: PLW1509
            )

    def ask_worker(self, task: str, *arguments: str) -> None:
        with app.connection_for_write(self.broker.url) as line:
            app.send_task(task, arguments, connection=line)

    def logs(self) -> dict[str, bytes]:
        return {name: self._log(name).read_bytes() for name in ("web", *PARTS)}

    def stop(self) -> None:
        if self.web and self.web.process.poll() is None:
            self.web.stop()
        for process in self.parts.values():
            process.terminate()
            process.wait(30)
        self.ear.hang_up()
        self.broker.stop()


@pytest.fixture
def room():
    """Decided, with letters; and on the list of the next meeting, that has not been sent."""
    from cases.services import letter

    room = a_room()
    mark(room.case)
    room.decide()
    for one in Letter.objects.filter(case=room.case, kind="REFERRER"):
        letter.approve(letter=one, version=one.version, by=room.chair)
    room.next = meeting(room.board, by=room.coordinator, status=MeetingStatus.PLANNED)
    return room


def url(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


@contextmanager
def listening(machine: Machine, room) -> Iterator[Ear]:
    """An open screen of the meeting."""
    ear = Ear(machine.web.port, url("live-meeting", room.meeting.pk), cookie_of(room.chair))
    try:
        yield ear
    finally:
        ear.hang_up()


def reads(machine: Machine, room) -> None:
    case, person = room.case.pk, Browser(machine.web.port, room.coordinator)
    for name in ("case", "history", "files", "labs", "lesions"):
        answer = person.get(url(name, case), Referer=f"http://localhost/?q={marks.RECORD}")
        assert answer.status == 200
        assert "family name" in marks.found(answer.content)
        assert marks.found(answer.headers) == []
    for name in ("agenda-pdf", "minutes-pdf", "hold-meeting", "meeting"):
        assert person.get(url(name, room.meeting.pk)).status == 200
    letter = Letter.objects.get(case=room.case, kind="REFERRER")
    assert "family name" in marks.found(person.get(url("letter-pdf", letter.pk)).content)
    found = person.post(url("search"), {"q": marks.FAMILY})
    assert (found.status, found.location) == (302, url("worklist"))
    assert marks.found(found.headers) == []
    assert "family name" in marks.found(person.get(url("worklist") + "?search=1").content)


def writes(machine: Machine, room) -> None:
    case, person = room.case.pk, Browser(machine.web.port, room.surgeon)
    draft = person.post(url("save-draft", "fitness", case), {"words": TYPED})
    kept = person.post(url("record-wish", case), {"fact-words": TYPED})
    file = person.hand_in(url("files", case), {"title": f"CT of {marks.FAMILY}"}, file=(FILE, a_pdf()))
    assert [draft.status, kept.status, file.status] == [200, 302, 302], file.content[-3000:]
    for answer in (draft, kept, file):
        assert marks.found(answer.headers) == []
        assert set(answer.cookies) <= {"sessionid", "csrftoken"}, "what it says stays on the server"
    assert "family name" in marks.found(person.get(url("files", case)).content)


def fails(machine: Machine, room) -> dict[int, str]:
    """Each way in which a page can fail, with the patient in it; which were met."""
    case = room.case.pk
    surgeon = Browser(machine.web.port, room.surgeon)
    watching = Browser(machine.web.port, member(room.board, Role.OBSERVER))
    about, asked = {"fact-words": TYPED, "words": TYPED}, urlencode({"q": marks.FAMILY})
    met = {
        422: surgeon.post(url("record-waiver", case, "inr"), {"fact-reason": "", "more": TYPED}),
        404: surgeon.get(f"/cases/{marks.RECORD}/?born={marks.BORN}"),
        403: watching.post(url("record-wish", case), about),
        405: surgeon.ask("PUT", url("case", case), TYPED.encode()),
        413: surgeon.post(url("files", case), about, **{"Content-Length": str(10**10)}),
    }
    with nothing_can_be_kept_in("cases_draft"):
        met[500] = surgeon.post(f"{url('save-draft', 'liver', case)}?{asked}", {"words": TYPED})
    searched = [surgeon.post(url("search"), {"q": marks.FAMILY}) for _ in range(31)]
    met[429] = searched[-1]
    return {status: answer for status, answer in met.items() if answer.status == status}


def unreadable(port: int) -> bytes:
    """What a proxy, a scanner or a broken browser may send."""
    name = marks.FAMILY.encode()
    lines = (
        b"GET /?q=%s and more HTTP/1.1\r\n\r\n" % name,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX %s: 1\r\n\r\n" % name,
        b"%s / HTTP/1.1\r\n\r\n" % name,
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n" % name,
    )
    return b"".join(say(port, line) for line in lines)


def works_in_background(machine: Machine, room, smtp) -> None:
    run = checked(
        room.board, room.coordinator, table((marks.RECORD + "2", "1", "60", "150", "2")), file_name=FILE
    )
    person = Browser(machine.web.port, room.coordinator)
    with nothing_can_be_kept_in("cases_importrow"):
        assert person.post(url("import-start", run.pk), {}).status == 302
        machine.ask_worker("cases.import_run", str(run.pk))
        wait_until(lambda: b"RaiseException" in machine.logs()["worker"], 40, "a task that fails")
    machine.ask_worker("cases.slots")
    more = {"patient": room.case.patient, "question": TYPED, "referred_by": room.referrer}
    agenda_item(room.next, a_case(room.board, CaseStatus.LISTED, **more))
    assert person.post(url("publish-agenda", room.next.pk), {"version": room.next.version}).status == 302
    smtp.wait_for(3, patience=40)


def test_one_patient_through_all_processes(machine, room, smtp):
    with listening(machine, room) as ear:
        reads(machine, room)
        writes(machine, room)
        met = fails(machine, room)
        assert b"400 Bad Request" in unreadable(machine.web.port)
        works_in_background(machine, room, smtp)
    machine.stop()

    assert set(met) == {403, 404, 405, 413, 422, 429, 500}
    refused = {status: marks.found(met[status].content) for status in (403, 404, 405, 413, 429, 500)}
    assert not any(refused.values()), refused
    logs = machine.logs()
    assert {name: marks.found(log) for name, log in logs.items() if marks.found(log)} == {}
    assert b'"route": "cases/<uuid:pk>/"' in logs["web"], "they were listened to"
    assert b"Invalid request" in logs["web"]
    assert logs["web"].count(b"RaiseException") == 1
    assert b"beat: Starting" in logs["beat"]
    assert b"PUBLISH" in machine.ear.heard.upper()
    assert marks.found(machine.ear.heard) == []
    assert marks.found(str(ear.events)) == []
    for name, content in everything_below(machine.folder):
        assert marks.found(name.encode() + b"\n" + content) == [], name
    for envelope in smtp.messages:
        assert {name for part in parts_of(envelope.content) for name in marks.found(part)} == set()
