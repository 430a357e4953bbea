"""Which parts has one discipline's form, what do they say together, and where does the record differ?"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from cases.domain.inputs import missing_for_signature
from cases.domain.labs import plain
from cases.forms._base import Problem
from cases.forms.specialist_input.interventional import InterventionalForm
from cases.forms.specialist_input.oncology import LineRows, OncologyForm
from cases.forms.specialist_input.opinion import OpinionForm
from cases.forms.specialist_input.radiology import LesionReadRows, RadiologyForm
from cases.forms.specialist_input.surgery import SurgicalForm
from cases.vocabulary import Specialty

DETAILS = {
    Specialty.SURGERY: SurgicalForm,
    Specialty.ONCOLOGY: OncologyForm,
    Specialty.RADIOLOGY: RadiologyForm,
    Specialty.INTERVENTIONAL: InterventionalForm,
}
ROWS = {Specialty.ONCOLOGY: ("lines", LineRows), Specialty.RADIOLOGY: ("lesions", LesionReadRows)}


@dataclass(frozen=True)
class Difference:
    """One field of which two people said different things."""

    label: str
    theirs: str
    mine: str


class InputForms:
    """`stands` is what the record says now: a mapping for opinion and details, lists for rows."""

    def __init__(self, data=None, *, specialty: str, stands: Mapping[str, Any], quiet: bool = False):
        self.specialty, self.stands, self.refusals = Specialty(specialty), stands, []
        details, (self.rows_name, rows) = DETAILS.get(self.specialty), ROWS.get(self.specialty, ("", None))
        self.details = details(data, initial=stands["details"]) if details else None
        self.rows = rows(data, prefix=self.rows_name, initial=stands["rows"]) if rows else None
        self.opinion = OpinionForm(data, initial=stands["opinion"])
        if quiet:
            for part in self.parts:
                part.keep_quiet()

    @property
    def parts(self) -> list:
        return [part for part in (self.details, self.rows, self.opinion) if part is not None]

    def check(self) -> bool:
        """Whether all that is typed can be kept."""
        wrong = [part for part in self.parts if not part.is_valid()]  # each is asked, none is spared
        return not wrong

    def check_for_signature(self) -> bool:
        """The same, and nothing missing; each thing that is missing is said at its field."""
        valid = self.check()
        lacking = missing_for_signature(self.specialty, self.said)
        self.refuse_missing({name: what for name, what in lacking.items() if not self._has_error(name)})
        return valid and not lacking

    def refuse(self, message: str) -> None:
        self.refusals.append(message)

    def refuse_missing(self, missing: Mapping[str, str]) -> None:
        for name, what in missing.items():
            self._form_of(name).add_error(name, what)

    @property
    def problems(self) -> list[Problem]:
        found = [Problem("", "", refusal) for refusal in self.refusals]
        return found + [problem for part in self.parts for problem in part.problems]

    @property
    def said(self) -> dict[str, Any]:
        return {**self.fields, **self.typed_details}

    @property
    def fields(self) -> dict[str, Any]:
        """What of the opinion is valid."""
        return dict(self.opinion.cleaned_data)

    @property
    def typed_details(self) -> dict[str, Any]:
        """What of the discipline's own part is valid; rows all together or not at all."""
        found = dict(self.details.cleaned_data) if self.details else {}
        if self.rows is not None and self.rows.is_valid():
            found[self.rows_name] = self._rows(found)
        return found

    def _rows(self, said: Mapping[str, Any]) -> list:
        if self.rows_name == "lines":
            return [dict(row.cleaned_data) for row in self.rows if row.cleaned_data.get("regimen")]
        read = (row.read_on(said.get("studied_on")) for row in self.rows)
        return [lesion for lesion in read if lesion]

    def _form_of(self, name: str):
        return self.details if self.details and name in self.details.fields else self.opinion

    def _has_error(self, name: str) -> bool:
        return name in self._form_of(name).errors

    def differences(self) -> list[Difference]:
        """Field by field where the form says something else than the record."""
        found = [one for form in (self.details, self.opinion) if form for one in _differing(form)]
        if self.rows_name == "lines" and (mine := _regimens(self.rows)) != _listed(self.stands["rows"]):
            found.append(Difference("Lines of treatment", _listed(self.stands["rows"]), mine))
        return found


def _differing(form) -> Iterable[Difference]:
    for bound in form:
        stands, mine = form.initial.get(bound.name), bound.data
        if bound.field.has_changed(stands, mine):
            yield Difference(str(bound.label), _in_words(bound.field, stands), _in_words(bound.field, mine))


def _in_words(field, value: Any) -> str:
    with suppress(ValidationError):
        value = field.to_python(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return date_format(value, "d-M-Y")
    if isinstance(value, Decimal):
        return plain(value)
    choices = dict(getattr(field, "choices", ()))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(one, one)) for one in values if one not in (None, ""))


def _regimens(rows) -> str:
    return _listed([{"regimen": row["regimen"].value() or ""} for row in rows])


def _listed(lines: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(line["regimen"] for line in lines if line["regimen"])
