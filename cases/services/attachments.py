"""How does a file come to a case, how does the virus scanner have its say, and how is a wrong one withdrawn?

The bytes are stored before the row is written, and never the other way round: whatever breaks in between
leaves a file without a row, which `manage.py files_check` finds, and never a row whose file does not exist.
"""

import logging
import time
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases import permissions
from cases.domain import files as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.domain.files import FileRefused
from cases.models import Case, CaseFile
from cases.notices.attachments import infected
from cases.permissions import Permission
from cases.services._post import owe
from cases.vocabulary import ScanState
from tumorboard.audit import trail
from tumorboard.files import scanner, store
from tumorboard.files.errors import Busy, Gone, Rejected, ScannerAway, ScannerRefuses
from tumorboard.files.receiving import Received, received
from tumorboard.notifications import nudge

logger = logging.getLogger(__name__)

TASK = "cases.scan_files"
AT_A_STRETCH = 20.0  # seconds; other jobs of the minute have their turn too
AREAS = {
    ScanState.CLEAN: store.KEPT,
    ScanState.NOT_SCANNED: store.KEPT,
    ScanState.WAITING: store.QUARANTINE,
    ScanState.INFECTED: store.QUARANTINE,
}


def may_add(case: Case, *, by) -> bool:
    """Whoever records facts on the board, and whoever referred the case."""
    if not by.is_active:
        return False
    return case.referred_by_id == by.pk or permissions.may(by, Permission.RECORD_FACTS, board=case.board)


def may_withdraw(file: CaseFile, *, by) -> bool:
    """Whoever may add files here may take back a wrong one, whoever it is from."""
    return may_add(file.case, by=by)


def add(*, case: Case, upload: Any, title: str, by) -> CaseFile:
    """Not one transaction: a file is read and stored for seconds, which no transaction should wait for."""
    _require(case, by=by)
    try:
        with received(upload) as file:
            name = store.put(file.path)
            written = _written(case, file, name, title=title, by=by)
    except (Rejected, Busy, Gone) as no:
        raise FileRefused(str(no)) from no
    if not scanner.is_set_up():
        _settle(written, ScanState.NOT_SCANNED, now=None)
    return written


def _written(case: Case, file: Received, name: str, *, title: str, by) -> CaseFile:
    try:
        return _write(case, file, name, title=title, by=by)
    except BaseException:
        _forget(name)
        raise


def _require(case: Case, *, by) -> None:
    if case.referred_by_id != by.pk or not by.is_active:
        permissions.require(by, Permission.RECORD_FACTS, board=case.board)
    rules.require_open_for_files(case.status)


@transaction.atomic
def _write(case: Case, file: Received, name: str, *, title: str, by) -> CaseFile:
    # The case's row is the lock: it may have been withdrawn while the file was read.
    _require(Case.objects.select_for_update().get(pk=case.pk), by=by)
    same = CaseFile.objects.standing().filter(case=case, sha256=file.sha256).first()
    if same is not None:
        raise FileRefused(f"This file is there already: {same.title}. Nothing was stored a second time.")
    written = CaseFile.objects.create(
        case=case,
        kind=file.kind.code,
        title=title.strip() or file.name,
        name=file.name,
        size=file.size,
        pages=file.pages,
        sha256=file.sha256,
        stored_as=name,
        scan=ScanState.WAITING,
        scan_next_at=timezone.now(),
        created_by=by,
    )
    trail.record(
        actor=by,
        verb="file.added",
        subject=written,
        about=case.about,
        kind=written.kind,
        bytes=written.size,
        sha256=written.sha256,
    )
    if scanner.is_set_up():
        transaction.on_commit(lambda: nudge.ask(TASK), robust=True)
    return written


@transaction.atomic
def withdraw(*, file: CaseFile, reason: str, by) -> None:
    """It can no longer be opened; that it was there, and why it is not, stays."""
    _require(file.case, by=by)
    if not reason.strip():
        raise Refused("Say why this file is withdrawn.")
    gone = CaseFile.objects.standing().filter(pk=file.pk)
    if not gone.update(withdrawn_at=timezone.now(), withdrawn_by=by, withdrawn_reason=reason.strip()):
        raise SomeoneWasFaster("Someone else has withdrawn this file already. Reload the page.")
    trail.record(actor=by, verb="file.withdrawn", subject=file, about=file.case.about)


def scan_waiting(*, now: datetime) -> int:
    """Ask the scanner about whatever waits, oldest first; returns for how many it had an answer.

    What came while there was no scanner waits as well, once there is one. While the scanner is away
    everything stays as it is, and the next minute asks again.
    """
    if not scanner.is_set_up():
        return sum(
            _settle(file, ScanState.NOT_SCANNED, now=None) for file in CaseFile.objects.to_scan(now)[:50]
        )
    until, done = time.monotonic() + AT_A_STRETCH, 0
    CaseFile.objects.filter(scan=ScanState.NOT_SCANNED, scan_next_at=None).update(scan_next_at=now)
    for file in CaseFile.objects.to_scan(now).select_related("case__board", "created_by")[:50]:
        if time.monotonic() > until:
            break
        try:
            done += _scan(file, now=now)
        except ScannerAway:
            logger.warning("the virus scanner does not answer; files wait for it")
            break
    return done


def _scan(file: CaseFile, *, now: datetime) -> bool:
    try:
        with store.opened(file.stored_as) as content:
            found = scanner.found_in(content)
    except ScannerRefuses as why:
        _ask_again(file, f"The scanner cannot judge it: {why}", now)
        return False
    except Gone as why:
        logger.error("a stored file cannot be read", extra={"file": str(file.pk)})
        _ask_again(file, str(why), now)
        return False
    return _settle(file, ScanState.INFECTED if found else ScanState.CLEAN, now=now, words=found)


def _ask_again(file: CaseFile, words: str, now: datetime) -> None:
    waiting = CaseFile.objects.filter(pk=file.pk, stored_as=file.stored_as, scan=file.scan)
    waiting.update(scan_words=words[:200], scan_next_at=now + rules.RETRY_AFTER)


def _settle(file: CaseFile, state: ScanState, *, now: datetime | None, words: str = "") -> bool:
    """Into the area of its state, unless another worker was there first."""
    area, before = AREAS[state], file.stored_as
    try:
        name = before if store.area_of(before) == area else store.copy(before, to=area)
    except Gone:
        logger.exception("a stored file cannot be moved", extra={"file": str(file.pk)})
        return False
    try:
        with transaction.atomic():
            settled = _say(file, state, name, now=now, words=words[:200])
    except BaseException:
        _forget(name, unless=before)
        raise
    if not settled:
        _forget(name, unless=before)
        return False
    if name != before:
        transaction.on_commit(lambda: _forget(before), robust=True)
    return True


def _say(file: CaseFile, state: ScanState, name: str, *, now: datetime | None, words: str) -> bool:
    as_it_was = CaseFile.objects.filter(pk=file.pk, stored_as=file.stored_as, scan=file.scan)
    said = {"scan": state, "scanned_at": now, "scan_words": words, "scan_next_at": None, "stored_as": name}
    if not as_it_was.update(**said):
        return False
    for field, value in said.items():
        setattr(file, field, value)
    if state != ScanState.NOT_SCANNED:
        trail.record(actor=None, verb="file.scanned", subject=file, about=file.case.about, state=state.value)
    if state == ScanState.INFECTED:
        owe(infected(file))
    return True


def _forget(name: str, *, unless: str = "") -> None:
    """What cannot be removed now is an orphan, and files_check removes it later."""
    if name != unless:
        with suppress(Gone):
            store.remove(name)
