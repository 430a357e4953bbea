"""How is a suggestion taken into the decision? By hand, through the same doors as what is typed."""

from typing import Any

from django.db import transaction

from cases.domain.errors import Refused
from cases.domain.suggestions import Suggestion
from cases.models import Recommendation, RecommendedAction
from cases.queries.decision import actions_of, possible_owners, viable_lesions
from cases.queries.suggestions import suggestions_for
from cases.services.recommendation.acting import save_action
from cases.services.recommendation.rows import save_plan
from cases.services.recommendation.said import PlannedAction, PlannedCondition, PlannedPlanB
from cases.services.recommendation.sections import save_section
from cases.services.recommendation.writing import opened
from cases.vocabulary import ActionRole, DecisionSection, TrialConsidered


@transaction.atomic
def take_suggestion(*, recommendation: Recommendation, suggestion_id: str, by) -> None:
    """What is missing of it, as a day by which it is due, is still the board's to say."""
    standing = opened(recommendation, by=by)
    found = suggestions_for(standing.item, standing)
    wanted = next((one for one in found if one.id == suggestion_id), None)
    if wanted is None:
        raise Refused("This is no longer suggested. Reload the page.")
    if wanted.already_taken:
        raise Refused("This is in the decision already.")
    TAKING[wanted.kind](standing, wanted, by)


def _plan(standing: Recommendation, wanted: Suggestion, by) -> None:
    lesions = {lesion.label: lesion for lesion in viable_lesions(standing.case_id)}
    lesion = lesions[wanted.lesion]
    row = standing.plans.filter(lesion=lesion).first()
    save_plan(
        recommendation=standing,
        lesion=lesion,
        plan=wanted.code,
        version=row.version if row else 0,
        by=by,
    )


def _action(standing: Recommendation, wanted: Suggestion, by) -> None:
    said = PlannedAction(kind=wanted.code, detail=wanted.detail, owner=_owner(standing, wanted))
    save_action(recommendation=standing, action=None, version=0, said=said, by=by)


def _condition(standing: Recommendation, wanted: Suggestion, by) -> None:
    """It is put upon the first such action that has none."""
    bare = actions_of(standing).filter(kind=wanted.code).exclude(children__role=ActionRole.CONDITION)
    action = bare.first()
    if action is None:
        raise Refused("Each of these actions has a condition already. Change it there.")
    said = PlannedAction(
        kind=action.kind,
        detail=action.detail,
        lesions=list(action.lesions.all()),
        owner=action.owner,
        due_on=action.due_on,
        condition=PlannedCondition(wanted.detail, _owner(standing, wanted)),
        plan_b=_plan_b(action),
    )
    save_action(recommendation=standing, action=action, version=action.version, said=said, by=by)


def _plan_b(action: RecommendedAction) -> PlannedPlanB | None:
    row = next((child for child in action.children.all() if child.role == ActionRole.PLAN_B), None)
    return PlannedPlanB(row.kind, row.detail, row.owner, row.due_on) if row else None


def _owner(standing: Recommendation, wanted: Suggestion) -> Any:
    """Whoever signed may have left the board since."""
    return possible_owners(standing.item.case).filter(pk=wanted.owner_id).first()


def _wish(standing: Recommendation, wanted: Suggestion, by) -> None:
    _section(standing, DecisionSection.WISH, {"patient_wish": wanted.detail}, by)


def _trial(standing: Recommendation, wanted: Suggestion, by) -> None:
    values = {"trial": TrialConsidered.OFFERED, "trial_words": wanted.detail}
    _section(standing, DecisionSection.TRIAL, values, by)


def _section(standing: Recommendation, section: str, values: dict[str, Any], by) -> None:
    versions = standing.sections.filter(section=section).values_list("version", flat=True)
    version = versions.first() or 0
    save_section(recommendation=standing, section=section, version=version, values=values, by=by)


TAKING = {"plan": _plan, "action": _action, "condition": _condition, "wish": _wish, "trial": _trial}
