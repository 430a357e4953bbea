"""Which of these cases are ready on the day of their meeting?

One query for the facts and one for the inputs, however many cases.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from cases.domain.readiness import Awaited, Facts, Lack, Readiness, assess
from cases.models import (
    Case,
    Fitness,
    ImagingStudy,
    LabResult,
    Lesion,
    LesionMeasurement,
    LiverStatus,
    SpecialistInput,
)
from cases.vocabulary import InputStatus, Modality, Specialty, Urgency

NEWEST = F("created_at").desc()
AWAITED = frozenset({InputStatus.ASKED, InputStatus.DRAFT})


def readiness_of(case: Case, *, on: date, now: datetime | None = None) -> Readiness:
    return readiness_of_all([case], days={case.pk: on}, now=now)[case.pk]


def readiness_of_all(
    cases: Iterable[Case], *, days: Mapping[UUID, date], now: datetime | None = None
) -> dict[UUID, Readiness]:
    """Readiness of each case on its own day; a case without a day is judged today."""
    now = now or timezone.now()
    found = facts_of([case.pk for case in cases])
    return {
        pk: with_addresses(assess(facts, on=days.get(pk) or now.date(), now=now), case_id=pk)
        for pk, facts in found.items()
    }


def with_addresses(readiness: Readiness, *, case_id: UUID) -> Readiness:
    def told(lacks: tuple[Lack, ...]) -> tuple[Lack, ...]:
        return tuple(replace(lack, link=_address(lack.link, case_id)) for lack in lacks)

    return replace(
        readiness,
        blocking=told(readiness.blocking),
        stale=told(readiness.stale),
        waiting=told(readiness.waiting),
    )


def _address(sheet: str, case_id: UUID) -> str:
    if not sheet or sheet.startswith("/"):
        return sheet
    name = "edit-referral" if sheet == "referral" else f"record-{sheet}"
    return _reversed(f"cases:{name}", case_id)


def _reversed(name: str, pk: UUID) -> str:
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""


def facts_of(pks: Iterable[UUID]) -> dict[UUID, Facts]:
    return {case.pk: facts_from(case) for case in with_facts(Case.objects.filter(pk__in=list(pks)))}


def with_facts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with all that readiness asks of them: the newest standing fact of each kind."""
    current = SpecialistInput.objects.current().select_related("asked_of", "signed_by", "radiologyinput")
    return (
        cases.select_related("diagnosis", "referred_by")
        .annotate(
            ecog=_newest(Fitness, "ecog"),
            liver=_newest(
                LiverStatus,
                JSONObject(cirrhosis="cirrhosis", ascites="ascites", encephalopathy="encephalopathy"),
            ),
            liver_imaging=_newest(
                ImagingStudy,
                JSONObject(on="performed_on", modality="modality"),
                F("performed_on").desc(),
                covers_liver=True,
            ),
            lab_days=_lab_days(),
            lesion_rows=_lesions(),
        )
        .prefetch_related(Prefetch("inputs", queryset=current, to_attr="current_inputs"))
    )


def _newest(model: Any, value: Any, *order: Any, **where: Any) -> Subquery:
    """What was recorded last is what is known now."""
    standing = model.objects.standing().filter(case=OuterRef("pk"), **where)
    return Subquery(standing.order_by(*order, NEWEST).values_list(value)[:1])


def _lab_days() -> ArraySubquery:
    """The day of each analyte's newest value; an undated one only where none has a date."""
    standing = LabResult.objects.standing().filter(case=OuterRef("pk"))
    newest = standing.order_by("analyte", F("taken_on").desc(nulls_last=True)).distinct("analyte")
    return ArraySubquery(newest.values(row=JSONObject(analyte="analyte", on="taken_on")))


def _lesions() -> ArraySubquery:
    sizes = LesionMeasurement.objects.filter(lesion=OuterRef("pk"))
    latest = sizes.order_by(F("measured_on").desc(nulls_last=True), NEWEST).values("long_axis_mm")[:1]
    standing = Lesion.objects.standing().filter(case=OuterRef("pk")).annotate(mm=Subquery(latest))
    return ArraySubquery(standing.values(row=JSONObject(segments="segments", mm="mm")))


