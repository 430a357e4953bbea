"""What is the pathologist asked?"""

from django import forms

from cases.domain.biomarkers import MARKERS
from cases.forms.disease_rows import _Rows
from cases.forms.specialist_input._base import Card, DetailsForm, as_asked
from cases.models import BiomarkerResult, PathologyInput

FIELDS = tuple(f.name for f in PathologyInput._meta.concrete_fields if not f.primary_key)


class PathologyForm(DetailsForm):
    cards = (Card("Judgement", *FIELDS),)

    class Meta:
        model = PathologyInput
        formfield_callback = as_asked
        fields = FIELDS


class BiomarkerRow(DetailsForm):
    """One marker: asked for because of the primary, or added."""

    class Meta:
        model = BiomarkerResult
        formfield_callback = as_asked
        fields = ("marker", "result", "figure", "variant", "method", "laboratory", "tested_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["marker"].required = self.fields["result"].required = False

    @property
    def name(self) -> str:
        return MARKERS[code].name if (code := self["marker"].value()) in MARKERS else "Marker"

    def written(self, said) -> dict | None:
        return dict(self.cleaned_data) if self.cleaned_data.get("result") else None


class _Biomarkers(_Rows):
    title, said_by = "Biomarkers", ("marker", "result", "variant")


BiomarkerRows = forms.formset_factory(
    BiomarkerRow, formset=_Biomarkers, extra=2, max_num=60, absolute_max=60, validate_max=True
)
