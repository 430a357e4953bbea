"""What does a person type of the liver, the patient's state and wish, and of imaging?"""

from typing import Any

from django import forms
from django.utils import timezone

from cases.domain import referral as rules
from cases.forms._base import CaseForm, NumberWithUnit, PlainForm, segmented, ticks
from cases.models import Fitness, ImagingStudy, LiverStatus, PatientWish, SymptomReport
from cases.vocabulary import (
    Aetiology,
    Ascites,
    Comorbidity,
    Complication,
    Encephalopathy,
    Known,
    LiverFunction,
    Modality,
    Symptom,
    or_absent,
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


class FitnessForm(CaseForm):
    """`thorough` asks for what a referral does not."""

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
            "karnofsky",
            "weight_loss_6m_percent",
        )
        labels = {
            "assessed_on": "Assessed on",
            "height_cm": "Height",
            "weight_kg": "Weight",
            "karnofsky": "Karnofsky",
            "weight_loss_6m_percent": "Weight lost in six months",
        }
        widgets = {
            "comorbidity_note": forms.Textarea(attrs={"rows": 2}),
            "height_cm": NumberWithUnit("cm"),
            "weight_kg": NumberWithUnit("kg"),
            "karnofsky": NumberWithUnit("%", step="10"),
            "weight_loss_6m_percent": NumberWithUnit("%"),
        }

    def __init__(self, *args, thorough: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        if not thorough:
            del self.fields["karnofsky"], self.fields["weight_loss_6m_percent"]
        self.fields["ecog"].required = True
        self.fields["ecog"].error_messages["required"] = rules.REQUIRED["ecog"]
        self.initial.setdefault("assessed_on", timezone.localdate())

    def clean_ecog(self) -> int | None:
        """None is said, not forgotten: somebody looked and does not know."""
        said = self.cleaned_data["ecog"]
        return None if said == NOT_KNOWN else int(said)

    def clean_karnofsky(self) -> int | None:
        said = self.cleaned_data["karnofsky"]
        if said is not None and said % 10:
            raise forms.ValidationError("Karnofsky goes in tens: 70, 80, 90.")
        return said

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("no_comorbidity") and cleaned.get("comorbidities"):
            self.add_error("no_comorbidity", "Either none, or those ticked above. Choose one.")
        return cleaned

    def _post_clean(self) -> None:
        """The service makes a new row."""


class LiverForm(PlainForm):
    """`thorough` asks for the signs of portal hypertension as well."""

    cirrhosis = segmented(or_absent(Known), label="Cirrhosis")
    aetiologies = ticks(Aetiology.choices, label="Cause of the liver disease")
    ascites = segmented(or_absent(Ascites), label="Ascites")
    encephalopathy = segmented(or_absent(Encephalopathy), label="Encephalopathy")
    liver_function = segmented(
        or_absent(LiverFunction),
        label="Liver function, in your judgement",
        help_text="Jaundice, ascites, encephalopathy and portal hypertension together.",
    )
    dialysis_twice_in_week = segmented(or_absent(Known), label="Dialysis twice or more in the past week")
    varices = segmented(or_absent(Known), label="Varices")
    splenomegaly = segmented(or_absent(Known), label="Splenomegaly")
    portal_hypertension = segmented(or_absent(Known), label="Portal hypertension")
    portal_vein_thrombosis = segmented(or_absent(Known), label="Portal vein thrombosis")
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
    accession = forms.CharField(
        label="Accession number",
        required=False,
        max_length=64,
        help_text="From the report; with it the images are linked from the case.",
    )

    class Meta:
        model = ImagingStudy

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        described = cleaned.get("conclusion") or cleaned.get("accession")
        if (cleaned.get("performed_on") or described) and not cleaned.get("modality"):
            self.add_error("modality", "Choose the kind of imaging.")
        undated = "performed_on" in cleaned and not cleaned["performed_on"]
        if undated and (cleaned.get("modality") or described):
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


class WithdrawFactForm(PlainForm):
    reason = forms.CharField(
        label="Why is it wrong?",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why this is wrong."},
    )
