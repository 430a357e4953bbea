"""What does a person type of other illnesses, of the course after a treatment, of what is not needed?"""

from typing import Any

from django import forms
from django.utils import timezone

from cases.forms._base import PlainForm, segmented, ticks
from cases.models import ComorbidityReview, TreatmentCourse, Waiver
from cases.models.disease.comorbidity import Reintervention
from cases.vocabulary import CharlsonItem, Diabetes, LiverDisease, OtherTumour

WHOLE_LIST = "Tick this once you have gone through the whole list: what is not ticked is recorded as absent."
_WORSE = ("drug_or_transfusion", "icu_life_threatening", "death", "disability_at_discharge")


def _asked(choices, label: str, *, help_text: str = "") -> forms.ChoiceField:
    field = segmented(choices, label=label, help_text=help_text, required=True)
    field.error_messages["required"] = "Choose one, or record nothing of the list yet."
    return field


class ComorbidityForm(PlainForm):
    items = ticks(CharlsonItem.choices, label="Which of these does the patient have?")
    liver_disease = _asked(LiverDisease.choices, "Liver disease")
    diabetes = _asked(Diabetes.choices, "Diabetes")
    other_tumour = _asked(
        OtherTumour.choices,
        "A solid tumour besides the one under discussion",
        help_text="The tumour under discussion is counted by itself.",
    )
    whole_list = forms.BooleanField(
        label="I went through the whole list: what is not ticked is absent",
        error_messages={"required": WHOLE_LIST},
    )
    assessed_on = forms.DateField(label="Assessed on", required=False)

    class Meta:
        model = ComorbidityReview

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("assessed_on", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned.pop("whole_list", None)
        return cleaned


class CourseForm(PlainForm):
    procedure = forms.CharField(
        label="Operation or intervention",
        max_length=200,
        error_messages={"required": "Name the operation or intervention."},
    )
    performed_on = forms.DateField(
        label="Performed on", error_messages={"required": "Give the day on which it was done."}
    )
    any_deviation = forms.BooleanField(label="Any deviation from the normal course", required=False)
    drug_or_transfusion = forms.BooleanField(
        label="Other drugs, transfusion or parenteral nutrition",
        help_text="Antiemetics, antipyretics, analgesics, diuretics and electrolytes do not count.",
        required=False,
    )
    intervention = segmented(Reintervention.choices, label="Reintervention")
    icu_life_threatening = forms.BooleanField(label="Life-threatening, intensive care", required=False)
    organ_dysfunction_count = forms.IntegerField(
        label="Organs failing", min_value=0, max_value=7, required=False, widget=forms.NumberInput
    )
    disability_at_discharge = forms.BooleanField(label="A disability at discharge", required=False)
    death = forms.BooleanField(label="The patient died", required=False)
    note = forms.CharField(label="What happened, in words", max_length=300, required=False)

    class Meta:
        model = TreatmentCourse

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["intervention"] = cleaned.get("intervention") or Reintervention.NONE
        if cleaned.get("organ_dysfunction_count") and not cleaned.get("icu_life_threatening"):
            self.add_error(
                "organ_dysfunction_count",
                "Failing organs count where the course was life-threatening. Tick that, or leave this empty.",
            )
        if cleaned.get("icu_life_threatening") and cleaned.get("organ_dysfunction_count") is None:
            self.add_error("organ_dysfunction_count", "Say how many organs failed; 0 if none did.")
        if cleaned.get("death") and cleaned.get("disability_at_discharge"):
            self.add_error("disability_at_discharge", "Either died, or was discharged. Choose one.")
        if cleaned["intervention"] != Reintervention.NONE or any(cleaned.get(name) for name in _WORSE):
            cleaned["any_deviation"] = True
        return cleaned


class CourseSoFar(CourseForm):
    """What is typed of a course before it is complete: enough for its grade."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    @property
    def said(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


class WaiverForm(PlainForm):
    reason = forms.CharField(
        label="Why is it not needed for this case?",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why this is not needed for this case."},
    )

    class Meta:
        model = Waiver
