"""What does the record say now, as the beginnings of a discipline's form?"""

from collections.abc import Sequence
from typing import Any

from django.forms.models import model_to_dict
from django.utils.formats import date_format

from cases.domain.biomarkers import asked_for
from cases.models import LiverStatus, PatientWish, SpecialistInput
from cases.models.specialist_input import DETAILS
from cases.queries.imaging_rows import ACCESS, accesses_to_judge, lesions_to_read
from cases.queries.input_known import known_answers
from cases.queries.input_page import lesions_in_words, newest
from cases.queries.recorded import Recorded, recorded_of
from cases.vocabulary import Specialty

OPINION = ("opinion", "confidence", "opinion_reason", "conflict_of_interest")
NODE = ("station", "short_axis_mm", "suspicious")
BIOMARKER = ("marker", "result", "figure", "variant", "method", "laboratory", "tested_on")
LINE = ("regimen", "started_on", "ended_on", "best_response", "stop_reason")


def stands(specialist_input: SpecialistInput, *, found: Recorded | None = None) -> dict[str, Any]:
    """What the record says now, as the form's beginnings; `found` where a page has loaded its case."""
    row, specialty = details_of(specialist_input), Specialty(specialist_input.specialty)
    found = found or recorded_of(specialist_input.case)
    return {
        "opinion": model_to_dict(specialist_input, fields=OPINION),
        "details": model_to_dict(row, exclude=["input"]) if row else {},
        "rows": _ROWS.get(specialty, _no_rows)(found, row),
        "facts": _FACTS.get(specialty, _no_facts)(found),
        "known": known_answers(specialist_input, found=found),
        "case": _of_the_case(found, specialty),
    }


def _of_the_case(found: Recorded, specialty: Specialty) -> dict[str, Any]:
    """What decides which questions are asked at all, and of what."""
    liver = found.latest(LiverStatus, "assessed_on")
    return {
        "primary_site": getattr(getattr(found.case, "diagnosis", None), "primary_site", ""),
        "cirrhosis": liver.cirrhosis if liver else "",
        "aetiologies": liver.aetiologies if liver else [],
        "lesions": lesions_in_words(found) if specialty == Specialty.RADIATION else [],
    }


def _no_facts(found: Recorded) -> dict[str, Any]:
    return {}


def _no_rows(found: Recorded, row) -> dict[str, list]:
    return {}


def _children(row, name: str, columns: Sequence[str]) -> list[dict[str, Any]]:
    return (
        [model_to_dict(one, fields=columns) for one in getattr(row, name).order_by("created_at")]
        if row
        else []
    )


def _of_radiology(found: Recorded, row) -> dict[str, list]:
    return {"lesions": lesions_to_read(found.lesions), "nodes": _children(row, "nodes", NODE)}


def _of_oncology(found: Recorded, row) -> dict[str, list]:
    return {"lines": _children(row, "lines", LINE)}


def _of_pathology(found: Recorded, row) -> dict[str, list]:
    """What this primary asks for, answered or not, in its usual order; then what else was answered."""
    diagnosis = getattr(found.case, "diagnosis", None)
    asked = asked_for(diagnosis.primary_site, diagnosis.melanoma_type) if diagnosis else asked_for("")
    answered = {one["marker"]: one for one in _children(row, "biomarkers", BIOMARKER)}
    return {
        "biomarkers": [
            *(answered.pop(one.code, {"marker": one.code}) for one in asked),
            *answered.values(),
        ]
    }


def _of_interventional(found: Recorded, row) -> dict[str, list]:
    return {"accesses": accesses_to_judge(found.lesions, _children(row, "accesses", ACCESS))}


_ROWS = {
    Specialty.RADIOLOGY: _of_radiology,
    Specialty.ONCOLOGY: _of_oncology,
    Specialty.PATHOLOGY: _of_pathology,
    Specialty.INTERVENTIONAL: _of_interventional,
}


def _liver_fact(found: Recorded) -> dict[str, Any]:
    return {"liver": _as_told(found.latest(LiverStatus, "assessed_on"), "assessed_on")}


def _wish_fact(found: Recorded) -> dict[str, Any]:
    return {"wish": _as_told(newest(PatientWish, found.case, "told_on"), "told_on", "told_to")}


def _as_told(fact, day: str, *others: str) -> dict[str, Any]:
    """What is said anew is said on another day, and to another; `seen` tells which fact was shown."""
    if fact is None:
        return {}
    told = (
        f"by {fact.created_by}, {date_format(on, 'd-M-Y') if (on := getattr(fact, day)) else 'day not known'}"
    )
    return model_to_dict(fact, exclude=[day, *others]) | {"seen": str(fact.pk), "recorded": told}


_FACTS = {Specialty.TRANSPLANT: _liver_fact, Specialty.NURSING: _wish_fact}


def details_of(specialist_input: SpecialistInput):
    return DETAILS[Specialty(specialist_input.specialty)].objects.filter(input=specialist_input).first()
