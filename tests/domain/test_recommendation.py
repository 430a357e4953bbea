"""What stops a signature, and what only deserves a look?"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from cases.domain.errors import Refused
from cases.domain.recommendation import (
    Action,
    Condition,
    Decision,
    Incomplete,
    PlanB,
    PlanFor,
    cautions,
    lacks,
    needs_a_plan,
    require_reason,
    require_signable,
)
from cases.vocabulary import ChecklistItem

TODAY = date(2026, 11, 24)
ACTION = Action(kind="RESECTION", owner="Mr I. Duarte", due_on=date(2026, 12, 4), lesions=("L1",))
WHOLE = Decision(
    intent="CURATIVE",
    rationale="Enough liver will be left.",
    wish="I want to dance in June.",
    wish_weight="FOLLOWED",
    plans=(PlanFor("L1", "RESECT"),),
    actions=(ACTION,),
)


def fields(decision, viable=("L1",)):
    return [lack.field for lack in lacks(decision, today=TODAY, viable=viable)]


def test_a_whole_decision_lacks_nothing():
    assert fields(WHOLE) == []
    require_signable(WHOLE, today=TODAY, viable=["L1"])


def test_an_empty_decision_names_everything_at_once():
    assert fields(Decision(), viable=["L1", "L2"]) == [
        "intent",
        "plan-L1",
        "plan-L2",
        "actions",
        "rationale",
        "wish_weight",
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"intent": ""}, "intent"),
        ({"rationale": "  \n"}, "rationale"),
        ({"actions": ()}, "actions"),
        ({"wish_weight": ""}, "wish_weight"),
        ({"wish_weight": "IN_PART"}, "wish_reason"),
        ({"wish_weight": "NOT_FOLLOWED"}, "wish_reason"),
        ({"wish_weight": "NOT_KNOWN"}, "wish_weight"),
        ({"wish": ""}, "patient_wish"),
        ({"plans": ()}, "plan-L1"),
        ({"plans": (PlanFor("L2", "RESECT"),)}, "plan-L1"),
        ({"guideline": "DEPARTS"}, "guideline_reason"),
        ({"guideline": "DEPARTS", "guideline_reason": " "}, "guideline_reason"),
        ({"expires_on": date(2026, 11, 23)}, "expires_on"),
        ({"re_present_on": date(2026, 11, 23)}, "re_present_on"),
    ],
)
def test_each_part_is_needed(change, field):
    assert fields(replace(WHOLE, **change)) == [field]


@pytest.mark.parametrize(
    "change",
    [
        {"wish_weight": "IN_PART", "wish_reason": "Two stays in hospital, not one."},
        {"wish": "", "wish_weight": "NOT_KNOWN"},
        {"guideline": "DEPARTS", "guideline_reason": "Two lesions in one segment."},
        {"guideline": "FOLLOWED"},
        {"expires_on": TODAY, "re_present_on": TODAY},
        {"dissents": ()},
    ],
)
def test_what_is_answered_or_may_stay_open_stops_nobody(change):
    assert fields(replace(WHOLE, **change)) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": ""}, "action-2-kind"),
        ({"owner": ""}, "action-2-owner"),
        ({"due_on": None}, "action-2-due_on"),
        ({"due_on": date(2026, 11, 23)}, "action-2-due_on"),
    ],
)
def test_each_action_needs_kind_owner_and_a_day_to_come(change, field):
    assert fields(replace(WHOLE, actions=(ACTION, replace(ACTION, **change)))) == [field]


def test_today_is_a_day_to_come():
    assert fields(replace(WHOLE, actions=(replace(ACTION, due_on=TODAY),))) == []


def test_the_refusal_says_all_that_is_lacking():
    with pytest.raises(Incomplete) as refused:
        require_signable(replace(WHOLE, intent="", rationale=""), today=TODAY)

    assert str(refused.value) == "Choose the intent. Say why the board recommends this."
    assert [lack.field for lack in refused.value.lacking] == ["intent", "rationale"]


CONDITION = Condition("The remnant is 30 % or more", "Dr Sorensen", date(2026, 12, 1))
PLAN_B = PlanB("SYSTEMIC", "", "Dr Adeyemi", date(2026, 12, 20))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"detail": " "}, "detail"),
        ({"owner": ""}, "owner"),
        ({"due_on": None}, "due_on"),
        ({"due_on": date(2026, 11, 23)}, "due_on"),
    ],
)
def test_a_condition_has_words_an_owner_and_a_day(change, field):
    action = replace(ACTION, condition=replace(CONDITION, **change), plan_b=PLAN_B)

    assert fields(replace(WHOLE, actions=(action,))) == [f"action-1-condition-{field}"]


@pytest.mark.parametrize(
    ("change", "field"), [({"kind": ""}, "kind"), ({"owner": ""}, "owner"), ({"due_on": None}, "due_on")]
)
def test_a_plan_b_has_a_kind_an_owner_and_a_day(change, field):
    action = replace(ACTION, condition=CONDITION, plan_b=replace(PLAN_B, **change))

    assert fields(replace(WHOLE, actions=(ACTION, action))) == [f"action-2-plan_b-{field}"]


def test_a_condition_with_its_plan_b_can_be_signed():
    assert fields(replace(WHOLE, actions=(replace(ACTION, condition=CONDITION, plan_b=PLAN_B),))) == []


def test_without_a_living_lesion_no_plan_is_needed():
    assert fields(replace(WHOLE, plans=()), viable=[]) == []


@dataclass
class Lesion:
    viable: str = "YES"
    withdrawn_at: datetime | None = None
    disappeared_on: date | None = None


@pytest.mark.parametrize(
    ("lesion", "needs"),
    [
        (Lesion(), True),
        (Lesion("UNKNOWN"), True),
        (Lesion("NO"), False),
        (Lesion(disappeared_on=TODAY), False),
        (Lesion(withdrawn_at=datetime(2026, 11, 1, tzinfo=UTC)), False),
    ],
)
def test_a_lesion_needs_a_plan_unless_it_is_known_to_be_dead_or_gone(lesion, needs):
    assert needs_a_plan(lesion) is needs


def test_what_only_deserves_a_look():
    assert [one.field for one in cautions(WHOLE)] == ["trial", "checked", "expires_on", "guideline"]


def test_what_was_gone_through_needs_no_look():
    whole = replace(
        WHOLE,
        trial="NONE_FITS",
        checked=tuple(ChecklistItem),
        expires_on=date(2027, 1, 1),
        guideline="FOLLOWED",
    )

    assert cautions(whole) == ()
    assert [one.field for one in cautions(replace(whole, trial="NOT_CONSIDERED"))] == ["trial"]
    assert [one.what for one in cautions(replace(whole, checked=("COMORBIDITY", "WISH", "TRIAL")))] == [
        "Not gone through: palliative and supportive need, genetics."
    ]


def test_an_amendment_needs_a_reason():
    with pytest.raises(Refused):
        require_reason(" ")