def facts_from(case: Any) -> Facts:
    """Of a case that `with_facts` has loaded."""
    inputs = counting(case)
    radiology = next((one for one in inputs if one.specialty == Specialty.RADIOLOGY), None)
    diagnosis = getattr(case, "diagnosis", None)
    return Facts(
        question=case.question,
        ecog=case.ecog,
        taken_on={row["analyte"]: _day(row["on"]) for row in case.lab_days},
        awaited=tuple(_awaited(one) for one in inputs if one.status in AWAITED),
        referrer=case.referred_by.display_name,
        radiologist=radiology.asked_of.display_name if radiology and radiology.asked_of else "",
        emergency=case.urgency == Urgency.EMERGENCY,
        **(case.liver or {}),
        **_of_diagnosis(diagnosis),
        **_of_imaging(case.liver_imaging, radiology),
        **_of_lesions(case.lesion_rows, diagnosis, radiology),
    )


_OF_DIAGNOSIS = (
    "primary_site",
    "histology",
    "primary_control",
    "extrahepatic_disease",
    "macrovascular_invasion",
)


def counting(case: Any) -> list[SpecialistInput]:
    """One input of each discipline for this presentation: while an amendment is written, the signed one."""
    found: dict[str, SpecialistInput] = {}
    for one in sorted(case.current_inputs, key=lambda one: (one.status == InputStatus.SIGNED, one.revision)):
        if one.presentation == case.presentation:
            found[one.specialty] = one
    return [found[specialty] for specialty in Specialty.values if specialty in found]


def _awaited(one: SpecialistInput) -> Awaited:
    specialty = Specialty(one.specialty)
    return Awaited(
        name=specialty.label,
        short=specialty.short,
        asked_of=one.asked_of.display_name if one.asked_of else "",
        due_at=one.due_at,
        begun=one.status == InputStatus.DRAFT,
        link=_reversed("cases:input", one.pk),
    )


def _of_diagnosis(diagnosis: Any) -> dict[str, Any]:
    return {name: getattr(diagnosis, name) for name in _OF_DIAGNOSIS} if diagnosis else {}


def _of_imaging(study: dict | None, radiology: SpecialistInput | None) -> dict[str, Any]:
    """The newest study of the liver, whether it was entered or read by the radiologist."""
    read = _signed(radiology)
    entered_on = _day(study["on"]) if study else None
    if read and read.studied_on and (entered_on is None or read.studied_on > entered_on):
        return {"imaging_on": read.studied_on, "imaging_name": _modality(read.modality)}
    return {"imaging_on": entered_on, "imaging_name": _modality(study["modality"])} if study else {}


def _modality(code: str) -> str:
    return f"liver {Modality(code).label}" if code else "liver imaging"


def _of_lesions(rows: list[dict], diagnosis: Any, radiology: SpecialistInput | None) -> dict[str, Any]:
    """From the lesions recorded one by one, else the radiologist's figures, else the referral's."""
    read = _signed(radiology)
    if rows:
        sizes = [Decimal(str(row["mm"])) for row in rows if row["mm"] is not None]
        return {
            "lesion_count": len(rows),
            "largest_mm": max(sizes, default=getattr(diagnosis, "stated_largest_mm", None)),
            "segments_known": all(row["segments"] for row in rows),
        }
    if read and read.lesion_count is not None:
        return {
            "lesion_count": read.lesion_count,
            "count_is_minimum": read.lesion_count_is_minimum,
            "largest_mm": read.largest_lesion_mm,
            "segments_known": bool(read.lesion_segments),
        }
    if diagnosis is None:
        return {}
    return {
        "lesion_count": diagnosis.stated_lesion_count,
        "count_is_minimum": diagnosis.stated_count_is_minimum,
        "largest_mm": diagnosis.stated_largest_mm,
    }


def _signed(radiology: SpecialistInput | None) -> Any:
    if radiology is None or radiology.status != InputStatus.SIGNED:
        return None
    return getattr(radiology, "radiologyinput", None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
