"""How is it written what happens to each lesion, and who disagrees?"""

from typing import Any

from django.db.models import F

from cases.domain import recommendation as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Dissent, Lesion, LesionPlan, Recommendation
from cases.queries.decision import possible_dissenters
from cases.services.recommendation.writing import changed, kept_when_slower, opened


def save_plan(
    *, recommendation: Recommendation, lesion: Lesion, plan: str, detail: str = "", version: int, by
) -> int:
    """What happens to one lesion; no plan takes it back. Returns the new version, 0 when taken back."""
    part = f"plan-{lesion.label}"
    typed = {"plan": plan, "detail": detail}
    with kept_when_slower(recommendation, part, version=version, typed=typed, by=by):
        standing = opened(recommendation, by=by)
        if lesion.case_id != standing.case_id or (plan and lesion.withdrawn_at is not None):
            raise Refused("A plan is made for the lesions of this patient.")
        row = standing.plans.filter(lesion=lesion).first()
        if (row.version if row else 0) != version:
            raise _slower(lesion.label)
        new = _write_plan(standing, row, lesion, plan, detail, by=by)
        changed(standing, part, by=by)
    return new


def _write_plan(standing, row: LesionPlan | None, lesion: Lesion, plan: str, detail: str, *, by) -> int:
    detail = detail.strip()
    if row is None:
        if not plan:
            return 0
        # Never a number that this lesion had before: a plan may be taken back and made anew.
        first = standing.version + 1
        LesionPlan.objects.create(
            recommendation=standing, lesion=lesion, plan=plan, detail=detail, version=first, created_by=by
        )
        return first
    if not plan:
        row.delete()
        return 0
    LesionPlan.objects.filter(pk=row.pk).update(plan=plan, detail=detail, version=F("version") + 1)
    return row.version + 1


def save_dissent(
    *,
    recommendation: Recommendation,
    dissent: Dissent | None,
    version: int,
    reason: str,
    who: Any = None,
    by,
) -> Dissent:
    """Who sees it otherwise, and why; nobody named: for the minutes only."""
    part = f"dissent-{dissent.pk if dissent else 'new'}"
    typed = {"who": getattr(who, "pk", None), "reason": reason}
    with kept_when_slower(recommendation, part, version=version, typed=typed, by=by):
        standing = opened(recommendation, by=by)
        _require_dissent(standing, who, reason)
        if dissent is None:
            row = _new_dissent(standing, who, reason, by=by)
        else:
            row = _dissent(standing, dissent, version)
            Dissent.objects.filter(pk=row.pk).update(who=who, reason=reason.strip(), version=F("version") + 1)
        changed(standing, "dissent", by=by)
        row.refresh_from_db()
    return row


def remove_dissent(*, dissent: Dissent, version: int, by) -> None:
    recommendation = Recommendation.objects.get(pk=dissent.recommendation_id)
    with kept_when_slower(recommendation, f"dissent-{dissent.pk}", version=version, typed={}, by=by):
        standing = opened(recommendation, by=by)
        _dissent(standing, dissent, version).delete()
        changed(standing, "dissent", by=by)


def _new_dissent(standing: Recommendation, who: Any, reason: str, *, by) -> Dissent:
    if standing.dissents.count() >= rules.MOST_DISSENTS:
        raise Refused(f"A decision keeps at most {rules.MOST_DISSENTS} dissents.")
    return Dissent.objects.create(recommendation=standing, who=who, reason=reason.strip(), created_by=by)


def _dissent(standing: Recommendation, dissent: Dissent, version: int) -> Dissent:
    row = standing.dissents.filter(pk=dissent.pk, version=version).first()
    if row is None:
        raise _slower("this dissent")
    return row


def _require_dissent(standing: Recommendation, who: Any, reason: str) -> None:
    if not reason.strip():
        raise Refused("Say what the one who disagrees would do instead, and why.")
    if who and not possible_dissenters(standing.item).filter(pk=who.pk).exists():
        raise Refused("Dissent is recorded of somebody who sits on this board or was at the meeting.")


def _slower(name: str) -> SomeoneWasFaster:
    return SomeoneWasFaster(f"Someone else has changed {name} meanwhile. Compare it with yours.")
