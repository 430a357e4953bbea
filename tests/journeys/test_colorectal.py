"""Colorectal metastases after long chemotherapy: is all of it asked, computed and said as published?"""

import re

import pytest
from django.urls import reverse

from cases.models import ImagingStudy
from cases.vocabulary import PrimarySite, Role, Sex, Specialty
from tests import factories
from tests.journeys.asking import Answer, ago, ask, born, when_they_answer
from tests.journeys.filling import keep_picture
from tests.journeys.reading import (
    then_every_score_and_rule_opens,
    then_its_inputs_are,
    then_the_rule_says,
    then_the_scores_say,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LABS = {
    "bilirubin": ("11", "umol/L"),
    "albumin": ("39", "g/L"),
    "inr": ("1.0", "1"),
    "creatinine": ("71", "umol/L"),
    "sodium": ("139", "mmol/L"),
    "platelets": ("182", "10*9/L"),
    "cea": ("38", "ug/L"),
}
BEFORE = {1: (["6"], 52), 2: (["7"], 33), 3: (["4b"], 18)}  # before chemotherapy, mm


@pytest.fixture
def case():
    board = factories.board(hospital="North Riding University Hospital")
    patient = factories.a_patient(birth_date=born(58), sex=Sex.FEMALE)
    case = factories.a_case(board, patient=patient)
    factories.a_diagnosis(
        case,
        primary_site=PrimarySite.COLORECTAL,
        histology="Adenocarcinoma, resected",
        primary_diagnosed_on=ago(200),
        liver_diagnosed_on=ago(200),
        primary_resected_on=ago(180),
        primary_control="RESECTED_R0",
        extrahepatic_disease="NONE",
    )
    factories.a_fitness(case, ecog=1, height_cm=170, weight_kg=70, assessed_on=ago(3))
    factories.a_comorbidity_review(case, assessed_on=ago(3))
    factories.a_liver_status(case, assessed_on=ago(3))
    for analyte, (value, unit) in LABS.items():
        factories.lab(case, analyte, value, unit, taken_on=ago(2))
    ImagingStudy.objects.create(case=case, modality="MRI", performed_on=ago(170), created_by=case.referred_by)
    for number, (segments, size) in BEFORE.items():
        factories.a_lesion(case, number, segments, size, measured_on=ago(170))
    return case


def answers() -> dict[Specialty, Answer]:
    return {
        Specialty.RADIOLOGY: Answer(
            {
                "Modality": "MRI, hepatobiliary contrast",
                "Date of the study": ago(10).isoformat(),
                "Phases": ["Arterial", "Portal venous", "Hepatobiliary"],
                "Quality": "Good",
                "Our reading against it": "No outside report",
                "L1": {"Longest axis": "34", "Target": True},
                "L2": {"Longest axis": "21", "Target": True},
                "L3": {"Longest axis": "12"},
                "Number of liver lesions": "3",
                "Largest lesion": "34",
                "Liver involved": "4",
                "Lesion segments": ["4b", "6", "7"],
                "Vascular invasion": ["None"],
                "Bile ducts": "Normal",
                "Staging done": ["Chest CT", "Abdomen and pelvis"],
                "Staging outside the liver done on": ago(10).isoformat(),
                "Disease outside the liver seen": "No",
                "Suspicious regional nodes": "No",
                "Lesions that are not targets": "Still there",
                "New lesion": "No",
            },
            "Resect",
            "Three lesions, all smaller; the veins are free.",
            # Eisenhauer 2009: 52 + 33 = 85 mm before, 34 + 21 = 55 mm now: 35.3 % less, a partial response
            computed={"Tumour Burden Score": "4.5 zone 2", "RECIST 1.1": re.compile("PR|partial", re.I)},
        ),
        Specialty.PATHOLOGY: Answer(
            {
                "Specimen": "Resection",
                "Taken from": "Primary",
                "Taken on": ago(180).isoformat(),
                "Malignancy shown": "Yes",
                "Histology (ICD-O-3)": "8140/3 Adenocarcinoma",
                "Differentiation": "Moderate",
                "Margin": "12",
                "Residual tumour": "R0 none",
                "pT": "pT3",
                "pN": "N1",
                "TNM edition": "8th",
                "Nodes of the primary involved": "Yes",
                "KRAS": {"KRAS": "Mutated", "Variant or codon": "G12D", "Method": "NGS"},
                "NRAS": "Wild type",
                "BRAF": "Wild type",
                "Microsatellites or mismatch repair": "Stable (MSS, pMMR)",
            },
            "Resect",
            "KRAS G12D, BRAF wild type, stable microsatellites.",
            computed={"GAME score": re.compile(r"4.*high", re.S | re.I)},
        ),
        Specialty.ONCOLOGY: Answer(
            {
                "Lines given": "1",
                "Months of disease control": "5",
                "Chemotherapy": "20",
                "Line 1": {
                    "Regimen": "FOLFOX and bevacizumab, ten cycles",
                    "From": ago(165).isoformat(),
                    "To": ago(25).isoformat(),
                    "Best response": "Partial response",
                },
                "Progression under systemic treatment": "No",
                "Immunotherapy given": "No",
                "Response to the current line (RECIST)": "Partial response",
                "Shrinkage under chemotherapy": "35",
                "What matters now": ["Neuropathy"],
                "Neuropathy, CTCAE grade": "1",
                "Last bevacizumab on": ago(40).isoformat(),
                "Fit for systemic treatment": "Yes",
                "DPYD": "Normal metaboliser",
            },
            "Resect after downsizing",
            "Ten cycles; more would harm the liver.",
        ),
        Specialty.INTERVENTIONAL: Answer(
            {
                "L3": {
                    "Can be ablated": "Yes",
                    "Visible on": ["CT", "MRI"],
                    "Expected margin": "6",
                },
                "Ablation possible": "Yes",
                "Ablation modality": "Microwave",
                "Embolisation (TACE) suitable": "No",
                "If not, why": "Other",
                "Vein embolisation suitable": "Yes",
                "Portal vein": "Patent",
                "Biliary status": "Normal",
                "Anticoagulated": "No",
                "Anaesthesia": "General",
            },
            "Ablate",
            "The right portal vein can be embolised first.",
        ),
        Specialty.TRANSPLANT: Answer(
            {
                "Indication": "Colorectal metastases",
                "Listing": "Not in assessment",
                "Definitively unresectable, by an expert panel": "No",
                "Absolute contraindication": "No",
            },
            "Resect after downsizing",
            "Resectable once the remnant has grown.",
        ),
        Specialty.SURGERY: Answer(
            {
                "Resectable, in your judgement": "Yes",
                "R0 possible": "Yes",
                "Two adjacent segments spared": "Yes",
                "Inflow, outflow and biliary drainage preserved": "Yes",
                "R0 only with a complex procedure": "Yes",
                "Right hepatic vein": "Abutment",
                "Right portal branch": "None",
                "Segments to resect": ["5", "6", "7", "8"],
                "Added procedures": ["Ablation added"],
                "Approach": "Open",
                "Synchronous strategy": "Primary first",
                "Future liver remnant": "423",
                "Total liver volume": "1560",
                "Tumour volume": "40",
                "Measured by": "MRI",
                "Volumes measured on": ago(10).isoformat(),
                "Liver background": "Long chemotherapy, or steatosis",
                "Enlarging the remnant": "None needed",
                "ASA class": "II mild systemic disease",
            },
            "Resect after downsizing",
            "The remnant is too small after ten cycles.",
            # Vauthey 2002: 170 cm, 70 kg are 1.818 m2, so 1509.7 mL; 423 / 1509.7 = 28.0 %
            computed={"Future liver remnant, standardised and measured": "28.0"},
        ),
    }


def test_a_remnant_of_28_percent_after_long_chemotherapy(case, at_a_browser):
    said = answers()
    asked = ask(case, *said)
    for specialty, answer in said.items():
        picture = f"colorectal-{specialty.lower()}"
        when_they_answer(at_a_browser, asked[specialty], answer, picture=picture).leaves()

    chair = at_a_browser(factories.member(case.board, Role.CHAIR, Specialty.SURGERY))
    chair.arrives(reverse("cases:case", args=[case.pk]))
    keep_picture(chair.page, "colorectal-case")
    chair.sees("6 of 6 signed")
    then_the_rules_speak_of_the_remnant(chair.page)
    then_the_scores_are_those_worked_by_hand(chair.page)
    then_every_score_and_rule_opens(chair, case)
    then_its_inputs_are(
        chair,
        case,
        "tbs",
        {"size of the largest tumour in the liver": "3.4 cm", "number of liver metastases": "3"},
    )


def then_the_rules_speak_of_the_remnant(page) -> None:
    """PMC6422720: above 30 % after chemotherapy of more than three months; PMC8370912: ways to enlarge it."""
    resection = then_the_rule_says(
        page,
        "Resection",
        "This published rule is not met (1 item); the case stays on the agenda.",
        met=7,
        unmet=["The standardised remnant is above its threshold"],
    )
    resection.get_by_text("The remnant could be enlarged (PVE, LVD, ALPPS, two-stage)").wait_for()
    # TransMet (Lancet 2024;404:1107): all but that it is resectable; 5 months, CEA 38 < 80, ECOG 1, 58 years.
    then_the_rule_says(
        page,
        "Transplant, colorectal metastases",
        "This published rule is not met (1 item); the case stays on the agenda.",
        met=8,
        unmet=["The surgeon judges the liver disease unresectable"],
    )


def then_the_scores_are_those_worked_by_hand(page) -> None:
    then_the_scores_say(
        page,
        {
            "Timing of the metastases": re.compile("synchronous", re.I),  # both found on one day
            # Fong 1999: node positive 1, interval 0 < 12 months 1, three > 1: 1; 38 < 200, 3.4 < 5 cm
            "Fong clinical risk score": re.compile(r"\b3\b.*high", re.S),
            # Sasaki 2018: sqrt(3.4 ** 2 + 3 ** 2) = sqrt(20.56) = 4.534; from 3 to below 9 is zone 2
            "Tumour Burden Score": "4.5 zone 2",
            # Margonis 2018: KRAS mutated 1, CEA 38 >= 20: 1, node positive 1, TBS 3 to < 9: 1; none outside
            "GAME score": re.compile(r"\b4\b.*high", re.S),
            "Modified clinical score with RAS": re.compile(r"\b2\b"),  # Brudvik 2019: RAS 1, node 1, 34 mm 0
            # Hagness 2013: 3.4 cm 0, CEA 38: 0, resected 180 days ago 1, no progression 0
            "Oslo score": "1 of 4",
            # Adam 2012: the remnant is too small (A1); three lesions, none outside, no progression: no B
            "Criteria against resection (ESMO, Adam)": "A1",
            # Adam 2024: all but unresectable by a panel
            "TransMet criteria": re.compile("not met.*unresectable", re.S | re.I),
            # Dueland 2020: 200 days since the diagnosis of the primary are less than 12 months
            "SECA-II criteria": re.compile("not met.*12 months", re.S | re.I),
        },
    )
