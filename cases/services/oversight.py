"""How are unusual looks at cases found each week, told and closed; how does the trail leave as a file?"""

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.domain.sending import morning_of
from cases.models import Hospital, Patient, TumorBoard, UnusualAccess
from cases.notices import oversight as notices
from cases.queries import unusual as query
from cases.queries.board_days import rules_of
from cases.services._post import owe
from cases.vocabulary import TrailReason
from tumorboard.audit import trail
from tumorboard.notifications.models import JobRun

logger = logging.getLogger(__name__)

JOB = "access.weekly"
WEEK = timedelta(days=7)


def report_unusual(*, now: datetime) -> int:
    """On the first working morning of a week, of the week before; returns how many messages."""
    boards = TumorBoard.objects.filter(is_active=True).select_related("hospital").order_by("hospital", "pk")
    first: dict[int, TumorBoard] = {}
    for board in boards.prefetch_related("closed_days"):
        first.setdefault(board.hospital_id, board)
    due = {pk: (board, day) for pk, board in first.items() if (day := morning_of(now, rules_of(board)))}
    slots = {pk: _week_before(day) for pk, (_, day) in due.items()}
    done = set(
        JobRun.objects.filter(
            job__in=[f"{JOB}:{pk}" for pk in slots], slot__in={str(week) for week in slots.values()}
        ).values_list("job", "slot")
    )
    return sum(
        _report(board, slots[pk])
        for pk, (board, _) in due.items()
        if (f"{JOB}:{pk}", str(slots[pk])) not in done
    )


def _week_before(day: date) -> date:
    """Its Monday."""
    return day - timedelta(days=day.weekday()) - WEEK


def _report(board: TumorBoard, week: date) -> int:
    """What fails for one hospital is undone and tried again in a minute; the others have theirs."""
    try:
        with transaction.atomic():
            if not JobRun.objects.take(job=f"{JOB}:{board.hospital_id}", slot=str(week)):
                return 0
            UnusualAccess.objects.bulk_create(query.found(board.hospital, week=week, zone=board.zone))
            kept = UnusualAccess.objects.filter(hospital=board.hospital, week=week)
            return len(owe(notices.weekly(board, kept, week=week)))
    except Exception:
        logger.exception("a hospital's job failed", extra={"job": JOB, "row": str(board.hospital_id)})
        return 0


@transaction.atomic
def look_at(*, access: UnusualAccess, note: str, by) -> None:
    """An officer says what it was. Once, and nobody of their own."""
    if access.user_id == by.pk or not UnusualAccess.objects.overseen_by(by).filter(pk=access.pk).exists():
        raise PermissionDenied("Another privacy officer of the hospital looks at this.")
    if not note.strip():
        raise Refused("Say in a few words what it was.")
    said = {"looked_at": timezone.now(), "looked_by": by, "note": note.strip()}
    if not UnusualAccess.objects.filter(pk=access.pk, looked_at=None).update(**said):
        raise SomeoneWasFaster("Somebody has looked at this meanwhile. Reload the page.")
    trail.record(
        actor=by, verb="unusual.looked_at", subject=access, about=access.hospital.scope, rule=access.rule
    )


@transaction.atomic
def record_reading(*, hospitals: Iterable[Hospital], patient: Patient | None = None, by) -> None:
    """Who reads the trail stands in it as well."""
    _record("trail.viewed", hospitals, patient, by=by)


@transaction.atomic
def record_export(
    *, hospitals: Iterable[Hospital], patient: Patient | None, reason: str, lines: int, by
) -> None:
    if reason not in TrailReason.values:
        raise Refused("Choose why the trail is taken as a file.")
    _record("trail.exported", hospitals, patient, by=by, reason=reason, lines=lines)


def _record(verb: str, hospitals: Iterable[Hospital], patient: Patient | None, *, by, **details) -> None:
    if patient is not None:
        details["patient"] = str(patient.pk)
    for hospital in hospitals:
        if not Hospital.objects.overseen_by(by).filter(pk=hospital.pk).exists():
            raise PermissionDenied("You do not answer for privacy in this hospital.")
        trail.record(actor=by, verb=verb, subject=hospital, about=hospital.scope, **details)
