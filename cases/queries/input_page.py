"""What does a discipline see when it is asked: by whom, for which meeting, and what others know already?"""

from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from cases import permissions
from cases.domain.labs import plain
from cases.models import (
    Case,
    Diagnosis,
    Fitness,
    ImagingStudy,
    Lesion,
    LiverStatus,
    Meeting,
    PatientWish,
    SpecialistInput,
)
from cases.permissions import Permission
from cases.queries.facts import in_words
from cases.queries.imaging_rows import newest_outside
from cases.queries.meeting_day import meeting_of
from cases.queries.recorded import Recorded
from cases.queries.sealing import seal_of
from cases.vocabulary import InputStatus, Specialty

MOST_STUDIES = 3


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


def input_page(specialist_input: SpecialistInput, user, *, found: Recorded) -> InputPage:
    """`found` is what stands of its case."""
    case, now = specialist_input.case, timezone.now()
    meeting, is_listed = meeting_of(case, now)
    due_at = specialist_input.due_at
    is_read_again = specialist_input.specialty == Specialty.RADIOLOGY
    others, revisions = _others(specialist_input, found), _revisions(specialist_input)
    seal_of(case, user=user).apply([specialist_input, *others, *revisions])
    return InputPage(
        input=specialist_input,
        case=case,
        meeting=meeting,
        is_listed=is_listed,
        is_late=bool(due_at and due_at < now),
        may_ask=Permission.ASK_FOR_INPUT in permissions.granted(user, board=case.board),
        known=known_of(found),
        others=others,
        revisions=revisions,
        outside=newest_outside(found.facts[ImagingStudy]) if is_read_again else None,
    )


def _others(asked: SpecialistInput, found: Recorded) -> list[SpecialistInput]:
    others = (
        one
        for one in found.inputs
        if one.presentation == asked.presentation
        and one.specialty != asked.specialty
        and one.status != InputStatus.NOT_NEEDED
    )
    order = list(Specialty)
    return sorted(others, key=lambda other: (order.index(other.specialty), -other.revision))


def _revisions(one: SpecialistInput) -> list[SpecialistInput]:
    same = SpecialistInput.objects.filter(
        case=one.case, presentation=one.presentation, specialty=one.specialty
    )
    return list(same.select_related("signed_by", "asked_of").order_by("-revision"))


def known_of(found: Recorded) -> Known:
    condition = [found.latest(model, "assessed_on") for model in (Fitness, LiverStatus)]
    return Known(
        diagnosis=_diagnosis(getattr(found.case, "diagnosis", None)),
        condition=[in_words(fact) for fact in condition if fact],
        imaging=[in_words(study) for study in found.facts[ImagingStudy][:MOST_STUDIES]],
        labs=[in_words(values[0]) for values in found.labs.values()],
        lesions=_lesions(found),
        wish=newest(PatientWish, found.case, "told_on"),
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


def _lesions(found: Recorded) -> list[KnownLesion]:
    return [KnownLesion(one.number, one.label, ", ".join(one.segments), _size(one)) for one in found.lesions]


def _size(lesion: Lesion) -> str:
    newest = next(iter(lesion.measurements.all()), None)
    if newest is None:
        return ""
    day = date_format(newest.measured_on, "d-M-Y") if newest.measured_on else "day not known"
    return f"{plain(newest.long_axis_mm)} mm, {day}"


def lesions_in_words(found: Recorded) -> list[tuple[int, str]]:
    """Every known lesion by its number, to be chosen from."""
    return [(one.number, _in_a_line(one)) for one in _lesions(found)]


def _in_a_line(lesion: KnownLesion) -> str:
    place = f"segment {lesion.segments}" if lesion.segments else ""
    return ", ".join(filter(None, [lesion.label, place, lesion.size]))
