"""Which parts has one discipline's form, what do they say together, and where does the record differ?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.choices import flatten_choices
from django.utils.formats import date_format

from cases.domain.inputs import missing_for_signature
from cases.domain.labs import plain
from cases.forms._base import Problem
from cases.forms.specialist_input.disciplines import DISCIPLINES
from cases.forms.specialist_input.opinion import OpinionForm
from cases.vocabulary import Specialty


@dataclass(frozen=True)
class Difference:
    """One field of which two people said different things."""

    label: str
    theirs: str
    mine: str


class InputForms:
    """`stands` is what the record says now: mappings for opinion, details and each fact, lists for rows."""

    def __init__(self, data=None, *, specialty: str, stands: Mapping[str, Any], quiet: bool = False):
        self.specialty, self.stands, self.refusals = Specialty(specialty), stands, []
        mine = DISCIPLINES[self.specialty]
        self.details = mine.details(
            data, initial=stands["details"], known=stands.get("known"), **_context(mine.details, stands)
        )
        self.rows = {
            name: rows(data, prefix=name, initial=stands["rows"].get(name, []), **_of_rows(rows, stands))
            for name, rows in mine.rows.items()
        }
        self.facts = {
            name: form(data, prefix=name, initial=stands["facts"].get(name, {}))
            for name, form in mine.facts.items()
        }
        self.opinion = OpinionForm(data, initial=stands["opinion"])
        if quiet:
            for part in self.parts:
                part.keep_quiet()

    @property
    def parts(self) -> list:
        return [*self.facts.values(), self.details, *self.rows.values(), self.opinion]

    def check(self) -> bool:
        """Whether all that is typed can be kept."""
        for part in self.parts:  # each is asked, none is spared
            part.full_clean()
        if hasattr(self.details, "agree_with"):
            self.details.agree_with({name: form.cleaned_data for name, form in self.facts.items()})
        return all(part.is_valid() for part in self.parts)

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
    def derived(self) -> dict[str, str]:
        """What follows from the answers as they stand in the form now, by its place."""
        found = dict(self.details.derived)
        for rows in self.rows.values():
            found |= getattr(rows, "derived", {})
        return found

    @property
    def said(self) -> dict[str, Any]:
        return {**self.fields, **self.typed_details}

    @property
    def fields(self) -> dict[str, Any]:
        """What of the opinion is valid."""
        return dict(self.opinion.cleaned_data)

    @property
    def typed_details(self) -> dict[str, Any]:
        """What of the discipline's own part is valid; the rows of one kind all together or not at all."""
        found = dict(self.details.cleaned_data)
        for name, rows in self.rows.items():
            if rows.is_valid():
                written = (row.written(found) for row in rows)
                found[name] = [one for one in written if one]
        return found

    @property
    def typed_facts(self) -> dict[str, dict[str, Any]]:
        """What of the case's own facts is said anew here, by the name of the fact."""
        changed = {name: form for name, form in self.facts.items() if form.has_changed()}
        return {name: dict(form.cleaned_data) for name, form in changed.items() if not form.is_empty}

    def _form_of(self, name: str):
        return self.details if name in self.details.fields else self.opinion

    def _has_error(self, name: str) -> bool:
        return name in self._form_of(name).errors

    def differences(self) -> list[Difference]:
        """Field by field where the form says something else than the record."""
        found = [one for form in (self.details, self.opinion) for one in _differing(form)]
        for name, rows in self.rows.items():
            said_by = getattr(rows, "said_by", None)
            if said_by is None:
                continue
            theirs, mine = _listed(self.stands["rows"].get(name, []), said_by), _listed(_typed(rows), said_by)
            if theirs != mine:
                found.append(Difference(rows.title, theirs, mine))
        return found


def _context(form, stands: Mapping[str, Any]) -> dict[str, Any]:
    """What a form needs to know of the case, such as where the tumour began."""
    return {name: stands["case"].get(name) for name in getattr(form, "asks_for", ())}


def _of_rows(rows, stands: Mapping[str, Any]) -> dict[str, Any]:
    known = _context(rows.form, stands)
    return {"form_kwargs": known} if known else {}


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
    choices = dict(flatten_choices(getattr(field, "choices", ())))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(one, one)) for one in values if one not in (None, ""))


def _typed(rows) -> list[dict[str, Any]]:
    return [{name: row[name].value() or "" for name in row.fields} for row in rows]


def _listed(rows: Sequence[Mapping[str, Any]], said_by: Sequence[str] | Callable[[Mapping], str]) -> str:
    """Each row in its own words, or by the columns that name it; a row without the first is none."""
    if callable(said_by):
        return ", ".join(filter(None, map(said_by, rows)))
    named = (row for row in rows if row.get(said_by[0]))
    return ", ".join(" ".join(str(row[name]) for name in said_by if row.get(name)) for row in named)
