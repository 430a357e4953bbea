"""A stricture at the hilum, by keyboard alone: is a biopsy warned of before it is done?"""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import ImagingStudy
from cases.vocabulary import PrimarySite, Role, Sex, Specialty
from tests import factories
from tests.journeys.asking import Answer, ago, ask, born
from tests.journeys.filling import fill, keep_picture
from tests.journeys.keys import KEYS, press, sign, sign_in, unfold_all
from tests.journeys.reading import (
    card,
    score_line,
    then_every_score_and_rule_opens,
    then_its_items_are,
    then_the_scores_say,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

BISMUTH = "Bismuth-Corlette"
MAYO = "Perihilar cholangiocarcinoma, Mayo protocol for transplant"
WARNING = "Before any biopsy: a transperitoneal biopsy of a perihilar tumour may exclude transplant."
WARNING_IN_THE_FORM = "Before any biopsy of the primary"
LABS = {
    "bilirubin": ("212", "umol/L"),
    "albumin": ("34", "g/L"),
    "inr": ("1.1", "1"),
    "creatinine": ("80", "umol/L"),
    "sodium": ("138", "mmol/L"),
    "platelets": ("310", "10*9/L"),
    "ca19_9": ("184", "U/mL"),
}


@pytest.fixture
def case():
    board = factories.board(hospital="North Riding University Hospital")
    case = factories.a_case(board, patient=factories.a_patient(birth_date=born(61), sex=Sex.MALE))
    factories.a_diagnosis(
        case,
        primary_site=PrimarySite.PCCA,
        histology="Stricture at the hilum, imaging typical",
        primary_diagnosed_on=ago(14),
        liver_diagnosed_on=ago(14),
        extrahepatic_disease="NONE",
    )
    factories.a_fitness(case, ecog=1, assessed_on=ago(3))
    factories.a_liver_status(case, assessed_on=ago(3))
    for analyte, (value, unit) in LABS.items():
        factories.lab(case, analyte, value, unit, taken_on=ago(2))
    ImagingStudy.objects.create(case=case, modality="CT", performed_on=ago(14), created_by=case.referred_by)
    factories.a_lesion(case, 1, ["4b", "5"], 27, measured_on=ago(14))
    return case


def answers() -> dict[Specialty, Answer]:
    return {
        Specialty.PATHOLOGY: Answer(
            {
                "Specimen": "Cytology",
                "Taken from": "Other",
                "Taken on": ago(9).isoformat(),
                "Malignancy shown": "Yes",
                "Primary biopsied through the peritoneum": "No",
                "Aneuploidy": "No",
                "Histology (ICD-O-3)": "8160/3 Cholangiocarcinoma",
            },
            "More tests first",
            "Brush cytology shows adenocarcinoma.",
        ),
        Specialty.INTERVENTIONAL: Answer(
            {
                "Ablation possible": "No",
                "Embolisation (TACE) suitable": "No",
                "If not, why": "Obstructed bile duct or open papilla",
                "Portal vein": "Patent",
                "Biliary status": "Dilated",
                "Biliary drainage": "None",
                "Anticoagulated": "No",
            },
            "More tests first",
            "Percutaneous drainage of the left side is possible.",
        ),
        Specialty.TRANSPLANT: Answer(
            {
                "Indication": "Perihilar cholangiocarcinoma",
                "Listing": "Not in assessment",
                "Written neoadjuvant protocol available": "Yes",
                "Arising in primary sclerosing cholangitis": "No",
                "Absolute contraindication": "No",
            },
            "Evaluate for transplant",
            "Within the protocol; nobody should biopsy it through the skin.",
        ),
        Specialty.RADIOLOGY: Answer(
            {
                "Modality": "MRI",
                "Date of the study": ago(6).isoformat(),
                "Phases": ["Arterial", "Portal venous"],
                "Quality": "Good",
                "L1": {"Longest axis": "27"},
                "Number of liver lesions": "1",
                "Largest lesion": "27",
                "Lesion segments": ["4b", "5"],
                "Vascular invasion": ["None"],
                "Bile ducts": "Stricture",
                "Dilated segments": ["5", "6", "7", "8"],
                "Stricture reaches the confluence": "Yes",
                "Extends to right second-order ducts": "Yes",
                "Extends to left second-order ducts": "No",
                "Multifocal stricture": "No",
                "Stricture looks malignant": "Yes",
                "Radial diameter of a perihilar mass": "24",
                "Staging done": ["Chest CT", "Abdomen and pelvis"],
                "Staging outside the liver done on": ago(6).isoformat(),
                "Disease outside the liver seen": "No",
                "Suspicious regional nodes": "No",
            },
            "Evaluate for transplant",
            "Bismuth IIIa; the left ducts are free.",
        ),
        Specialty.SURGERY: Answer(
            {
                "Resectable, in your judgement": "No",
                "R0 possible": "No",
                "Two adjacent segments spared": "No",
                "Inflow, outflow and biliary drainage preserved": "No",
                "Right portal branch": "Encasement",
                "Left portal branch": "Abutment",
                "Liver background": "Normal",
                "ASA class": "II mild systemic disease",
            },
            "Evaluate for transplant",
            "Artery and both portal branches are involved.",
        ),
    }


def test_a_stricture_at_the_hilum_without_a_mouse(case, at_a_browser):
    said = answers()
    asked = ask(case, *said)
    chair = at_a_browser(factories.member(case.board, Role.CHAIR, Specialty.SURGERY))
    comes(chair, reverse("cases:case", args=[case.pk]))
    expect(card(chair.page, "Published rules").get_by_text(WARNING)).to_be_visible()

    for specialty, answer in said.items():
        when_it_is_answered_by_keys(at_a_browser(asked[specialty].asked_of), asked[specialty], answer)

    chair.opens(reverse("cases:case", args=[case.pk]))
    chair.sees("5 of 5 signed")
    keep_picture(chair.page, "hilar-case")
    unfold_all(card(chair.page, "Published rules"))
    unfold_all(card(chair.page, "Scores"))
    then_the_notices_and_the_rule_are_those_published(chair.page)
    then_the_scores_are_those_worked_by_hand(chair.page)
    then_each_score_of_the_disease_opens_and_leads_back(chair, case)
    then_every_score_and_rule_opens(chair, case)


def comes(somebody, address) -> None:
    somebody.opens(address)
    sign_in(somebody.page, somebody.user.email)
    somebody.page.wait_for_url(lambda url: urlsplit(url).path == address)
    somebody.looks()


def when_it_is_answered_by_keys(somebody, asked, answer) -> None:
    comes(somebody, reverse("cases:input", args=[asked.pk]))
    if asked.specialty == Specialty.PATHOLOGY:
        then_the_warning_stands_before_its_question(somebody.page)
    opinion = {
        "Preferred option": answer.option,
        "Confidence": answer.confidence,
        "Reason": answer.reason,
    }
    fill(somebody, {**answer.said, **opinion}, hands=KEYS)
    somebody.page.wait_for_load_state("networkidle")
    keep_picture(somebody.page, f"hilar-{asked.specialty.lower()}")
    sign(somebody)


def then_the_warning_stands_before_its_question(page) -> None:
    """Read from top to bottom, the warning comes first."""
    said = page.get_by_role("main").inner_text()
    assert said.index(WARNING_IN_THE_FORM) < said.index("Primary biopsied through the peritoneum")


def then_the_notices_and_the_rule_are_those_published(page) -> None:
    rules = card(page, "Published rules")
    expect(rules.get_by_text(WARNING)).to_be_visible()  # the cytology was a brush, not through the peritoneum
    # World J Hepatol 2015;7:2009: 212 µmol/L are 12.4 mg/dL, above 2, and the ducts are dilated
    expect(rules.get_by_text("Bilirubin above 2 mg/dL and dilated bile ducts")).to_be_visible()
    protocol = "Transplant evaluation in a centre with a protocol could be considered."
    expect(rules.get_by_text(protocol)).to_be_visible()
    # met: ECOG 1, nothing outside the liver, a primary of the liver, no cirrhosis; no volume was measured
    then_its_items_are(
        rules,
        unmet=[
            "R0 resection is possible",
            "Two adjacent segments can be spared",
            "Their inflow, outflow and bile drainage can be preserved",
        ],
        unknown=["The standardised remnant is above its threshold"],
    )
    expect(rules.get_by_text("4 met, 3 not met, 1 not known", exact=True)).to_be_visible()


def then_the_scores_are_those_worked_by_hand(page) -> None:
    then_the_scores_say(
        page,
        {
            BISMUTH: "type IIIa",  # at the confluence and into the right second-order ducts only
            # cytology; unresectable; 2.4 cm <= 3; no metastases, nodes or transperitoneal biopsy; a protocol
            MAYO: "met",
            # 0.66 * lg 212 - 0.085 * 34 = 1.5354 - 2.89 = -1.355; grade 3 above -1.39 (Johnson 2015)
            "ALBI and mALBI": "−1.35",
        },
    )


def then_each_score_of_the_disease_opens_and_leads_back(somebody, case) -> None:
    """By Enter on its name, and on the number of the case above it."""
    page = somebody.page
    at = page.url
    for title, name, value in (
        (BISMUTH, "extension to the right second-order ducts", "yes"),
        (MAYO, "CA 19-9", "184"),
    ):
        link = score_line(page, title).get_by_role("link", name=title, exact=True)
        press(page, link)
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        somebody.looks()
        keep_picture(page, f"hilar-{title[:4].lower()}")
        table = page.get_by_role("table", name="What it is made of")
        row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))
        expect(row).to_contain_text(value)
        expect(card(page, "Source")).to_be_visible()
        press(page, page.get_by_role("link", name=case.number))
        page.wait_for_url(at)
