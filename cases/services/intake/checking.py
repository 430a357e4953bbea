"""What happens to a file before anything of it is stored?"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.text import slugify

from cases import permissions
from cases.domain import intake
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.domain.intake import BadProfile, Decisions
from cases.exchange import csv_reading, profiles
from cases.models import ImportProfile, ImportRun, TumorBoard
from cases.models.intake import RunStatus
from cases.permissions import Permission
from tumorboard.audit import trail

KEEP_UNUSED = timedelta(days=14)  # a file that nobody imports does not lie here for ever


@transaction.atomic
def check(
    *, board: TumorBoard, file_name: str, data: bytes, profile: dict, taken_on: date | None, by
) -> ImportRun:
    """Take a file in to be looked at. Nothing of it becomes a case."""
    permissions.require(by, Permission.IMPORT_CASES, board=board)
    if not board.is_active:
        raise Refused("This board takes no cases at present. Choose another.")
    _require_usable(profile)
    text, notes = csv_reading.decode(data)
    sheet = csv_reading.read_text(text, notes)
    if not sheet.rows:
        raise Refused("The file has headings and no rows.")
    run = ImportRun.objects.create(
        board=board,
        profile=profile,
        file_name=file_name[-200:],
        file_sha256=hashlib.sha256(data).hexdigest(),
        content=text,
        taken_on=taken_on,
        rows=len(sheet.rows),
        report={"notes": notes},
        created_by=by,
    )
    trail.record(actor=by, verb="import.checked", subject=run, about=run.about, rows=run.rows)
    return run


@transaction.atomic
def decide(*, run: ImportRun, column: str, kind: str, answer: str, exceptions: Mapping[int, str], by) -> None:
    """Answer one question for a whole column; `exceptions` are the rows that are answered otherwise."""
    run = _still_checked(run, by=by)
    others = [one for one in run.decisions if (one["column"], one["kind"]) != (column, kind)]
    asked: dict[str, object] = {"column": column, "kind": kind}
    new = [asked | {"answer": answer}] if answer else []
    new += [asked | {"row": row, "answer": said} for row, said in sorted(exceptions.items())]
    Decisions(new)  # refuses an answer that nobody knows
    ImportRun.objects.filter(pk=run.pk).update(decisions=[*others, *new])
    trail.record(
        actor=by,
        verb="import.decided",
        subject=run,
        about=run.about,
        kind=kind,
        answer=answer,
        exceptions=len(exceptions),
    )


@transaction.atomic
def match_columns(
    *,
    run: ImportRun,
    headings: Mapping[str, str],
    units: Mapping[str, str],
    authority: str,
    save_as: str,
    by,
) -> None:
    """Fit the profile to the file's own headings, for this run and, with a name, for the board's next."""
    run = _still_checked(run, by=by)
    profile = intake.fitted(run.profile, headings, units)
    if authority.strip():
        profile["authority"] = authority.strip()
    if save_as.strip():
        profile |= {"name": _free_name(run.board, save_as), "title": save_as.strip()}
    _require_usable(profile)
    if save_as.strip():
        ImportProfile.objects.create(
            board=run.board,
            slug=profile["name"],
            title=profile["title"],
            mapping=profile,
            created_by=by,
        )
    # What was answered was asked under the old headings.
    ImportRun.objects.filter(pk=run.pk).update(profile=profile, decisions=[])
    trail.record(
        actor=by, verb="import.columns_matched", subject=run, about=run.about, columns=len(profile["columns"])
    )


def _free_name(board: TumorBoard, title: str) -> str:
    slug = slugify(title)[:50]
    if not slug:
        raise Refused("Give the profile a name with letters or digits.")
    if slug in profiles.names() or ImportProfile.objects.filter(board=board, slug=slug).exists():
        raise Refused("There is a profile of this name already. Choose another name.")
    return slug


@transaction.atomic
def discard(*, run: ImportRun, by) -> None:
    """Throw a file away that was only looked at."""
    run = _still_checked(run, by=by)
    ImportRun.objects.filter(pk=run.pk).update(status=RunStatus.DISCARDED, content="")
    trail.record(actor=by, verb="import.discarded", subject=run, about=run.about)


def forget_abandoned(*, now: datetime) -> None:
    """Files hold patients' data: those that nobody has imported for a while go."""
    old = ImportRun.objects.filter(status=RunStatus.CHECKED, created_at__lt=now - KEEP_UNUSED)
    for run in old.iterator():
        with transaction.atomic():
            if old.filter(pk=run.pk).update(status=RunStatus.DISCARDED, content=""):
                trail.record(actor=None, verb="import.discarded", subject=run, about=run.about)


def _still_checked(run: ImportRun, *, by) -> ImportRun:
    """The run as it stands, locked; of two people who act on it at once, one waits for the other."""
    run = ImportRun.objects.select_for_update(of=["self"]).select_related("board").get(pk=run.pk)
    permissions.require(by, Permission.IMPORT_CASES, board=run.board)
    if run.status != RunStatus.CHECKED:
        raise SomeoneWasFaster("This file is being imported already, or was thrown away. Reload the page.")
    return run


def _require_usable(profile: dict) -> None:
    try:
        intake.profile_from(profile)
    except BadProfile as error:
        raise Refused(f"This profile cannot be used. {error}.") from error
    except KeyError as error:
        raise Refused(f"This profile cannot be used. It has no {error}.") from error
