"""What is the medical oncologist asked? The lines of treatment stand in rows."""

from typing import Any

from crispy_forms.layout import HTML
from django import forms

from cases.forms.disease_rows import _Rows
from cases.forms.specialist_input._base import Card, DetailsForm, as_asked, together
from cases.models import OncologyInput, SystemicLine

LINES = 20  # more than anybody has been given
SPARE = 2


class OncologyForm(DetailsForm):
    cards = (
        Card(
            "Systemic treatment until now",
            together("lines_given", "months_disease_control"),
            HTML('{% include "specialist_input/lines.html" with rows=forms.rows.lines %}'),
            "response",
            together("toxicity", "last_bevacizumab_on"),
        ),
        Card(
            "What is possible now",
            "fit_for_systemic",
            "options_remaining",
            "trial_available",
            together("dpyd", "hormone_syndrome"),
        ),
    )

    class Meta:
        model = OncologyInput
        formfield_callback = as_asked
        fields = (
            "lines_given",
            "months_disease_control",
            "response",
            "toxicity",
            "last_bevacizumab_on",
            "fit_for_systemic",
            "options_remaining",
            "trial_available",
            "dpyd",
            "hormone_syndrome",
        )
        labels = {"lines_given": "Lines given"}
        widgets = {"options_remaining": forms.Textarea(attrs={"rows": 2})}


class LineRow(DetailsForm):
    class Meta:
        model = SystemicLine
        formfield_callback = as_asked
        fields = ("regimen", "started_on", "ended_on", "best_response", "stop_reason")
        labels = {"started_on": "From", "ended_on": "To"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["regimen"].required = False  # an empty row is no row

    @property
    def name(self) -> str:
        return "Line"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("regimen") and any(cleaned.values()) and "regimen" not in self.errors:
            self.add_error("regimen", "Name the treatment of this line.")
        began, ended = cleaned.get("started_on"), cleaned.get("ended_on")
        if began and ended and ended < began:
            self.add_error("ended_on", "This line ends before it begins. Check both dates.")
        return cleaned

    def written(self, said) -> dict[str, Any] | None:
        return dict(self.cleaned_data) if self.cleaned_data.get("regimen") else None


class _Lines(_Rows):
    title, said_by = "Lines of treatment", ("regimen",)


LineRows = forms.formset_factory(
    LineRow, formset=_Lines, extra=SPARE, max_num=LINES, absolute_max=LINES, validate_max=True
)
