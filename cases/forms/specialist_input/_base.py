"""How are the typed parts of all disciplines asked and laid out? In cards, from the models' own words."""

import re

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.contrib.postgres.fields import ArrayField
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


class Card(Fieldset):
    """One group of questions under its heading."""

    template = "specialist_input/card.html"


def together(*fields) -> Div:
    return Div(*fields, css_class="tb-columns top")


def shown_when(condition: str, *fields) -> Div:
    """Only asked when it matters; without scripts it is always there."""
    return Div(*fields, data_shown_when=condition)
