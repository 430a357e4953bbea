"""What stops a signature, and what only deserves a look?"""

from dataclasses import replace
from datetime import date

import pytest

from cases.domain.errors import Refused
from cases.domain.recommendation import (
    Action,
    Decision,
    Incomplete,
    lacks,
    require_amendment,
    require_signable,
    unplanned,
)

TODAY = date(2026, 11, 24)
ACTION = Action(kind="RESECTION", owner="Mr I. Duarte", due_on=date(2026, 12, 4), lesions=("L1",))
WHOLE = Decision(
    intent="CURATIVE",
    rationale="Enough liver will be left.",
    wish="I want to dance in June.",
    wish_weight="FOLLOWED",
    actions=(ACTION,),
)


def fields(decision):
    return [lack.field for lack in lacks(decision, today=TODAY)]


def test_a_whole_decision_lacks_nothing():
    assert fields(WHOLE) == []
    require_signable(WHOLE, today=TODAY)


def test_an_empty_decision_names_everything_at_once():
    assert fields(Decision()) == ["intent", "actions", "rationale", "wish_weight"]


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
    ],
)
def test_each_part_is_needed(change, field):
    assert fields(replace(WHOLE, **change)) == [field]


@pytest.mark.parametrize(
    "change",
    [
        {"wish_weight": "IN_PART", "wish_reason": "Two stays in hospital, not one."},
        {"wish": "", "wish_weight": "NOT_KNOWN"},
    ],
)
def test_a_departure_with_its_reason_and_an_unknown_wish_can_be_signed(change):
    assert fields(replace(WHOLE, **change)) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": ""}, "actions-1-kind"),
        ({"owner": ""}, "actions-1-owner"),
        ({"due_on": None}, "actions-1-due_on"),
        ({"due_on": date(2026, 11, 23)}, "actions-1-due_on"),
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


def test_lesions_in_no_action_are_named():
    assert unplanned(WHOLE, ["L1", "L2", "L3"]) == ("L2", "L3")


@pytest.mark.parametrize(("text", "reason"), [("", "New CT."), ("Add a CT.", " ")])
def test_an_amendment_needs_words_and_a_reason(text, reason):
    with pytest.raises(Refused):
        require_amendment(text, reason)
