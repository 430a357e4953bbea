"""What becomes of a file while a real virus scanner looks at it, finds something, or is away?"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.models import CaseFile
from cases.services import attachments
from cases.vocabulary import Role, ScanState
from tests.factories import a_case, a_file, board, member
from tests.factories import documents as made
from tests.platform.files.clamd import MARK, clamd, free_port
from tumorboard.audit import trail
from tumorboard.files import scanner, store
from tumorboard.files.errors import ScannerRefuses
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with clamd(tmp_path_factory.mktemp("clamd")) as url:
        yield url


@pytest.fixture
def with_scanner(address, settings):
    settings.CLAMD_URL = address


@pytest.fixture
def case():
    return a_case(board())


def handed_in(case, content):
    upload = SimpleUploadedFile("Ada Example 1960.pdf", content)
    return attachments.add(case=case, upload=upload, title="Report of Ada Example", by=case.referred_by)


def now_and_then():
    return timezone.now() + timedelta(seconds=1)


def test_a_file_waits_until_the_scanner_has_found_nothing(case, with_scanner):
    content = made.a_pdf()
    file = handed_in(case, content)
    assert (file.scan, store.area_of(file.stored_as)) == (ScanState.WAITING, "quarantine")
    waiting = file.stored_as

    assert attachments.scan_waiting(now=now_and_then()) == 1
    file.refresh_from_db()

    assert (file.scan, store.area_of(file.stored_as), file.scan_next_at) == (ScanState.CLEAN, "kept", None)
    assert file.scanned_at
    with store.opened(file.stored_as) as kept:
        assert kept.read() == content
    assert attachments.scan_waiting(now=now_and_then()) == 0
    assert waiting != file.stored_as


def test_what_is_moved_is_gone_from_the_quarantine(case, with_scanner, django_capture_on_commit_callbacks):
    file = handed_in(case, made.a_pdf())
    waiting = file.stored_as
    with django_capture_on_commit_callbacks(execute=True):
        attachments.scan_waiting(now=now_and_then())

    assert waiting not in dict(store.names())


def test_an_infected_file_stays_apart_and_is_told_without_a_name(case, with_scanner):
    coordinator = member(case.board, Role.COORDINATOR)
    file = handed_in(case, made.a_bare_pdf(stream=b"% " + MARK + b"\n"))

    attachments.scan_waiting(now=now_and_then())
    file.refresh_from_db()

    assert (file.scan, store.area_of(file.stored_as)) == (ScanState.INFECTED, "quarantine")
    assert file.scan_words == "Tumorboard.Test.File.UNOFFICIAL"
    told = Message.objects.filter(kind="file.infected")
    assert {one.recipient for one in told} == {coordinator, case.referred_by}
    for one in told:
        assert case.number in one.title
        assert not {"Ada", "1960", "Report of"} & set((one.title + one.text + one.html).split())
    assert ("file.scanned", {"state": "INFECTED"}) in [(e.verb, e.details) for e in trail.of(case.about)]


def test_a_virus_is_found_inside_a_document_too(case, with_scanner):
    content = made.an_office_file(parts={"word/media/note.txt": MARK})
    attachments.add(case=case, upload=SimpleUploadedFile("a.docx", content), title="", by=case.referred_by)

    attachments.scan_waiting(now=now_and_then())

    assert CaseFile.objects.get().scan == ScanState.INFECTED


def test_while_the_scanner_is_away_files_wait_and_are_scanned_when_it_is_back(case, settings, tmp_path):
    port = free_port()
    settings.CLAMD_URL = f"tcp://127.0.0.1:{port}"
    file = handed_in(case, made.a_pdf())

    assert attachments.scan_waiting(now=now_and_then()) == 0
    file.refresh_from_db()
    assert (file.scan, file.scanned_at) == (ScanState.WAITING, None)
    with clamd(tmp_path, port=port):
        assert attachments.scan_waiting(now=now_and_then()) == 1
    file.refresh_from_db()
    assert file.scan == ScanState.CLEAN


def test_what_the_scanner_cannot_judge_waits_and_says_why(case, with_scanner, tmp_path):
    """The scanner of the test takes streams of up to three megabytes."""
    large = tmp_path / "large"
    large.write_bytes(bytes(4_000_000))
    with large.open("rb") as content, pytest.raises(ScannerRefuses, match="limit"):
        scanner.found_in(content)
    file = a_file(case, bytes(4_000_000), scan=ScanState.WAITING)

    attachments.scan_waiting(now=now_and_then())
    file.refresh_from_db()

    assert file.scan == ScanState.WAITING
    assert "limit" in file.scan_words
    assert file.scan_next_at > now_and_then() + timedelta(minutes=10), "and keeps no other file waiting"


def test_without_a_scanner_files_say_so_and_are_scanned_once_there_is_one(case, settings, address):
    settings.CLAMD_URL = ""
    clean, infected = handed_in(case, made.a_pdf()), handed_in(case, made.a_bare_pdf(stream=MARK))
    assert {one.scan for one in CaseFile.objects.all()} == {ScanState.NOT_SCANNED}

    settings.CLAMD_URL = address
    attachments.scan_waiting(now=now_and_then())

    clean.refresh_from_db()
    infected.refresh_from_db()
    assert (clean.scan, infected.scan) == (ScanState.CLEAN, ScanState.INFECTED)
    assert store.area_of(infected.stored_as) == "quarantine"


def test_what_waited_for_a_scanner_that_was_given_up_is_not_stuck(case, settings):
    settings.CLAMD_URL = ""
    file = a_file(case, made.a_pdf(), scan=ScanState.WAITING)

    attachments.scan_waiting(now=now_and_then())
    file.refresh_from_db()

    assert (file.scan, store.area_of(file.stored_as)) == (ScanState.NOT_SCANNED, "kept")


def test_the_job_of_the_minute_scans():
    from cases.tasks import DUE

    assert attachments.scan_waiting in DUE
