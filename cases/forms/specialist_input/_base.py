"""How are the typed parts of all disciplines asked and laid out? In cards, from the models' own words."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db.models import DecimalField, IntegerField
from django.utils.text import capfirst

from cases.forms._base import CaseForm, NumberWithUnit, one_of, ticks

IN_NUMBERS = {
    "min_value": "Give at least %(limit_value)s.",
    "max_value": "Give at most %(limit_value)s.",
    "invalid": "Give a number.",
}
_UNIT = re.compile(
    r"(?P<label>.+) \((?P<unit>mL|mm|cm³|%|Gy|GBq|kg|kPa|mmHg|months|weeks|minutes|µg/L|mL/kg/min)\)"
)


def as_asked(field, **kwargs) -> forms.Field:
    """The form field for a column: few choices side by side, many as ticks, numbers with their unit."""
    label, help_text = capfirst(field.verbose_name), field.help_text
    if isinstance(field, ArrayField):
        return ticks(field.base_field.choices, label=label, help_text=help_text)
    if field.choices:
        return one_of(field.choices, label=kwargs.get("label", label), help_text=help_text)
    if with_unit := _UNIT.fullmatch(label):
        kwargs |= {"label": with_unit["label"], "widget": NumberWithUnit(with_unit["unit"])}
    if isinstance(field, DecimalField | IntegerField):
        kwargs["error_messages"] = IN_NUMBERS
    return field.formfield(**kwargs)


class DetailsForm(CaseForm):
    """One discipline's typed part. All of it may be left open until it is signed."""

    cards: tuple = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(*self.cards)

    def _post_clean(self) -> None:
        """The service writes; what must agree between columns is asked in clean()."""

    def now(self, name: str) -> Any:
        """What a field says at this moment, saved or being typed; None where it says nothing that can stand."""
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


def derived(what: str) -> HTML:
    """Where a sentence that follows from this card's answers stands; said anew while they are typed."""
    return HTML(
        f'{{% include "specialist_input/derived_here.html" with what="{what}" words=forms.derived.{what} %}}'
    )


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
