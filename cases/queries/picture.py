"""What is known of these cases, each on its own day, and where is each thing recorded?

The same number of queries however many cases.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Q
from django.urls import NoReverseMatch, reverse

from cases.domain import picture as pictures
from cases.domain.picture import Gap, Picture, from_facts
from cases.domain.picture.from_labs import of_labs
from cases.domain.picture.lirads import FEATURES
from cases.domain.picture.parts import WAIVED, Source
from cases.domain.picture.seen import LesionSeen, Measured
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
from cases.vocabulary import InputStatus, Specialty
from tumorboard.audit.models import RowChange

# Where a place is not `record-` and its name.
ADDRESSES = {"referral": "edit-referral", "lesions": "lesions"}
DETAILS = {
    Specialty.SURGERY: "surgicalinput",
    Specialty.TRANSPLANT: "transplantinput",
    Specialty.ONCOLOGY: "oncologyinput",
    Specialty.RADIOLOGY: "radiologyinput",
    Specialty.INTERVENTIONAL: "interventionalinput",
    Specialty.PATHOLOGY: "pathologyinput",
}
MAY_BE_SEEN_ANEW = ("macrovascular_invasion", "extrahepatic_disease")

Rows = dict[UUID, list[Any]]


def picture_of(case: Case, *, on: date) -> Picture:
    return pictures_of([case], days={case.pk: on})[case.pk]


def pictures_of(cases: Iterable[Case], *, days: Mapping[UUID, date]) -> dict[UUID, Picture]:
    return {one.case.pk: _drawn(one, days[one.case.pk]) for one in _loaded([case.pk for case in cases])}


def link(place: str, case: Case, picture: Picture) -> str:
    """The sheet, or the discipline's input; the case itself where there is neither."""
    if place.startswith("input:"):
        pk = picture.input_ids.get(place.removeprefix("input:"))
        return reverse("cases:input", args=[pk]) if pk else reverse("cases:case", args=[case.pk])
    try:
        return reverse(f"cases:{ADDRESSES.get(place, f'record-{place}')}", args=[case.pk])
    except NoReverseMatch:
        return reverse("cases:case", args=[case.pk])


@dataclass(frozen=True)
class Loaded:
    """One case with all that its picture is drawn from."""

    case: Any
    facts: Mapping[Any, list[Any]]  # by model
    inputs: list[Any]
    lesions: tuple[LesionSeen, ...]
    written: Mapping[str, datetime]  # field of the diagnosis -> when it was last written

    def day(self, moment: datetime) -> date:
        """In the time of the board."""
        return moment.astimezone(self.case.board.zone).date()


def _loaded(pks: list[UUID]) -> list[Loaded]:
    found = list(Case.objects.filter(pk__in=pks).select_related("patient", "board", "diagnosis__created_by"))
    facts = {model: _standing(model, pks) for model in (LabResult, ImagingStudy, Waiver)}
    facts |= {model: _newest(model, pks, *order) for model, order in NEWEST.items()}
    inputs, lesions, written = _inputs(pks), _lesions(pks), _last_written(found)
    return [
        Loaded(
            case=case,
            facts={model: rows.get(case.pk, []) for model, rows in facts.items()},
            inputs=inputs.get(case.pk, []),
            lesions=lesions.get(case.pk, ()),
            written=written.get(case.pk, {}),
        )
        for case in found
    ]


NEWEST: Mapping[Any, tuple[str, ...]] = {
    Fitness: (),
    LiverStatus: (),
    ComorbidityReview: (),
    TreatmentCourse: ("-performed_on",),
}


def _standing(model: Any, pks: list[UUID]) -> Rows:
    return _by_case(model.objects.standing().filter(case__in=pks).select_related("created_by"))


def _newest(model: Any, pks: list[UUID], *order: str) -> Rows:
    """What was recorded last is what is known now."""
    standing = model.objects.standing().filter(case__in=pks).select_related("created_by")
    return _by_case(standing.order_by("case", *order, "-created_at").distinct("case"))


def _by_case(rows: Iterable[Any]) -> Rows:
    found: Rows = defaultdict(list)
    for one in rows:
        found[one.case_id].append(one)
    return found


def _inputs(pks: list[UUID]) -> Rows:
    """Current inputs of every presentation, the newest first, those that are awaited before all."""
    current = SpecialistInput.objects.current().filter(case__in=pks)
    rows = list(
        current.select_related("signed_by", *DETAILS.values()).order_by(F("signed_at").desc(nulls_first=True))
    )
    markers: Rows = defaultdict(list)
    for one in BiomarkerResult.objects.filter(details__in=[row.pk for row in rows]):
        markers[one.details_id].append(_row(one))
    for row in rows:
        row.biomarkers = markers.get(row.pk, [])
    return _by_case(rows)


