"""What was known of the case when the board decided? Kept with the decision, as it was that day."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F
from django.forms.models import model_to_dict

from cases.domain.scores import registry
from cases.models import (
    Case,
    Diagnosis,
    Fitness,
    LabResult,
    Lesion,
    LesionMeasurement,
    LiverStatus,
    PatientWish,
    SpecialistInput,
)

VERSION = 1


def snapshot(case: Case) -> dict[str, Any]:
    """Facts with their days and ids; nothing that says who the patient is."""
    found = {
        "version": VERSION,
        "presentation": case.presentation,
        "question": case.question,
        "diagnosis": _row(Diagnosis.objects.filter(case=case).first()),
        "labs": _labs(case),
        "lesions": _lesions(case),
        "fitness": _newest(Fitness, case),
        "liver_status": _newest(LiverStatus, case),
        "patient_wish": _newest(PatientWish, case),
        "inputs": _inputs(case),
        "scores": {one.id: one.version for one in registry.all_scores()},
    }
    return json.loads(json.dumps(found, cls=DjangoJSONEncoder))


def _row(record) -> dict[str, Any] | None:
    """All that the row says, with the fields that no form may write."""
    if record is None:
        return None
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def _newest(model, case: Case) -> dict[str, Any] | None:
    return _row(model.objects.standing().filter(case=case).order_by("-created_at").first())


def _labs(case: Case) -> list[dict[str, Any]]:
    """The latest value of each analyte; one without a day comes after those with one."""
    latest = (
        LabResult.objects.standing()
        .filter(case=case)
        .order_by("analyte", F("taken_on").desc(nulls_last=True), "-created_at")
        .distinct("analyte")
    )
    return [
        model_to_dict(lab, fields=["analyte", "value", "comparator", "unit", "taken_on"]) | {"id": lab.pk}
        for lab in latest
    ]


def _lesions(case: Case) -> list[dict[str, Any]]:
    lesions = list(Lesion.objects.standing().filter(case=case).order_by("number"))
    sizes = {
        size.lesion_id: size
        for size in LesionMeasurement.objects.filter(lesion__in=lesions).order_by(
            F("measured_on").asc(nulls_first=True), "created_at"
        )
    }
    return [
        {
            "id": lesion.pk,
            "number": lesion.number,
            "segments": lesion.segments,
            "viable": lesion.viable,
            "treated": lesion.treated,
            "newest": _row(sizes.get(lesion.pk)),
        }
        for lesion in lesions
    ]


def _inputs(case: Case) -> list[dict[str, Any]]:
    signed = SpecialistInput.objects.current().filter(
        case=case, presentation=case.presentation, signed_at__isnull=False
    )
    return list(
        signed.order_by("specialty").values(
            "id", "specialty", "revision", "opinion", "confidence", "signed_at"
        )
    )
