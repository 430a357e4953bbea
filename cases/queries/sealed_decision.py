"""What exactly does the seal of a signed decision cover?"""

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError

from cases.models import Recommendation, RecommendedAction
from tumorboard.audit.chain import Content
from tumorboard.audit.models import AuditEvent

PLAIN = (
    "number",
    "amendment_reason",
    "intent",
    "guideline",
    "guideline_name",
    "guideline_reason",
    "rationale",
    "patient_wish",
    "wish_weight",
    "wish_reason",
    "trial",
    "trial_words",
    "checked",
    "expires_on",
    "re_present_on",
    "re_present_why",
    "confirmed_version",
    "read_back",
    "snapshot",
    "quorum_missing",
    "version",
)


def content_of(recommendation: Recommendation, *, signed_at: datetime, signed_by_id: int) -> dict[str, Any]:
    """Everything that was signed, by ids and values as the record holds them."""
    return {
        "id": str(recommendation.pk),
        "case": str(recommendation.case_id),
        "item": str(recommendation.item_id),
        "signed_at": signed_at.astimezone(UTC).isoformat(),
        "signed_by": signed_by_id,
        **{name: getattr(recommendation, name) for name in PLAIN},
        "plans": [
            [str(lesion), plan, detail]
            for lesion, plan, detail in recommendation.plans.order_by("lesion__number").values_list(
                "lesion", "plan", "detail"
            )
        ],
        "actions": [
            _action(action)
            for action in recommendation.actions.prefetch_related("lesions").order_by("position", "role")
        ],
        "dissents": [
            [who, reason]
            for who, reason in recommendation.dissents.order_by("created_at", "pk").values_list(
                "who", "reason"
            )
        ],
    }


def _action(action: RecommendedAction) -> list[Any]:
    lesions = sorted(str(lesion.pk) for lesion in action.lesions.all())
    return [
        str(action.thread),
        str(action.role),
        action.position,
        action.kind,
        action.detail,
        lesions,
        action.owner_id,
        action.due_on,
    ]


def of_event(event: AuditEvent) -> Content | None:
    """The decision that a line of the trail says was signed, as it stands now."""
    try:
        signed = Recommendation.objects.signed().filter(pk=event.subject_id).first()
    except ValidationError:
        return None
    if signed is None or signed.signed_at is None or signed.signed_by_id is None:
        return None
    what = content_of(signed, signed_at=signed.signed_at, signed_by_id=signed.signed_by_id)
    return Content(what, signed.seal)
