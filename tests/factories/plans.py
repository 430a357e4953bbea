"""An action that hangs on a condition, with a plan B: signed, and each row at hand."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cases.models import ActionUpdate, Recommendation, RecommendedAction
from cases.services import recommendation
from cases.services.recommendation import PlannedAction, PlannedCondition, PlannedPlanB
from cases.vocabulary import ActionRole
from tests.factories.boards import person
from tests.factories.decisions import Room


@dataclass
class Plan:
    decision: Recommendation
    main: RecommendedAction
    condition: RecommendedAction | None
    plan_b: RecommendedAction | None

    @property
    def rows(self) -> dict[str, RecommendedAction]:
        found = {"MAIN": self.main, "CONDITION": self.condition, "PLAN_B": self.plan_b}
        return {role: row for role, row in found.items() if row}


def a_condition(room: Room, *, owner: Any = None, days: int = 7) -> PlannedCondition:
    due_on = room.today + timedelta(days=days)
    return PlannedCondition(detail="remnant of 30 % or more", owner=owner or room.chair, due_on=due_on)


def a_plan_b(room: Room, *, days: int = 30) -> PlannedPlanB:
    due_on = room.today + timedelta(days=days)
    return PlannedPlanB(kind="SYSTEMIC", detail="FOLFOX", owner=room.oncologist, due_on=due_on)


def a_plan(room: Room, *, condition: bool = True, plan_b: bool = True, **more) -> Plan:
    said = room.action(
        condition=a_condition(room) if condition else None,
        plan_b=a_plan_b(room) if plan_b else None,
        **more,
    )
    return plan_of(room.decide([said]))


def plan_of(decision: Recommendation, position: int = 1) -> Plan:
    rows = decision.actions.filter(position=position).select_related(
        "owner", "recommendation__case__board", "recommendation__item__meeting__board"
    )
    by_role = {row.role: row for row in rows}
    return Plan(
        decision,
        by_role[ActionRole.MAIN],
        by_role.get(ActionRole.CONDITION),
        by_role.get(ActionRole.PLAN_B),
    )


def amended(room: Room, signed: Recommendation, *, said=(), changed=None, dropped=()) -> Recommendation:
    """The next version, signed: new actions said, others changed or dropped by their place."""
    made = recommendation.begin_amendment(recommendation=signed, reason="New CT.", by=room.chair)
    main = {one.position: one for one in made.actions.filter(role=ActionRole.MAIN)}
    for position, one in (changed or {}).items():
        _save(made, main[position], one, by=room.chair)
    for position in dropped:
        recommendation.remove_action(action=main[position], version=main[position].version, by=room.chair)
    for one in said:
        _save(made, None, one, by=room.chair)
    made.refresh_from_db()
    recommendation.confirm_read_back(recommendation=made, version=made.version, by=room.chair)
    return room.sign(made)


def _save(made: Recommendation, action: RecommendedAction | None, said: PlannedAction, *, by) -> None:
    version = action.version if action else 0
    recommendation.save_action(recommendation=made, action=action, version=version, said=said, by=by)


def reported(action: RecommendedAction, report: str, **more) -> ActionUpdate:
    """Written straight into the record, past every rule: for what a rule makes of it later."""
    by = more.pop("by", None) or action.owner or person()
    return ActionUpdate.objects.create(action=action, report=report, created_by=by, **more)
