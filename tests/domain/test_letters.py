"""The letters of decisions, written out by hand."""

from dataclasses import replace
from datetime import date

import pytest

from cases.domain.letters import Occasion, camps, clinical, is_split
from cases.domain.letters_patient import CHOICE, for_patient
from cases.domain.letters_sources import sources
from cases.domain.reading_level import reading
from cases.domain.recommendation import Action, Condition, Decision, Dissent, PlanB, PlanFor
from cases.vocabulary import ActionKind

SPLIT = {
    "SURGERY": {"opinion": "RESECT"},
    "RADIOLOGY": {"opinion": "RESECT"},
    "ONCOLOGY": {"opinion": "SYSTEMIC"},
    "INTERVENTIONAL": {"opinion": "ABLATE"},
}
TOLD = Occasion(
    board="Liver board",
    met_on=date(2026, 11, 24),
    addressee="Dr Bea Nightingale",
    referrer="Dr Bea Nightingale",
    question="Is it resectable?",
)
RESECT = Action(
    kind="RESECTION",
    detail="right hepatectomy.",
    lesions=("L1", "L2"),
    owner="Mr Ivo Duarte",
    due_on=date(2026, 12, 4),
)
PLAIN = Decision(
    intent="CURATIVE",
    rationale="Two lesions, none elsewhere.",
    wish="I want to dance in June.",
    wish_weight="FOLLOWED",
    actions=(RESECT,),
    plans=(PlanFor("L1", "RESECT"), PlanFor("L2", "RESECT", "in one piece with L1")),
)
CONDITIONAL = replace(
    PLAIN,
    actions=(
        replace(
            RESECT,
            condition=Condition("if the remnant is over 30 %", "Dr Ada Lowe", date(2026, 11, 30)),
            plan_b=PlanB("SYSTEMIC", "FOLFOX", "Dr Kofi Adeyemi", date(2026, 12, 18)),
        ),
    ),
)


def letter(decision, told=TOLD, kind="REFERRER"):
    return {one.key: one.text for one in clinical(decision, told, kind=kind)}


def summary(decision, told=TOLD):
    return {one.key: one.text for one in for_patient(decision, told)}


def test_a_plain_decision():
    assert letter(PLAIN) == {
        "opening": "Dear Dr Bea Nightingale,\n\nthank you for referring your patient to Liver board. "
        "The board discussed the case on 24-Nov-2026 and recommends what follows.",
        "question": "Is it resectable?",
        "intent": "The intent is curative.",
        "plan-L1": "L1: resect.",
        "plan-L2": "L2: resect, in one piece with L1.",
        "action-1": "Resection, right hepatectomy for L1 and L2: Mr Ivo Duarte, by 04-Dec-2026.",
        "why": "Two lesions, none elsewhere.",
        "wish": "“I want to dance in June.”\n\nThe decision follows this wish.",
        "closing": "Please discuss this recommendation with your patient. If something has changed since, or "
        "the patient decides otherwise, tell Liver board, so that the case can be brought again.",
    }


def test_a_general_practitioner_is_told_who_referred():
    said = letter(PLAIN, replace(TOLD, addressee="Dr Green"), kind="GP")

    assert said["opening"].startswith(
        "Dear Dr Green,\n\nyour patient was referred to Liver board by Dr Bea N"
    )
    assert said["closing"].startswith("Dr Bea Nightingale discusses it with your patient.")


def test_condition_and_plan_b_have_their_owners_and_days():
    assert letter(CONDITIONAL)["action-1"] == (
        "Resection, right hepatectomy for L1 and L2: Mr Ivo Duarte, by 04-Dec-2026. "
        "Only if the remnant is over 30 %; Dr Ada Lowe finds out by 30-Nov-2026. "
        "Otherwise systemic treatment, FOLFOX: Dr Kofi Adeyemi, by 18-Dec-2026."
    )


