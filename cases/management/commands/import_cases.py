"""How are cases imported from a table without a browser?"""

import json
import time
from datetime import date
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases import permissions
from cases.domain import intake as rules
from cases.domain.errors import DomainError
from cases.domain.intake import BadProfile, Plan, as_json
from cases.exchange import csv_reading, profiles
from cases.models import ImportProfile, ImportRun, Membership, TumorBoard
from cases.models.intake import RowOutcome, RunStatus
from cases.permissions import Permission
from cases.queries.intake import outcomes, plan_for
from cases.services import intake

LOOK_AGAIN = 0.2  # seconds, while another worker is at the run


class Command(BaseCommand):
    help = (
        "Create draft cases from a CSV file. What is doubtful is reported and not stored, unless --decide"
        " answers it. A second run of the same file changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--profile", required=True, help="what the columns mean, such as hcc-survival")
        parser.add_argument("--board", help="slug of the board; without it the first active one by name")
        parser.add_argument("--by", help="e-mail of the coordinator in whose name the cases are created")
        parser.add_argument("--dry-run", action="store_true", help="report only; nothing is written")
        parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
        parser.add_argument(
            "--taken-on", type=date.fromisoformat, help="day of sampling, YYYY-MM-DD, if the file has none"
        )
        parser.add_argument(
            "--decide",
            action="append",
            default=[],
            metavar="COLUMN:KIND=ANSWER",
            help="answer a question for a whole column; the report names column, kind and answers",
        )

    def handle(self, **options):
        try:
            self._import(**options)
        except (DomainError, BadProfile) as error:
            raise CommandError(str(error)) from error

    def _import(self, *, file: Path, board, by, dry_run: bool, taken_on, decide, **options):
        data, on = self._read(file), self._board(board, needed=not dry_run)
        profile = _profile(options["profile"], on)
        decisions = [_decision(text) for text in decide]
        if taken_on and taken_on > timezone.localdate():
            raise CommandError(f"--taken-on {taken_on} is still to come.")
        today = timezone.localdate()
        sheet, parsed = csv_reading.read(data), rules.profile_from(profile)
        plan = plan_for(sheet, parsed, decisions, board=on, today=today)
        _require_asked(decisions, plan)
        report = as_json(plan)
        if not dry_run:
            coordinator = _coordinator(by, on)
            given = {"file_name": file.name, "data": data, "profile": profile, "taken_on": taken_on}
            run = self._store(decisions, by=coordinator, board=on, **given)
            report |= _what_happened(run)
        self._tell(report, plan, dry_run=dry_run, as_json=options["json"])

    def _read(self, file: Path) -> bytes:
        try:
            return file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error

    def _board(self, slug: str | None, *, needed: bool) -> TumorBoard | None:
        active = TumorBoard.objects.filter(is_active=True).order_by("name")
        if slug:
            if found := active.filter(slug=slug).first():
                return found
            known = ", ".join(active.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no active board {slug!r}. Active boards: {known}.")
        first = active.first()
        if first is None and needed:
            raise CommandError("There is no active board to import into. Create one in the administration.")
        if first and active.count() > 1:
            self.stderr.write(f"Board: {first.name}. Choose another with --board.")
        return first

    def _store(self, decisions: list[dict], *, by, **given) -> ImportRun:
        run = intake.check(by=by, **given)
        for one in decisions:
            intake.decide(run=run, **one, exceptions={}, by=by)
        intake.start(run=run, by=by)
        while intake.work(run=run) is not intake.Work.FINISHED:
            time.sleep(LOOK_AGAIN)  # a worker has taken the run up as well
        run.refresh_from_db()
        if run.status == RunStatus.FAILED:
            raise CommandError(run.report["why"])
        return run

    def _tell(self, report: dict, plan: Plan, *, dry_run: bool, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for note in plan.notes:
            self.stdout.write(note)
        for group in rules.group(plan.questioned):
            self.stdout.write(f"\n{group.column}: {group.kind}, {_rows(group.rows)}. {group.why}")
            answers = " | ".join(f'--decide "{group.column}:{group.kind}={one}"' for one in group.offered)
            self.stdout.write(f"  Not stored. {answers}")
        for refusal in report["refused"]:
            self.stdout.write(f"Row {refusal['row']} is refused. {refusal['why']}")
        self.stdout.write(f"\n{report['to_create']} of {report['rows']} rows {_verb(dry_run)}.")


def _verb(dry_run: bool) -> str:
    return "would become cases; nothing was written" if dry_run else "have become cases"


def _rows(numbers: tuple[int, ...]) -> str:
    return f"row {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} rows from row {numbers[0]}"


def _profile(name: str, board: TumorBoard | None) -> dict:
    saved = ImportProfile.objects.filter(board=board, slug=name).first() if board else None
    if saved and name not in profiles.names():
        return saved.mapping
    return profiles.data(name)


def _decision(text: str) -> dict:
    place, _, answer = text.rpartition("=")
    column, _, kind = place.rpartition(":")
    if not (column and kind and answer):
        raise CommandError(f"--decide {text!r}: write COLUMN:KIND=ANSWER.")
    return {"column": column, "kind": kind, "answer": answer}


def _require_asked(decisions: list[dict], plan: Plan) -> None:
    """A misspelt answer must not pass for an answer."""
    settled = {(one.question.column, one.question.kind) for row in plan.rows for one in row.settled}
    for one in decisions:
        if (one["column"], one["kind"]) not in settled:
            raise CommandError(
                f"--decide {one['column']}:{one['kind']}={one['answer']} answers no question of this file."
                " Run with --dry-run to see the questions and their answers."
            )


def _coordinator(email: str | None, board: TumorBoard):
    if email:
        person = get_user_model().objects.filter(email__iexact=email).first()
        if person is None or not permissions.may(person, Permission.IMPORT_CASES, board=board):
            raise CommandError(f"{email} is no coordinator of {board}. Give the seat in the administration.")
        return person
    seats = Membership.objects.current().with_role(*permissions.roles_granting(Permission.IMPORT_CASES))
    seat = seats.filter(board=board).select_related("user").order_by("pk").first()
    if seat is None:
        raise CommandError(f"{board} has no coordinator. Give somebody the seat in the administration.")
    return seat.user


def _what_happened(run: ImportRun) -> dict:
    """Rows that turned out otherwise than planned are told as they turned out."""
    refused = {RowOutcome.REFUSED, RowOutcome.FAILED}
    return {
        "to_create": run.report["counts"][RowOutcome.CREATED],
        "refused": sorted(
            ({"row": one.row, "why": one.why} for one in outcomes(run) if one.outcome in refused),
            key=lambda refusal: refusal["row"],
        ),
    }
