"""How is a run worked off so that a crash costs nothing and no row becomes two cases?

A row's case, its outcome and the run's progress are one transaction. Progress moves by a conditional UPDATE:
of two workers at one run, the second finds the row taken and leaves. After a kill the next one goes on.
"""

import logging
import time
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils import timezone

from cases import permissions
from cases.domain import intake
from cases.domain.errors import DomainError, SomeoneWasFaster
from cases.domain.intake import Plan, Profile, RowPlan, as_json
from cases.models import Case, ImportRow, ImportRun
from cases.models.intake import ASKED_FOR, RowOutcome, RunStatus
from cases.permissions import Permission
from cases.queries.intake import outcome_counts, plan_of
from cases.services.intake import storing
from tumorboard.audit import trail
from tumorboard.notifications import nudge

logger = logging.getLogger(__name__)

TASK = "cases.import_run"
SPELL = 50  # seconds of work before the worker is handed back; below its time limit
MOST_LEFT_OUT = 2000  # questions kept with a finished run

TROUBLE = "An error kept this row from being stored. Tell whoever runs the program; the other rows are done."


class Work(Enum):
    FINISHED = auto()
    MORE = auto()
    ELSEWHERE = auto()  # another worker is at it


@transaction.atomic
def start(*, run: ImportRun, by) -> None:
    """Ask for a checked file to be stored. A worker does it; if none is told, the clock's next round does."""
    permissions.require(by, Permission.IMPORT_CASES, board=run.board)
    asked = ImportRun.objects.filter(pk=run.pk, status=RunStatus.CHECKED).update(
        status=RunStatus.WAITING, started_at=timezone.now(), started_by=by
    )
    if not asked:
        raise SomeoneWasFaster("This file is being imported already, or was thrown away. Reload the page.")
    trail.record(actor=by, verb="import.started", subject=run, about=run.about)
    run.refresh_from_db()
    transaction.on_commit(lambda: nudge.ask(TASK, str(run.pk)), robust=True)


def resume(*, now: datetime) -> None:
    """Whatever was asked for and is not finished is asked for again. A worker that comes second leaves."""
    for pk in ImportRun.objects.filter(status__in=ASKED_FOR).values_list("pk", flat=True):
        nudge.ask(TASK, str(pk))


def go_on(*, run_id: UUID | str) -> None:
    """A worker's turn at a run."""
    run = ImportRun.objects.filter(pk=run_id).first()
    if run and work(run=run, seconds=SPELL) is Work.MORE:
        nudge.ask(TASK, str(run.pk))


def work(*, run: ImportRun, seconds: float | None = None) -> Work:
    """Store row after row, from where the run has got to."""
    ImportRun.objects.filter(pk=run.pk, status=RunStatus.WAITING).update(status=RunStatus.RUNNING)
    run = ImportRun.objects.select_related("board", "started_by").get(pk=run.pk)
    if run.status != RunStatus.RUNNING:
        return Work.FINISHED
    try:
        plan = plan_of(run, today=timezone.localdate(timezone=run.board.zone))
    except DomainError as error:
        _fail(run, str(error))
        return Work.FINISHED
    return _store_rows(run, plan, until=None if seconds is None else time.monotonic() + seconds)


def _store_rows(run: ImportRun, plan: Plan, *, until: float | None) -> Work:
    profile = intake.profile_from(run.profile)
    for row in plan.rows[run.rows_done :]:
        if until is not None and time.monotonic() >= until:
            return Work.MORE
        if not _take(run, profile, row):
            return Work.ELSEWHERE
    _finish(run, plan)
    return Work.FINISHED


@transaction.atomic
def _take(run: ImportRun, profile: Profile, row: RowPlan) -> bool:
    mine = ImportRun.objects.filter(pk=run.pk, status=RunStatus.RUNNING, rows_done=row.row - 1)
    if not mine.update(rows_done=row.row):
        return False
    outcome, why, case = _outcome(run, profile, row)
    ImportRow.objects.create(run=run, row=row.row, outcome=outcome, why=why, case=case)
    return True


def _outcome(run: ImportRun, profile: Profile, row: RowPlan) -> tuple[RowOutcome, str, Case | None]:
    if row.refused:
        # The plan may have met the patient of a run beside us, which has stored this very row since.
        if twin := storing.stored_as_it_is(run, profile, row):
            return RowOutcome.KNOWN, "", twin.case
        return RowOutcome.REFUSED, " ".join(one.why for one in row.refused), None
    if before := storing.imported_before(run, profile, row):
        return RowOutcome.KNOWN, "", before.case
    try:
        with transaction.atomic():
            return RowOutcome.CREATED, "", storing.store(run, profile, row, by=run.started_by)
    except DomainError as error:
        return RowOutcome.REFUSED, str(error), None
    except (OperationalError, InterfaceError):
        raise  # the database, not the row: the run goes on when it is back
    except (DatabaseError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        # The error's own words may quote the row, so only its kind is logged.
        logger.error("row %s of import %s: %s", row.row, run.pk, type(error).__name__)
        return RowOutcome.FAILED, TROUBLE, None


@transaction.atomic
def _finish(run: ImportRun, plan: Plan) -> None:
    created = set(ImportRow.objects.filter(run=run, outcome=RowOutcome.CREATED).values_list("row", flat=True))
    left_out = [one for one in as_json(plan)["questioned"] if one["row"] in created]
    counts = outcome_counts(run)
    running = ImportRun.objects.filter(pk=run.pk, status=RunStatus.RUNNING)
    done = running.update(
        status=RunStatus.DONE,
        content="",
        finished_at=timezone.now(),
        report=run.report | {"counts": counts, "left_out": left_out[:MOST_LEFT_OUT]},
    )
    if done:
        trail.record(actor=run.started_by, verb="import.finished", subject=run, about=run.about, **counts)


@transaction.atomic
def _fail(run: ImportRun, why: str) -> None:
    running = ImportRun.objects.filter(pk=run.pk, status=RunStatus.RUNNING)
    stopped = running.update(
        status=RunStatus.FAILED, content="", finished_at=timezone.now(), report=run.report | {"why": why}
    )
    if stopped:
        trail.record(actor=run.started_by, verb="import.failed", subject=run, about=run.about)
