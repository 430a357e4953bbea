"""How is a fact told in one line?"""

from functools import singledispatch
from typing import Any

from django.utils.formats import date_format

from cases.domain import course, labs, waiving
from cases.models import (
    ComorbidityReview,
    Fitness,
    ImagingStudy,
    LabResult,
    Lesion,
    LiverStatus,
    PatientWish,
    SymptomReport,
    TreatmentCourse,
    Waiver,
)
from cases.vocabulary import (
    CharlsonItem,
    Comorbidity,
    Complication,
    Diabetes,
    LiverDisease,
    OtherTumour,
    Symptom,
)


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
    limit = f" (upper limit of normal {labs.plain(fact.upper_limit)})" if fact.upper_limit else ""
    return f"{fact.get_analyte_display()} {amount}{limit}, {_on(fact.taken_on)}"


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
    return _joined(ecog, others, *fitness_figures(fact), _on(fact.assessed_on))


def fitness_figures(fact: Fitness) -> list[str]:
    return [
        f"Karnofsky {fact.karnofsky} %" if fact.karnofsky is not None else "",
        f"{labs.plain(fact.weight_loss_6m_percent)} % of weight lost in six months"
        if fact.weight_loss_6m_percent is not None
        else "",
    ]


@in_words.register
def _(fact: LiverStatus) -> str:
    said = (
        ("cirrhosis", fact.get_cirrhosis_display()),
        ("ascites", fact.get_ascites_display()),
        ("encephalopathy", fact.get_encephalopathy_display()),
        ("liver function", fact.get_liver_function_display()),
    )
    return _joined(*[f"{name}: {answer.lower()}" for name, answer in said if answer], _on(fact.assessed_on))


@in_words.register
def _(fact: SymptomReport) -> str:
    symptoms = "asked, none" if fact.none_reported else _listed(Symptom, fact.symptoms)
    return _joined(symptoms, _listed(Complication, fact.complications), _on(fact.reported_on))


@in_words.register
def _(fact: PatientWish) -> str:
    return f"“{fact.words}”, {_on(fact.told_on)}"


@in_words.register
def _(fact: ComorbidityReview) -> str:
    return _joined(comorbidity_in_words(fact), _on(fact.assessed_on))


def comorbidity_in_words(fact: ComorbidityReview) -> str:
    """What is there; the rest of the list was asked for and is not."""
    graded = (
        ("liver disease", fact.liver_disease, LiverDisease),
        ("diabetes", fact.diabetes, Diabetes),
        ("another solid tumour", fact.other_tumour, OtherTumour),
    )
    grades = [f"{name} ({choices(said).label.lower()})" for name, said, choices in graded if said != "none"]
    return _joined(_listed(CharlsonItem, fact.items), *grades) or "none of the list"


@in_words.register
def _(fact: TreatmentCourse) -> str:
    return _joined(f"{fact.procedure}: {course_in_words(fact)}", fact.note, _on(fact.performed_on))


def course_in_words(fact: TreatmentCourse) -> str:
    return f"Clavien-Dindo {course.in_words(course.grade(vars(fact)))}"


@in_words.register
def _(fact: Waiver) -> str:
    return f"{waiving.words_of(fact.item)}: not needed, {fact.reason}"
