"""Does the paragraph say what stands in the fields, and mark what does not?"""

from dataclasses import replace
from datetime import date

import pytest

from cases.domain.read_back import parts, read_back
from cases.domain.recommendation import Action, Condition, Decision, Dissent, PlanB, PlanFor
from cases.vocabulary import ActionKind, Intent, LesionPlanKind, WishWeight

PLANS = (PlanFor("L1", "RESECT"), PlanFor("L2", "RESECT"), PlanFor("L4", "ABLATE"))
EMBOLISE = Action(
    kind="VEIN_EMBOLISATION",
    detail="right side.",
    lesions=("L1", "L2"),
    owner="Dr I. Duarte",
    due_on=date(2026, 12, 2),
)
CONDITION = Condition("If the standardised remnant is 30 % or more.", "Dr Sorensen", date(2026, 12, 30))
PLAN_B = PlanB("SYSTEMIC", "", "Dr Adeyemi", date(2027, 1, 15))
RESECT = Action(
    kind="RESECTION",
    lesions=("L1", "L2"),
    owner="Prof. T. Arkwright",
    due_on=date(2027, 1, 20),
    condition=CONDITION,
    plan_b=PLAN_B,
)
PLAIN = Action(kind="ABLATION", owner="Dr Lind", due_on=date(2026, 12, 4))
SIMPLE = Decision(intent="CURATIVE", wish_weight="FOLLOWED", actions=(PLAIN,))
FIRST = "With curative intent: ablation (Dr Lind, by 04-Dec-2026)."
LAST = "The patient’s wish is followed."
WHOLE = Decision(
    intent="CURATIVE",
    plans=PLANS,
    actions=(EMBOLISE, RESECT),
    guideline="DEPARTS",
    guideline_name="EASL 2025",
    guideline_reason="two lesions lie in one segment.",
    trial="NONE_FITS",
    wish_weight="IN_PART",
    wish_reason="two stays in hospital, not one",
    dissents=(Dissent("Dr K. Adeyemi", "Two more cycles first."),),
    expires_on=date(2027, 2, 15),
    re_present_on=date(2027, 3, 1),
    re_present_why="Has the remnant grown?",
)


def test_a_whole_decision_is_one_paragraph():
    assert read_back(WHOLE, quorum_missing=["PATHOLOGY", "RADIOLOGY"]) == (
        "With curative intent: L1 and L2 are resected, L4 is ablated."
        " To be done: (1) portal or hepatic vein embolisation, right side, for L1 and L2"
        " (Dr I. Duarte, by 02-Dec-2026); (2) resection, for L1 and L2"
        " (Prof. T. Arkwright, by 20-Jan-2027),"
        " but only if the standardised remnant is 30 % or more, which Dr Sorensen finds out by 30-Dec-2026;"
        " if not, systemic treatment (Dr Adeyemi, by 15-Jan-2027)."
        " This departs from EASL 2025: two lesions lie in one segment."
        " No trial fits."
        " The patient’s wish is followed in part: two stays in hospital, not one."
        " One dissent recorded."
        " The board was not quorate: pathology and diagnostic radiology were absent."
        " The decision is provisional until pathology and diagnostic radiology have ratified it."
        " Good until 15-Feb-2027."
        " Back to the board on 01-Mar-2027: Has the remnant grown?"
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, f"{FIRST} {LAST}"),
        (
            {"plans": (PlanFor("L1", "ABLATE", "microwave"), PlanFor("L2", "WATCH"))},
            "With curative intent: L1 is ablated (microwave), L2 is watched."
            f" To be done: ablation (Dr Lind, by 04-Dec-2026). {LAST}",
        ),
        (
            {"plans": (PlanFor("L1", "ABLATE"), PlanFor("L2", "WATCH"), PlanFor("L3", "ABLATE"))},
            "With curative intent: L1 and L3 are ablated, L2 is watched."
            f" To be done: ablation (Dr Lind, by 04-Dec-2026). {LAST}",
        ),
        (
            {"plans": (PlanFor("L1", "TRANSPLANT"), PlanFor("L2", "TRANSPLANT"))},
            "With curative intent: L1 and L2 go with the liver (transplant)."
            f" To be done: ablation (Dr Lind, by 04-Dec-2026). {LAST}",
        ),
        (
            {"actions": (replace(PLAIN, detail="of both", lesions=("L1", "L2")),)},
            f"With curative intent: ablation, of both, for L1 and L2 (Dr Lind, by 04-Dec-2026). {LAST}",
        ),
        (
            {"actions": (replace(PLAIN, plan_b=PLAN_B),)},
            "With curative intent: ablation (Dr Lind, by 04-Dec-2026);"
            f" otherwise systemic treatment (Dr Adeyemi, by 15-Jan-2027). {LAST}",
        ),
        (
            {"actions": (replace(PLAIN, condition=replace(CONDITION, detail="INR is at most 1.5")),)},
            "With curative intent: ablation (Dr Lind, by 04-Dec-2026), but only if INR is at most 1.5,"
            f" which Dr Sorensen finds out by 30-Dec-2026. {LAST}",
        ),
        (
            {"guideline": "FOLLOWED", "guideline_name": "EASL 2025"},
            f"{FIRST} This follows EASL 2025. {LAST}",
        ),
        ({"guideline": "FOLLOWED"}, f"{FIRST} This follows the guideline. {LAST}"),
        ({"guideline": "NONE_APPLIES"}, f"{FIRST} No guideline applies. {LAST}"),
        ({"trial": "NOT_CONSIDERED"}, f"{FIRST} No trial was considered. {LAST}"),
        (
            {"trial": "OFFERED", "trial_words": "the trial of the north"},
            f"{FIRST} A trial is offered: the trial of the north. {LAST}",
        ),
        ({"wish_weight": "NOT_KNOWN"}, f"{FIRST} The patient’s wish is not known."),
        (
            {"wish_weight": "NOT_FOLLOWED", "wish_reason": "It cannot be reached."},
            f"{FIRST} The patient’s wish is not followed: It cannot be reached.",
        ),
        (
            {"dissents": (Dissent("", "No."), Dissent("Dr A", "Later."))},
            f"{FIRST} {LAST} Two dissents recorded.",
        ),
        ({"expires_on": date(2027, 2, 15)}, f"{FIRST} {LAST} Good until 15-Feb-2027."),
        ({"re_present_on": date(2027, 3, 1)}, f"{FIRST} {LAST} Back to the board on 01-Mar-2027."),
        (
            {"intent": "SYMPTOM_RELIEF"},
            f"To relieve symptoms: ablation (Dr Lind, by 04-Dec-2026). {LAST}",
        ),
    ],
)
def test_each_part_has_its_sentence(change, said):
    assert read_back(replace(SIMPLE, **change)) == said


