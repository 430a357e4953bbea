"""One HCC in compensated cirrhosis: resect, ablate, or list for transplant?"""

from decimal import Decimal

from cases.management.demonstration.answers.told import Asked, Told
from cases.vocabulary import Specialty

LIVER = {
    "cirrhosis": "YES",
    "aetiologies": ["MASLD"],
    "ascites": "none",
    "encephalopathy": "none",
    "liver_function": "preserved",
    "dialysis_twice_in_week": "NO",
    "varices": "YES",
    "splenomegaly": "YES",
    "portal_hypertension": "YES",
    "portal_vein_thrombosis": "NO",
}


def surgery(asked: Asked) -> Told:
    details = {
        "resectable": "YES",
        "r0_possible": "YES",
        "two_adjacent_segments_spared": "YES",
        "inflow_outflow_biliary_preserved": "YES",
        "segments_to_resect": ["5"],
        "approach": "LAPAROSCOPIC",
        "flr_volume_ml": Decimal(1180),
        "total_liver_volume_ml": Decimal(1510),
        "tumour_volume_ml": Decimal(29),
        "volumetry_on": asked.studied_on,
        "liver_background": "cirrhosis_or_fibrosis",
        "hypertrophy": "NONE",
        "asa": "III",
    }
    return Told("RESECT", "MEDIUM", "Segmentectomy is feasible; platelets are the concern.", details)


def transplant(asked: Asked) -> Told:
    details = {
        "indication": "HCC",
        "absolute_contraindication": "NO",
        "listing": "NOT_IN_ASSESSMENT",
        "hvpg_mmhg": Decimal(11),
        "varices_grade": 1,
        "bridging": ["ABLATION"],
        "afp_trend": "RISING",
        "hbv_dna": "NOT_INFECTED",
        "hcv_rna": "NOT_INFECTED",
        "cardiac_workup": "NOT_STARTED",
        "psychosocial": "NOT_STARTED",
    }
    facts = {"liver": LIVER | {"assessed_on": asked.ago(3)}}
    reason = "Portal hypertension; transplant remains the way back if it recurs."
    return Told("TRANSPLANT_EVALUATION", "MEDIUM", reason, details, facts)


def radiology(asked: Asked) -> Told:
    details = {
        "modality": "MRI",
        "phases": ["ARTERIAL", "PORTAL_VENOUS", "DELAYED"],
        "studied_on": asked.studied_on,
        "image_quality": "GOOD",
        "agreement": "AGREES",
        "lesion_count": 1,
        "largest_lesion_mm": Decimal(38),
        "lesion_segments": ["5"],
        "vascular_invasion": ["NONE"],
        "vascular_note": "12 mm to the right portal branch",
        "bile_ducts": "NORMAL",
        "michels": "III",
        "stiffness_kpa": Decimal("6.1"),
        "staging_done": ["CHEST_CT", "ABDOMEN_PELVIS"],
        "staged_on": asked.studied_on,
        "extrahepatic_seen": "NO",
    }
    return Told("ABLATE", "MEDIUM", "Washout and capsule; 12 mm to the right portal branch.", details)


def interventional(asked: Asked) -> Told:
    details = {
        "ablatable": "YES",
        "ablation_modality": "MWA",
        "embolisation_suitable": "YES",
        "y90_suitable": "YES",
        "y90_product": "GLASS",
        "lung_shunt_percent": Decimal("4.2"),
        "activity_gbq": Decimal("1.90"),
        "portal_vein": "PATENT",
        "shunt": "NONE",
        "biliary_status": "NORMAL",
        "anticoagulated": "NO",
        "anaesthesia": "GENERAL",
        "accesses": [
            {"lesion": one, "ablatable": "YES", "visible_on": ["US", "CT"], "distance_bile_duct_mm": 18}
            | {"distance_vessel_mm": 12, "vessel": "RIGHT_PORTAL", "expected_margin_mm": 5}
            for one in asked.lesions
        ],
    }
    return Told("ABLATE", "HIGH", "Visible on ultrasound; microwave with a 5 mm margin.", details)


def oncology(asked: Asked) -> Told:
    details = {"lines_given": 0, "immunotherapy_given": "NO", "fit_for_systemic": "YES"}
    return Told("TRANSPLANT_EVALUATION", "LOW", "No systemic treatment while local ones remain.", details)


TOLD = {
    Specialty.SURGERY: surgery,
    Specialty.TRANSPLANT: transplant,
    Specialty.RADIOLOGY: radiology,
    Specialty.INTERVENTIONAL: interventional,
    Specialty.ONCOLOGY: oncology,
}
