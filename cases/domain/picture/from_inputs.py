"""What does a discipline say, signed or still being typed, under the names that scores use?"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cases.domain.picture.from_facts import liver_imaging
from cases.domain.picture.from_pathology import of_pathology
from cases.domain.picture.parts import ABSENT, Source
from cases.domain.picture.telling import Telling, decimal, spoken, written
from cases.vocabulary import Modality, Specialty

SURGEON_JUDGES = (
    "resectable",
    "r0_possible",
    "two_adjacent_segments_spared",
    "inflow_outflow_biliary_preserved",
    "needs_complex_procedure",
)
TRANSPLANT_ANSWERS = {
    "absolute_contraindication": "absolute_contraindication",
    "unresectable_by_panel": "unresectable_by_expert_panel",
    "primary_portal_drained": "primary_portal_drained",
    "primary_removed_before_transplant": "primary_removed_before_transplant",
    "psc": "psc",
    "neoadjuvant_protocol_available": "neoadjuvant_protocol_available",
}
ONCOLOGIST_COUNTS = {
    "response_percent": ("chemo_response_percent", "%"),
    "locoregional_response_percent": ("locoregional_response_percent", "%"),
    "weeks_of_chemotherapy": ("weeks_of_chemo", "weeks"),
    "months_disease_control": ("months_disease_control_on_chemo", "months"),
    "cea_highest_ug_l": ("cea_highest_told", "µg/L"),
}
RADIOLOGIST_ANSWERS = {
    "extrahepatic_seen": "extrahepatic_seen",
    "new_lesion": "new_lesion_told",
    "sstr_imaging_done": "sstr_imaging_done",
    "regional_nodes_positive": "regional_nodes_positive",
    "reaches_confluence": "reaches_confluence",
    "extends_right_second_order": "extends_right_second_order",
    "extends_left_second_order": "extends_left_second_order",
    "multifocal_stricture": "multifocal",
    "malignant_stricture": "malignant_stricture",
    "visceral_peritoneum_perforated": "visceral_peritoneum_perforated",
    "direct_extrahepatic_invasion": "direct_extrahepatic_invasion",
}
ENOUGH_BY_DRUGS = 10  # % smaller, SECA-II: Dueland S et al. Ann Surg 2020;271:212-218
LUNG_DOSE = {
    "activity_gbq": ("activity_gbq", "GBq"),
    "lung_shunt_percent": ("lung_shunt_fraction_percent", "%"),
    "lung_mass_kg": ("lung_mass_kg", "kg"),
    "previous_lung_dose_gy": ("previous_lung_dose_gy", "Gy"),
}


def place_of(specialty: str) -> str:
    return f"input:{specialty}"


def items_of(specialty: str, said: Mapping[str, Any], *, on: date | None, by: str = "") -> list[Source]:
    """Items, and gaps for what is said not to be known. `said` is a row as a mapping, or cleaned data;
    rows below it (biomarkers) are lists of mappings under their own name. `on`: the day it was said."""
    read = READERS.get(specialty)
    return read(Telling(said, place_of(specialty), by, on)) if read else []


def _surgery(told: Telling) -> list[Source]:
    measured, before = told.when(told.said.get("volumetry_on")), told.when(told.said.get("flr_before_on"))
    found = [one for name in SURGEON_JUDGES for one in told.truth(name)]
    found += told.choice("liver_background")
    found += told.choice("asa", "asa_class", {"I": "I", "II": "II", "III": "III", "IV": "IV", "V": "V"})
    if told.said.get("asa") and told.said.get("asa_emergency") is not None:
        emergency = bool(told.said["asa_emergency"])
        found.append(told.item("emergency", emergency, "yes" if emergency else "no"))
    found += measured.quantity("flr_volume_ml", "flr_volume", "mL")
    found += measured.quantity("total_liver_volume_ml", "total_liver_volume", "mL")
    found += measured.quantity("tumour_volume_ml", "tumour_volume", "mL")
    found += before.quantity("flr_before_ml", "flr_volume_before", "mL")
    found += told.day("volumetry_on")
    found += told.day("flr_before_on")
    return found + _segments(told, "segments_to_resect", "segments")


def _segments(told: Telling, field: str, name: str) -> list[Source]:
    """Whole segments, 1 to 8: half of the fourth is the fourth."""
    chosen = told.said.get(field) or ()
    numbers = sorted({int(str(one)[0]) for one in chosen})
    return [told.item(name, numbers, ", ".join(map(str, chosen)))] if numbers else []


def _transplant(told: Telling) -> list[Source]:
    found = [one for field, name in TRANSPLANT_ANSWERS.items() for one in told.truth(field, name)]
    return [*found, *told.number("icg_r15_percent", unit="%")]


def _oncology(told: Telling) -> list[Source]:
    found = [
        one for field, (name, unit) in ONCOLOGIST_COUNTS.items() for one in told.number(field, name, unit)
    ]
    found += _local_response(told)
    lines = told.said.get("lines_given")
    if lines is not None:
        found.append(told.item("chemo_lines", lines, str(lines)))
        found.append(told.item("systemic_therapy_recorded", lines > 0, "yes" if lines else "no"))
    found += told.truth("progression_on_treatment")
    found += told.truth("progression_on_treatment", "progressive_disease_on_chemo")
    found += told.truth("immunotherapy_given", "immunotherapy_recorded")
    return found + told.lower("response", words={"CR": "complete", "PR": "partial"})


def _local_response(told: Telling) -> list[Source]:
    """It is left open without liver-directed treatment, and nothing hangs on it once drugs are enough."""
    local, drugs = (decimal(told.said.get(f"{one}response_percent")) for one in ("locoregional_", ""))
    if local is not None or drugs is None or drugs < ENOUGH_BY_DRUGS:
        return []
    return [told.item("locoregional_response_percent", 0, "not given; chemotherapy is response enough")]


def _radiology(signed: Telling) -> list[Source]:
    studied = signed.said.get("studied_on")
    told = signed.when(studied)
    found = [one for field, name in RADIOLOGIST_ANSWERS.items() for one in told.truth(field, name)]
    if studied:
        found.append(liver_imaging(told, told.said.get("modality") or "", studied))
    found += _lesions_read(told)
    found += told.number("liver_involvement_percent", unit="%")
    found += told.quantity("liver_mtv_cm3", "liver_mtv", "cm3")
    found += told.number("radial_diameter_mm", unit="mm")
    found += told.choice("non_target", "non_target_told")
    return [*found, *_bile_ducts(told), *_vessels(told), *_staging(told)]


def _bile_ducts(told: Telling) -> list[Source]:
    """A stricture alone does not say how the ducts above it are; the segments that are dilated do."""
    if told.said.get("bile_ducts") != "STRICTURE":
        return told.lower("bile_ducts")
    segments = ", ".join(told.said.get("dilated_segments") or ())
    words = f"stricture, dilated in {segments}"
    return [told.item("bile_ducts", "dilated", words)] if segments else []


def _lesions_read(told: Telling) -> list[Source]:
    found = told.number("largest_lesion_mm", "read_largest_mm", "mm")
    count = told.said.get("lesion_count")
    if count is not None:
        more = bool(told.said.get("lesion_count_is_minimum"))
        found.append(told.item("read_count", (count, more), f"{count} or more" if more else str(count)))
    if segments := list(told.said.get("lesion_segments") or ()):
        found.append(told.item("read_segments", segments, ", ".join(segments)))
    return found


def _vessels(told: Telling) -> list[Source]:
    """No vessel ticked says nothing; "None" says that there is no invasion."""
    vessels, thrombus = list(told.said.get("vascular_invasion") or ()), told.said.get("portal_thrombus") or ""
    is_grade = bool(thrombus) and thrombus not in ABSENT
    invaded = [spoken(one) for one in vessels if one != "NONE"] + (
        [thrombus.capitalize()] if is_grade else []
    )
    if invaded:
        return [told.item("macrovascular_invasion", True, ", ".join(invaded))]
    return [told.item("macrovascular_invasion", False, "none")] if vessels else []


def _staging(told: Telling) -> list[Source]:
    where, day = list(told.said.get("staging_done") or ()), told.said.get("staged_on")
    found: list[Source] = []
    if where or day:
        done = f"done on {written(day)}" if day else "done"
        seen = ", ".join(_staging_words(one) for one in where) or done
        found.append(told.when(day).item("extrahepatic_staging_done", True, seen))
    if Modality.SSTR_PET in where or told.said.get("modality") == Modality.SSTR_PET:
        found.append(told.item("sstr_imaging_done", True, "yes"))
    return found


def _staging_words(code: str) -> str:
    return str(Modality(code).label) if code in Modality.values else spoken(code).replace(" ct", " CT")


def _interventional(told: Telling) -> list[Source]:
    found = [one for field, (name, unit) in LUNG_DOSE.items() for one in told.number(field, name, unit)]
    if told.said.get("portal_vein") == "TUMOUR_THROMBUS":
        found.append(told.item("macrovascular_invasion", True, "tumour thrombus in the portal vein"))
    if told.said.get("biliary_status") == "DILATED":
        found.append(told.item("bile_ducts", "dilated", "dilated"))
    return found + told.lower("biliary_drainage", "biliary_drainage_status", {"ERCP": "ERCP", "PTBD": "PTBD"})


READERS: Mapping[str, Callable[[Telling], list[Source]]] = {
    Specialty.SURGERY: _surgery,
    Specialty.TRANSPLANT: _transplant,
    Specialty.ONCOLOGY: _oncology,
    Specialty.RADIOLOGY: _radiology,
    Specialty.INTERVENTIONAL: _interventional,
    Specialty.PATHOLOGY: of_pathology,
}
