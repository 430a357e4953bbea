"""What is the diagnostic radiologist asked? The lesions stand in rows and go into the record when signed."""

from typing import Any

from crispy_forms.layout import HTML
from django import forms

from cases.domain.referral import LesionSeen
from cases.forms._base import NumberWithUnit
from cases.forms.disease_rows import MOST_ROWS, LesionRow, _Rows
from cases.forms.specialist_input._base import Card, DetailsForm, as_asked, shown_when, together
from cases.models import NodeFinding, RadiologyInput
from cases.models.specialist_input.radiology import VascularInvasion


class RadiologyForm(DetailsForm):
    cards = (
        Card(
            "Study",
            together("modality", "studied_on"),
            together("image_quality", "agreement"),
        ),
        Card(
            "Lesions",
            together("lesion_count", "largest_lesion_mm", "liver_involvement_percent"),
            "lesion_count_is_minimum",
            "lesion_segments",
            HTML('{% include "specialist_input/lesions.html" with rows=forms.rows.lesions %}'),
        ),
        Card(
            "Vessels and bile ducts",
            "vascular_invasion",
            "vascular_note",
            "bile_ducts",
            together("hepatic_artery_anatomy", "steatosis_or_fibrosis"),
        ),
        Card(
            "Outside the liver",
            "extrahepatic_seen",
            shown_when("extrahepatic_seen=YES", "extrahepatic_note"),
        ),
        Card("Reading", "reading"),
    )

    class Meta:
        model = RadiologyInput
        formfield_callback = as_asked
        fields = (
            "modality",
            "studied_on",
            "image_quality",
            "agreement",
            "lesion_count",
            "largest_lesion_mm",
            "liver_involvement_percent",
            "lesion_count_is_minimum",
            "lesion_segments",
            "vascular_invasion",
            "vascular_note",
            "bile_ducts",
            "hepatic_artery_anatomy",
            "steatosis_or_fibrosis",
            "extrahepatic_seen",
            "extrahepatic_note",
            "reading",
        )
        widgets = {"reading": forms.Textarea(attrs={"rows": 4})}

    def clean_vascular_invasion(self) -> list[str]:
        seen = self.cleaned_data["vascular_invasion"]
        if VascularInvasion.NONE in seen and len(seen) > 1:
            raise forms.ValidationError("Either none, or the vessels that are invaded. Choose one.")
        return seen


class LesionReadRow(LesionRow):
    """A lesion as seen in the study that is read: its day is the study's day."""

    measured_on = None
    viable_mm = forms.DecimalField(
        label="Viable part",
        required=False,
        min_value=0,
        max_value=400,
        max_digits=5,
        decimal_places=1,
        widget=NumberWithUnit("mm"),
    )
    field_order = ("number", "segments", "long_axis_mm", "viable_mm", "note")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        viable, longest = cleaned.get("viable_mm"), cleaned.get("long_axis_mm")
        if viable is not None and longest is None and "long_axis_mm" not in self.errors:
            self.add_error("long_axis_mm", "Give the longest axis as well.")
        elif viable is not None and longest is not None and viable > longest:
            self.add_error("viable_mm", "The viable part is larger than the lesion. Check both sizes.")
        return cleaned

    def written(self, read) -> LesionSeen | None:
        """None for a row that says nothing new; its day is that of the study."""
        if not self.has_changed() or self.is_empty:
            return None
        said, day = self.cleaned_data, read.get("studied_on")
        return LesionSeen(
            number=said["number"],
            segments=tuple(said["segments"]),
            long_axis_mm=said["long_axis_mm"],
            viable_mm=said["viable_mm"],
            measured_on=day,
            note=said["note"],
        )


LesionReadRows = forms.formset_factory(
    LesionReadRow,
    formset=_Rows,
    extra=2,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS,
    validate_max=True,
)


class NodeRow(DetailsForm):
    """One group of lymph nodes."""

    class Meta:
        model = NodeFinding
        formfield_callback = as_asked
        fields = ("station", "short_axis_mm", "suspicious")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["station"].required = False  # an empty row is no row

    @property
    def name(self) -> str:
        return "Node"

    def written(self, said) -> dict[str, Any] | None:
        return dict(self.cleaned_data) if self.cleaned_data.get("station") else None


class _Nodes(_Rows):
    title, said_by = "Lymph nodes", ("station", "short_axis_mm")


NodeRows = forms.formset_factory(
    NodeRow, formset=_Nodes, extra=1, max_num=20, absolute_max=20, validate_max=True
)
