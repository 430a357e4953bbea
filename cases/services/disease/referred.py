"""What does a referral say of the disease, and how does a completed one replace what it said before?"""

from collections.abc import Mapping, Sequence
from typing import Any

from cases.domain.referral import Lab, LesionSeen, Referral
from cases.models import (
    Case,
    Diagnosis,
    Fitness,
    ImagingStudy,
    LabResult,
    Lesion,
    LesionMeasurement,
    LiverStatus,
    PatientWish,
    SymptomReport,
)
from cases.models.disease._of_case import Fact
from cases.services.disease.condition import (
    write_fitness,
    write_liver_status,
    write_symptoms,
    write_wish,
)
from cases.services.disease.diagnosis import write_diagnosis
from cases.services.disease.laboratory import same_value, write_labs
from cases.services.disease.lesions import write_imaging, write_lesions
from cases.services.disease.withdrawing import take_back

CORRECTED = "Corrected when the referral was completed."


def record_referred(*, case: Case, referral: Referral, by) -> None:
    """Everything that the referrer has said of the disease, in the transaction of the referral.

    `case.refer` has authorised it. What stands from an earlier attempt and is not said any more is
    withdrawn, so that the record says what the form said.
    """
    known = Diagnosis.objects.filter(case=case).first()
    write_diagnosis(case, referral.diagnosis, version=known.version if known else 0, by=by)
    _bring_into_line(Fitness, case, referral.fitness, write_fitness, by=by)
    _bring_into_line(LiverStatus, case, referral.liver_status, write_liver_status, by=by)
    _bring_into_line(SymptomReport, case, referral.symptoms, write_symptoms, by=by)
    _bring_into_line(PatientWish, case, referral.wish, write_wish, by=by)
    _bring_into_line(ImagingStudy, case, referral.imaging, write_imaging, by=by)
    _correct_labs(case, referral.labs, by=by)
    _correct_lesions(case, referral.lesions, by=by)


def _bring_into_line(model: type[Fact], case: Case, said: Mapping[str, Any] | None, write, *, by) -> None:
    standing = list(model.objects.standing().filter(case=case))
    kept = [fact for fact in standing if said is not None and _says(fact, said)]
    for fact in standing:
        if fact not in kept:
            take_back(fact, reason=CORRECTED, by=by)
    if said is not None and not kept:
        write(case, said, by=by)


def _says(fact: Fact, said: Mapping[str, Any]) -> bool:
    return all(getattr(fact, name) == value for name, value in said.items())


def _correct_labs(case: Case, results: Sequence[Lab], *, by) -> None:
    said = {(one.analyte, one.taken_on): one for one in results}
    for known in LabResult.objects.standing().filter(case=case):
        again = said.get((known.analyte, known.taken_on))
        if again is None or not same_value(known, again):
            take_back(known, reason=CORRECTED, by=by)
    write_labs(case, results, by=by)


def _correct_lesions(case: Case, lesions: Sequence[LesionSeen], *, by) -> None:
    numbers = {seen.number for seen in lesions}
    for lesion in Lesion.objects.standing().filter(case=case).exclude(number__in=numbers - {None}):
        take_back(lesion, reason=CORRECTED, by=by)
    for seen in lesions:
        if seen.number is not None and seen.long_axis_mm is not None:
            # Nobody has decided on it yet: the size is put right where it stands; its past is kept.
            LesionMeasurement.objects.filter(
                lesion__case=case, lesion__number=seen.number, measured_on=seen.measured_on
            ).update(long_axis_mm=seen.long_axis_mm)
    write_lesions(case, lesions, by=by)
