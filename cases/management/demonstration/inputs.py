"""What do the invented specialists answer?"""

from datetime import date
from typing import Any

from cases.vocabulary import PrimarySite, Specialty

FIRST_CHOICE = {
    PrimarySite.COLORECTAL: {
        Specialty.SURGERY: ("RESECT_AFTER_DOWNSIZING", "HIGH", "The remnant is too small for one step."),
        Specialty.RADIOLOGY: (
            "RESECT",
            "MEDIUM",
            "L1 abuts the right hepatic vein over 9 mm; portal vein free.",
        ),
        Specialty.INTERVENTIONAL: ("ABLATE", "HIGH", "Veins can be embolised first; the small one ablated."),
        Specialty.ONCOLOGY: (
            "SYSTEMIC",
            "MEDIUM",
            "CEA is still falling; two more cycles would be tolerated.",
        ),
    },
    PrimarySite.HCC: {
        Specialty.SURGERY: ("RESECT", "MEDIUM", "Segmentectomy is feasible; platelets are the concern."),
        Specialty.RADIOLOGY: ("ABLATE", "MEDIUM", "Washout and capsule; 12 mm to the right portal branch."),
        Specialty.INTERVENTIONAL: ("ABLATE", "HIGH", "Visible on ultrasound; microwave with a 5 mm margin."),
        Specialty.ONCOLOGY: (
            "TRANSPLANT_EVALUATION",
            "LOW",
            "No systemic treatment while local ones remain.",
        ),
    },
}
OTHERWISE = {
    Specialty.SURGERY: ("RESECT", "LOW", "Technically possible; the benefit is for the board to weigh."),
    Specialty.RADIOLOGY: ("MORE_TESTS", "MEDIUM", "Hepatobiliary MRI would settle the number."),
    Specialty.INTERVENTIONAL: ("ABLATE", "MEDIUM", "Reachable from the right; no vessel nearby."),
    Specialty.ONCOLOGY: ("SYSTEMIC", "MEDIUM", "Disease control so far; a pause is defensible."),
}


def answer(specialty: str, *, site: str, lesions: int, largest: Any, studied_on: date) -> tuple[dict, dict]:
    """The fields of everybody and those of the role."""
    choices = FIRST_CHOICE.get(PrimarySite(site), OTHERWISE)
    opinion, confidence, reason = choices[Specialty(specialty)]
    said = {
        "opinion": opinion,
        "confidence": confidence,
        "opinion_reason": reason,
        "conflict_of_interest": False,
    }
    return said, _details(specialty, lesions=lesions, largest=largest, studied_on=studied_on)


def _details(specialty: str, *, lesions: int, largest: Any, studied_on: date) -> dict[str, Any]:
    return {
        Specialty.SURGERY: {
            "resectable": "YES",
            "r0_possible": "YES",
            "two_adjacent_segments_spared": "YES",
            "inflow_outflow_biliary_preserved": "YES",
            "asa": "II",
            "approach": "OPEN",
        },
        Specialty.RADIOLOGY: {
            "modality": "MRI",
            "studied_on": studied_on,
            "image_quality": "GOOD",
            "agreement": "MINOR",
            "lesion_count": lesions,
            "largest_lesion_mm": largest,
            "bile_ducts": "NORMAL",
            "extrahepatic_seen": "NO",
        },
        Specialty.INTERVENTIONAL: {
            "ablatable": "YES",
            "ablation_modality": "MWA",
            "embolisation_suitable": "YES",
            "portal_vein": "PATENT",
            "biliary_status": "NORMAL",
            "anaesthesia": "GENERAL",
        },
        Specialty.ONCOLOGY: {"lines_given": 1, "response": "PR", "fit_for_systemic": "YES"},
    }[Specialty(specialty)]
