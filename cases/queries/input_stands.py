"""What does the record say now, as the beginnings of a discipline's form?"""

from collections.abc import Sequence
from typing import Any

from django.forms.models import model_to_dict
from django.utils.formats import date_format

from cases.domain.biomarkers import asked_for
from cases.models import Case, Lesion, LesionAccess, LiverStatus, PatientWish, SpecialistInput
from cases.models.specialist_input import DETAILS
from cases.queries.input_page import newest
from cases.queries.referral import lesions_known
from cases.vocabulary import Specialty

OPINION = ("opinion", "confidence", "opinion_reason", "conflict_of_interest")
NODE = ("station", "short_axis_mm", "suspicious")
BIOMARKER = ("marker", "result", "figure", "variant", "method", "laboratory", "tested_on")
ACCESS = tuple(
    f.name
    for f in LesionAccess._meta.concrete_fields
    if f.name not in {"id", "details", "created_at", "created_by"}
)
LINE = ("regimen", "started_on", "ended_on", "best_response", "stop_reason")


def stands(specialist_input: SpecialistInput) -> dict[str, Any]:
    """What the record says now, as the form's beginnings."""
    row, case = details_of(specialist_input), specialist_input.case
    return {
        "opinion": model_to_dict(specialist_input, fields=OPINION),
        "details": model_to_dict(row, exclude=["input"]) if row else {},
        "rows": _ROWS.get(Specialty(specialist_input.specialty), _no_rows)(case, row),
        "facts": _FACTS.get(Specialty(specialist_input.specialty), _no_facts)(case),
        "case": {"primary_site": getattr(getattr(case, "diagnosis", None), "primary_site", "")},
    }


def _no_facts(case: Case) -> dict[str, Any]:
    return {}


def _no_rows(case: Case, row) -> dict[str, list]:
    return {}


def _children(row, name: str, columns: Sequence[str]) -> list[dict[str, Any]]:
    return (
        [model_to_dict(one, fields=columns) for one in getattr(row, name).order_by("created_at")]
        if row
        else []
    )


def _of_radiology(case: Case, row) -> dict[str, list]:
    return {"lesions": lesions_known(case), "nodes": _children(row, "nodes", NODE)}


def _of_oncology(case: Case, row) -> dict[str, list]:
    return {"lines": _children(row, "lines", LINE)}


def _of_pathology(case: Case, row) -> dict[str, list]:
    """What was answered, then what this primary asks for and nobody has answered yet."""
    answered = _children(row, "biomarkers", BIOMARKER)
    site = getattr(getattr(case, "diagnosis", None), "primary_site", "")
    open_ones = {one.code for one in asked_for(site)} - {one["marker"] for one in answered}
    asked = [{"marker": one.code} for one in asked_for(site) if one.code in open_ones]
    return {"biomarkers": answered + asked}


def _of_interventional(case: Case, row) -> dict[str, list]:
    """Every known lesion, with what was said of its access."""
    said = {one["lesion"]: one for one in _children(row, "accesses", ACCESS)}
    lesions = Lesion.objects.standing().filter(case=case).order_by("number")
    return {"accesses": [{"lesion": one.pk, "label": one.label, **said.get(one.pk, {})} for one in lesions]}


_ROWS = {
    Specialty.RADIOLOGY: _of_radiology,
    Specialty.ONCOLOGY: _of_oncology,
    Specialty.PATHOLOGY: _of_pathology,
    Specialty.INTERVENTIONAL: _of_interventional,
}


def _liver_fact(case: Case) -> dict[str, Any]:
    return {"liver": _as_told(newest(LiverStatus, case, "assessed_on"), "assessed_on")}


def _wish_fact(case: Case) -> dict[str, Any]:
    return {"wish": _as_told(newest(PatientWish, case, "told_on"), "told_on")}


def _as_told(fact, day: str) -> dict[str, Any]:
    """What is said anew is said on another day, so the day stays out; `seen` tells which fact was shown."""
    if fact is None:
        return {}
    told = (
        f"by {fact.created_by}, {date_format(on, 'd-M-Y') if (on := getattr(fact, day)) else 'day not known'}"
    )
    return model_to_dict(fact, exclude=[day]) | {"seen": str(fact.pk), "recorded": told}


_FACTS = {Specialty.TRANSPLANT: _liver_fact, Specialty.NURSING: _wish_fact}


def details_of(specialist_input: SpecialistInput):
    return DETAILS[Specialty(specialist_input.specialty)].objects.filter(input=specialist_input).first()
