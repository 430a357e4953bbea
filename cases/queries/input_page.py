"""What does a discipline see when it is asked: by whom, for which meeting, and what others know already?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from cases import permissions
from cases.domain.biomarkers import asked_for
from cases.domain.labs import plain
from cases.models import (
    AgendaItem,
    Case,
    Diagnosis,
    Fitness,
    ImagingStudy,
    LabResult,
    Lesion,
    LesionAccess,
    LesionMeasurement,
    LiverStatus,
    Meeting,
    PatientWish,
    SpecialistInput,
)
from cases.models.specialist_input import DETAILS
from cases.permissions import Permission
from cases.queries.facts import in_words
from cases.queries.referral import lesions_known
from cases.vocabulary import ItemStatus, Specialty

OPINION = ("opinion", "confidence", "opinion_reason", "conflict_of_interest")
NODE = ("station", "short_axis_mm", "suspicious")
BIOMARKER = ("marker", "result", "figure", "variant", "method", "laboratory", "tested_on")
ACCESS = tuple(
    f.name
    for f in LesionAccess._meta.concrete_fields
    if f.name not in {"id", "details", "created_at", "created_by"}
)
LINE = ("regimen", "started_on", "ended_on", "best_response", "stop_reason")


@dataclass(frozen=True)
class KnownLesion:
    label: str
    segments: str
    size: str


@dataclass(frozen=True)
class Known:
    """What others recorded: shown beside the form, never asked again."""

    diagnosis: list[tuple[str, str]]
    condition: list[str]
    imaging: list[str]
    labs: list[str]
    lesions: list[KnownLesion]
    wish: PatientWish | None


@dataclass(frozen=True)
class InputPage:
    input: SpecialistInput
    case: Case
    meeting: Meeting | None
    is_listed: bool
    is_late: bool
    may_ask: bool
    known: Known
    others: list[SpecialistInput]
    revisions: list[SpecialistInput]


def input_page(specialist_input: SpecialistInput, user) -> InputPage:
    case = specialist_input.case
    meeting, is_listed = _meeting(case)
    due_at = specialist_input.due_at
    return InputPage(
        input=specialist_input,
        case=case,
        meeting=meeting,
        is_listed=is_listed,
        is_late=bool(due_at and due_at < timezone.now()),
        may_ask=Permission.ASK_FOR_INPUT in permissions.granted(user, board=case.board),
        known=known_of(case),
        others=_others(specialist_input),
        revisions=_revisions(specialist_input),
    )


def _meeting(case: Case) -> tuple[Meeting | None, bool]:
    """The meeting on whose list the case stands, else the board's next."""
    on_a_list = AgendaItem.objects.filter(case=case, status__in=[ItemStatus.PLANNED, ItemStatus.OPEN])
    item = on_a_list.select_related("meeting").first()
    if item:
        return item.meeting, True
    return case.board.meetings.upcoming(now=timezone.now()).order_by("starts_at").first(), False


def _others(one: SpecialistInput) -> list[SpecialistInput]:
    same = SpecialistInput.objects.current().filter(case=one.case, presentation=one.presentation)
    others = same.exclude(specialty=one.specialty).exclude(status="NOT_NEEDED")
    order = list(Specialty)
    return sorted(
        others.select_related("asked_of", "signed_by"),
        key=lambda other: (order.index(other.specialty), -other.revision),
    )


def _revisions(one: SpecialistInput) -> list[SpecialistInput]:
    same = SpecialistInput.objects.filter(
        case=one.case, presentation=one.presentation, specialty=one.specialty
    )
    return list(same.select_related("signed_by", "asked_of").order_by("-revision"))


