"""What does an input say, to be read? All of it, under the headings under which it was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.text import capfirst

from cases.domain.biomarkers import MARKERS
from cases.models import BiomarkerResult, SpecialistInput
from cases.queries.answers import answer_of, label_and_unit
from cases.queries.input_stands import details_of

ROWS = {
    "lines": "Lines of treatment",
    "nodes": "Lymph nodes",
    "accesses": "Access to lesions",
    "biomarkers": "Biomarkers",
}
NOT_SAID = {"id", "details", "position", "created_at", "created_by"}


class Asked(Protocol):
    """One card of the form: its heading, its columns and their labels."""

    title: str
    asked: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    title: str
    answers: list[tuple[str, str]]


def sheet(specialist_input: SpecialistInput, cards: Sequence[Asked]) -> list[Part]:
    """What was left open is left out; what the form no longer asks of this disease stands at the end."""
    row = details_of(specialist_input)
    if row is None:
        return []
    parts = [Part(card.title, _answers(row, card.asked)) for card in cards]
    parts += [Part(title, _rows(row, name)) for name, title in ROWS.items() if hasattr(row, name)]
    parts.append(Part("Also answered", _answers(row, _others(row, cards))))
    return [part for part in parts if part.answers]


def _answers(row, asked: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    columns = {field.name for field in row._meta.concrete_fields}
    answers = [(label, answer_of(row, name)) for name, label in asked if name in columns]
    return [(label, answer) for label, answer in answers if answer]


def _others(row, cards: Sequence[Asked]) -> list[tuple[str, str]]:
    asked = {name for card in cards for name, _ in card.asked}
    columns = (field for field in row._meta.concrete_fields if not field.primary_key)
    return [(field.name, capfirst(label_and_unit(field)[0])) for field in columns if field.name not in asked]


def _rows(row, name: str) -> list[tuple[str, str]]:
    """Each row by its first column, which names it; after it whatever else it says."""
    below = getattr(row, name)
    order = "position" if "position" in {f.name for f in below.model._meta.fields} else "created_at"
    return [_row(one) for one in below.order_by(order)]


def _row(one) -> tuple[str, str]:
    if isinstance(one, BiomarkerResult):
        return one.get_marker_display(), _marker(one)
    first, *rest = [field for field in one._meta.concrete_fields if field.name not in NOT_SAID]
    name = str(one.lesion.label) if first.name == "lesion" else answer_of(one, first.name)
    said = [
        f"{label_and_unit(field)[0]}: {answer}" for field in rest if (answer := answer_of(one, field.name))
    ]
    return name, "; ".join(said)


def _marker(one: BiomarkerResult) -> str:
    """A result with its number, then how, where and when it was found."""
    known = MARKERS[one.marker]
    result = "" if known.needs_figure and one.figure is not None else answer_of(one, "result")
    number = f"{answer_of(one, 'figure')} {known.figure}" if one.figure is not None else ""
    more = (answer_of(one, name) for name in ("variant", "method", "laboratory", "tested_on"))
    return ", ".join(filter(None, [result, number, *more]))
