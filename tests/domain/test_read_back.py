"""Does the paragraph say what stands in the fields, and mark what does not?"""

from dataclasses import replace
from datetime import date

import pytest

from cases.domain.read_back import parts, read_back
from cases.domain.recommendation import Action, Decision, Dissent
from cases.vocabulary import ActionKind, Intent, WishWeight

EMBOLISE = Action(
    kind="VEIN_EMBOLISATION",
    detail="right side.",
    lesions=("L1", "L2"),
    owner="Dr I. Duarte",
    due_on=date(2026, 12, 2),
)
RESECT = Action(
    kind="RESECTION",
    lesions=("L1", "L2", "L4"),
    owner="Prof. T. Arkwright",
    due_on=date(2027, 1, 15),
    condition="If the remnant is over 30 %",
    plan_b="systemic treatment\nand back here",
)
WHOLE = Decision(
    intent="CURATIVE",
    wish_weight="IN_PART",
    wish_reason="two stays in hospital, not one",
    actions=(EMBOLISE, RESECT),
    dissents=(Dissent("Dr K. Adeyemi", "Two more cycles first."),),
)


def test_a_whole_decision_is_one_paragraph():
    assert read_back(WHOLE, quorum_missing=["PATHOLOGY", "RADIOLOGY"]) == (
        "With curative intent: (1) portal or hepatic vein embolisation, right side, for L1 and L2"
        " (Dr I. Duarte, by 02-Dec-2026); (2) resection, for L1, L2 and L4"
        " (Prof. T. Arkwright, by 15-Jan-2027),"
        " only if the remnant is over 30 %, otherwise systemic treatment and back here."
        " One dissent recorded."
        " The patient’s wish is followed in part: two stays in hospital, not one."
        " The board was not quorate: pathology and diagnostic radiology were absent."
    )


def test_one_action_carries_no_number_and_an_acronym_keeps_its_letters():
    alone = replace(WHOLE, actions=(replace(EMBOLISE, kind="SBRT"),), dissents=())

    assert "stereotactic radiotherapy" in read_back(replace(alone, actions=(replace(EMBOLISE, kind="SBRT"),)))
    assert "(1)" not in read_back(alone)
    assert "dissent" not in read_back(alone)
    assert "quorate" not in read_back(alone)


def test_what_is_not_said_yet_is_marked():
    lacking = [part.text for part in parts(Decision(actions=(Action(detail="CT"),))) if part.lacking]

    assert lacking == [
        "Intent not chosen",
        "CT",
        "no owner",
        "no date",
        "How the patient’s wish counted is not said.",
    ]
    assert [
        part.text for part in parts(Decision(intent="CURATIVE", wish_weight="FOLLOWED")) if part.lacking
    ] == ["no action"]


@pytest.mark.parametrize("kind", ActionKind)
@pytest.mark.parametrize("intent", Intent)
def test_every_intent_and_action_reads_without_a_gap(kind, intent):
    said = read_back(
        Decision(intent=intent, wish_weight=WishWeight.FOLLOWED, actions=(replace(RESECT, kind=kind),))
    )

    assert "  " not in said
    assert said.endswith("The patient’s wish is followed.")
    assert kind.label[1:] in said