def known_of(case: Case) -> Known:
    condition = [_newest(model, case, "assessed_on") for model in (Fitness, LiverStatus)]
    labs = (
        LabResult.objects.standing()
        .filter(case=case)
        .order_by("analyte", F("taken_on").desc(nulls_last=True), "-created_at")
        .distinct("analyte")
    )
    imaging = ImagingStudy.objects.standing().filter(case=case).order_by("-performed_on")[:3]
    return Known(
        diagnosis=_diagnosis(Diagnosis.objects.filter(case=case).first()),
        condition=[in_words(fact) for fact in condition if fact],
        imaging=[in_words(study) for study in imaging],
        labs=[in_words(one) for one in labs],
        lesions=_lesions(case),
        wish=_newest(PatientWish, case, "told_on"),
    )


def _newest(model, case: Case, day: str):
    newest_first = (F(day).desc(nulls_last=True), "-created_at")
    return model.objects.standing().filter(case=case).order_by(*newest_first).first()


def _diagnosis(known: Diagnosis | None) -> list[tuple[str, str]]:
    if known is None:
        return []
    site = ", ".join(filter(None, [known.get_primary_site_display(), known.site_detail]))
    return [
        ("Primary", site),
        ("Histology", known.histology),
        ("Liver disease", known.timing.label if known.timing else ""),
        ("Primary controlled", known.get_primary_control_display()),
        ("Outside the liver", known.get_extrahepatic_disease_display()),
    ]


def _lesions(case: Case) -> list[KnownLesion]:
    by_day = LesionMeasurement.objects.order_by(F("measured_on").desc(nulls_last=True), "-created_at")
    lesions = Lesion.objects.standing().filter(case=case).order_by("number")
    return [
        KnownLesion(one.label, ", ".join(one.segments), _size(one))
        for one in lesions.prefetch_related(Prefetch("measurements", queryset=by_day))
    ]


def _size(lesion: Lesion) -> str:
    newest = next(iter(lesion.measurements.all()), None)
    if newest is None:
        return ""
    day = date_format(newest.measured_on, "d-M-Y") if newest.measured_on else "day not known"
    return f"{plain(newest.long_axis_mm)} mm, {day}"


def stands(specialist_input: SpecialistInput) -> dict[str, Any]:
    """What the record says now, as the form's beginnings."""
    row, case = _details(specialist_input), specialist_input.case
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
    newest = _newest(LiverStatus, case, "assessed_on")
    return {"liver": model_to_dict(newest) if newest else {}}


def _wish_fact(case: Case) -> dict[str, Any]:
    newest = _newest(PatientWish, case, "told_on")
    return {"wish": model_to_dict(newest) if newest else {}}


_FACTS = {Specialty.TRANSPLANT: _liver_fact, Specialty.NURSING: _wish_fact}


def _details(specialist_input: SpecialistInput):
    return DETAILS[Specialty(specialist_input.specialty)].objects.filter(input=specialist_input).first()


def sheet(specialist_input: SpecialistInput) -> list[tuple[str, str]]:
    """Everything that an input says, to be read: what was left open is left out."""
    row = _details(specialist_input)
    said = _answers(row) if row else []
    if hasattr(row, "lines"):
        said += [(f"Line {line.position}", _line(line)) for line in row.lines.order_by("position")]
    return said


def _answers(row) -> list[tuple[str, str]]:
    columns = [field for field in row._meta.concrete_fields if not field.primary_key]
    answers = [(capfirst(field.verbose_name), _answer(row, field)) for field in columns]
    return [(label, answer) for label, answer in answers if answer]


def _answer(row, field) -> str:
    value = getattr(row, field.name)
    if value in (None, "", [], False):
        return ""
    if value is True:
        return "yes"
    if isinstance(value, list):
        labels = dict(field.base_field.choices)
        return ", ".join(str(labels.get(code, code)) for code in value)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if hasattr(value, "isoformat"):
        return date_format(value, "d-M-Y")
    return plain(value) if hasattr(value, "normalize") else str(value)


def _line(line) -> str:
    days = [date_format(day, "d-M-Y") if day else "…" for day in (line.started_on, line.ended_on)]
    span = " to ".join(days) if line.started_on or line.ended_on else ""
    return ", ".join(filter(None, [line.regimen, span, line.get_best_response_display(), line.stop_reason]))
