"""Each action is to be done, waits, or is no longer needed: every state by every report, by hand."""

import pytest

from cases.domain.plan_state import PlanState, Told, plan_state
from cases.vocabulary import ActionRole

ACTIVE, WAITING, DORMANT, DROPPED, ENDED = PlanState
NONE, NOT_YET = None, ""


def told(report):
    return None if report is None else Told(report)


@pytest.mark.parametrize(
    ("own", "condition", "state"),
    [
        ("", NONE, ACTIVE),
        ("ACCEPTED", NONE, ACTIVE),
        ("DECLINED", NONE, ACTIVE),
        ("PARTLY", NONE, ACTIVE),
        ("DONE", NONE, ENDED),
        ("NOT_DONE", NONE, ENDED),
        ("", NOT_YET, WAITING),
        ("ACCEPTED", NOT_YET, WAITING),
        ("", "ACCEPTED", WAITING),
        ("", "DECLINED", WAITING),
        ("", "PARTLY", WAITING),
        ("", "NOT_DONE", WAITING),
        ("", "DONE", WAITING),
        ("", "MET", ACTIVE),
        ("ACCEPTED", "MET", ACTIVE),
        ("DONE", "MET", ENDED),
        ("NOT_DONE", "MET", ENDED),
        ("", "FAILED", DROPPED),
        ("ACCEPTED", "FAILED", DROPPED),
        ("DONE", "FAILED", ENDED),
        ("DONE", NOT_YET, ENDED),
    ],
)
def test_an_action_waits_for_its_condition_and_falls_with_it(own, condition, state):
    assert plan_state(ActionRole.MAIN, own=Told(own), condition=told(condition)) == state


@pytest.mark.parametrize(
    ("own", "parent", "state"),
    [
        ("", "", ACTIVE),
        ("ACCEPTED", "", ACTIVE),
        ("DECLINED", "", ACTIVE),
        ("", "ACCEPTED", ACTIVE),
        ("MET", "", ENDED),
        ("FAILED", "", ENDED),
        ("NOT_DONE", "", ENDED),
        ("", "DONE", DROPPED),
        ("", "NOT_DONE", DROPPED),
        ("MET", "DONE", ENDED),
    ],
)
def test_a_condition_is_to_be_checked_while_its_action_is_open(own, parent, state):
    assert plan_state(ActionRole.CONDITION, own=Told(own), parent=Told(parent)) == state


@pytest.mark.parametrize(
    ("own", "condition", "parent", "state"),
    [
        ("", NONE, "", DORMANT),
        ("", NONE, "PARTLY", DORMANT),
        ("", NONE, "DECLINED", DORMANT),
        ("", NONE, "NOT_DONE", ACTIVE),
        ("", NONE, "DONE", DROPPED),
        ("", NOT_YET, "", DORMANT),
        ("", "NOT_DONE", "", DORMANT),
        ("", "MET", "", DORMANT),
        ("", "MET", "DONE", DROPPED),
        ("", "MET", "NOT_DONE", ACTIVE),
        ("", "FAILED", "", ACTIVE),
        ("ACCEPTED", "FAILED", "", ACTIVE),
        ("DONE", "FAILED", "", ENDED),
        ("NOT_DONE", "FAILED", "", ENDED),
    ],
)
def test_plan_b_sleeps_until_plan_a_fails(own, condition, parent, state):
    assert (
        plan_state(ActionRole.PLAN_B, own=Told(own), condition=told(condition), parent=Told(parent)) == state
    )


def test_nobody_is_asked_for_plan_b_of_a_patient_who_died():
    died = Told("NOT_DONE", "DIED")

    assert plan_state(ActionRole.PLAN_B, own=Told(), parent=died) == DROPPED
    assert plan_state(ActionRole.PLAN_B, own=Told(), condition=Told("FAILED", "DIED")) == DROPPED
