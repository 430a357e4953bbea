"""Of two versions of a decision only what differs is shown, in words."""

from dataclasses import replace
from datetime import date

from cases.domain.comparison import Difference, differences
from cases.domain.recommendation import Action, Condition, Decision, Dissent, PlanB, PlanFor

ACTION = Action(
    kind="RESECTION",
    detail="right hepatectomy",
    lesions=("L1", "L2"),
    owner="Mr I. Duarte",
    due_on=date(2027, 1, 15),
    condition=Condition("remnant over 30 %", "Dr Sorensen", date(2026, 12, 30)),
    plan_b=PlanB("SYSTEMIC", "and back here", "Dr Adeyemi", date(2027, 2, 1)),
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
        " only if remnant over 30 % (Dr Sorensen, 30-Dec-2026),"
        " otherwise systemic treatment, and back here (Dr Adeyemi, 01-Feb-2027)"
    )
    assert told.mine == f"{told.theirs}\nnot named, CT, no owner, no date"


def test_every_other_part_is_compared_too():
    mine = replace(
        WHOLE,
        plans=(PlanFor("L1", "RESECT"), PlanFor("L2", "ABLATE", "microwave")),
        guideline="DEPARTS",
        guideline_name="EASL 2025",
        guideline_reason="Two segments.",
        trial="OFFERED",
        trial_words="The trial of the north",
        checked=("TRIAL", "COMORBIDITY"),
        expires_on=date(2027, 2, 15),
        re_present_on=date(2027, 3, 1),
        re_present_why="Response?",
    )

    assert differences(theirs=WHOLE, mine=mine) == [
        Difference("Lesions", "nothing", "L1: Resect\nL2: Ablate, microwave"),
        Difference("Guideline", "nothing", "Departs, with reason"),
        Difference("Which guideline", "nothing", "EASL 2025"),
        Difference("Why it departs", "nothing", "Two segments."),
        Difference("Trial", "nothing", "Offered"),
        Difference("Which trial, or why none", "nothing", "The trial of the north"),
        Difference("Gone through", "nothing", "Comorbidity\nTrial"),
        Difference("Good until", "nothing", "15-Feb-2027"),
        Difference("Back to the board", "nothing", "01-Mar-2027"),
        Difference("To answer what", "nothing", "Response?"),
    ]
