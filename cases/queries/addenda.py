"""Which addenda to outside reports were asked for, which still wait, and who may ask?"""

from dataclasses import dataclass

from cases.domain.inputs import ANSWERABLE, READ_DIFFERENTLY
from cases.models import AddendumRequest, Case, ImagingStudy, RadiologyInput, SpecialistInput
from cases.queries.imaging_rows import newest_outside_study
from cases.vocabulary import InputStatus, Specialty


@dataclass(frozen=True)
class OfAnInput:
    """What a signed radiology input says of addenda: those asked for, and whether another may be."""

    requests: list[AddendumRequest]
    study: ImagingStudy | None
    may_be_asked: bool


def of_a_case(case: Case) -> list[AddendumRequest]:
    """Every request, the one that still waits first."""
    found = AddendumRequest.objects.filter(case=case).select_related("study", "created_by", "answered_by")
    return sorted(found, key=lambda one: (one.answered_at is not None, -one.created_at.timestamp()))


def waiting_for(user) -> list[AddendumRequest]:
    """What this person, who referred the case, is asked to obtain."""
    mine = AddendumRequest.objects.visible_to(user).open().filter(case__referred_by=user)
    return list(mine.select_related("case__patient", "study").order_by("created_at"))


def of_an_input(asked: SpecialistInput) -> OfAnInput | None:
    """None where nothing of the kind can be: another discipline, not signed, or no difference."""
    if asked.specialty != Specialty.RADIOLOGY or asked.status != InputStatus.SIGNED:
        return None
    read = RadiologyInput.objects.filter(input=asked, agreement__in=READ_DIFFERENTLY).first()
    requests = of_a_case(asked.case)
    if read is None:
        return OfAnInput(requests, None, False) if requests else None
    study = newest_outside_study(asked.case)
    is_asked = study is not None and any(
        one.study_id == study.pk and one.answered_at is None for one in requests
    )
    counts = asked.superseded_at is None and asked.case.status in ANSWERABLE
    return OfAnInput(requests, study, counts and not is_asked)
