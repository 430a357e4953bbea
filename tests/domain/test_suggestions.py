"""What the record offers for a decision, from whom, and who would do it."""

from datetime import date

import pytest

from cases.domain.recommendation import Action, Condition, Decision, PlanFor
from cases.domain.suggestions import OF_OPINIONS, Known, Remnant, Voice, Wish, suggestions
from cases.vocabulary import Opinion

DAY = date(2026, 11, 20)


def voice(specialty, opinion, person="Dr A"):
    return Voice(specialty, opinion, f"{specialty}-id", person, DAY)


SURGEON = voice("SURGERY", "RESECT", "Mr I. Duarte")
RADIOLOGIST = voice("RADIOLOGY", "RESECT", "Dr N. Sorensen")
INTERVENTIONAL = voice("INTERVENTIONAL", "ABLATE", "Dr Lind")
ONCOLOGIST = voice("ONCOLOGY", "SYSTEMIC", "Dr K. Adeyemi")
SHORT = Remnant("28.0 %", 30)


def told(known, decision=Decision()):  # noqa: B008  a decision that nobody changes
    return [(one.id, one.words, one.source) for one in suggestions(known, decision)]


@pytest.mark.parametrize(
    ("known", "offered"),
    [
        (Known(), []),
        (
            Known(voices=[RADIOLOGIST, SURGEON]),
            [
                (
                    "action-RESECTION",
                    "Resection, by Mr I. Duarte",
                    "Diagnostic radiology, signed 20-Nov-2026; Hepatobiliary surgery, signed 20-Nov-2026",
                )
            ],
        ),
        (
            Known(voices=[ONCOLOGIST, voice("NURSING", "MORE_TESTS")]),
            [
                (
                    "action-SYSTEMIC",
                    "Systemic treatment, by Dr K. Adeyemi",
                    "Medical oncology, signed 20-Nov-2026",
                )
            ],
        ),
        (
            Known(voices=[voice("ONCOLOGY", "ABLATE")]),
            [("action-ABLATION", "Ablation", "Medical oncology, signed 20-Nov-2026")],
        ),
        (
            Known(voices=[voice("SURGERY", "RESECT_AFTER_DOWNSIZING", "Mr I. Duarte")]),
            [
                (
                    "action-RESECTION-after-downsizing",
                    "Resection, after downsizing, by Mr I. Duarte",
                    "Hepatobiliary surgery, signed 20-Nov-2026",
                )
            ],
        ),
        (
            Known(voices=[INTERVENTIONAL], ablatable=["L1", "L4"]),
            [
                ("plan-L1", "L1: ablate", "Interventional radiology, signed 20-Nov-2026: can be ablated"),
                ("plan-L4", "L4: ablate", "Interventional radiology, signed 20-Nov-2026: can be ablated"),
                ("action-ABLATION", "Ablation, by Dr Lind", "Interventional radiology, signed 20-Nov-2026"),
            ],
        ),
        (
            Known(short_remnant=SHORT),
            [
                (
                    "action-VEIN_EMBOLISATION-to-enlarge-the-remnant",
                    "Portal or hepatic vein embolisation, to enlarge the remnant",
                    "Standardised remnant 28.0 %; more than 30 % is needed",
                )
            ],
        ),
        (
            Known(outside_open="not recorded"),
            [
                (
                    "action-IMAGING-to-look-for-disease-outside-the-liver",
                    "Imaging, to look for disease outside the liver",
                    "Disease outside the liver: not recorded",
                )
            ],
        ),
        (
            Known(wish=Wish("To dance in June.", "The wish on record, told to R. Quill")),
            [("wish", "To dance in June.", "The wish on record, told to R. Quill")],
        ),
        (
            Known(voices=[voice("ONCOLOGY", "TRIAL")], trial="North"),
            [("trial", "Offer a trial: North", "Medical oncology, signed 20-Nov-2026")],
        ),
    ],
)
def test_each_suggestion_names_its_source_and_who_would_do_it(known, offered):
    assert told(known) == offered


def test_a_condition_is_offered_for_a_resection_that_is_in_the_decision():
    known = Known(voices=[RADIOLOGIST], short_remnant=SHORT)
    decision = Decision(actions=(Action(kind="RESECTION"),))
    [condition] = [one for one in suggestions(known, decision) if one.kind == "condition"]

    assert condition.words == "Resection only if the standardised remnant is more than 30 %"
    assert condition.source == "Standardised remnant 28.0 %; more than 30 % is needed"
    assert condition.owner_id == "RADIOLOGY-id"
    assert not condition.already_taken


def test_what_is_in_the_decision_is_marked_as_taken():
    known = Known(
        voices=[INTERVENTIONAL, SURGEON, ONCOLOGIST],
        ablatable=["L1"],
        short_remnant=SHORT,
        wish=Wish("To dance.", "On record"),
        trial="North",
        outside_open="pending",
    )
    decision = Decision(
        plans=(PlanFor("L1", "ABLATE"),),
        actions=(
            Action(kind="ABLATION"),
            Action(kind="RESECTION", condition=Condition("the standardised remnant is more than 30 %")),
            Action(kind="SYSTEMIC"),
            Action(kind="VEIN_EMBOLISATION"),
            Action(kind="IMAGING"),
        ),
        wish=" To dance.",
        trial="OFFERED",
        trial_words="North",
    )

    assert all(one.already_taken for one in suggestions(known, decision))
    assert not any(one.already_taken for one in suggestions(known, Decision(actions=())))


def test_another_plan_for_the_lesion_is_not_taken_for_the_suggested_one():
    known = Known(voices=[INTERVENTIONAL], ablatable=["L1"])
    plan = suggestions(known, Decision(plans=(PlanFor("L1", "RESECT"),)))[0]

    assert (plan.kind, plan.already_taken) == ("plan", False)


def test_options_that_name_no_one_thing_to_do_suggest_nothing():
    vague = set(Opinion) - set(OF_OPINIONS)

    assert vague == {Opinion.HAI_PUMP, Opinion.MORE_TESTS, Opinion.REFER_ELSEWHERE, Opinion.TRIAL}
    assert told(Known(voices=[voice("SURGERY", one) for one in vague])) == []
