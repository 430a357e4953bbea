"""What is known of these cases, each on its own day, and where is each thing recorded?

The same number of queries however many cases.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from cases.domain import picture as pictures
from cases.domain.picture import Picture, from_facts
from cases.models import Case, Fitness, LabResult, LiverStatus

SHEETS = {"lesions": "lesion"}  # place -> what its sheet is called in the address


def picture_of(case: Case, *, on: date) -> Picture:
    return pictures_of([case], days={case.pk: on})[case.pk]


def pictures_of(cases: Iterable[Case], *, days: Mapping[UUID, date]) -> dict[UUID, Picture]:
    pks = [case.pk for case in cases]
    found = Case.objects.filter(pk__in=pks).select_related("patient", "diagnosis", "board")
    labs, fitness, liver = _grouped(LabResult, pks), _newest(Fitness, pks), _newest(LiverStatus, pks)
    drawn = {}
    for case in found:
        sources: list[Any] = from_facts.of_labs(_row(one) for one in labs[case.pk])
        if case.pk in fitness:
            sources += from_facts.of_fitness(_row(fitness[case.pk]), by=_author(fitness[case.pk]))
        if case.pk in liver:
            sources += from_facts.of_liver(_row(liver[case.pk]), by=_author(liver[case.pk]))
        drawn[case.pk] = pictures.assemble(sources, on=days[case.pk])
    return drawn


def link(place: str, case: Case, picture: Picture) -> str:
    """The sheet, or the discipline's input; the case itself where there is neither."""
    if place.startswith("input:"):
        pk = picture.input_ids.get(place.removeprefix("input:"))
        return reverse("cases:input", args=[pk]) if pk else reverse("cases:case", args=[case.pk])
    name = "edit-referral" if place == "referral" else f"record-{SHEETS.get(place, place)}"
    try:
        return reverse(f"cases:{name}", args=[case.pk])
    except NoReverseMatch:
        return reverse("cases:case", args=[case.pk])


def _grouped(model: Any, pks: list[UUID]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for one in model.objects.standing().filter(case__in=pks).select_related("created_by"):
        found[one.case_id].append(one)
    return found


def _newest(model: Any, pks: list[UUID]) -> dict[UUID, Any]:
    standing = model.objects.standing().filter(case__in=pks).select_related("created_by")
    return {one.case_id: one for one in standing.order_by("case", "-created_at").distinct("case")}


def _row(one: Any) -> dict[str, Any]:
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields} | {
        "by": _author(one)
    }


def _author(one: Any) -> str:
    return one.created_by.display_name
