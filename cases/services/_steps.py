"""How does a case take a step? The single place where Case.status is written."""

from django.utils import timezone

from cases.domain.errors import SomeoneWasFaster
from cases.domain.lifecycle import Step
from cases.models import Case, StatusChange
from tumorboard.audit import trail


def take(step: Step, case: Case, *, by, reason: str = "") -> None:
    before = case.status
    step.check(before)
    # The conditional UPDATE is the lock: of two people who press, one moves the case.
    if not Case.objects.filter(pk=case.pk, status=before).update(status=step.after):
        raise SomeoneWasFaster("Someone else has just changed this case. Reload it and try again.")
    case.status = step.after
    StatusChange.objects.create(
        case=case, step=step.name, before=before, after=step.after, reason=reason, by=by, at=timezone.now()
    )
    trail.record(
        actor=by, verb=f"case.{step.name}", subject=case, about=case.about, before=before, after=step.after
    )
