"""What is known of these cases, each on its own day, and where is each thing recorded?

The same number of queries however many cases.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from cases.domain import picture as pictures
from cases.domain.picture import Gap, Picture, from_facts
from cases.domain.picture.from_labs import of_labs
from cases.domain.picture.lirads import FEATURES
from cases.domain.picture.parts import WAIVED, Source
from cases.domain.picture.seen import LesionSeen, Measured
from cases.models import (
    Case,
    ComorbidityReview,
    Fitness,
    ImagingStudy,
    LabResult,
    Lesion,
    LesionMeasurement,
    LiverStatus,
    TreatmentCourse,
    Waiver,
)
from cases.queries.recorded import DETAILS, Recorded, recorded, with_inputs
from cases.vocabulary import InputStatus

# Where a place is not `record-` and its name.
ADDRESSES = {"referral": "edit-referral", "lesions": "lesions"}


def picture_of(case: Case, *, on: date) -> Picture:
    return pictures_of([case], days={case.pk: on})[case.pk]


def pictures_of(cases: Iterable[Case], *, days: Mapping[UUID, date]) -> dict[UUID, Picture]:
    """Of cases as they stand now, however they were loaded."""
    found = with_inputs(Case.objects.filter(pk__in=[case.pk for case in cases]))
    return {pk: drawn(one, on=days[pk]) for pk, one in recorded(found).items()}


def link(place: str, case: Case, picture: Picture) -> str:
    """The sheet, or the discipline's input; the case itself where there is neither."""
    if place.startswith("input:"):
        pk = picture.input_ids.get(place.removeprefix("input:"))
        return reverse("cases:input", args=[pk]) if pk else reverse("cases:case", args=[case.pk])
    try:
        return reverse(f"cases:{ADDRESSES.get(place, f'record-{place}')}", args=[case.pk])
    except NoReverseMatch:
        return reverse("cases:case", args=[case.pk])


def drawn(one: Recorded, *, on: date) -> Picture:
    """From what a page has loaded already."""
    sources = [
        *_of_the_patient(one, on),
        *_of_facts(one),
        # of two signed on one day the later counts
        *(item for said in reversed(_newest_signed(one.inputs)) for item in _of_input(said, one.case)),
    ]
    lesions = tuple(_lesion(lesion) for lesion in one.lesions)
    return pictures.assemble(sources, on=on, lesions=lesions, input_ids=_ids(one))


def _of_the_patient(one: Recorded, on: date) -> Iterator[Source]:
    case = one.case
    yield from from_facts.of_case(_row(case) | _row(case.patient), on=on)
    yield from of_labs(_by(row) for row in one.facts[LabResult])
    yield from from_facts.of_imaging(_by(row) for row in one.facts[ImagingStudy])
    if hasattr(case, "diagnosis"):
        written = {name: _day(at, case) for name, at in one.written.items()}
        yield from from_facts.of_diagnosis(_row(case.diagnosis), by=_author(case.diagnosis), said_on=written)


def _of_facts(one: Recorded) -> Iterator[Source]:
    for model, read in READ.items():
        if fact := one.newest(model):
            yield from read(_row(fact), by=_author(fact), said_on=_day(fact.created_at, one.case))
    for waiver in one.facts[Waiver]:
        on = _day(waiver.created_at, one.case)
        yield Gap(waiver.item, WAIVED, waiver.reason, _author(waiver), on)


def _of_input(signed: Any, case: Case) -> Iterable[Source]:
    said = _row(getattr(signed, DETAILS[signed.specialty]))
    said["biomarkers"] = [_row(one) for one in getattr(signed, "biomarkers", ())]
    on, by = _day(signed.signed_at, case), signed.signed_by.display_name
    return pictures.items_of(signed.specialty, said, on=on, by=by)


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


def _ids(found: Recorded) -> dict[str, UUID]:
    """Where a discipline answers now: what it is asked in this presentation, before what it signed."""
    ids: dict[str, UUID] = {}
    for one in found.inputs:
        if one.presentation == found.case.presentation and one.status != InputStatus.NOT_NEEDED:
            ids.setdefault(one.specialty, one.pk)
    return ids


def _lesion(one: Lesion) -> LesionSeen:
    return LesionSeen(
        number=one.number,
        segments=tuple(one.segments),
        viable=one.viable,
        treated=one.treated or bool(one.treatments),
        treated_on=one.treated_on,
        first_seen_on=one.first_seen_on,
        disappeared_on=one.disappeared_on,
        is_target=one.is_target,
        by=_author(one),
        measured=tuple(_measured(look) for look in one.measurements.all()),
    )


def _measured(one: LesionMeasurement) -> Measured:
    features = {name: getattr(one, name) for name in FEATURES}
    return Measured(one.measured_on, one.long_axis_mm, one.viable_mm, one.li_rads, features, _author(one))


def _row(one: Any) -> dict[str, Any]:
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


def _by(one: Any) -> dict[str, Any]:
    return _row(one) | {"by": _author(one)}


def _author(one: Any) -> str:
    return one.created_by.display_name


def _day(moment: datetime, case: Case) -> date:
    """In the time of the board."""
    return moment.astimezone(case.board.zone).date()