def _lesions(pks: list[UUID]) -> dict[UUID, tuple[LesionSeen, ...]]:
    standing = Lesion.objects.standing().filter(case__in=pks).select_related("created_by").order_by("number")
    lesions = list(standing)
    sizes: Rows = defaultdict(list)
    newest = F("measured_on").desc(nulls_last=True)
    measured = LesionMeasurement.objects.standing().filter(lesion__in=lesions).select_related("created_by")
    for one in measured.order_by(newest, "-created_at"):
        sizes[one.lesion_id].append(_measured(one))
    found: dict[UUID, tuple[LesionSeen, ...]] = {}
    for lesion in lesions:
        seen = _lesion(lesion, tuple(sizes.get(lesion.pk, ())))
        found[lesion.case_id] = (*found.get(lesion.case_id, ()), seen)
    return found


def _measured(one: LesionMeasurement) -> Measured:
    features = {name: getattr(one, name) for name in FEATURES}
    return Measured(
        one.measured_on, one.long_axis_mm, one.viable_mm, one.li_rads, features, one.created_by.display_name
    )


def _lesion(one: Lesion, measured: tuple[Measured, ...]) -> LesionSeen:
    return LesionSeen(
        number=one.number,
        segments=tuple(one.segments),
        viable=one.viable,
        treated=one.treated or bool(one.treatments),
        treated_on=one.treated_on,
        first_seen_on=one.first_seen_on,
        disappeared_on=one.disappeared_on,
        is_target=one.is_target,
        by=one.created_by.display_name,
        measured=measured,
    )


def _last_written(found: list[Any]) -> dict[UUID, dict[str, datetime]]:
    """When the diagnosis last said what a radiologist may have seen anew."""
    keys = {str(case.diagnosis.pk): case.pk for case in found if hasattr(case, "diagnosis")}
    past = RowChange.objects.filter(table=Diagnosis._meta.db_table, row__in=keys)
    latest = {name: Max("at", filter=Q(after__has_key=name)) for name in MAY_BE_SEEN_ANEW}
    rows = past.values_list("row").annotate(**latest).values_list("row", *latest)
    return {
        keys[row]: {name: at for name, at in zip(latest, moments, strict=True) if at}
        for row, *moments in rows
    }


def _drawn(loaded: Loaded, on: date) -> Picture:
    case, day = loaded.case, loaded.day
    sources: list[Source] = [
        *from_facts.of_case(_row(case) | _row(case.patient), on=on),
        *of_labs(_row(one) for one in loaded.facts[LabResult]),
        *from_facts.of_imaging(_row(one) for one in loaded.facts[ImagingStudy]),
    ]
    if hasattr(case, "diagnosis"):
        written = {name: day(at) for name, at in loaded.written.items()}
        sources += from_facts.of_diagnosis(_row(case.diagnosis), by=_author(case.diagnosis), said_on=written)
    for model, read in READ.items():
        for one in loaded.facts[model]:
            sources += read(_row(one), by=_author(one), said_on=day(one.created_at))
    for one in loaded.facts[Waiver]:
        sources.append(Gap(one.item, WAIVED, one.reason, _author(one), day(one.created_at)))
    for one in _newest_signed(loaded.inputs):
        said = _row(getattr(one, DETAILS[one.specialty])) | {"biomarkers": one.biomarkers}
        by = one.signed_by.display_name
        sources += pictures.items_of(one.specialty, said, on=day(one.signed_at), by=by)
    return pictures.assemble(sources, on=on, lesions=loaded.lesions, input_ids=_ids(loaded))


READ: Mapping[Any, Any] = {
    Fitness: from_facts.of_fitness,
    LiverStatus: from_facts.of_liver,
    ComorbidityReview: from_facts.of_comorbidity,
    TreatmentCourse: from_facts.of_course,
}


def _newest_signed(inputs: Iterable[Any]) -> list[Any]:
    """Of each discipline the input that it signed last, in whichever presentation."""
    found: dict[str, Any] = {}
    for one in inputs:
        has_details = one.specialty in DETAILS and hasattr(one, DETAILS[one.specialty])
        if one.signed_at is not None and has_details:
            found.setdefault(one.specialty, one)
    return list(found.values())


def _ids(loaded: Loaded) -> dict[str, UUID]:
    """Where a discipline answers now: what it is asked in this presentation, before what it signed."""
    found: dict[str, UUID] = {}
    for one in loaded.inputs:
        if one.presentation == loaded.case.presentation and one.status != InputStatus.NOT_NEEDED:
            found.setdefault(one.specialty, one.pk)
    return found


def _row(one: Any) -> dict[str, Any]:
    said = {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}
    return said | ({"by": _author(one)} if isinstance(one, LabResult | ImagingStudy) else {})


def _author(one: Any) -> str:
    return one.created_by.display_name
