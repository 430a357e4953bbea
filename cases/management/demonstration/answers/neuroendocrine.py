"""A small-bowel neuroendocrine tumour in both sides of the liver."""

from decimal import Decimal

from cases.management.demonstration.answers.told import Asked, Told
from cases.vocabulary import Specialty


def surgery(asked: Asked) -> Told:
    details = {"resectable": "NO", "r0_possible": "NO", "asa": "I", "liver_background": "normal"}
    return Told("TRANSPLANT_EVALUATION", "MEDIUM", "Both sides are full of small deposits.", details)


def transplant(asked: Asked) -> Told:
    details = {
        "indication": "NET",
        "absolute_contraindication": "NO",
        "listing": "NOT_IN_ASSESSMENT",
        "primary_portal_drained": "YES",
        "primary_removed_before_transplant": "YES",
    }
    return Told("TRANSPLANT_EVALUATION", "MEDIUM", "Young, low grade, primary out.", details)


def radiology(asked: Asked) -> Told:
    details = {
        "modality": "SSTR_PET",
        "studied_on": asked.studied_on,
        "image_quality": "GOOD",
        "agreement": "NONE_OUTSIDE",
        "lesion_count": 7,
        "lesion_count_is_minimum": True,
        "largest_lesion_mm": Decimal(22),
        "liver_involvement_percent": Decimal(20),
        "vascular_invasion": ["NONE"],
        "bile_ducts": "NORMAL",
        "sstr_imaging_done": "YES",
        "krenning": 4,
        "staging_done": ["SSTR_PET"],
        "staged_on": asked.studied_on,
        "extrahepatic_seen": "NO",
    }
    return Told("TRANSPLANT_EVALUATION", "LOW", "All deposits are in the liver on SSTR PET.", details)


def pathology(asked: Asked) -> Told:
    details = {
        "specimen": "RESECTION",
        "specimen_site": "PRIMARY",
        "specimen_on": asked.ago(400),
        "positive_biopsy_or_cytology": "YES",
        "morphology": "8240/3",
        "differentiation": "well",
        "ki67_percent": Decimal("2.0"),
        "mitoses_per_2mm2": Decimal("1.0"),
        "biomarkers": [
            {"marker": "SSTR2", "result": "positive"},
            {"marker": "CHROMOGRANIN", "result": "positive"},
            {"marker": "MGMT", "result": "NOT_TESTED"},
        ],
    }
    return Told("SYSTEMIC", "LOW", "NET G1 of the primary; no tissue from the liver yet.", details)


def oncology(asked: Asked) -> Told:
    details = {
        "lines_given": 1,
        "response": "SD",
        "months_disease_control": Decimal(11),
        "progression_on_treatment": "NO",
        "hormone_syndrome": "CARCINOID",
        "fit_for_systemic": "YES",
        "lines": [{"regimen": "Lanreotide", "started_on": asked.ago(340), "best_response": "SD"}],
    }
    return Told("SYSTEMIC", "MEDIUM", "Stable on lanreotide for eleven months; no hurry.", details)


TOLD = {
    Specialty.SURGERY: surgery,
    Specialty.TRANSPLANT: transplant,
    Specialty.RADIOLOGY: radiology,
    Specialty.PATHOLOGY: pathology,
    Specialty.ONCOLOGY: oncology,
}
