"""What does a person type of the tumour, the liver, the patient's state and wish?"""

from typing import Any

from django import forms
from django.utils import timezone

from cases.domain import referral as rules
from cases.domain.timing import metastasis_timing
from cases.forms._base import CaseForm, NumberWithUnit, PlainForm, Segmented, segmented, ticks
from cases.models import Diagnosis, Fitness, ImagingStudy, LiverStatus, PatientWish, SymptomReport
from cases.vocabulary import (
    Aetiology,
    Ascites,
    Comorbidity,
    Complication,
    Encephalopathy,
    ExtrahepaticDisease,
    Known,
    MetastaticSite,
    Modality,
    PrimaryControl,
    PrimarySite,
    Symptom,
    Timing,
)

NOT_KNOWN = "unknown"
ECOG = [
    ("0", "0 Fully active"),
    ("1", "1 Light work, no strenuous activity"),
    ("2", "2 Up more than half the day, no work"),
    ("3", "3 In bed or chair more than half the day"),
    ("4", "4 Fully disabled"),
    (NOT_KNOWN, "Not known"),
]
_LAST = {PrimarySite.UNKNOWN_PRIMARY, PrimarySite.OTHER}


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
    primary_control = segmented(
        [(one.value, one.label) for one in PrimaryControl if one != PrimaryControl.NOT_APPLICABLE],
        label="Control of the primary",
    )
    extrahepatic_disease = segmented(ExtrahepaticDisease.choices, label="Disease outside the liver")
    extrahepatic_sites = ticks(MetastaticSite.choices, label="Where outside the liver")
    macrovascular_invasion = segmented(Known.choices, label="Tumour in the large vessels")

    class Meta:
        model = Diagnosis
        fields = (
            "primary_site",
            "site_detail",
            "histology",
            "primary_diagnosed_on",
            "liver_diagnosed_on",
            "primary_control",
            "extrahepatic_disease",
            "extrahepatic_sites",
            "extrahepatic_staged_on",
            "macrovascular_invasion",
            "stated_lesion_count",
            "stated_count_is_minimum",
            "stated_largest_mm",
        )
        labels = {
            "site_detail": "Detail, such as sigmoid or uveal",
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
        outside = cleaned.get("extrahepatic_disease")
        if outside == ExtrahepaticDisease.NONE:
            cleaned["extrahepatic_sites"] = []  # the page asks for them only where there is disease
        if cleaned.get("extrahepatic_sites") and outside not in {
            ExtrahepaticDisease.RESECTABLE,
            ExtrahepaticDisease.UNRESECTABLE,
        }:
            self.add_error(
                "extrahepatic_disease", "Sites are ticked below. Say whether that disease can be resected."
            )
        return cleaned

    def clean_stated_largest_mm(self):
        size = self.cleaned_data["stated_largest_mm"]
        if size is not None and not 0 < size <= 400:
            raise forms.ValidationError("Give the size in millimetres, between 1 and 400.")
        return size

    def _post_clean(self) -> None:
        """Nothing is put on the instance: the service writes, under the version that the person saw."""


class FitnessForm(CaseForm):
    ecog = segmented(ECOG, label="Performance status (ECOG)")
    ecog_cancer_related = segmented(Known.choices, label="Is the limitation due to the cancer?")
    comorbidities = ticks(Comorbidity.choices, label="Comorbidity")

    class Meta:
        model = Fitness
        fields = (
            "ecog",
            "ecog_cancer_related",
            "no_comorbidity",
            "comorbidities",
            "comorbidity_note",
            "assessed_on",
            "height_cm",
            "weight_kg",
        )
        labels = {"assessed_on": "Assessed on", "height_cm": "Height", "weight_kg": "Weight"}
        widgets = {
            "comorbidity_note": forms.Textarea(attrs={"rows": 2}),
            "height_cm": NumberWithUnit("cm"),
            "weight_kg": NumberWithUnit("kg"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ecog"].required = True
        self.fields["ecog"].error_messages["required"] = rules.REQUIRED["ecog"]
        self.initial.setdefault("assessed_on", timezone.localdate())

    def clean_ecog(self) -> int | None:
        """None is said, not forgotten: somebody looked and does not know."""
        said = self.cleaned_data["ecog"]
        return None if said == NOT_KNOWN else int(said)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("no_comorbidity") and cleaned.get("comorbidities"):
            self.add_error("no_comorbidity", "Either none, or those ticked above. Choose one.")
        return cleaned

    def _post_clean(self) -> None:
        """The service makes a new row."""


class LiverForm(PlainForm):
    """`thorough` asks for the signs of portal hypertension as well."""

    cirrhosis = segmented(Known.choices, label="Cirrhosis")
    aetiologies = ticks(Aetiology.choices, label="Cause of the liver disease")
    ascites = segmented(Ascites.choices, label="Ascites")
    encephalopathy = segmented(Encephalopathy.choices, label="Encephalopathy")
    dialysis_twice_in_week = segmented(Known.choices, label="Dialysis twice or more in the past week")
    varices = segmented(Known.choices, label="Varices")
    splenomegaly = segmented(Known.choices, label="Splenomegaly")
    portal_hypertension = segmented(Known.choices, label="Portal hypertension")
    portal_vein_thrombosis = segmented(Known.choices, label="Portal vein thrombosis")
    assessed_on = forms.DateField(label="Assessed on", required=False)

    SHORT = ("cirrhosis", "aetiologies", "ascites", "encephalopathy", "dialysis_twice_in_week", "assessed_on")

    class Meta:
        model = LiverStatus

    def __init__(self, *args, thorough: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        if not thorough:
            self.fields = {name: self.fields[name] for name in self.SHORT}
        self.initial.setdefault("assessed_on", timezone.localdate())


class SymptomsForm(PlainForm):
    none_reported = forms.BooleanField(label="Asked, none", required=False)
    symptoms = ticks(Symptom.choices, label="Symptoms")
    complications = ticks(Complication.choices, label="Complications")
    note = forms.CharField(label="In words", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    reported_on = forms.DateField(label="Reported on", required=False)

    class Meta:
        model = SymptomReport

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("reported_on", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("none_reported") and cleaned.get("symptoms"):
            self.add_error("none_reported", "Either none, or those ticked above. Choose one.")
        return cleaned


class ImagingForm(PlainForm):
    modality = forms.ChoiceField(
        label="Latest imaging of the liver", choices=[("", "Choose"), *Modality.choices], required=False
    )
    performed_on = forms.DateField(label="Performed on", required=False)
    conclusion = forms.CharField(
        label="Its conclusion, in words", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    class Meta:
        model = ImagingStudy

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        said = cleaned.get("performed_on") or cleaned.get("conclusion")
        if said and not cleaned.get("modality"):
            self.add_error("modality", "Choose the kind of imaging.")
        undated = "performed_on" in cleaned and not cleaned["performed_on"]
        if undated and (cleaned.get("modality") or cleaned.get("conclusion")):
            self.add_error("performed_on", "Give the day of this imaging.")
        return cleaned


class WishForm(PlainForm):
    words = forms.CharField(
        label="What the patient wants",
        help_text="In their own words as far as can be.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    told_to = forms.CharField(label="Told to (name or role)", required=False, max_length=120)
    told_on = forms.DateField(label="Told on", required=False)

    class Meta:
        model = PatientWish

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("told_on", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("told_to") and not cleaned.get("words"):
            self.add_error("words", "Write what the patient wants, or leave both empty.")
        return cleaned


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


class WithdrawFactForm(PlainForm):
    reason = forms.CharField(
        label="Why is it wrong?",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why this is wrong."},
    )


__all__ = [
    "DiagnosisForm",
    "FitnessForm",
    "ImagingForm",
    "LiverForm",
    "Segmented",
    "SymptomsForm",
    "TimingForm",
    "WishForm",
    "WithdrawFactForm",
]
