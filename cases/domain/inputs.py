"""What may happen to a discipline's input, and what does its signature need?"""

from collections.abc import Mapping
from typing import Any

from cases.domain.errors import Refused
from cases.vocabulary import CaseStatus, Known, Specialty

ANSWERABLE = frozenset({CaseStatus.PREPARING, CaseStatus.LISTED, CaseStatus.DISCUSSED, CaseStatus.DECIDED})

# A radiologist's reading against the report of the hospital where the study was done.
READ_DIFFERENTLY = frozenset({"MINOR", "CHANGES_MANAGEMENT"})

OF_EVERYBODY = {
    "opinion": "Choose the option that you prefer.",
    "confidence": "Say how sure you are.",
    "opinion_reason": "Give your reason in a sentence.",
}

# What the board cannot do without. "Not known" is an answer: it says that somebody looked.
OF_ROLE = {
    Specialty.SURGERY: {
        "resectable": "Judge whether it is resectable, or say that it is not known.",
    },
    Specialty.RADIOLOGY: {
        "modality": "Choose the kind of study that you read.",
        "studied_on": "Give the date of the study.",
        "lesion_count": "Give the number of lesions; 0 if there are none.",
        "extrahepatic_seen": "Say whether you see disease outside the liver.",
    },
    Specialty.INTERVENTIONAL: {
        "ablatable": "Judge whether it can be ablated, or say that it is not known.",
        "embolisation_suitable": "Judge whether embolisation is suitable, or say that it is not known.",
    },
    Specialty.ONCOLOGY: {
        "lines_given": "Give the number of lines; 0 if there were none.",
        "fit_for_systemic": "Judge the fitness for systemic treatment, or say that it is not known.",
    },
    Specialty.PATHOLOGY: {
        "specimen": "Choose the specimen, or say that none was assessed.",
        "morphology": "Choose the histology, or say that it was not assessed.",
    },
    Specialty.TRANSPLANT: {
        "absolute_contraindication": "Say whether something forbids a transplant, or that it is not known.",
    },
    Specialty.RADIATION: {
        "sbrt_suitable": "Judge whether stereotactic radiotherapy suits, or say that it is not known.",
    },
    Specialty.NURSING: {
        "patient_informed": "Say whether the patient knows of diagnosis and board, or that it is not known.",
    },
}


class Unfinished(Refused):
    """A signature was asked for too early; `missing` maps each field to what to do."""

    def __init__(self, missing: Mapping[str, str]):
        super().__init__(" ".join(missing.values()))
        self.missing = dict(missing)


def missing_for_signature(specialty: str, said: Mapping[str, Any]) -> dict[str, str]:
    """Everything that is missing, all at once. Zero is an answer."""
    needed = OF_ROLE.get(Specialty(specialty), {}) | OF_EVERYBODY
    lacking = {name: what for name, what in needed.items() if _is_empty(said.get(name))}
    if said.get("embolisation_suitable") == Known.NO and not said.get("embolisation_stop_reason"):
        lacking["embolisation_stop_reason"] = "Say why embolisation is not suitable."
    if said.get("agreement") in READ_DIFFERENTLY and _is_empty(said.get("difference")):
        lacking["difference"] = "Say what differs from the outside report."
    if said.get("decision_capacity") == Known.NO and _is_empty(said.get("proxy")):
        lacking["proxy"] = "Say who speaks for the patient."
    return lacking


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def require_open(status: str) -> None:
    """Inputs are asked for and given from the case's acceptance until it is closed."""
    if status not in ANSWERABLE:
        label = CaseStatus(status).label.lower()
        raise Refused(f"This case is {label}: nothing is asked of the disciplines now.")
