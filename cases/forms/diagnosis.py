"""What does a person type of the tumour: where it began, when it was found, where else it is?"""

from typing import Any

from django import forms

from cases.domain import referral as rules
from cases.domain.timing import metastasis_timing
from cases.forms._base import CaseForm, NumberWithUnit, segmented, ticks
from cases.models import Diagnosis
from cases.models.disease.diagnosis import ColonSide, MelanomaType
from cases.vocabulary import (
    ExtrahepaticDisease,
    Known,
    MetastaticSite,
    PrimaryControl,
    PrimarySite,
    Timing,
    or_absent,
)

_LAST = {PrimarySite.UNKNOWN_PRIMARY, PrimarySite.OTHER}
_IN_PLACE = {PrimaryControl.RESECTABLE, PrimaryControl.IN_SITU_UNCONTROLLED}
_OUTSIDE = {
    ExtrahepaticDisease.RESECTABLE,
    ExtrahepaticDisease.UNRESECTABLE,
    ExtrahepaticDisease.PRESENT,
}


def _sites() -> list:
    """Grouped as a clinician looks for them."""

    def those(wanted) -> list:
        return [(site.value, site.label) for site in PrimarySite if wanted(site)]

    return [
        ("", "Choose"),
        ("Metastases of a tumour elsewhere", those(lambda s: not s.is_primary_liver and s not in _LAST)),
        ("Begun in the liver", those(lambda s: s.is_primary_liver)),
        ("Other", those(lambda s: s in _LAST)),
    ]


class DiagnosisForm(CaseForm):
    primary_site = forms.ChoiceField(
        label="Where the tumour began",
        choices=_sites,
        required=True,
        error_messages={"required": rules.REQUIRED["primary_site"]},
    )
    melanoma_type = segmented(or_absent(MelanomaType), label="Type of melanoma")
    primary_side = segmented(or_absent(ColonSide), label="Where in the bowel")
    primary_node_positive = segmented(or_absent(Known), label="Lymph nodes of the primary involved?")
    primary_control = segmented(
        [(one.value, one.label) for one in PrimaryControl if one != PrimaryControl.NOT_APPLICABLE],
        label="Control of the primary",
    )
    extrahepatic_disease = segmented(ExtrahepaticDisease.choices, label="Disease outside the liver")
    extrahepatic_sites = ticks(MetastaticSite.choices, label="Where outside the liver")
    macrovascular_invasion = segmented(or_absent(Known), label="Tumour in the large vessels")

    class Meta:
        model = Diagnosis
        fields = (
            "primary_site",
            "site_detail",
            "melanoma_type",
            "primary_side",
            "histology",
            "primary_diagnosed_on",
            "liver_diagnosed_on",
            "primary_control",
            "primary_resected_on",
            "primary_node_positive",
            "extrahepatic_disease",
            "extrahepatic_sites",
            "extrahepatic_staged_on",
            "macrovascular_invasion",
            "stated_lesion_count",
            "stated_count_is_minimum",
            "stated_largest_mm",
        )
        labels = {
            "site_detail": "Detail, such as sigmoid",
            "stated_lesion_count": "Number of liver lesions",
            "stated_largest_mm": "Largest lesion",
        }
        widgets = {
            "histology": forms.Textarea(attrs={"rows": 2}),
            "stated_largest_mm": NumberWithUnit("mm"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        site = cleaned.get("primary_site") or ""
        if usual := rules.usual_control(site):
            cleaned["primary_control"] = usual
        self._only_what_is_asked(cleaned, site)
        if cleaned.get("extrahepatic_sites") and cleaned.get("extrahepatic_disease") not in _OUTSIDE:
            self.add_error(
                "extrahepatic_disease", "Sites are ticked below. Say whether that disease can be resected."
            )
        return cleaned

    def _only_what_is_asked(self, cleaned: dict[str, Any], site: str) -> None:
        """What was typed before another answer hid its question is not kept."""
        if site != PrimarySite.MELANOMA:
            cleaned["melanoma_type"] = ""
        if site != PrimarySite.COLORECTAL:
            cleaned["primary_side"] = ""
        if site and PrimarySite(site).is_primary_liver:
            cleaned["primary_node_positive"] = ""
            cleaned["primary_resected_on"] = None
        if cleaned.get("primary_control") in _IN_PLACE:
            cleaned["primary_resected_on"] = None
        if cleaned.get("extrahepatic_disease") == ExtrahepaticDisease.NONE:
            cleaned["extrahepatic_sites"] = []

    def clean_stated_largest_mm(self):
        size = self.cleaned_data["stated_largest_mm"]
        if size is not None and not 0 < size <= 400:
            raise forms.ValidationError("Give the size in millimetres, between 1 and 400.")
        return size

    def _post_clean(self) -> None:
        """Nothing is put on the instance: the service writes, under the version that the person saw."""


class TimingForm(forms.Form):
    """Just enough of the diagnosis to say synchronous or metachronous while it is typed."""

    primary_site = forms.ChoiceField(choices=[("", ""), *PrimarySite.choices], required=False)
    primary_diagnosed_on = forms.DateField(required=False)
    liver_diagnosed_on = forms.DateField(required=False)

    @property
    def timing(self) -> Timing | None:
        if not self.is_valid():
            return None
        return metastasis_timing(**self.cleaned_data)
