"""What does each discipline say of a case that is not told in depth?"""

from decimal import Decimal

from cases.management.demonstration.answers.told import Asked, Told
from cases.vocabulary import Specialty


def surgery(asked: Asked) -> Told:
    details = {
        "resectable": "YES",
        "r0_possible": "YES",
        "two_adjacent_segments_spared": "YES",
        "inflow_outflow_biliary_preserved": "YES",
        "asa": "II",
        "approach": "OPEN",
    }
    return Told("RESECT", "LOW", "Technically possible; the benefit is for the board to weigh.", details)


def radiology(asked: Asked) -> Told:
    largest = max((Decimal(mm) for _, mm in asked.story.lesions), default=None)
    details = {
        "modality": "MRI",
        "phases": ["ARTERIAL", "PORTAL_VENOUS", "DELAYED"],
        "studied_on": asked.studied_on,
        "image_quality": "GOOD",
        "agreement": "AGREES",
        "lesion_count": len(asked.story.lesions),
        "largest_lesion_mm": largest,
        "vascular_invasion": ["NONE"],
        "bile_ducts": "NORMAL",
        "staging_done": ["CHEST_CT", "ABDOMEN_PELVIS"],
        "staged_on": asked.studied_on,
        "extrahepatic_seen": "NO",
    }
    return Told("MORE_TESTS", "MEDIUM", "Hepatobiliary MRI would settle the number.", details)


def interventional(asked: Asked) -> Told:
    details = {
        "ablatable": "YES",
        "ablation_modality": "MWA",
        "embolisation_suitable": "YES",
        "portal_vein": "PATENT",
        "biliary_status": "NORMAL",
        "anaesthesia": "GENERAL",
    }
    return Told("ABLATE", "MEDIUM", "Reachable from the right; no vessel nearby.", details)


def oncology(asked: Asked) -> Told:
    details = {"lines_given": 1, "response": "SD", "fit_for_systemic": "YES"}
    return Told("SYSTEMIC", "MEDIUM", "Disease control so far; a pause is defensible.", details)


def pathology(asked: Asked) -> Told:
    details = {"specimen": "CORE_BIOPSY", "specimen_site": "LIVER", "morphology": "OTHER"}
    details |= {"morphology_note": asked.story.diagnosis.get("histology", "As referred")}
    return Told("MORE_TESTS", "LOW", "The histology is as referred; nothing more from tissue.", details)


def radiation(asked: Asked) -> Told:
    details = {"sbrt_suitable": "YES", "dose_gy": Decimal(45), "fractions": 3, "fiducials": "NO"}
    return Told("SBRT", "MEDIUM", "Possible where ablation is not.", details)


def transplant(asked: Asked) -> Told:
    details = {"absolute_contraindication": "NO", "indication": "NONE", "listing": "NOT_IN_ASSESSMENT"}
    return Told("SURVEILLANCE", "LOW", "No reason to assess for transplant now.", details)


def nursing(asked: Asked) -> Told:
    details = {
        "patient_informed": "YES",
        "preferences": ["STAY_NEAR_HOME"],
        "decision_capacity": "YES",
        "consent_to_board": "YES",
        "distress": 4,
        "lives_alone": "NO",
        "key_worker": "R. Quill",
    }
    return Told("MORE_TESTS", "MEDIUM", "Well informed; wants to hear the options once more.", details)


TOLD = {
    Specialty.SURGERY: surgery,
    Specialty.RADIOLOGY: radiology,
    Specialty.INTERVENTIONAL: interventional,
    Specialty.ONCOLOGY: oncology,
    Specialty.PATHOLOGY: pathology,
    Specialty.RADIATION: radiation,
    Specialty.TRANSPLANT: transplant,
    Specialty.NURSING: nursing,
}
