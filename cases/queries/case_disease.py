"""What does the case page show of the tumour, the liver and the patient?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format

from cases.domain import labs, shelf_life
from cases.domain.scores import units
from cases.domain.trends import Reading, Series
from cases.models import (
    Case,
    ComorbidityReview,
    Diagnosis,
    Fitness,
    LabResult,
    LiverStatus,
    SymptomReport,
    TreatmentCourse,
)
from cases.queries import facts
from cases.vocabulary import (
    Aetiology,
    Comorbidity,
    Complication,
    MetastaticSite,
    Symptom,
)

Facts = list[tuple[str, Any]]
MOST_COURSES = 6


# -- laboratory -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LabLine:
    """One analyte: its newest value, how old it is on the day, and how it moved."""

    name: str
    value: str
    on: date | None
    age: shelf_life.Age
    series: Series
    newest: LabResult

    @property
    def has_trend(self) -> bool:
        return len(self.series.readings) > 1


def lab_lines(
    results: Iterable[LabResult], *, on: date, limits: shelf_life.Limits = shelf_life.USUAL
) -> list[LabLine]:
    by_analyte: dict[str, list[LabResult]] = {}
    for one in results:
        by_analyte.setdefault(one.analyte, []).append(one)
    return [_lab_line(code, by_analyte[code], on, limits) for code in labs.ANALYTES if code in by_analyte]


def _lab_line(code: str, results: Sequence[LabResult], on: date, limits: shelf_life.Limits) -> LabLine:
    newest = max(results, key=lambda one: one.taken_on or date.min)
    name = labs.ANALYTES[code].name.partition(",")[0]
    readings = tuple(
        Reading(one.taken_on, _in_unit(one, newest.unit), one.comparator) for one in results if one.taken_on
    )
    return LabLine(
        name=name,
        value=f"{newest.comparator}{labs.amount(newest.value, newest.unit)}",
        on=newest.taken_on,
        age=shelf_life.of_lab(code, newest.taken_on, on=on, limits=limits),
        series=Series(name, labs.UNIT_LABELS.get(newest.unit, newest.unit), readings),
        newest=newest,
    )


def _in_unit(result: LabResult, unit: str) -> float | None:
    try:
        return float(units.convert(result.analyte, result.value, result.unit, unit))
    except (units.UnknownUnit, KeyError):
        return float(result.value) if result.unit == unit else None


# -- facts in words ---------------------------------------------------------------------------------------


def of_diagnosis(found: Diagnosis | None) -> Facts:
    if found is None:
        return []
    timing = found.timing.label if found.timing else ""
    return [
        ("Primary", _joined(found.get_primary_site_display(), _kind(found), found.site_detail)),
        ("Histology", found.histology),
        ("Primary found", found.primary_diagnosed_on),
        ("Liver disease found", found.liver_diagnosed_on),
        *([("Timing", timing)] if timing else []),
        ("Control of the primary", found.get_primary_control_display()),
        *_of_the_primary(found),
        ("Outside the liver", _outside_the_liver(found)),
        ("Macrovascular invasion", found.get_macrovascular_invasion_display()),
        *_as_stated(found),
    ]


def _kind(found: Diagnosis) -> str:
    return str(found.get_melanoma_type_display() or found.get_primary_side_display()).lower()


def _of_the_primary(found: Diagnosis) -> Facts:
    """Only where it was told: most tumours are not asked."""
    told = (
        ("Primary resected", found.primary_resected_on),
        ("Nodes of the primary involved", found.get_primary_node_positive_display()),
    )
    return [(label, value) for label, value in told if value]


def _outside_the_liver(found: Diagnosis) -> str:
    return _joined(
        found.get_extrahepatic_disease_display(), _labels(MetastaticSite, found.extrahepatic_sites)
    )


def _as_stated(found: Diagnosis) -> Facts:
    """What the referral said of the lesions; the lesions themselves are on the map."""
    stated: Facts = []
    if found.stated_lesion_count is not None:
        more = " or more" if found.stated_count_is_minimum else ""
        stated.append(("Lesions as stated", f"{found.stated_lesion_count}{more}"))
    if found.stated_largest_mm is not None:
        stated.append(("Largest as stated", f"{labs.plain(found.stated_largest_mm)} mm"))
    return stated


def of_fitness(found: Fitness | None) -> Facts:
    if found is None:
        return []
    comorbidity = "none relevant" if found.no_comorbidity else _labels(Comorbidity, found.comorbidities)
    return [
        ("ECOG", "" if found.ecog is None else str(found.ecog)),
        ("Comorbidity", _joined(comorbidity, found.comorbidity_note)),
        ("Body mass index", _body_mass_index(found)),
        *_figures(found),
        ("Assessed on", found.assessed_on),
    ]


def _figures(found: Fitness) -> Facts:
    told = (
        ("Karnofsky", found.karnofsky),
        ("Weight lost in six months", found.weight_loss_6m_percent),
    )
    return [(label, f"{labs.plain(Decimal(value))} %") for label, value in told if value is not None]


def _body_mass_index(found: Fitness) -> str:
    if not found.height_cm or not found.weight_kg:
        return ""
    metres = found.height_cm / 100
    return f"{found.weight_kg / metres**2:.1f} kg/m²"


def of_liver(found: LiverStatus | None) -> Facts:
    if found is None:
        return []
    asked = ("Portal hypertension", "Varices", "Portal vein thrombosis", "Splenomegaly")
    more = [(name, getattr(found, f"get_{name.lower().replace(' ', '_')}_display")()) for name in asked]
    return [
        ("Cirrhosis", found.get_cirrhosis_display()),
        ("Cause", _labels(Aetiology, found.aetiologies)),
        ("Ascites", found.get_ascites_display()),
        ("Encephalopathy", found.get_encephalopathy_display()),
        ("Liver function, as judged", found.get_liver_function_display()),
        *[(name, answer) for name, answer in more if answer],
        ("Assessed on", found.assessed_on),
    ]


def of_symptoms(found: SymptomReport | None) -> Facts:
    if found is None:
        return []
    symptoms = "asked, none" if found.none_reported else _labels(Symptom, found.symptoms)
    return [
        ("Symptoms", _joined(symptoms, found.note)),
        ("Complications", _labels(Complication, found.complications)),
        ("Reported on", found.reported_on),
    ]


def of_comorbidity(found: ComorbidityReview | None) -> Facts:
    if found is None:
        return []
    return [
        ("Charlson list", facts.comorbidity_in_words(found)),
        ("Gone through on", found.assessed_on),
    ]


def of_courses(found: Iterable[TreatmentCourse]) -> Facts:
    """Each treatment with the worst that happened after it, the latest first."""
    return [
        (
            f"{one.procedure}, {date_format(one.performed_on, 'd-M-Y')}",
            _joined(facts.course_in_words(one), one.note),
        )
        for one in list(found)[:MOST_COURSES]
    ]


def newest(model: Any, case: Case) -> Any:
    return model.objects.standing().filter(case=case).order_by("-created_at").first()


def _labels(vocabulary: Any, codes: Iterable[str]) -> str:
    return ", ".join(str(vocabulary(code).label) for code in codes)


def _joined(*parts: str) -> str:
    return ", ".join(str(part) for part in parts if part)
