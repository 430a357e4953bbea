"""One hepatocellular carcinoma in compensated cirrhosis: does each rule say what its publication says?"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

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
    "bilirubin": ("30", "umol/L"),
    "albumin": ("34", "g/L"),
    "inr": ("1.2", "1"),
    "creatinine": ("106", "umol/L"),
    "sodium": ("135", "mmol/L"),
    "platelets": ("118", "10*9/L"),
    "afp": ("64", "ug/L"),
}


@pytest.fixture
def case():
    board = factories.board(hospital="North Riding University Hospital")
    patient = factories.a_patient(birth_date=born(59), sex=Sex.MALE)
    question = "One nodule of 38 mm: resect, ablate or list for transplant?"
    case = factories.a_case(board, patient=patient, question=question)
    factories.a_diagnosis(
        case,
        primary_site=PrimarySite.HCC,
        histology="LI-RADS 5 on MRI",
        liver_diagnosed_on=ago(30),
        extrahepatic_disease="NONE",
    )
    factories.a_fitness(case, ecog=0, height_cm=175, weight_kg=80, assessed_on=ago(3))
    factories.a_comorbidity_review(case, assessed_on=ago(3))
    factories.a_liver_status(case, cirrhosis="YES", aetiologies=["MASLD"], assessed_on=ago(3))
    for analyte, (value, unit) in LABS.items():
        factories.lab(case, analyte, value, unit, taken_on=ago(2))
    factories.a_lesion(case, 1, ["5"])
    return case


def answers() -> dict[Specialty, Answer]:
    return {
        Specialty.RADIOLOGY: Answer(
            {
                "Modality": "MRI",
                "Date of the study": ago(8).isoformat(),
                "Phases": ["Arterial", "Portal venous", "Delayed"],
                "Quality": "Good",
                "Our reading against it": "No outside report",
                "L1": {
                    "Longest axis": "38",
                    "Viable part": "38",
                    "Target": True,
                    "Arterial hyperenhancement, not rim": "Yes",
                    "Washout, not peripheral": "Yes",
                    "Enhancing capsule": "Yes",
                    "Threshold growth": "No",
                    "Vessels that it touches": ["Right portal branch"],
                    "Contact at its closest": "Abutment",
                },
                "Number of liver lesions": "1",
                "Largest lesion": "38",
                "Lesion segments": ["5"],
                "Vascular invasion": ["None"],
                "Bile ducts": "Normal",
                "Hepatic artery anatomy (Michels)": "III replaced right",
                "Staging done": ["Chest CT", "Abdomen and pelvis"],
                "Staging outside the liver done on": ago(8).isoformat(),
                "Disease outside the liver seen": "No",
            },
            "Ablate",
            "Washout and capsule; it touches the right portal branch.",
        ),
        Specialty.TRANSPLANT: Answer(
            {
                "Ascites": "None",
                "Encephalopathy": "None",
                "Liver function, in your judgement": "Preserved",
                "Portal hypertension": "Yes",
                "Varices": "Yes",
                "Dialysis twice or more in the past week": "No",
                "HBV DNA": "Not infected",
                "HCV RNA": "Not infected",
                "AFP trend": "Rising",
                "Hepatic venous pressure gradient": "11",
                "Grade of varices": "1",
                "Indication": "Hepatocellular carcinoma",
                "Listing": "Not in assessment",
                "Absolute contraindication": "No",
                "Cardiac work-up": "Under way",
            },
            "Evaluate for transplant",
            "Portal hypertension; a transplant treats both.",
        ),
        Specialty.SURGERY: Answer(
            {
                "Resectable, in your judgement": "Yes",
                "R0 possible": "Yes",
                "Two adjacent segments spared": "Yes",
                "Inflow, outflow and biliary drainage preserved": "Yes",
                "Segments to resect": ["5", "8"],
                "Approach": "Laparoscopic",
                "Future liver remnant": "850",
                "Total liver volume": "1500",
                "Tumour volume": "29",
                "Measured by": "MRI",
                "Volumes measured on": ago(8).isoformat(),
                "Liver background": "Cirrhosis or fibrosis",
                "Enlarging the remnant": "None needed",
                "ASA class": "III severe systemic disease",
            },
            "Resect",
            "Feasible; portal hypertension is the concern.",
            "Medium",
        ),
        Specialty.INTERVENTIONAL: Answer(
            {
                "L1": {
                    "Can be ablated": "Yes",
                    "Visible on": ["Ultrasound", "CT"],
                    "Expected margin": "5",
                    "To a vessel of 3 mm or more": "2",
                    "Which vessel": "Right portal branch",
                },
                "Ablation possible": "Yes",
                "Ablation modality": "Microwave",
                "Embolisation (TACE) suitable": "Yes",
                "Radioembolisation (Y-90) suitable": "Yes",
                "Microspheres": "Glass",
                "Lung shunt": "4",
                "Activity planned": "2",
                "Portal vein": "Patent",
                "Shunt": "None",
                "Biliary status": "Normal",
                "Anticoagulated": "No",
            },
            "Ablate",
            "Visible on ultrasound; microwave with a margin of 5 mm.",
        ),
        Specialty.ONCOLOGY: Answer(
            {"Lines given": "0", "Immunotherapy given": "No", "Fit for systemic treatment": "Yes"},
            "Evaluate for transplant",
            "No systemic treatment while local ones remain.",
            "Low",
        ),
    }


def test_one_nodule_of_38_mm_in_compensated_cirrhosis(case, at_a_browser):
    said = answers()
    asked = ask(case, *said)
    for specialty, answer in said.items():
        when_they_answer(at_a_browser, asked[specialty], answer, picture=f"hcc-{specialty.lower()}").leaves()

    chair = at_a_browser(factories.member(case.board, Role.CHAIR, Specialty.TRANSPLANT))
    chair.arrives(reverse("cases:case", args=[case.pk]))
    keep_picture(chair.page, "hcc-case")
    chair.sees("5 of 5 signed")
    then_both_ways_could_be_considered(chair.page)
    then_the_scores_are_those_worked_by_hand(chair.page)
    then_every_score_and_rule_opens(chair, case)
    then_its_inputs_are(chair, case, "meld3", {"bilirubin": "30 µmol/L", "sodium": "135 mmol/L"})
    keep_picture(chair.page, "hcc-score")


def then_both_ways_could_be_considered(page) -> None:
    transplant = then_the_rule_says(
        page,
        "Transplant, hepatocellular carcinoma",
        "Transplant evaluation could be considered; for the transplant team.",
        met=5,  # no invasion, no spread, within a set, AFP 64 <= 1000, no contraindication
    )
    expect(transplant).to_contain_text("MELD 3.0: 14; portal hypertension: yes")
    # 850 mL of an estimated 1704.7 mL are 49.9 %, above 40 % with cirrhosis; Child-Pugh A
    resection = then_the_rule_says(
        page,
        "Resection",
        "Surgical resection could be considered; for the hepatobiliary surgeon.",
        met=8,
    )
    expect(resection).to_contain_text("portal hypertension: yes; MELD 3.0: 14; number of tumours: 1")


def then_the_scores_are_those_worked_by_hand(page) -> None:
    then_the_scores_say(
        page,
        {
            "BCLC stage (2022)": re.compile(r"\bA\b"),  # Reig 2022: one of more than 2 cm, ECOG 0, preserved
            # Milan: one of at most 5 cm; UCSF: at most 6.5; up-to-seven: 1 + 3.8 = 4.8; OPTN T2: 2 to 5 cm
            "Transplant criteria by size and number": re.compile(
                "within Milan, UCSF, up-to-seven.*4.8", re.S
            ),
            "AFP score": re.compile(r"\b1\b.*low", re.S),  # Duvoux 2012: above 3 to 6 cm 1, one 0, 64: 0
            "LI-RADS CT/MRI v2018, diagnostic table, L1": "LR-5",  # APHE, 20 mm or more, washout and capsule
            # Pugh 1973: 30 / 17.1 = 1.75 mg/dL 1, 3.4 g/dL 2, INR 1.2: 1, no ascites 1, clear 1
            "Child-Pugh": re.compile(r"\b6\b.*\bA\b|\bA\b.*\b6\b", re.S),
            # Kim 2021, a man: 4.56 ln(1.754) = 2.56; 0.82 * 2 = 1.64; -0.24 * 2 * 0.562 = -0.27;
            # 9.09 ln(1.2) = 1.66; 11.14 ln(1.199) = 2.02; 1.85 * 0.1 = 0.19; -1.83 * 0.1 * 0.18 = -0.03; 6:
            # 13.76, rounded 14
            "MELD 3.0": "14",
            # Johnson 2015: 0.66 * log10(30) - 0.085 * 34 = 0.975 - 2.890 = -1.915: above -2.60 and -2.270
            "ALBI and mALBI": re.compile(r"[-−]1\.9[12]\d*.*grade 2, mALBI 2b", re.S),
            # Vauthey 2002: 175 cm, 80 kg are 1.972 m2, so 1704.7 mL; 850 / 1704.7 = 49.9 %
            "Future liver remnant, standardised and measured": "49.9",
            # van Roekel: 49.67 Gy kg/GBq * 2 GBq * 0.04 / 1.0 kg = 3.97 Gy
            "Lung dose with yttrium-90": re.compile(r"(3\.97|4\.0)"),
        },
    )
