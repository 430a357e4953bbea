"""How is a fact told in one line?"""

from functools import singledispatch
from typing import Any

from django.utils.formats import date_format

from cases.domain import labs
from cases.models import Fitness, ImagingStudy, LabResult, Lesion, LiverStatus, PatientWish, SymptomReport
from cases.vocabulary import Comorbidity, Complication, Symptom


def _on(day) -> str:
    return date_format(day, "d-M-Y") if day else "day not known"


def _listed(vocabulary, codes) -> str:
    return ", ".join(vocabulary(code).label for code in codes)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


@singledispatch
def in_words(fact: Any) -> str:
    return str(fact)


@in_words.register
def _(fact: LabResult) -> str:
    amount = f"{fact.comparator}{labs.amount(fact.value, fact.unit)}"
    return f"{fact.get_analyte_display()} {amount}, {_on(fact.taken_on)}"


@in_words.register
def _(fact: Lesion) -> str:
    place = f"segment {', '.join(fact.segments)}" if fact.segments else "segment not known"
    return _joined(f"{fact.label} in {place}", fact.note)


@in_words.register
def _(fact: ImagingStudy) -> str:
    return f"{fact.get_modality_display()}, {_on(fact.performed_on)}"


@in_words.register
def _(fact: Fitness) -> str:
    ecog = "ECOG not known" if fact.ecog is None else f"ECOG {fact.ecog}"
    others = "no relevant comorbidity" if fact.no_comorbidity else _listed(Comorbidity, fact.comorbidities)
    return _joined(ecog, others, _on(fact.assessed_on))


@in_words.register
def _(fact: LiverStatus) -> str:
    said = (
        ("cirrhosis", fact.get_cirrhosis_display()),
        ("ascites", fact.get_ascites_display()),
        ("encephalopathy", fact.get_encephalopathy_display()),
    )
    return _joined(*[f"{name}: {answer.lower()}" for name, answer in said if answer], _on(fact.assessed_on))


@in_words.register
def _(fact: SymptomReport) -> str:
    symptoms = "asked, none" if fact.none_reported else _listed(Symptom, fact.symptoms)
    return _joined(symptoms, _listed(Complication, fact.complications), _on(fact.reported_on))


@in_words.register
def _(fact: PatientWish) -> str:
    return f"“{fact.words}”, {_on(fact.told_on)}"
