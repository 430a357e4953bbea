"""Who is needed for which case, and why? The tables are written by hand."""

import pytest

from cases.domain.quorum import quorum
from cases.domain.quorum_rules import BY_DISEASE, PLANNED_AS, BoardRule, needs
from cases.vocabulary import ActionKind, LesionPlanKind, PrimarySite, QuestionTopic, Specialty

ALWAYS = "needed for every case"


def codes(*args, **said):
    said.setdefault("always", ())
    return [need.specialty.value for need in needs(*args, **said)]


def why(**said):
    said.setdefault("always", ())
    return {need.specialty.value: need.why for need in needs(**said)}


@pytest.mark.parametrize(
    ("topic", "needed"),
    [
        ("RESECTION", ["SURGERY", "RADIOLOGY"]),
        ("TRANSPLANT", ["SURGERY", "TRANSPLANT"]),
        ("ABLATION", ["INTERVENTIONAL"]),
        ("EMBOLISATION", ["INTERVENTIONAL"]),
        ("SBRT", ["RADIATION"]),
        ("SYSTEMIC", ["ONCOLOGY"]),
        ("DIAGNOSIS", ["RADIOLOGY", "PATHOLOGY"]),
        ("PALLIATION", ["NURSING"]),
    ],
)
def test_each_question_asks_for_its_disciplines(topic, needed):
    assert codes(topics=[topic]) == needed
    assert QuestionTopic(topic)


def test_every_question_and_every_disease_is_in_a_table():
    for topic in QuestionTopic:
        assert codes(topics=[topic]), topic
    assert set(BY_DISEASE) == set(PrimarySite)


@pytest.mark.parametrize(
    ("disease", "needed"),
    [
        ("HCC", ["TRANSPLANT"]),
        ("ICCA", ["SURGERY", "ONCOLOGY"]),
        ("PCCA", ["SURGERY", "RADIOLOGY"]),
        ("COLORECTAL", ["SURGERY", "ONCOLOGY"]),
        ("NET_GEP", ["ONCOLOGY"]),
        ("BREAST", ["ONCOLOGY"]),
        ("UNKNOWN_PRIMARY", ["ONCOLOGY", "PATHOLOGY"]),
        ("OTHER", []),
        ("", []),
    ],
)
def test_each_disease_asks_for_its_disciplines(disease, needed):
    assert codes(disease=disease) == needed


@pytest.mark.parametrize(
    ("planned", "needed"),
    [
        ("RESECTION", ["SURGERY", "RADIOLOGY"]),
        ("RESECT", ["SURGERY", "RADIOLOGY"]),
        ("TRANSPLANT_EVALUATION", ["SURGERY", "TRANSPLANT"]),
        ("TRANSPLANT", ["SURGERY", "TRANSPLANT"]),
        ("ABLATION", ["INTERVENTIONAL"]),
        ("ABLATE", ["INTERVENTIONAL"]),
        ("EMBOLISATION", ["INTERVENTIONAL"]),
        ("EMBOLISE", ["INTERVENTIONAL"]),
        ("RADIOEMBOLISATION", ["INTERVENTIONAL"]),
        ("RADIOEMBOLISE", ["INTERVENTIONAL"]),
        ("VEIN_EMBOLISATION", ["INTERVENTIONAL"]),
        ("SBRT", ["RADIATION"]),
        ("SYSTEMIC", ["ONCOLOGY"]),
        ("BIOPSY", ["RADIOLOGY", "PATHOLOGY"]),
        ("SUPPORTIVE", ["NURSING"]),
        ("IMAGING", []),
        ("CLARIFY", []),
        ("WATCH", []),
        ("CONDITION", []),
        ("", []),
    ],
)
def test_what_is_planned_asks_for_those_who_know_of_it(planned, needed):
    assert codes(planned=[planned]) == needed


def test_only_known_kinds_are_planned():
    assert set(PLANNED_AS) <= {*ActionKind.values, *LesionPlanKind.values}


def test_the_boards_own_come_first_and_each_discipline_once():
    said = {"always": ["RADIOLOGY", "SURGERY"], "topics": ["TRANSPLANT", "DIAGNOSIS"], "disease": "HCC"}

    assert codes(**said) == ["RADIOLOGY", "SURGERY", "TRANSPLANT", "PATHOLOGY"]
    assert why(**said) == {
        "RADIOLOGY": ALWAYS,
        "SURGERY": ALWAYS,
        "TRANSPLANT": "because transplant is asked about and the primary is hepatocellular carcinoma",
        "PATHOLOGY": "because the diagnosis is asked about",
    }


def test_the_reason_names_what_is_planned():
    assert why(planned=["EMBOLISE", "RADIOEMBOLISATION"]) == {
        "INTERVENTIONAL": "because embolisation is planned"
    }
    assert why(planned=["BIOPSY"])["PATHOLOGY"] == "because biopsy is planned"
    assert why(topics=["ABLATION"], planned=["ABLATE"]) == {
        "INTERVENTIONAL": "because ablation is asked about and ablation is planned"
    }


def test_a_boards_rule_takes_the_place_of_what_is_usual():
    rules = [BoardRule("ABLATION", "", ("INTERVENTIONAL", "RADIOLOGY"))]

    assert codes(topics=["ABLATION"], rules=rules) == ["RADIOLOGY", "INTERVENTIONAL"]
    assert codes(planned=["ABLATE"], rules=rules) == ["RADIOLOGY", "INTERVENTIONAL"]
    assert codes(topics=["SBRT"], rules=rules) == ["RADIATION"]


def test_an_empty_rule_asks_for_nobody_extra():
    rules = [BoardRule("TRANSPLANT"), BoardRule("", "HCC")]

    assert codes(always=["SURGERY"], topics=["TRANSPLANT"], disease="HCC", rules=rules) == ["SURGERY"]


def test_the_most_specific_rule_wins():
    rules = [
        BoardRule("RESECTION", "", ("SURGERY",)),
        BoardRule("", "COLORECTAL", ("SURGERY", "ONCOLOGY", "PATHOLOGY")),
        BoardRule("RESECTION", "COLORECTAL", ("SURGERY", "NURSING")),
    ]

    assert codes(topics=["RESECTION"], disease="COLORECTAL", rules=rules) == ["SURGERY", "NURSING"]
    assert codes(topics=["RESECTION"], disease="ICCA", rules=rules) == ["SURGERY", "ONCOLOGY"]
    assert codes(disease="COLORECTAL", rules=rules) == ["SURGERY", "ONCOLOGY", "PATHOLOGY"]


def test_another_question_keeps_what_its_disease_needs():
    rules = [BoardRule("RESECTION", "COLORECTAL", ("SURGERY",))]

    assert codes(topics=["RESECTION", "ABLATION"], disease="COLORECTAL", rules=rules) == [
        "SURGERY",
        "ONCOLOGY",
        "INTERVENTIONAL",
    ]


def test_who_speaks_for_no_discipline_counts_for_none():
    found = quorum(["SURGERY", "PATHOLOGY"], ["", "SURGERY"])

    assert (found.is_met, found.missing) == (False, (Specialty.PATHOLOGY,))


def test_where_there_is_little_room_one_reason_is_enough():
    [need] = needs(always=(), topics=["ABLATION"], planned=["EMBOLISE"])

    assert need.why == "because ablation is asked about and embolisation is planned"
    assert need.in_short == "because ablation is asked about"
