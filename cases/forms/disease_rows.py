"""What does a person type in rows? How rows behave, and the rows of lesions."""

from collections.abc import Iterable, Sequence
from datetime import date

from django import forms
from django.forms.utils import ErrorDict, ErrorList

from cases.domain.errors import DomainError
from cases.domain.referral import LesionSeen
from cases.forms._base import NumberWithUnit, PlainForm, Problem, ticks
from cases.vocabulary import Segment

SPARE_ROWS = 3
MOST_ROWS = 60


class LesionRow(PlainForm):
    number = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    segments = ticks([(one.value, one.value) for one in Segment], label="Segments")
    long_axis_mm = forms.DecimalField(
        label="Longest axis",
        required=False,
        min_value=1,
        max_value=400,
        max_digits=5,
        decimal_places=1,
        widget=NumberWithUnit("mm"),
    )
    measured_on = forms.DateField(label="Seen on, if another day", required=False)
    note = forms.CharField(label="Note", required=False, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["segments"].label = f"{self.name or 'Lesion'}: segments"

    @property
    def name(self) -> str:
        number = self["number"].value()
        return f"L{number}" if number else ""

    @property
    def is_empty(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in ("segments", "long_axis_mm", "note"))

    def seen(self, day: date | None) -> LesionSeen | None:
        if self.is_empty:
            return None
        return LesionSeen(
            number=self.cleaned_data["number"],
            segments=tuple(self.cleaned_data["segments"]),
            long_axis_mm=self.cleaned_data["long_axis_mm"],
            measured_on=self.cleaned_data.get("measured_on") or day,
            note=self.cleaned_data["note"],
        )


class _Rows(forms.BaseFormSet):
    """Rows that can be quiet (a draft) and list their problems as a form does."""

    def keep_quiet(self) -> None:
        self._errors, self._non_form_errors = [], ErrorList()
        for form in self.forms:
            form._errors = ErrorDict()

    @property
    def problems(self) -> list[Problem]:
        found = [Problem("", "", message) for message in self.non_form_errors()]
        return found + [problem for form in self.forms for problem in _named(form)]


def _named(form) -> Iterable[Problem]:
    for problem in form.problems:
        yield Problem(problem.anchor, form.name or problem.label, problem.message)


def _formset(row, base):
    return forms.formset_factory(
        row, formset=base, extra=SPARE_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )


LesionRows = _formset(LesionRow, _Rows)


class _Panel:
    """A day and its rows, which look like one form from outside."""

    day: PlainForm | None
    rows: _Rows
    refusals: list[str]

    def is_valid(self) -> bool:
        day_is_right = self.day is None or self.day.is_valid()
        return self.rows.is_valid() and day_is_right

    def keep_quiet(self) -> None:
        if self.day:
            self.day.keep_quiet()
        self.rows.keep_quiet()

    def refuse(self, error: DomainError) -> None:
        self.refusals.append(str(error))

    @property
    def problems(self) -> list[Problem]:
        found = [Problem("", "", refusal) for refusal in self.refusals]
        return found + (self.day.problems if self.day else []) + self.rows.problems


class LesionDayForm(PlainForm):
    measured_on = forms.DateField(label="Seen on", required=False)


class LesionPanel(_Panel):
    def __init__(self, data=None, *, prefix="lesions", initial: Sequence[dict] = (), day=None, with_day=True):
        self.refusals: list[str] = []
        self.day = (
            LesionDayForm(data, prefix=f"{prefix}-day", initial={"measured_on": day}) if with_day else None
        )
        self.rows = LesionRows(data, prefix=prefix, initial=list(initial))

    def looked_at(self) -> list[LesionSeen]:
        """Only what was measured or changed: a known lesion left as it was has not been looked at."""
        day = self.day.cleaned_data.get("measured_on") if self.day else None
        return [seen for row in self.rows.forms if row.has_changed() and (seen := row.seen(day))]

    def lesions(self, day: date | None = None) -> list[LesionSeen]:
        day = day or (self.day and self.day.cleaned_data.get("measured_on"))
        return [seen for row in self.rows.forms if (seen := row.seen(day))]
