"""What is the medical oncologist asked? The lines of treatment stand in rows."""

from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from cases.forms.disease_rows import _Rows
from cases.forms.specialist_input._base import (
    Card,
    DetailsForm,
    as_asked,
    derived,
    forget_unasked,
    shown_when,
    together,
)
from cases.models import OncologyInput, SystemicLine
from cases.models.specialist_input.oncology import Toxicity
from cases.vocabulary import Absent, Known, PrimarySite

LINES = 20  # more than anybody has been given
SPARE = 2
FIELDS = tuple(f.name for f in OncologyInput._meta.concrete_fields if not f.primary_key)
# What is asked for some primaries only: DPYD where fluoropyrimidines are given for the digestive tract.
ONLY_FOR = {
    "cea_highest_ug_l": {PrimarySite.COLORECTAL},
    "dpyd": {
        PrimarySite.COLORECTAL,
        PrimarySite.OESOPHAGEAL,
        PrimarySite.PANCREATIC,
        PrimarySite.ICCA,
        PrimarySite.PCCA,
    },
    "hormone_syndrome": {PrimarySite.NET_GEP},
}
ASKED_WHEN = {"neuropathy_grade": ("toxicities", (Toxicity.NEUROPATHY,))}
HELP = {
    "response_percent": "30 means 30 % smaller, −20 means 20 % larger.",
    "locoregional_response_percent": "After ablation, embolisation or radiation; leave it empty without.",
    "months_disease_control": "Response or stable disease under systemic treatment, without a break.",
    "neuropathy_grade": "1 to 5.",
    "toxicity": "By CTCAE, where it limits what can be given.",
    "cea_highest_ug_l": "Only where it was higher than any value on record.",
    "weeks_of_chemotherapy": "Before this meeting, without pauses.",
}


def is_asked(name: str, primary_site: str) -> bool:
    return name not in ONLY_FOR or primary_site in ONLY_FOR[name]


def _cards(primary_site: str) -> list[Card]:
    def those(*names: str) -> list[str]:
        return [name for name in names if is_asked(name, primary_site)]

    only_here = those("dpyd", "hormone_syndrome")
    return [
        Card(
            "Systemic treatment until now",
            together("lines_given", "months_disease_control", "weeks_of_chemotherapy"),
            HTML('{% include "specialist_input/lines.html" with rows=forms.rows.lines %}'),
            together("progression_on_treatment", "immunotherapy_given"),
        ),
        Card(
            "Response",
            "response",
            together("response_percent", "locoregional_response_percent", *those("cea_highest_ug_l")),
        ),
        Card(
            "Toxicity",
            "toxicities",
            shown_when("toxicities=NEUROPATHY", together("neuropathy_grade")),
            together("toxicity", "last_bevacizumab_on"),
            derived("bevacizumab"),
        ),
        Card(
            "What is possible now",
            "fit_for_systemic",
            "options_remaining",
            "trial_available",
            *([together(*only_here)] if only_here else []),
        ),
    ]


class OncologyForm(DetailsForm):
    asks_for = ("primary_site",)

    class Meta:
        model = OncologyInput
        formfield_callback = as_asked
        fields = FIELDS
        labels = {"lines_given": "Lines given", "toxicity": "In words, with the grade"}
        help_texts = HELP
        widgets = {"options_remaining": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, primary_site: str = "", **kwargs):
        self.cards = tuple(_cards(primary_site))
        super().__init__(*args, **kwargs)
        self.fields["toxicities"].label = "What matters now"
        for name in FIELDS:
            if not is_asked(name, primary_site):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        forget_unasked(cleaned, ASKED_WHEN)
        ticked = cleaned.get("toxicities") or []
        if Toxicity.NONE in ticked and len(ticked) > 1:
            self.add_error("toxicities", "Either none, or what is ticked besides. Choose one.")
        if cleaned.get("lines_given") == 0 and _was_treated(cleaned):
            self.add_error("lines_given", "A treatment is described below. Check the number of lines.")
        return cleaned

    @property
    def derived(self) -> dict[str, str]:
        last, today = self.now("last_bevacizumab_on"), timezone.localdate()
        if last is None or last > today:
            return {"bevacizumab": ""}
        days = (today - last).days
        since = "today" if not days else f"{days} day{'s' if days > 1 else ''} ago"
        return {"bevacizumab": f"Last bevacizumab {since} ({date_format(last, 'd-M-Y')})."}


def _was_treated(said: dict[str, Any]) -> bool:
    answered = said.get("response") not in {None, "", "NE", *Absent.values}
    given = Known.YES in {said.get("progression_on_treatment"), said.get("immunotherapy_given")}
    return bool(answered or given or said.get("weeks_of_chemotherapy"))


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
