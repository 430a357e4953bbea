"""The database sees each plan as the rule does, and as a person wrote it down."""

from itertools import product

import pytest
from django.db import transaction

from cases.domain.plan_state import PlanState as S
from cases.domain.plan_state import Told, plan_state
from cases.models.follow_up import actions
from tests.factories.decisions import a_room
from tests.factories.plans import a_plan, amended, reported

pytestmark = pytest.mark.django_db

# main, condition, plan B: what was reported last of each, and the state of each that follows.
BY_HAND = [
    ("", "", "", S.WAITING, S.ACTIVE, S.DORMANT),
    ("ACCEPTED", "ACCEPTED", "ACCEPTED", S.WAITING, S.ACTIVE, S.DORMANT),
    ("", "DECLINED", "", S.WAITING, S.ACTIVE, S.DORMANT),
    ("", "MET", "", S.ACTIVE, S.ENDED, S.DORMANT),
    ("", "FAILED", "", S.DROPPED, S.ENDED, S.ACTIVE),
    ("DECLINED", "MET", "", S.ACTIVE, S.ENDED, S.DORMANT),
    ("PARTLY", "MET", "", S.ACTIVE, S.ENDED, S.DORMANT),
    ("DONE", "MET", "", S.ENDED, S.ENDED, S.DROPPED),
    ("NOT_DONE", "MET", "", S.ENDED, S.ENDED, S.ACTIVE),
    ("NOT_DONE", "", "", S.ENDED, S.DROPPED, S.ACTIVE),
    ("NOT_DONE:DIED", "", "", S.ENDED, S.DROPPED, S.DROPPED),
    ("", "FAILED", "DONE", S.DROPPED, S.ENDED, S.ENDED),
    ("", "FAILED", "NOT_DONE", S.DROPPED, S.ENDED, S.ENDED),
    ("", "FAILED", "DECLINED", S.DROPPED, S.ENDED, S.ACTIVE),
]
ROLES = ("MAIN", "CONDITION", "PLAN_B")
REASONS = {"NOT_DONE": "LOGISTICS", "PARTLY": "LOGISTICS", "DECLINED": "LOGISTICS"}


def told(text: str) -> Told:
    report, _, reason = text.partition(":")
    return Told(report, reason or REASONS.get(report, ""))


def write(plan, texts) -> None:
    for role, text in zip(ROLES, texts, strict=True):
        if text and role in plan.rows:
            one = told(text)
            reported(plan.rows[role], one.report, reason=one.reason)


def in_database(plan) -> dict[str, str]:
    rows = actions().with_state().filter(recommendation=plan.decision)
    return {row.role: row.state for row in rows}


def test_as_written_by_hand():
    plan = a_plan(a_room())
    for line in BY_HAND:
        with transaction.atomic():
            write(plan, line[:3])
            assert in_database(plan) == dict(zip(ROLES, line[3:], strict=True)), line
            transaction.set_rollback(True)


@pytest.mark.parametrize("has_condition", [True, False])
def test_as_the_rule_says_in_every_combination(has_condition):
    """Reports are only ever added, so one plan walks through all of them."""
    plan = a_plan(a_room(), condition=has_condition)
    mains = ("DECLINED", "DONE", "NOT_DONE", "NOT_DONE:DIED")
    checks = (
        ("ACCEPTED", "DECLINED", "DECLINED:DIED", "MET", "FAILED", "NOT_DONE") if has_condition else ("",)
    )
    for texts in product(mains, checks, ("ACCEPTED", "DONE")):
        write(plan, texts)
        main, check, other = map(told, texts)
        condition = check if has_condition else None
        wanted = {
            "MAIN": plan_state("MAIN", own=main, condition=condition),
            "CONDITION": plan_state("CONDITION", own=check, parent=main),
            "PLAN_B": plan_state("PLAN_B", own=other, condition=condition, parent=main),
        }
        assert in_database(plan) == {role: wanted[role] for role in plan.rows}, texts


def test_what_is_unfinished_and_what_is_to_do():
    plan = a_plan(a_room())
    of = actions().filter(recommendation=plan.decision)

    assert {row.role for row in of.unfinished()} == {"MAIN", "CONDITION"}
    assert {row.role for row in of.to_do()} == {"CONDITION"}


def test_an_answer_does_not_pass_to_another_owner():
    """Whoever is given an action that somebody declined is asked anew; that it was done stays."""
    room = a_room()
    first = room.decide()
    action = first.actions.get()
    reported(action, "DECLINED", reason="LOGISTICS")
    second = amended(room, first, changed={1: room.action(owner=room.oncologist)})
    given = actions().with_state().get(recommendation=second)

    assert (given.thread, given.last_report, given.last_reason) == (action.thread, "", "")
    reported(action, "DONE", happened_on=room.today)
    assert actions().with_state().get(pk=given.pk).last_report == "DONE"
