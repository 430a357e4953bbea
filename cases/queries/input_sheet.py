"""What does an input say, to be read?"""

from django.utils.formats import date_format
from django.utils.text import capfirst

from cases.domain.labs import plain
from cases.models import SpecialistInput
from cases.queries.input_stands import details_of


def sheet(specialist_input: SpecialistInput) -> list[tuple[str, str]]:
    """Everything that an input says, to be read: what was left open is left out."""
    row = details_of(specialist_input)
    said = _answers(row) if row else []
    if hasattr(row, "lines"):
        said += [(f"Line {line.position}", _line(line)) for line in row.lines.order_by("position")]
    return said


def _answers(row) -> list[tuple[str, str]]:
    columns = [field for field in row._meta.concrete_fields if not field.primary_key]
    answers = [(capfirst(field.verbose_name), _answer(row, field)) for field in columns]
    return [(label, answer) for label, answer in answers if answer]


def _answer(row, field) -> str:
    value = getattr(row, field.name)
    if value in (None, "", [], False):
        return ""
    if value is True:
        return "yes"
    if isinstance(value, list):
        labels = dict(field.base_field.choices)
        return ", ".join(str(labels.get(code, code)) for code in value)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if hasattr(value, "isoformat"):
        return date_format(value, "d-M-Y")
    return plain(value) if hasattr(value, "normalize") else str(value)


def _line(line) -> str:
    days = [date_format(day, "d-M-Y") if day else "…" for day in (line.started_on, line.ended_on)]
    span = " to ".join(days) if line.started_on or line.ended_on else ""
    return ", ".join(filter(None, [line.regimen, span, line.get_best_response_display(), line.stop_reason]))
