"""Of two versions of a decision only what differs is shown, in words."""

from dataclasses import replace
from datetime import date

from cases.domain.comparison import Difference, differences
from cases.domain.recommendation import Action, Decision, Dissent

ACTION = Action(
    kind="RESECTION",
    detail="right hepatectomy",
    lesions=("L1", "L2"),
    owner="Mr I. Duarte",
    due_on=date(2027, 1, 15),
    condition="remnant over 30 %",
    plan_b="two stages",
)
WHOLE = Decision(
    intent="CURATIVE",
    rationale="Enough liver.",
    wish="To dance.",
    wish_weight="FOLLOWED",
    actions=(ACTION,),
    dissents=(Dissent("", "Too early."),),
)


def test_the_same_differs_in_nothing():
    assert differences(theirs=WHOLE, mine=WHOLE) == []


def test_each_part_that_differs_is_told_in_words():
    other = replace(
        WHOLE, intent="", rationale="", wish_weight="IN_PART", wish_reason="One stay.", dissents=()
    )

    assert differences(theirs=WHOLE, mine=other) == [
        Difference("Intent", "Curative", "nothing"),
        Difference("Why", "Enough liver.", "nothing"),
        Difference("How it counted", "Followed", "Followed in part"),
        Difference("Why it counted so", "nothing", "One stay."),
        Difference("Dissent", "For the minutes: Too early.", "nothing"),
    ]


def test_actions_stand_in_lines():
    other = replace(WHOLE, actions=(ACTION, Action(detail="CT")))
    [told] = differences(theirs=WHOLE, mine=other)

    assert told.theirs == (
        "Resection, right hepatectomy, L1 and L2, Mr I. Duarte, 15-Jan-2027,"
        " only if remnant over 30 %, otherwise two stages"
    )
    assert told.mine == f"{told.theirs}\nnot named, CT, no owner, no date"
