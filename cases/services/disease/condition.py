"""How is it written down how fit the patient is, how the liver is, what troubles them, what they want?

Each is a new dated row; the newest that nobody withdrew counts.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from cases.domain.errors import Refused
from cases.models import Case, Fitness, LiverStatus, PatientWish, SymptomReport
from cases.services.disease._recording import recorded, require_recording


@transaction.atomic
def record_fitness(*, case: Case, by, **fields: Any) -> Fitness:
    require_recording(case, by=by)
    fact = write_fitness(case, fields, by=by)
    recorded("fitness.recorded", case=case, by=by, fact=str(fact.pk))
    return fact


@transaction.atomic
def record_liver_status(*, case: Case, by, **fields: Any) -> LiverStatus:
    require_recording(case, by=by)
    fact = write_liver_status(case, fields, by=by)
    recorded("liver_status.recorded", case=case, by=by, fact=str(fact.pk))
    return fact


@transaction.atomic
def record_symptoms(*, case: Case, by, **fields: Any) -> SymptomReport:
    require_recording(case, by=by)
    fact = write_symptoms(case, fields, by=by)
    recorded("symptoms.recorded", case=case, by=by, fact=str(fact.pk))
    return fact


@transaction.atomic
def record_wish(*, case: Case, by, **fields: Any) -> PatientWish:
    require_recording(case, by=by)
    fact = write_wish(case, fields, by=by)
    recorded("wish.recorded", case=case, by=by, fact=str(fact.pk))
    return fact


def write_fitness(case: Case, fields: Mapping[str, Any], *, by) -> Fitness:
    if fields.get("no_comorbidity") and fields.get("comorbidities"):
        raise Refused("Either there is no relevant comorbidity or there are those ticked. Choose one.")
    return Fitness.objects.create(case=case, created_by=by, **fields)


def write_liver_status(case: Case, fields: Mapping[str, Any], *, by) -> LiverStatus:
    return LiverStatus.objects.create(case=case, created_by=by, **fields)


def write_symptoms(case: Case, fields: Mapping[str, Any], *, by) -> SymptomReport:
    if fields.get("none_reported") and fields.get("symptoms"):
        raise Refused("Either there are no symptoms or there are those ticked. Choose one.")
    return SymptomReport.objects.create(case=case, created_by=by, **fields)


def write_wish(case: Case, fields: Mapping[str, Any], *, by) -> PatientWish:
    if not fields.get("words", "").strip():
        raise Refused("Write what the patient wants, in their own words as far as can be.")
    return PatientWish.objects.create(case=case, created_by=by, **fields)
