"""How is a decision begun, and how are its parts in words written, each apart from the others?"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases import permissions
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import AgendaItem, PatientWish, Recommendation, SectionVersion
from cases.permissions import Permission
from cases.services.recommendation.writing import (
    announce,
    changed,
    kept_when_slower,
    opened,
    require_before_the_board,
)
from cases.vocabulary import DecisionSection
from tumorboard.audit import trail

FIELDS: dict[str, tuple[str, ...]] = {
    DecisionSection.INTENT: ("intent",),
    DecisionSection.GUIDELINE: ("guideline", "guideline_name", "guideline_reason"),
    DecisionSection.WHY: ("rationale",),
    DecisionSection.WISH: ("patient_wish", "wish_weight", "wish_reason"),
    DecisionSection.TRIAL: ("trial", "trial_words"),
    DecisionSection.CHECKLIST: ("checked",),
    DecisionSection.REVIEW: ("expires_on", "re_present_on", "re_present_why"),
}


@transaction.atomic
def begin(*, item: AgendaItem, by) -> Recommendation:
    """The decision that is being made of this case; made when there is none yet."""
    # The row is the lock: of two who begin at once, the second finds what the first has begun.
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__board", "case__board")
    standing = rows.get(pk=item.pk)
    permissions.require(by, Permission.DRAFT_DECISION, board=standing.meeting.board)
    last = standing.recommendations.order_by("-number").first()
    if last is not None:
        return _still_open(last)
    require_before_the_board(standing)
    begun = Recommendation.objects.create(
        item=standing, case_id=standing.case_id, patient_wish=_wish_of(standing), created_by=by
    )
    trail.record(actor=by, verb="decision.begun", subject=begun, about=standing.case.about)
    announce(standing)
    return begun


def _still_open(last: Recommendation) -> Recommendation:
    if last.signed_at is not None:
        raise Refused("This decision is signed. The chair may amend it.")
    return last


def _wish_of(item: AgendaItem) -> str:
    """The wish as it is on record: a fact, not yet an answer to how it counted."""
    standing = PatientWish.objects.standing().filter(case=item.case_id)
    return standing.order_by("-created_at").values_list("words", flat=True).first() or ""


def save_section(
    *, recommendation: Recommendation, section: str, version: int, values: Mapping[str, Any], by
) -> int:
    """Write one part; `version` is what was read, 0 when it was never written. Returns the new one."""
    section = DecisionSection(section)
    if unknown := set(values) - set(FIELDS[section]):
        raise ValueError(f"{section} has no {', '.join(sorted(unknown))}")
    with kept_when_slower(recommendation, section, version=version, typed=values, by=by):
        standing = opened(recommendation, by=by)
        new = _next_version(standing, section, version, by=by)
        changed(standing, section, by=by, **values, **_gone_through(section, values, by=by))
    return new


def _next_version(standing: Recommendation, section: str, version: int, *, by) -> int:
    row = standing.sections.select_related("changed_by").filter(section=section).first()
    if (row.version if row else 0) != version:
        who = row.changed_by if row else "Someone else"
        raise SomeoneWasFaster(f"{who} has changed this part meanwhile. Compare it with yours.")
    SectionVersion.objects.update_or_create(
        recommendation=standing,
        section=section,
        defaults={"version": version + 1, "changed_at": timezone.now(), "changed_by": by},
    )
    return version + 1


def _gone_through(section: str, values: Mapping[str, Any], *, by) -> dict[str, Any]:
    if section != DecisionSection.CHECKLIST:
        return {}
    if not values.get("checked"):
        return {"checked_at": None, "checked_by": None}
    return {"checked_at": timezone.now(), "checked_by": by}
