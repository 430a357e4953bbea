"""How is a case opened in an emergency, closed again, looked at afterwards, and never forgotten?"""

from datetime import date, datetime, timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases.domain import emergency as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Case, EmergencyAccess, TumorBoard
from cases.notices import emergency as notices
from cases.queries.emergency import hospitals_of, overdue
from cases.services._mornings import each_board_once
from cases.services._post import owe
from tumorboard.audit import trail

KNOWN = "You may read this case already: it is among your cases."


@transaction.atomic
def begin(*, case: Case, reason_kind: str, reason: str, by) -> EmergencyAccess:
    """An hour of reading one case of one's own hospital. Its privacy officers hear of it at once."""
    rules.check_reason(kind=reason_kind, reason=reason)
    # The person's row is the lock: the limit holds for several windows too.
    get_user_model().objects.select_for_update().get(pk=by.pk)
    if not hospitals_of(by).filter(pk=case.board.hospital_id).exists():
        raise PermissionDenied("You have no seat in the hospital of this case.")
    if Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise Refused(KNOWN)
    now = timezone.now()
    own = EmergencyAccess.objects.filter(user=by)
    rules.check_number(
        running=own.running().count(), today=own.filter(begun_at__gt=now - timedelta(days=1)).count()
    )
    access = EmergencyAccess.objects.create(
        case=case,
        user=by,
        reason_kind=reason_kind,
        reason=reason.strip(),
        begun_at=now,
        ends_at=now + timedelta(minutes=rules.MINUTES),
    )
    _record("emergency.begun", access, by=by, reason_kind=reason_kind)
    owe(notices.begun(access))
    return access


@transaction.atomic
def end(*, access: EmergencyAccess, by) -> None:
    """Before the hour is over. What is over already stays as it is."""
    if access.user_id != by.pk:
        raise PermissionDenied("Only who opened the case ends this.")
    now = timezone.now()
    if EmergencyAccess.objects.filter(pk=access.pk, ended_at=None, ends_at__gt=now).update(ended_at=now):
        _record("emergency.ended", access, by=by)


@transaction.atomic
def review(*, access: EmergencyAccess, verdict: str, note: str, by) -> None:
    """A privacy officer of the hospital says whether it was justified. Once; nobody of their own."""
    if access.user_id == by.pk or not EmergencyAccess.objects.reviewable_by(by).filter(pk=access.pk).exists():
        raise PermissionDenied("Another privacy officer of the hospital reviews this.")
    rules.check_verdict(verdict=verdict, note=note)
    now = timezone.now()
    said = {"reviewed_at": now, "reviewed_by": by, "review_verdict": verdict, "review_note": note.strip()}
    if not EmergencyAccess.objects.filter(pk=access.pk, reviewed_at=None).update(**said):
        raise SomeoneWasFaster("Another privacy officer has reviewed this meanwhile. Reload the page.")
    _record("emergency.reviewed", access, by=by, verdict=verdict)


def remind_unreviewed(*, now: datetime) -> int:
    """Each working morning, while an access has waited longer than it may; returns how many messages."""
    return each_board_once("emergency.unreviewed", _remind, now)


def _remind(board: TumorBoard, day: date) -> int:
    waiting = overdue(board, today=day)
    return len(owe(notices.unreviewed(board, waiting, day=day))) if waiting else 0


def _record(verb: str, access: EmergencyAccess, *, by, **details: str) -> None:
    trail.record(actor=by, verb=verb, subject=access, about=access.case.about, **details)
