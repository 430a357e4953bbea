"""What does a discipline see when it is asked: by whom, for which meeting, and what others know already?"""

from dataclasses import dataclass

from django.db.models import F, Prefetch
from django.utils import timezone
from django.utils.formats import date_format

from cases import permissions
from cases.domain.labs import plain
from cases.models import (
    AgendaItem,
    Case,
    Diagnosis,
    Fitness,
    ImagingStudy,
    LabResult,
    Lesion,
    LesionMeasurement,
    LiverStatus,
    Meeting,
    PatientWish,
    SpecialistInput,
)
from cases.permissions import Permission
from cases.queries.facts import in_words
from cases.queries.imaging_rows import newest_outside_study
from cases.vocabulary import ItemStatus, Specialty


@dataclass(frozen=True)
class KnownLesion:
    number: int
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
    outside: ImagingStudy | None  # whose report a radiologist reads again


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
        outside=newest_outside_study(case) if specialist_input.specialty == Specialty.RADIOLOGY else None,
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
    condition = [newest(model, case, "assessed_on") for model in (Fitness, LiverStatus)]
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
        wish=newest(PatientWish, case, "told_on"),
    )


def newest(model, case: Case, day: str):
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
        KnownLesion(one.number, one.label, ", ".join(one.segments), _size(one))
        for one in lesions.prefetch_related(Prefetch("measurements", queryset=by_day))
    ]


def _size(lesion: Lesion) -> str:
    newest = next(iter(lesion.measurements.all()), None)
    if newest is None:
        return ""
    day = date_format(newest.measured_on, "d-M-Y") if newest.measured_on else "day not known"
    return f"{plain(newest.long_axis_mm)} mm, {day}"


def lesions_in_words(case: Case) -> list[tuple[int, str]]:
    """Every known lesion by its number, to be chosen from."""
    return [(one.number, _in_a_line(one)) for one in _lesions(case)]


def _in_a_line(lesion: KnownLesion) -> str:
    place = f"segment {lesion.segments}" if lesion.segments else ""
    return ", ".join(filter(None, [lesion.label, place, lesion.size]))
