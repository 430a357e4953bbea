"""What are scores and their inputs called where there is little room?"""

from collections.abc import Mapping
from types import MappingProxyType

from cases.domain.picture import NAMES

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "albi": "ALBI",
        "asa": "",
        "bclc_2022": "BCLC",
        "brisbane_2000": "",
        "bsa": "body surface",
        "charlson": "Charlson",
        "crlm_mtv": "MTV",
        "ecog": "ECOG",
        "flr": "sFLR",
        "icca_ajcc8": "AJCC 8",
        "kgr": "growth",
        "mrecist_target": "mRECIST",
        "recist_1_1": "RECIST",
        "tnm_m_category": "",
        "y90_lung_dose": "lung dose",
    }
)
INPUTS: Mapping[str, str] = MappingProxyType(
    {
        "disease_free_interval_months": "interval",
        "months_primary_diagnosis_to_metastasis": "interval",
        "present_at_initial_staging": "at initial staging",
        "primary_node_positive": "node-positive primary",
        "liver_met_count": "number",
        "nodule_count": "number",
        "tumour_count": "number",
        "largest_cm": "largest",
        "tumour_sizes_cm": "sizes",
        "ecog": "ECOG",
        "ecog_cancer_related": "limited by the cancer",
        "liver_function": "liver function",
        "macrovascular_invasion": "macrovascular invasion",
        "extrahepatic_spread": "spread",
        "extrahepatic_disease": "outside the liver",
        "extrahepatic_disease_present": "outside the liver",
        "extrahepatic_disease_concern": "concern outside the liver",
        "unresectable_extrahepatic_disease": "unresectable outside the liver",
        "unresectable": "to the surgeon",
        "r0_possible": "R0 possible",
        "flr_adequate": "remnant large enough",
        "needs_complex_procedure": "complex procedure",
        "progression_on_treatment": "progression",
        "progressive_disease_on_chemo": "progression",
        "months_primary_resection_to_transplant": "since the resection",
        "months_from_crc_diagnosis": "since the diagnosis",
        "months_disease_control_on_chemo": "disease control",
        "months_stable_or_response": "stable or responding",
        "chemo_lines": "lines",
        "chemo_response_percent": "shrinkage, chemotherapy",
        "locoregional_response_percent": "shrinkage, local",
        "weeks_of_chemo": "chemotherapy",
        "unresectable_by_expert_panel": "unresectable by panel",
        "primary_resected_r0": "primary R0",
        "primary_removed_before_transplant": "primary removed before",
        "primary_portal_drained": "portal drainage",
        "cea_highest": "highest CEA",
        "flr_volume": "remnant",
        "total_liver_volume": "liver",
        "tumour_volume": "tumour",
        "liver_background": "background",
        "sflr_before_percent": "before",
        "sflr_after_percent": "after",
        "days_between": "days between",
        "baseline_sum_mm": "baseline",
        "nadir_sum_mm": "nadir",
        "current_sum_mm": "now",
        "baseline_viable_sum_mm": "baseline",
        "nadir_viable_sum_mm": "nadir",
        "current_viable_sum_mm": "now",
        "any_arterial_enhancement_in_targets": "enhancement",
        "non_target": "not targets",
        "metastatic_sites": "sites",
        "primary": "primary",
        "dialysis_twice_in_week": "dialysis",
        "sex_for_meld": "sex",
        "ast_uln": "upper limit of AST",
        "liver_involvement_percent": "liver involved",
        "mitoses_per_2mm2": "mitoses",
        "net_grade": "grade",
        "lung_shunt_fraction_percent": "shunt",
        "activity_gbq": "activity",
        "asa_class": "class",
        "nonrim_aphe": "APHE",
        "size_mm": "size",
    }
)


def title(score_id: str, full: str) -> str:
    """Nothing where the value names itself, such as "ASA II" or a resection."""
    return TITLES.get(score_id, full)


def short(name: str) -> str:
    return INPUTS.get(name) or plain(name)


def plain(name: str) -> str:
    """Without what is said only where it is missing: ", yes or no", "(needs both days)"."""
    label = NAMES[name].label if name in NAMES else name.replace("_", " ")
    label = label.partition(" (needs")[0]
    for end in (", yes or no", ", involved or not", ", done or not", ", suspicious or not"):
        label = label.removesuffix(end)
    return label.removeprefix("whether ")
