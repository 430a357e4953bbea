"""How does a decision that stands in the record fill the form in which it goes on?"""

from cases.domain.recommendation import MOST_ACTIONS, MOST_DISSENTS
from cases.models import PatientWish, Recommendation
from cases.queries.decision import actions_of

MOST = {"actions": MOST_ACTIONS, "dissents": MOST_DISSENTS}


def as_typed(recommendation: Recommendation | None, *, wish: PatientWish | None) -> dict[str, list[str]]:
    """What a browser would send for it; for a new decision, the patient's wish as it is known."""
    if recommendation is None:
        words = wish.words if wish else ""
        return {"version": ["0"], "patient_wish": [words], **_rows("actions", [{}]), **_rows("dissents", [])}
    fields = ("version", "intent", "rationale", "patient_wish", "wish_weight", "wish_reason")
    actions = [_action(action) for action in actions_of(recommendation)]
    dissents = [
        {"who": [str(one.who_id or "")], "reason": [one.reason]}
        for one in recommendation.dissents.order_by("created_at", "pk")
    ]
    return {
        **{name: [str(getattr(recommendation, name))] for name in fields},
        **_rows("actions", actions or [{}]),
        **_rows("dissents", dissents),
    }


def _action(action) -> dict[str, list[str]]:
    return {
        "kind": [action.kind],
        "detail": [action.detail],
        "lesions": [str(lesion.pk) for lesion in action.lesions.all()],
        "owner": [str(action.owner_id or "")],
        "due_on": [action.due_on.isoformat() if action.due_on else ""],
        "condition": [action.condition],
        "plan_b": [action.plan_b],
    }


def _rows(prefix: str, rows: list[dict[str, list[str]]]) -> dict[str, list[str]]:
    management = {
        f"{prefix}-TOTAL_FORMS": [str(len(rows))],
        f"{prefix}-INITIAL_FORMS": ["0"],
        f"{prefix}-MAX_NUM_FORMS": [str(MOST[prefix])],
    }
    fields = {f"{prefix}-{n}-{name}": values for n, row in enumerate(rows) for name, values in row.items()}
    return management | fields
