"""Synchronous colorectal metastases after six cycles; the remnant is too small for one step."""

from decimal import Decimal

from cases.management.demonstration.answers.told import Asked, Told
from cases.vocabulary import Specialty


def surgery(asked: Asked) -> Told:
    details = {
        "resectable": "YES",
        "r0_possible": "YES",
        "two_adjacent_segments_spared": "YES",
        "inflow_outflow_biliary_preserved": "YES",
        "needs_complex_procedure": "YES",
        "segments_to_resect": ["5", "6", "7", "8"],
        "added_procedures": ["ABLATION"],
        "planned_procedure": "Right hepatectomy with ablation of L4 after enlarging the remnant",
        "approach": "OPEN",
        "flr_volume_ml": Decimal(402),
        "total_liver_volume_ml": Decimal(1640),
        "tumour_volume_ml": Decimal(32),
        "volumetry_on": asked.studied_on,
        "volumetry_method": "MRI",
        "liver_background": "chemotherapy_or_steatosis",
        "hypertrophy": "PVE",
        "contact_right_hepatic_vein": "ABUTMENT",
        "contact_middle_hepatic_vein": "NONE",
        "contact_left_hepatic_vein": "NONE",
        "contact_right_portal": "NONE",
        "contact_left_portal": "NONE",
        "contact_ivc": "NONE",
        "synchronous_strategy": "PRIMARY_FIRST",
        "asa": "II",
    }
    return Told("RESECT_AFTER_DOWNSIZING", "HIGH", "The remnant is too small for one step.", details)


def radiology(asked: Asked) -> Told:
    details = {
        "modality": "MRI_HEPATOBILIARY",
        "phases": ["ARTERIAL", "PORTAL_VENOUS", "HEPATOBILIARY", "DIFFUSION"],
        "studied_on": asked.studied_on,
        "image_quality": "GOOD",
        "outside_report": "Three metastases in the right liver.",
        "agreement": "CHANGES_MANAGEMENT",
        "difference": "A fourth lesion of 11 mm in segment 3, seen on hepatobiliary phase only.",
        "lesion_count": 4,
        "largest_lesion_mm": Decimal(31),
        "lesion_segments": ["3", "6", "7", "8"],
        "liver_involvement_percent": Decimal(4),
        "vascular_invasion": ["NONE"],
        "vascular_note": "L1 abuts the right hepatic vein over 9 mm",
        "bile_ducts": "NORMAL",
        "michels": "I",
        "fat_fraction_percent": Decimal(9),
        "staging_done": ["CHEST_CT", "ABDOMEN_PELVIS"],
        "staged_on": asked.studied_on,
        "extrahepatic_seen": "NO",
        "regional_nodes_positive": "NO",
        "new_lesion": "YES",
        "non_target": "non_cr_non_pd",
    }
    return Told("RESECT", "MEDIUM", "L1 abuts the right hepatic vein over 9 mm; portal vein free.", details)


def interventional(asked: Asked) -> Told:
    small = [one for one in asked.lesions if one.number == 4]
    details = {
        "ablatable": "YES",
        "ablation_modality": "MWA",
        "embolisation_suitable": "NO",
        "embolisation_stop_reason": "OTHER",
        "vein_embolisation_suitable": "YES",
        "portal_vein": "PATENT",
        "biliary_status": "NORMAL",
        "anticoagulated": "NO",
        "contrast_allergy": "NO",
        "anaesthesia": "GENERAL",
        "accesses": [
            {
                "lesion": one,
                "ablatable": "YES",
                "visible_on": ["CT", "MRI"],
                "distance_bile_duct_mm": 24,
                "distance_vessel_mm": 7,
                "expected_margin_mm": 6,
            }
            for one in small
        ],
    }
    return Told("ABLATE", "HIGH", "Veins can be embolised first; the small one ablated.", details)


def oncology(asked: Asked) -> Told:
    details = {
        "lines_given": 1,
        "response": "PR",
        "response_percent": Decimal(34),
        "months_disease_control": Decimal(4),
        "weeks_of_chemotherapy": Decimal(12),
        "progression_on_treatment": "NO",
        "immunotherapy_given": "NO",
        "cea_highest_ug_l": Decimal(142),
        "toxicities": ["NEUROPATHY"],
        "neuropathy_grade": 1,
        "last_bevacizumab_on": asked.ago(38),
        "dpyd": "NORMAL",
        "fit_for_systemic": "YES",
        "lines": [
            {
                "regimen": "FOLFOX and bevacizumab, six cycles",
                "started_on": asked.ago(120),
                "ended_on": asked.ago(21),
                "best_response": "PR",
            }
        ],
    }
    return Told("SYSTEMIC", "MEDIUM", "CEA is still falling; two more cycles would be tolerated.", details)


def pathology(asked: Asked) -> Told:
    details = {
        "specimen": "RESECTION",
        "specimen_site": "PRIMARY",
        "specimen_on": asked.ago(140),
        "positive_biopsy_or_cytology": "YES",
        "morphology": "8140/3",
        "differentiation": "moderate",
        "residual": "R0",
        "margin_mm": Decimal(12),
        "primary_node_positive": "YES",
        "pt": "pT3",
        "pn": "N1",
        "tnm_edition": "8",
        "biomarkers": [
            {"marker": "KRAS", "result": "mutated", "variant": "G12D", "method": "NGS"},
            {"marker": "NRAS", "result": "wild_type", "method": "NGS"},
            {"marker": "BRAF", "result": "wild_type", "method": "NGS"},
            {"marker": "MSI", "result": "stable", "method": "Immunohistochemistry"},
            {"marker": "HER2", "result": "PENDING"},
        ],
    }
    return Told(
        "RESECT", "LOW", "KRAS G12D, BRAF wild type, stable microsatellites; HER2 is pending.", details
    )


def nursing(asked: Asked) -> Told:
    details = {
        "patient_informed": "YES",
        "preferences": ["CURE_AT_RISK_ACCEPTABLE", "MINIMISE_HOSPITAL_DAYS"],
        "decision_capacity": "YES",
        "consent_to_board": "YES",
        "qol_instrument": "QLQ_C30",
        "qol_score": Decimal(75),
        "esas_pain": 1,
        "esas_tiredness": 4,
        "esas_nausea": 0,
        "distress": 5,
        "nutrition_tool": "MUST",
        "nutrition_score": 0,
        "frailty": 2,
        "lives_alone": "NO",
        "carer": "Husband",
        "travel_minutes": 35,
        "palliative_referral": "NOT_NEEDED",
        "key_worker": "R. Quill",
    }
    reason = "She accepts a big operation for a chance of cure, and wants it done before June."
    return Told("RESECT", "MEDIUM", reason, details)


TOLD = {
    Specialty.SURGERY: surgery,
    Specialty.RADIOLOGY: radiology,
    Specialty.INTERVENTIONAL: interventional,
    Specialty.ONCOLOGY: oncology,
    Specialty.PATHOLOGY: pathology,
    Specialty.NURSING: nursing,
}
