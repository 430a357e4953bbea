"""Was the board moved by the talk, or did it stay where most had stood?"""

import pytest

from cases.domain.moved import moved
from cases.domain.recommendation import Action, Decision, PlanFor

SURGERY, ONCOLOGY, RADIOLOGY, NURSING = "SURGERY", "ONCOLOGY", "RADIOLOGY", "NURSING"


def stood(**opinions):
    return {specialty: {"opinion": opinion, "confidence": "HIGH"} for specialty, opinion in opinions.items()}


THREE_RESECT = stood(SURGERY="RESECT", ONCOLOGY="RESECT", RADIOLOGY="RESECT", NURSING="ABLATE")
SPLIT = stood(SURGERY="RESECT", ONCOLOGY="SYSTEMIC")


def decided(*plans, kinds=(), **more):
    return Decision(
        plans=tuple(PlanFor(f"L{number}", plan) for number, plan in enumerate(plans, start=1)),
        actions=tuple(Action(kind=kind) for kind in kinds),
        **more,
    )


@pytest.mark.parametrize(
    ("before", "decision", "said"),
    [
        (THREE_RESECT, decided("RESECT"), "as the majority: 3 of 4 preferred resection"),
        (THREE_RESECT, decided("ABLATE"), "moved: 3 of 4 preferred resection; decided ablation"),
        (
            THREE_RESECT,
            decided("ABLATE", "SBRT", "WATCH"),
            "moved: 3 of 4 preferred resection; decided ablation and stereotactic radiotherapy",
        ),
        (THREE_RESECT, decided(kinds=["CLINIC", "RESECTION"]), "as the majority: 3 of 4 preferred resection"),
        (
            THREE_RESECT,
            decided(kinds=["BIOPSY", "IMAGING"]),
            "moved: 3 of 4 preferred resection; decided more tests first",
        ),
        (SPLIT, decided("RESECT"), "the board was split: 1 resect, 1 systemic treatment; decided resection"),
        (
            stood(SURGERY="RESECT_AFTER_DOWNSIZING"),
            decided("RESECT", kinds=["SYSTEMIC"]),
            "as the majority: 1 of 1 preferred resection after downsizing",
        ),
        (
            stood(SURGERY="RESECT_AFTER_DOWNSIZING"),
            decided("RESECT"),
            "moved: 1 of 1 preferred resection after downsizing; decided resection",
        ),
        (
            stood(ONCOLOGY="LIVER_DIRECTED_PLUS_SYSTEMIC"),
            decided("ABLATE", kinds=["SYSTEMIC"]),
            "as the majority: 1 of 1 preferred liver-directed plus systemic treatment",
        ),
        (
            stood(ONCOLOGY="TRIAL"),
            decided("SYSTEMIC", trial="OFFERED"),
            "as the majority: 1 of 1 preferred a clinical trial",
        ),
        ({}, decided("RESECT"), ""),
        (THREE_RESECT, decided("CLARIFY", kinds=["CLINIC"]), ""),
    ],
)
def test_where_the_board_stood_is_set_beside_what_it_decided(before, decision, said):
    assert moved(before, decision) == said
