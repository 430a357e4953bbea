"""A stricture at the hilum: which side is drained, and may it be biopsied?"""

from decimal import Decimal

from cases.management.demonstration.answers.told import Asked, Told
from cases.vocabulary import Specialty


def surgery(asked: Asked) -> Told:
    details = {
        "resectable": "UNKNOWN",
        "r0_possible": "UNKNOWN",
        "segments_to_resect": ["4", "5", "6", "7", "8"],
        "added_procedures": ["BILE_DUCT"],
        "contact_left_portal": "NONE",
        "contact_right_portal": "ABUTMENT",
        "liver_background": "normal",
        "asa": "II",
    }
    return Told("MORE_TESTS", "MEDIUM", "Drain the left side first; volumes after drainage.", details)


def radiology(asked: Asked) -> Told:
    details = {
        "modality": "MRI",
        "phases": ["ARTERIAL", "PORTAL_VENOUS"],
        "studied_on": asked.studied_on,
        "image_quality": "GOOD",
        "agreement": "MINOR",
        "difference": "The outside report calls it Bismuth II; we see the right second-order ducts involved.",
        "lesion_count": 1,
        "largest_lesion_mm": Decimal(27),
        "lesion_segments": ["4b", "5"],
        "vascular_invasion": ["NONE"],
        "bile_ducts": "STRICTURE",
        "dilated_segments": ["5", "6", "7", "8"],
        "reaches_confluence": "YES",
        "extends_right_second_order": "YES",
        "extends_left_second_order": "NO",
        "malignant_stricture": "YES",
        "radial_diameter_mm": Decimal(24),
        "staging_done": ["CHEST_CT"],
        "staged_on": asked.studied_on,
        "extrahepatic_seen": "NO",
        "regional_nodes_positive": "NOT_ASSESSED",
    }
    return Told("MORE_TESTS", "MEDIUM", "Bismuth IIIa; the left ducts are free.", details)


def interventional(asked: Asked) -> Told:
    details = {
        "ablatable": "NO",
        "embolisation_suitable": "NO",
        "embolisation_stop_reason": "BILIARY",
        "vein_embolisation_suitable": "YES",
        "portal_vein": "PATENT",
        "biliary_status": "DILATED",
        "biliary_drainage": "NONE",
        "anticoagulated": "NO",
    }
    return Told("MORE_TESTS", "HIGH", "Percutaneous drainage of the left side is possible.", details)


def transplant(asked: Asked) -> Told:
    details = {
        "indication": "PCCA",
        "absolute_contraindication": "NO",
        "psc": "NO",
        "neoadjuvant_protocol_available": "NO",
    }
    return Told(
        "REFER_ELSEWHERE", "LOW", "No protocol here; ask before any biopsy through the skin.", details
    )


def pathology(asked: Asked) -> Told:
    details = {
        "specimen": "CYTOLOGY",
        "specimen_site": "OTHER",
        "specimen_on": asked.ago(9),
        "positive_biopsy_or_cytology": "UNKNOWN",
        "morphology": "NOT_ASSESSED",
        "aneuploidy": "PENDING",
        "transperitoneal_biopsy_done": "NO",
    }
    return Told(
        "MORE_TESTS", "LOW", "Brush cytology is suspicious, not diagnostic; FISH is pending.", details
    )


TOLD = {
    Specialty.SURGERY: surgery,
    Specialty.RADIOLOGY: radiology,
    Specialty.INTERVENTIONAL: interventional,
    Specialty.TRANSPLANT: transplant,
    Specialty.PATHOLOGY: pathology,
}
