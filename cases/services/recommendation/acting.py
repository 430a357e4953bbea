"""How is it written who does what by when, on which condition, else what?"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Max, Q

from cases.domain import recommendation as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import ActionLesion, ActionUpdate, Recommendation, RecommendedAction
from cases.models.follow_up import ENDED
from cases.queries.decision import possible_owners
from cases.services.recommendation.said import PlannedAction, PlannedCondition, PlannedPlanB
from cases.services.recommendation.writing import changed, kept_when_slower, opened
from cases.vocabulary import ActionKind, ActionRole

FASTER = "Someone else has changed this action meanwhile. Compare it with yours."


def save_action(
    *,
    recommendation: Recommendation,
    action: RecommendedAction | None,
    version: int,
    said: PlannedAction,
    by,
) -> RecommendedAction:
    """Write one action with its condition and its plan B; a new one goes to the end of the list."""
    part = f"action-{action.pk if action else 'new'}"
    with kept_when_slower(recommendation, part, version=version, typed=_typed(said), by=by):
        standing = opened(recommendation, by=by)
        _require_known(standing, said)
        row = _new(standing, by=by) if action is None else _theirs(standing, action, version)
        _write(row, said, is_new=action is None)
        _write_condition(row, said.condition, by=by)
        _write_plan_b(row, said.plan_b, by=by)
        changed(standing, "action", by=by)
        row.refresh_from_db()
    return row


def remove_action(*, action: RecommendedAction, version: int, by) -> None:
    """Its condition and its plan B go with it."""
    recommendation = Recommendation.objects.get(pk=action.recommendation_id)
    with kept_when_slower(recommendation, f"action-{action.pk}", version=version, typed={}, by=by):
        standing = opened(recommendation, by=by)
        row = _theirs(standing, action, version)
        row.children.all().delete()
        row.delete()
        changed(standing, "action", by=by)


def move_action(*, action: RecommendedAction, up: bool, by) -> None:
    """One place up or down; at the end of the list nothing happens."""
    recommendation = Recommendation.objects.get(pk=action.recommendation_id)
    with kept_when_slower(recommendation, f"action-{action.pk}", version=action.version, typed={}, by=by):
        standing = opened(recommendation, by=by)
        here = standing.actions.filter(pk=action.pk, role=ActionRole.MAIN).first()
        if here is None:
            raise SomeoneWasFaster("Someone else has removed this action meanwhile.")
        others = standing.actions.filter(role=ActionRole.MAIN)
        near = (
            others.filter(position__lt=here.position).order_by("-position")
            if up
            else others.filter(position__gt=here.position).order_by("position")
        ).first()
        if near is not None:
            _place(near, here.position)
            _place(here, near.position)
            changed(standing, "action", by=by)


def _place(action: RecommendedAction, position: int) -> None:
    family = RecommendedAction.objects.filter(Q(pk=action.pk) | Q(parent=action.pk))
    family.update(position=position)


def _new(standing: Recommendation, *, by) -> RecommendedAction:
    main = standing.actions.filter(role=ActionRole.MAIN)
    if main.count() >= rules.MOST_ACTIONS:
        raise Refused(f"A decision has at most {rules.MOST_ACTIONS} actions.")
    last = main.aggregate(last=Max("position"))["last"] or 0
    return RecommendedAction.objects.create(recommendation=standing, position=last + 1, created_by=by)


def _theirs(standing: Recommendation, action: RecommendedAction, version: int) -> RecommendedAction:
    row = standing.actions.filter(pk=action.pk, role=ActionRole.MAIN, version=version).first()
    if row is None:
        raise SomeoneWasFaster(FASTER)
    return row


def _write(row: RecommendedAction, said: PlannedAction, *, is_new: bool) -> None:
    before = sorted(str(lesion.pk) for lesion in row.lesions.all())
    after = sorted(str(lesion.pk) for lesion in said.lesions)
    detail = said.detail.strip()
    another = row.kind != said.kind or before != after or (row.detail != detail and _has_ended(row))
    RecommendedAction.objects.filter(pk=row.pk).update(
        kind=said.kind,
        detail=detail,
        owner=said.owner,
        due_on=said.due_on,
        condition="",
        plan_b="",
        thread=uuid.uuid4() if another else row.thread,
        version=row.version if is_new else F("version") + 1,
    )
    if another:
        _begin_anew(row.children.all())
    if before != after:
        ActionLesion.objects.filter(action=row).delete()
        ActionLesion.objects.bulk_create(ActionLesion(action=row, lesion=one) for one in said.lesions)


def _begin_anew(children: Iterable[RecommendedAction]) -> None:
    """A condition that was met for one operation is not met for another."""
    for child in children:
        RecommendedAction.objects.filter(pk=child.pk).update(thread=uuid.uuid4())


def _has_ended(row: RecommendedAction) -> bool:
    """What was reported of one thing must not be read as said of another."""
    return ActionUpdate.objects.filter(action__thread=row.thread, report__in=ENDED).exists()


def _write_condition(row: RecommendedAction, said: PlannedCondition | None, *, by) -> None:
    if said is None:
        return _write_child(row, ActionRole.CONDITION, None, by=by)
    fields = {
        "kind": ActionKind.CONDITION,
        "detail": said.detail.strip(),
        "owner": said.owner,
        "due_on": said.due_on,
    }
    return _write_child(row, ActionRole.CONDITION, fields, by=by)


def _write_plan_b(row: RecommendedAction, said: PlannedPlanB | None, *, by) -> None:
    if said is None:
        return _write_child(row, ActionRole.PLAN_B, None, by=by)
    fields = {"kind": said.kind, "detail": said.detail.strip(), "owner": said.owner, "due_on": said.due_on}
    return _write_child(row, ActionRole.PLAN_B, fields, by=by)


def _write_child(row: RecommendedAction, role: str, fields: dict[str, Any] | None, *, by) -> None:
    child = row.children.filter(role=role).first()
    if fields is None:
        if child:
            child.delete()
        return
    if child is None:
        RecommendedAction.objects.create(
            recommendation_id=row.recommendation_id,
            role=role,
            parent=row,
            position=row.position,
            created_by=by,
            **fields,
        )
        return
    another = (child.kind, child.detail) != (fields["kind"], fields["detail"])
    thread = uuid.uuid4() if another else child.thread
    RecommendedAction.objects.filter(pk=child.pk).update(thread=thread, version=F("version") + 1, **fields)


def _require_known(standing: Recommendation, said: PlannedAction) -> None:
    case = standing.item.case
    if any(lesion.case_id != case.pk for lesion in said.lesions):
        raise Refused("An action is meant for lesions of this patient.")
    rows = (said, said.condition, said.plan_b)
    named = {one.owner.pk for one in rows if one is not None and one.owner is not None}
    if named - set(possible_owners(case).filter(pk__in=named).values_list("pk", flat=True)):
        raise Refused("An action is owned by somebody of this board, or by the referrer.")
    if said.kind == ActionKind.CONDITION:
        raise Refused("A condition belongs to an action: write it there.")


def _typed(said: PlannedAction) -> dict[str, Any]:
    typed = {
        "kind": said.kind,
        "detail": said.detail,
        "lesions": [lesion.pk for lesion in said.lesions],
        "owner": getattr(said.owner, "pk", None),
        "due_on": said.due_on,
    }
    for name, row in (("condition", said.condition), ("plan_b", said.plan_b)):
        if row is not None:
            typed |= {f"{name}-{field}": _plain(value) for field, value in vars(row).items()}
    return typed


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)
