"""What is the interventional radiologist asked? Laboratory values, varices and arteries stand beside."""

from typing import Any

from crispy_forms.layout import HTML
from django import forms

from cases.forms.disease_rows import MOST_ROWS, _Rows
from cases.forms.specialist_input._base import (
    Card,
    DetailsForm,
    as_asked,
    figures,
    forget_unasked,
    shown_when,
    together,
)
from cases.models import InterventionalInput, LesionAccess
from cases.models.specialist_input.interventional import Drainage, Organ, PortalVein, VisibleOn
from cases.vocabulary import Absent, Known

FIELDS = tuple(f.name for f in InterventionalInput._meta.concrete_fields if not f.primary_key)
ASKED_WHEN = {
    "ablation_modality": ("ablatable", {Known.YES}),
    "embolisation_stop_reason": ("embolisation_suitable", {Known.NO}),
    "portal_thrombus": ("portal_vein", {PortalVein.TUMOUR_THROMBUS}),
    "portal_side": ("portal_vein", {PortalVein.TUMOUR_THROMBUS, PortalVein.BLAND_THROMBUS}),
    "drained_on": ("biliary_drainage", {Drainage.ERCP, Drainage.PTBD}),
}


class InterventionalForm(DetailsForm):
    cards = (
        Card(
            "Lesion by lesion",
            HTML('{% include "specialist_input/accesses.html" with rows=forms.rows.accesses %}'),
            together("ablatable", shown_when("ablatable=YES", "ablation_modality")),
            HTML('{% include "specialist_input/cautions_live.html" %}'),
        ),
        Card(
            "Embolisation",
            "embolisation_suitable",
            shown_when("embolisation_suitable=NO", "embolisation_stop_reason"),
            "vein_embolisation_suitable",
        ),
        Card(
            "Radioembolisation (Y-90)",
            "y90_suitable",
            together("y90_product", "dose_method"),
            figures("lung_shunt_percent", "activity_gbq", "lung_mass_kg", "previous_lung_dose_gy"),
        ),
        Card(
            "Portal vein and shunts",
            "portal_vein",
            shown_when(
                "portal_vein=TUMOUR_THROMBUS|BLAND_THROMBUS",
                shown_when("portal_vein=TUMOUR_THROMBUS", "portal_thrombus"),
                "portal_side",
            ),
            "shunt",
        ),
        Card(
            "Bile ducts",
            together("biliary_status", "biliary_drainage"),
            shown_when("biliary_drainage=ERCP|PTBD", "drained_on"),
        ),
        Card(
            "Access and safety",
            together("anticoagulated", "contrast_allergy"),
            together("implant", "anaesthesia"),
            "access_note",
        ),
    )

    class Meta:
        model = InterventionalInput
        formfield_callback = as_asked
        fields = FIELDS
        help_texts = {
            "lung_mass_kg": "Left empty: 1.0 kg",
            "previous_lung_dose_gy": "Of all sessions",
            "implant": "Metal near the field, or a pacemaker.",
        }

    @property
    def said_now(self) -> dict[str, Any]:
        return {name: self.now(name) for name in self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        forget_unasked(cleaned, ASKED_WHEN)
        if cleaned.get("y90_suitable") == Known.NO and cleaned.get("activity_gbq"):
            self.add_error("y90_suitable", "An activity is planned below. Check both.")
        return cleaned


class AccessRow(DetailsForm):
    """How one known lesion can be reached."""

    class Meta:
        model = LesionAccess
        formfield_callback = as_asked
        fields = (
            "lesion",
            "ablatable",
            "visible_on",
            "distance_bile_duct_mm",
            "distance_vessel_mm",
            "vessel",
            "distance_organ_mm",
            "organ",
            "subcapsular",
            "expected_margin_mm",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lesion"].widget = forms.HiddenInput()
        self.fields["distance_vessel_mm"].label = "To a vessel of 3 mm or more"
        none = ("No answer because", Absent.choices)
        self.fields["organ"] = forms.ChoiceField(
            choices=[("", "Choose"), *Organ.choices, none], label="Which organ", required=False
        )

    @property
    def name(self) -> str:
        return self.initial.get("label", "Lesion")

    @property
    def about(self) -> str:
        """Where it is and how large, as the record knows it."""
        segments = self.initial.get("segments", "")
        place = f"segment {segments}" if segments else "segment not known"
        parts = (place, self.initial.get("last_size", ""), self.initial.get("treated", ""))
        return "; ".join(part for part in parts if part)

    @property
    def said_now(self) -> dict[str, Any]:
        """What is typed, with what the record knows of the lesion."""
        known = {name: self.initial.get(name) for name in ("label", "size_mm")}
        return known | {name: self.now(name) for name in self.fields if name != "lesion"}

    @property
    def is_empty(self) -> bool:
        """The lesion itself stands there before anything is said of it."""
        said = (self.cleaned_data.get(name) for name in self._meta.fields if name != "lesion")
        return all(value is None or value in ("", []) for value in said)

    def clean_visible_on(self) -> list[str]:
        seen = self.cleaned_data["visible_on"]
        if VisibleOn.NONE in seen and len(seen) > 1:
            raise forms.ValidationError("Either not visible, or what shows it. Choose one.")
        return seen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for which, distance in (("vessel", "distance_vessel_mm"), ("organ", "distance_organ_mm")):
            if cleaned.get(distance) is not None and not cleaned.get(which) and which not in self.errors:
                self.add_error(which, f"Say which {which} is that near.")
        return cleaned

    def written(self, said) -> dict | None:
        return dict(self.cleaned_data) if not self.is_empty else None


class _Accesses(_Rows):
    title, said_by = "Access to lesions", ("lesion", "ablatable")


AccessRows = forms.formset_factory(
    AccessRow, formset=_Accesses, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)
