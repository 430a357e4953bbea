"""How is one column told in words? What was left open is told by nothing."""

import re
from typing import Any

from django.db.models import Field
from django.utils.formats import date_format

from cases.domain.labs import plain

_UNIT = re.compile(
    r"(?P<label>.+) \((?P<unit>mL|mm|cm³|%|Gy|GBq|kg|kPa|mmHg|months|weeks|minutes|µg/L|mL/kg/min)\)"
)


def label_and_unit(field: Field) -> tuple[str, str]:
    """A column's name ends in the unit that its numbers have."""
    named = str(field.verbose_name)
    with_unit = _UNIT.fullmatch(named)
    return (with_unit["label"], with_unit["unit"]) if with_unit else (named, "")


def answer_of(row, name: str) -> str:
    value, field = getattr(row, name), row._meta.get_field(name)
    if value is None or value is False or value in ("", []):  # zero is an answer
        return ""
    if value is True:
        return "yes"
    if isinstance(value, list):
        labels = dict(field.base_field.choices or ())
        return ", ".join(str(labels.get(code, code)) for code in value)
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    return " ".join(filter(None, [_plainly(value), label_and_unit(field)[1]]))


def _plainly(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return date_format(value, "d-M-Y")
    return plain(value) if hasattr(value, "normalize") else str(value)