def test_one_absent_discipline_is_told_in_the_singular():
    assert read_back(SIMPLE, quorum_missing=["PATHOLOGY"]).endswith(
        "The board was not quorate: pathology was absent."
        " The decision is provisional until pathology has ratified it."
    )


def test_what_is_not_said_yet_is_marked():
    begun = Decision(
        actions=(Action(detail="CT", condition=Condition(), plan_b=PlanB()),), guideline="DEPARTS"
    )

    assert [part.text for part in parts(begun, viable=["L1", "L2"]) if part.lacking] == [
        "Intent not chosen",
        "L1 and L2 have no plan",
        "CT",
        "no owner",
        "no date",
        "something not named",
        "no owner",
        "no date",
        "something not named",
        "no owner",
        "no date",
        "the reason is not said",
        "How the patient’s wish counted is not said.",
    ]


def test_without_an_action_the_plan_of_lesions_is_read_and_the_gap_marked():
    said = parts(replace(SIMPLE, actions=(), plans=PLANS[:1]), viable=["L1", "L2"])

    assert "".join(part.text for part in said) == (
        f"With curative intent: L1 is resected, L2 has no plan. To be done: no action. {LAST}"
    )
    assert [part.text for part in said if part.lacking] == ["L2 has no plan", "no action"]


@pytest.mark.parametrize("kind", [one for one in ActionKind if one != ActionKind.CONDITION])
@pytest.mark.parametrize("intent", Intent)
def test_every_intent_and_action_reads_without_a_gap(kind, intent):
    said = read_back(
        Decision(intent=intent, wish_weight=WishWeight.FOLLOWED, actions=(replace(RESECT, kind=kind),))
    )

    assert "  " not in said
    assert said.endswith("The patient’s wish is followed.")
    assert kind.label[1:] in said


@pytest.mark.parametrize("plan", LesionPlanKind)
def test_every_plan_reads_for_one_lesion_and_for_several(plan):
    one = read_back(replace(SIMPLE, plans=(PlanFor("L1", plan),)))
    two = read_back(replace(SIMPLE, plans=(PlanFor("L1", plan), PlanFor("L2", plan))))

    assert one.startswith(("With curative intent: L1 is ", "With curative intent: L1 goes "))
    assert two.startswith(("With curative intent: L1 and L2 are ", "With curative intent: L1 and L2 go "))