def test_a_condition_is_said_to_the_patient_by_a_person_since_no_rule_knows_its_sign():
    grown = Condition("the tumour has grown", "Dr Ada Lowe", date(2026, 11, 30))
    for decision in (CONDITIONAL, replace(PLAIN, actions=(replace(RESECT, condition=grown),))):
        (step,) = [one for one in for_patient(decision, TOLD) if one.key.startswith("action-")]

        assert (step.text, step.to_write) == ("", True)
        assert step.sources[:2] == ("actions.1", "actions.1.condition")


def test_what_was_typed_about_a_step_or_its_plan_b_is_for_a_person_to_say():
    plan_b = PlanB("SYSTEMIC", "FOLFOX", "Dr Kofi Adeyemi", date(2026, 12, 18))
    said = replace(PLAIN, actions=(replace(RESECT, plan_b=plan_b),))
    steps = [one for one in for_patient(said, TOLD) if one.key.startswith("action-")]

    assert [(one.key, one.to_write) for one in steps] == [
        ("action-1", False),
        ("action-1-detail", True),
        ("action-1-else", True),
    ]
    assert steps[0].text == (
        "An operation to take out the part that is ill. Mr Ivo Duarte will see to this by 4 December 2026. "
        "If this does not work out, this is done in its place: "
        "Treatment with drugs that reach the whole body. "
        "Dr Kofi Adeyemi will see to that by 18 December 2026."
    )


def test_a_condition_of_earlier_days_has_words_only():
    old = replace(PLAIN, actions=(replace(RESECT, condition=Condition("fit"), plan_b=PlanB(detail="wait")),))

    assert letter(old)["action-1"].endswith("Only if fit. Otherwise wait.")
    assert summary(old)["action-1"] == ""


def test_a_split_board_shows_every_option_to_both_readers():
    told = replace(TOLD, stood=SPLIT)
    said = replace(PLAIN, dissents=(Dissent("Dr Kofi Adeyemi", "Two more cycles first."), Dissent("", "No.")))

    assert letter(said, told)["split"] == (
        "Before the discussion the disciplines were divided: 2 resect, 1 ablate, 1 systemic treatment."
    )
    assert letter(said)["dissent-1"] == "Dr Kofi Adeyemi sees it otherwise: Two more cycles first."
    assert letter(said)["dissent-2"] == "Not all agreed; one member of the board sees it otherwise: No."
    assert summary(said, told)["split"].splitlines()[1:] == [
        "– 2 of 4: an operation",
        "– 1 of 4: killing it with heat or cold (ablation)",
        "– 1 of 4: drugs for the whole body",
    ]
    assert summary(said)["dissent-1"] == ""  # a doctor's words are for a person to say plainly


@pytest.mark.parametrize(
    ("opinions", "split"),
    [
        ([], False),
        (["RESECT", "RESECT"], False),
        (["RESECT", "RESECT", "ABLATE"], False),
        (["RESECT", "ABLATE"], True),
        (["RESECT", "RESECT", "ABLATE", "SYSTEMIC"], True),
    ],
)
def test_split_is_no_option_with_more_than_half(opinions, split):
    stood = {str(number): {"opinion": code} for number, code in enumerate(opinions)}
    assert is_split(stood) is split
    assert sum(number for _, number in camps(stood)) == len(opinions)


def test_a_provisional_and_an_amended_decision_say_so_first():
    told = replace(
        TOLD,
        provisional="Provisional: pathology has not answered yet.",
        replaces=date(2026, 11, 25),
        amended_because="New CT.",
    )
    said = letter(PLAIN, told)

    assert list(said)[:3] == ["opening", "replaces", "provisional"]
    assert said["replaces"] == ("This letter replaces ours of 25-Nov-2026. The decision was amended: New CT.")
    assert said["provisional"] == (
        "Provisional: pathology has not answered yet. The decision may still change."
    )
    plain = summary(PLAIN, told)
    assert "put our letter of 25 November 2026 away" in plain["replaces"]
    assert plain["provisional"].startswith("This advice is not final yet. Some of the team were not there.")
    objected = summary(PLAIN, replace(told, waiting=False, objected=1))["provisional"]
    assert "One of the team does not agree. The team will talk again." in objected
    assert "will say if they agree" not in objected


