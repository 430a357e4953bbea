"""What is the diagnostic radiologist asked? What one tumour never needs is not asked for it."""

from typing import Any

from crispy_forms.layout import HTML, Div
from django import forms

from cases.forms.specialist_input._base import (
    Card,
    DetailsForm,
    as_asked,
    forget_unasked,
    shown_when,
    together,
)
from cases.models import RadiologyInput
from cases.models.specialist_input.radiology import Agreement, BileDucts, VascularInvasion
from cases.vocabulary import Known, PrimarySite

FIELDS = tuple(f.name for f in RadiologyInput._meta.concrete_fields if not f.primary_key)
BILE_DUCT_TUMOURS = frozenset({PrimarySite.PCCA, PrimarySite.ICCA})
DIFFERS = frozenset({Agreement.MINOR, Agreement.CHANGES_MANAGEMENT})

STRICTURE = (
    "reaches_confluence",
    "extends_right_second_order",
    "extends_left_second_order",
    "multifocal_stricture",
    "malignant_stricture",
)
# A question that is not asked because of another answer has none.
ASKED_WHEN = {
    "difference": ("agreement", DIFFERS),
    "portal_thrombus": ("vascular_invasion", {VascularInvasion.PORTAL}),
    "dilated_segments": ("bile_ducts", {BileDucts.DILATED, BileDucts.STRICTURE}),
    **{name: ("bile_ducts", {BileDucts.STRICTURE}) for name in STRICTURE},
    "extrahepatic_note": ("extrahepatic_seen", {Known.YES}),
    "krenning": ("sstr_imaging_done", {Known.YES}),
}

STUDY = Card(
    "Study",
    together("modality", "studied_on"),
    "phases",
    "image_quality",
)
SECOND_READING = Card(
    "Second reading",
    HTML('{% include "specialist_input/outside.html" with study=page.outside %}'),
    "outside_report",
    "agreement",
    shown_when("agreement=MINOR|CHANGES_MANAGEMENT", "difference"),
)
LESIONS = Card(
    "Lesions",
    HTML('{% include "specialist_input/lesions.html" with rows=forms.rows.lesions %}'),
    together("lesion_count", "largest_lesion_mm", "liver_involvement_percent"),
    "lesion_count_is_minimum",
    Div("lesion_segments", css_class="in-segments"),
)
LIVER = Card(
    "Liver and its arteries",
    together("michels", "hepatic_artery_anatomy"),
    together("fat_fraction_percent", "stiffness_kpa", "steatosis_or_fibrosis"),
)
OUTSIDE_THE_LIVER = Card(
    "Outside the liver",
    "staging_done",
    "staged_on",
    "extrahepatic_seen",
    shown_when("extrahepatic_seen=YES", "extrahepatic_note"),
    "regional_nodes_positive",
    HTML('{% include "specialist_input/nodes.html" with rows=forms.rows.nodes %}'),
)
RESPONSE = Card("Response", "non_target", "new_lesion")
READING = Card("Reading", "reading")


def _vessels() -> Card:
    return Card(
        "Vessels",
        "vascular_invasion",
        shown_when("vascular_invasion=PORTAL", "portal_thrombus"),
        "vascular_note",
    )


def _bile_ducts(primary_site: str) -> Card:
    dilated = Div("dilated_segments", css_class="in-segments")
    parts = ["bile_ducts", shown_when("bile_ducts=DILATED|STRICTURE", dilated)]
    if primary_site in BILE_DUCT_TUMOURS:
        parts.append(shown_when("bile_ducts=STRICTURE", together(*STRICTURE)))
    if primary_site == PrimarySite.PCCA:
        parts.append("radial_diameter_mm")
    return Card("Bile ducts", *parts)


def _of_the_primary(primary_site: str) -> list[Card]:
    if primary_site == PrimarySite.ICCA:
        extent = together("visceral_peritoneum_perforated", "direct_extrahepatic_invasion")
        return [Card("Extent of the tumour", extent)]
    if primary_site == PrimarySite.COLORECTAL:
        return [Card("FDG PET", together("liver_mtv_cm3", "mtv_method"))]
    if primary_site == PrimarySite.NET_GEP:
        return [
            Card("SSTR imaging", "sstr_imaging_done", shown_when("sstr_imaging_done=YES", "krenning")),
        ]
    return []


class RadiologyForm(DetailsForm):
    asks_for = ("primary_site",)

    class Meta:
        model = RadiologyInput
        formfield_callback = as_asked
        fields = FIELDS
        labels = {"lesion_count_is_minimum": "There are at least so many"}
        help_texts = {
            "outside_report": "Only what it says beyond the summary above.",
            "difference": "What the source hospital would have to correct.",
            "radial_diameter_mm": "Perpendicular to the duct.",
            "krenning": "0 no uptake to 4 more than the spleen.",
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": rows})
            for name, rows in (("outside_report", 2), ("difference", 3), ("reading", 4))
        }

    def __init__(self, *args, primary_site: str = "", **kwargs):
        self.cards = (
            STUDY,
            SECOND_READING,
            LESIONS,
            _vessels(),
            _bile_ducts(primary_site),
            *_of_the_primary(primary_site),
            LIVER,
            OUTSIDE_THE_LIVER,
            RESPONSE,
            READING,
        )
        super().__init__(*args, **kwargs)
        self.ask_only_what_is_laid_out()

    def clean_vascular_invasion(self) -> list[str]:
        seen = self.cleaned_data["vascular_invasion"]
        if VascularInvasion.NONE in seen and len(seen) > 1:
            raise forms.ValidationError("Either none, or the vessels that are invaded. Choose one.")
        return seen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        forget_unasked(cleaned, ASKED_WHEN)
        if cleaned.get("agreement") == Agreement.NONE_OUTSIDE and cleaned.get("outside_report"):
            self.add_error("agreement", "There is an outside report above. Say how our reading compares.")
        if cleaned.get("staged_on") and not cleaned.get("staging_done"):
            self.add_error("staging_done", "Tick what was examined on that day.")
        count, largest = cleaned.get("lesion_count"), cleaned.get("largest_lesion_mm")
        if count == 0 and largest is not None:
            self.add_error("lesion_count", "A largest lesion is given below. Check the number.")
        return cleaned
