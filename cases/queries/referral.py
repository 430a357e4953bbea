"""What did a referral say, and what is on the way? For filling its form again."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.forms.models import model_to_dict

from cases.domain.labs import plain
from cases.models import (
    Case,
    Diagnosis,
    Fitness,
    ImagingStudy,
    LabResult,
    Lesion,
    LesionMeasurement,
    LiverStatus,
    Patient,
    PatientWish,
    StatusChange,
    SymptomReport,
)
from cases.vocabulary import CaseStatus

ABOUT = ["board", "question", "why_now", "topics", "urgency", "gp_name", "gp_address"]


def referral_of(case: Case) -> dict[str, Any]:
    """Everything that stands in the record of this referral, part by part, as the form takes it."""
    fitness = _newest(Fitness, case)
    if fitness.get("ecog", "") is None:
        fitness["ecog"] = "unknown"
    return {
        "patient": model_to_dict(case.patient),
        "question": model_to_dict(case, fields=ABOUT),
        "diagnosis": model_to_dict(found) if (found := Diagnosis.objects.filter(case=case).first()) else {},
        "fitness": fitness,
        "liver": _newest(LiverStatus, case),
        "symptoms": _newest(SymptomReport, case),
        "wish": _newest(PatientWish, case),
        "imaging": _newest(ImagingStudy, case),
        "labs": _labs(case),
        "lesions": {"rows": _lesions(case)},
    }


def _newest(model, case: Case) -> dict[str, Any]:
    fact = model.objects.standing().filter(case=case).order_by("-created_at").first()
    return model_to_dict(fact) if fact else {}


def _labs(case: Case) -> dict[str, Any]:
    """The day that most values share is the panel's; the others keep their own."""
    found = list(LabResult.objects.standing().filter(case=case).order_by("created_at"))
    days = Counter(one.taken_on for one in found if one.taken_on)
    day = days.most_common(1)[0][0] if days else None
    rows = [
        {
            "analyte": one.analyte,
            "value": f"{one.comparator}{plain(one.value)}",
            "unit": one.unit,
            "upper_limit": plain(one.upper_limit) if one.upper_limit else "",
            "taken_on": one.taken_on if one.taken_on != day else None,
            "confirmed": f"{one.comparator}{plain(one.value)} {one.unit}",
        }
        for one in found
    ]
    return {"day": day, "rows": rows}


def _lesions(case: Case) -> list[dict[str, Any]]:
    lesions = Lesion.objects.standing().filter(case=case).order_by("number")
    sizes = LesionMeasurement.objects.filter(lesion__in=lesions).order_by("created_at")
    latest = {size.lesion_id: size for size in sizes}
    return [
        {
            "number": one.number,
            "segments": one.segments,
            "note": one.note,
            "long_axis_mm": latest[one.pk].long_axis_mm if one.pk in latest else None,
            "measured_on": latest[one.pk].measured_on if one.pk in latest else one.first_seen_on,
        }
        for one in lesions
    ]


def lesions_known(case: Case) -> list[dict[str, Any]]:
    """The lesions of a case for looking at them again: number and place, the size to be measured anew."""
    return [{**row, "long_axis_mm": None, "measured_on": None} for row in _lesions(case)]


def returned_because(case: Case) -> StatusChange | None:
    """Why the referral was sent back, if it waits for being completed."""
    if case.status != CaseStatus.RETURNED:
        return None
    steps = StatusChange.objects.filter(case=case, after=CaseStatus.RETURNED).select_related("by")
    return steps.order_by("-at").first()


def numbers_seen_by(user, patients: Iterable[Patient]) -> dict[UUID, str]:
    """The record numbers of those patients of whom this person may see a case."""
    seen = Case.objects.visible_to(user).filter(patient__in=list(patients)).select_related("patient")
    return {case.patient_id: case.patient.record_number for case in seen}