@pytest.mark.parametrize(
    ("change", "doctor", "patient"),
    [
        (
            {"wish": "", "wish_weight": "NOT_KNOWN"},
            "The patient’s wish was not known to the board.",
            "We did not know what you wish. Please tell us.",
        ),
        (
            {"wish_weight": "NOT_FOLLOWED", "wish_reason": "The heart is too weak."},
            "“I want to dance in June.”\n\nThe decision does not follow this wish: The heart is too weak.",
            "We heard this from you: “I want to dance in June.”\n\n"
            "Our advice is not what you wished. It is still your choice.",
        ),
        (
            {"wish_weight": "IN_PART"},
            "“I want to dance in June.”\n\nThe decision follows this wish in part.",
            "We heard this from you: “I want to dance in June.”\n\n"
            "Our advice does a part of what you wished.",
        ),
    ],
)
def test_how_the_wish_counted(change, doctor, patient):
    said = replace(PLAIN, **change)

    assert letter(said)["wish"] == doctor
    assert summary(said)["wish"] == patient
    assert ("wish_reason" in summary(said)) is bool(change.get("wish_reason"))


def test_guideline_trial_and_how_long_it_holds():
    said = letter(
        replace(
            PLAIN,
            guideline="DEPARTS",
            guideline_name="ESMO 2023",
            guideline_reason="of the liver function.",
            trial="OFFERED",
            trial_words="a trial of timing",
            expires_on=date(2027, 2, 20),
            re_present_on=date(2027, 1, 12),
            re_present_why="has it shrunk?",
        )
    )

    assert said["guideline"] == "This departs from ESMO 2023: of the liver function."
    assert said["trial"] == "A trial is offered: a trial of timing."
    assert said["until"] == "Good until 20-Feb-2027; if nothing has begun by then, the board looks again."
    assert said["back"] == "The case comes back to the board on 12-Jan-2027, to answer: has it shrunk?"


def test_spots_treated_alike_are_told_together():
    said = summary(replace(PLAIN, plans=(*PLAIN.plans, PlanFor("L3", "ABLATE"))))

    assert said["plan-L1-L2"] == "The spots called L1 and L2: take them out in an operation."
    assert said["plan-L3"] == (
        "The spot called L3: kill it with heat or cold through a thin needle (ablation)."
    )


def test_a_doctors_words_are_never_made_simple_by_rule():
    said = replace(
        PLAIN, wish_reason="Comorbidity.", actions=(replace(RESECT, kind="OTHER", detail="Rendezvous ERCP"),)
    )
    to_write = {one.key for one in for_patient(said, TOLD) if one.to_write}
    everything = " ".join(summary(said).values())

    assert to_write == {"why", "wish_reason", "action-1"}
    for words in ("Comorbidity", "ERCP", "Two lesions"):
        assert words not in everything


@pytest.mark.parametrize("kind", [code for code in ActionKind if code not in ("OTHER", "CONDITION")])
def test_every_kind_of_action_has_plain_words(kind):
    assert summary(replace(PLAIN, actions=(replace(RESECT, kind=kind),)))["action-1"]


@pytest.mark.parametrize("decision", [PLAIN, CONDITIONAL, replace(PLAIN, wish_weight="NOT_FOLLOWED")])
def test_the_summary_as_made_is_easy_to_read(decision):
    told = replace(TOLD, addressee="Marian Fairweather", stood=SPLIT)
    assert reading("\n".join(summary(decision, told).values())).is_as_wanted
    assert reading(CHOICE).is_as_wanted


@pytest.mark.parametrize("decision", [PLAIN, CONDITIONAL])
def test_every_sentence_names_fields_that_exist(decision):
    known = sources(decision, TOLD)
    made = (*clinical(decision, TOLD, kind="GP"), *for_patient(decision, TOLD))

    assert {path for one in made for path in one.sources} <= set(known)
    usual = {one.key for one in made if not one.sources}
    assert usual == {"closing", "choice"}
