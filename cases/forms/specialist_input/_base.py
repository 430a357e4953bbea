"""How are the typed parts of all disciplines asked and laid out? In cards, from the models' own words."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db.models import DecimalField, IntegerField
from django.utils.html import format_html
from django.utils.text import capfirst

from cases.forms._base import CaseForm, NumberWithUnit, one_of, ticks
from cases.queries.answers import label_and_unit

IN_NUMBERS = {
    "min_value": "Give at least %(limit_value)s.",
    "max_value": "Give at most %(limit_value)s.",
    "invalid": "Give a number.",
}


def as_asked(field, **kwargs) -> forms.Field:
    """The form field for a column: few choices side by side, many as ticks, numbers with their unit."""
    named, unit = label_and_unit(field)
    said = {"label": capfirst(named), "help_text": field.help_text} | kwargs
    label, help_text = said["label"], said["help_text"]
    if isinstance(field, ArrayField):
        return ticks(field.base_field.choices, label=label, help_text=help_text)
    if field.choices:
        return one_of(field.choices, label=label, help_text=help_text)
    if unit:
        said["widget"] = NumberWithUnit(unit)
    if isinstance(field, DecimalField | IntegerField):
        said["error_messages"] = IN_NUMBERS
    return field.formfield(**said)


@dataclass(frozen=True)
class Questions:
    title: str
    asked: list[tuple[str, str]]


class DetailsForm(CaseForm):
    """One discipline's typed part. All of it may be left open until it is signed."""

    cards: tuple = ()

    def __init__(self, *args, known: Mapping[str, str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(*self.cards)
        for name, words in (known or {}).items():
            if name in self.fields:
                self.fields[name].help_text = _with_known(self.fields[name].help_text, words)

    def ask_only_what_is_laid_out(self) -> None:
        """What stands in no card is not asked for this disease."""
        laid_out = {name for card in _cards(self.helper.layout) for name in _names(card)}
        self.fields = {name: field for name, field in self.fields.items() if name in laid_out}

    @property
    def questions(self) -> list[Questions]:
        """What is asked, in the order of the page: each card's heading, its columns and their labels."""
        cards = [(card.legend, _names(card)) for card in _cards(self.helper.layout)]
        return [
            Questions(title, [(name, str(self[name].label)) for name in names if name in self.fields])
            for title, names in cards
        ]

    def _post_clean(self) -> None:
        """The service writes; what must agree between columns is asked in clean()."""

    def now(self, name: str) -> Any:
        """What a field says at this moment, saved or being typed; None where nothing can stand."""
        if name not in self.fields:
            return None
        field = self.fields[name]
        try:
            value = field.clean(self[name].value())
        except ValidationError:
            return None
        return None if value in field.empty_values else value

    @property
    def derived(self) -> dict[str, str]:
        """What follows from the answers, said beside them: a sentence by the name of its place."""
        return {}


class Card(Fieldset):
    """One group of questions under its heading."""

    template = "specialist_input/card.html"


def together(*fields) -> Div:
    return Div(*fields, css_class="tb-columns top")


def derived(what: str, *, also: str = "") -> HTML:
    """Where a sentence that follows from this card's answers stands; said anew while they are typed.

    `also` is a question of another card that it depends on.
    """
    said = f'with what="{what}" words=forms.derived.{what} also="{also}"'
    return HTML(f'{{% include "specialist_input/derived_here.html" {said} %}}')


def shown_when(condition: str, *fields) -> Div:
    """Only asked when it matters; without scripts it is always there."""
    return Div(*fields, data_shown_when=condition)


def forget_unasked(cleaned: dict[str, Any], asked_when: Mapping[str, tuple[str, Collection[str]]]) -> None:
    """What was typed before its question went away is not an answer.

    Where the other question is not answered at all nothing is forgotten: without scripts both stand there.
    """
    for name, (other, answers) in asked_when.items():
        given = cleaned.get(other)
        given = given if isinstance(given, list) else [given]
        if name in cleaned and any(given) and not set(answers).intersection(given):
            cleaned[name] = _nothing(cleaned[name])


def _nothing(value: Any) -> Any:
    if isinstance(value, list):
        return []
    return "" if isinstance(value, str) else None


def compact(*fields) -> Div:
    """Several questions alike, a line each: the label beside its answers where there is room."""
    return Div(*fields, css_class="in-compact")


def figures(*fields) -> Div:
    """Many small numbers close together."""
    return Div(*fields, css_class="in-figures")


def in_a_line(*fields) -> Div:
    """Ticks of few letters, one behind the other."""
    return Div(*fields, css_class="in-segments")


def fact(name: str) -> HTML:
    """What the discipline tells of the case itself, with what is recorded of it already."""
    return HTML(f'{{% include "specialist_input/fact.html" with fact=forms.facts.{name} %}}')


def _cards(layout) -> Iterator[Card]:
    for part in layout.fields:
        if isinstance(part, Card):
            yield part
        elif hasattr(part, "fields"):
            yield from _cards(part)


def _names(card: Card) -> list[str]:
    return [pointer.name for pointer in card.get_field_names()]


def _with_known(help_text: str, words: str):
    return format_html('{}<span class="in-recorded">{}</span>', help_text, words)
