"""How is one column told in words? What was left open is told by nothing."""

from typing import Any

from django.utils.formats import date_format

from cases.domain.labs import plain


def answer_of(row, name: str) -> str:
    value, field = getattr(row, name), row._meta.get_field(name)
    if value in (None, "", [], False):
        return ""
    if value is True:
        return "yes"
    if isinstance(value, list):
        labels = dict(field.base_field.choices or ())
        return ", ".join(str(labels.get(code, code)) for code in value)
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    return _plainly(value)


def _plainly(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return date_format(value, "d-M-Y")
    return plain(value) if hasattr(value, "normalize") else str(value)
