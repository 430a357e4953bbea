"""What is recorded of these cases? Each thing is loaded once, for whatever is told of them on one page.

The same number of queries however many cases. Nothing is asked of what cannot be there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Prefetch, Q, QuerySet, prefetch_related_objects

from cases.models import (
    BiomarkerResult,
    Case,
    ComorbidityReview,
    Diagnosis,
    Fitness,
    ImagingStudy,
    LabResult,
    Lesion,
    LesionMeasurement,
    LiverStatus,
    SpecialistInput,
    TreatmentCourse,
    Waiver,
)
from cases.vocabulary import Specialty
from tumorboard.audit.models import RowChange

# What a discipline says beside its opinion, by the name under which its input holds it.
DETAILS = {
    Specialty.SURGERY: "surgicalinput",
    Specialty.TRANSPLANT: "transplantinput",
    Specialty.ONCOLOGY: "oncologyinput",
    Specialty.RADIOLOGY: "radiologyinput",
    Specialty.INTERVENTIONAL: "interventionalinput",
    Specialty.PATHOLOGY: "pathologyinput",
}
OF_THE_CASE = ("patient", "board", "diagnosis__created_by", "referred_by")
NEWEST_FIRST = ("-created_at",)
FACTS: Mapping[Any, tuple[str, ...]] = {
    LabResult: (),
    ImagingStudy: ("-performed_on",),
    Waiver: ("created_at",),
    Fitness: NEWEST_FIRST,
    LiverStatus: NEWEST_FIRST,
    ComorbidityReview: NEWEST_FIRST,
    TreatmentCourse: ("-performed_on", "-created_at"),
}
MAY_BE_SEEN_ANEW = ("macrovascular_invasion", "extrahepatic_disease", "primary_node_positive")

Rows = dict[UUID, list[Any]]


@dataclass(frozen=True)
class Recorded:
    """One case with all that stands of it: nothing that was withdrawn, no input that was superseded."""

    case: Any
    facts: Mapping[Any, list[Any]]  # by model, in the order of FACTS
    lesions: list[Lesion]  # each with its measurements, the newest first
    written: Mapping[str, datetime]  # field of the diagnosis -> when it was last written

    @property
    def of_now(self) -> list[Any]:
        """The inputs of this presentation."""
        return [one for one in self.inputs if one.presentation == self.case.presentation]

    @property
    def inputs(self) -> list[Any]:
        """Of every presentation, the newest first, those that are awaited before all."""
        return self.case.current_inputs

    def newest(self, model: Any) -> Any:
        """What was recorded last is what is known now."""
        return next(iter(self.facts[model]), None)

    def latest(self, model: Any, day: str) -> Any:
        """What was found on the latest day, whenever it was recorded."""
        rows = self.facts[model]
        return max(rows, key=lambda one: (getattr(one, day) or date.min, one.created_at), default=None)

    @property
    def labs(self) -> dict[str, list[LabResult]]:
        """Of each analyte, by its code, the newest first."""
        found: dict[str, list[LabResult]] = {}
        by_day = sorted(self.facts[LabResult], key=lambda one: (one.taken_on or date.min, one.created_at))
        for one in reversed(by_day):
            found.setdefault(one.analyte, []).append(one)
        return dict(sorted(found.items()))


def with_inputs(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with what readiness asks besides their picture: who referred them, who was asked."""
    return cases.select_related(*OF_THE_CASE).prefetch_related(_inputs())


def recorded_of(case: Any) -> Recorded:
    return recorded([case])[case.pk]


def recorded(cases: Iterable[Any]) -> dict[UUID, Recorded]:
    """Of cases as they were loaded for a page; what `with_inputs` has not fetched is fetched."""
    found = {case.pk: case for case in cases}
    prefetch_related_objects(list(found.values()), *OF_THE_CASE, _inputs())
    facts = {model: _standing(model, list(found), order) for model, order in FACTS.items()}
    lesions, written = _lesions(list(found)), _last_written(found.values())
    _with_markers(found.values())
    return {
        pk: Recorded(
            case=case,
            facts={model: rows.get(pk, []) for model, rows in facts.items()},
            lesions=lesions.get(pk, []),
            written=written.get(pk, {}),
        )
        for pk, case in found.items()
    }


def _inputs() -> Prefetch:
    current = SpecialistInput.objects.current()
    current = current.select_related("asked_of", "signed_by", *DETAILS.values())
    newest_first = current.order_by(F("signed_at").desc(nulls_first=True))
    return Prefetch("inputs", queryset=newest_first, to_attr="current_inputs")


def _standing(model: Any, pks: list[UUID], order: tuple[str, ...]) -> Rows:
    standing = model.objects.standing().filter(case__in=pks).select_related("created_by")
    return _by_case(standing.order_by(*order))


def _by_case(rows: Iterable[Any]) -> Rows:
    found: Rows = defaultdict(list)
    for one in rows:
        found[one.case_id].append(one)
    return found


def _lesions(pks: list[UUID]) -> Rows:
    newest = F("measured_on").desc(nulls_last=True)
    looks = LesionMeasurement.objects.standing().select_related("created_by").order_by(newest, "-created_at")
    lesions = Lesion.objects.standing().filter(case__in=pks).select_related("created_by").order_by("number")
    return _by_case(lesions.prefetch_related(Prefetch("measurements", queryset=looks)))


def _with_markers(cases: Iterable[Any]) -> None:
    """A pathologist's signed input holds its biomarkers."""
    signed = {
        one.pk: one
        for case in cases
        for one in case.current_inputs
        if one.specialty == Specialty.PATHOLOGY and one.signed_at
    }
    markers: Rows = defaultdict(list)
    for row in BiomarkerResult.objects.filter(details__in=list(signed)):
        markers[row.details_id].append(row)
    for pk, one in signed.items():
        one.biomarkers = markers.get(pk, [])


def _last_written(cases: Iterable[Any]) -> dict[UUID, dict[str, datetime]]:
    """When the diagnosis last said what a radiologist may have seen anew."""
    keys = {str(case.diagnosis.pk): case.pk for case in cases if hasattr(case, "diagnosis")}
    past = RowChange.objects.filter(table=Diagnosis._meta.db_table, row__in=keys)
    latest = {name: Max("at", filter=Q(after__has_key=name)) for name in MAY_BE_SEEN_ANEW}
    rows = past.values_list("row").annotate(**latest).values_list("row", *latest)
    return {
        keys[row]: {name: at for name, at in zip(latest, moments, strict=True) if at}
        for row, *moments in rows
    }
