"""What is the radiation oncologist asked?"""

from collections.abc import Sequence
from typing import Any

from django import forms

from cases.forms._base import Ticks, not_in_future
from cases.forms.specialist_input._base import Card, DetailsForm, as_asked, in_a_line, shown_when, together
from cases.models import RadiationInput
from cases.vocabulary import Known

FIELDS = tuple(f.name for f in RadiationInput._meta.concrete_fields if not f.primary_key)


class RadiationForm(DetailsForm):
    asks_for = ("lesions",)
    cards = (
        Card(
            "Stereotactic radiotherapy",
            "sbrt_suitable",
            shown_when(
                "sbrt_suitable=YES or lesion_numbers or dose_gy or fractions",
                "lesion_numbers",
                together("dose_gy", "fractions", "planned_start_on"),
                together("motion_management", "fiducials"),
            ),
        ),
        Card(
            "Healthy tissue",
            together("uninvolved_liver_ml", "previous_radiation"),
            in_a_line("constraints_met", "constraints_exceeded"),
        ),
        Card("Symptoms", "symptom_radiotherapy"),
    )

    lesion_numbers = forms.TypedMultipleChoiceField(
        label="Lesions to treat", coerce=int, empty_value=[], required=False, widget=Ticks
    )

    class Meta:
        model = RadiationInput
        formfield_callback = as_asked
        fields = FIELDS
        labels = {
            "dose_gy": "Dose of all fractions together",
            "constraints_met": "Dose constraints met",
            "constraints_exceeded": "Dose constraints exceeded",
        }
        help_texts = {
            "constraints_met": "Only of organs that were looked at.",
            "symptom_radiotherapy": "Such as one fraction to the liver for pain.",
        }

    def __init__(self, *args, lesions: Sequence[tuple[int, str]] | None = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["planned_start_on"].validators.remove(not_in_future)
        choices = dict(lesions or ())
        chosen = {int(number): f"L{number}" for number in self.initial.get("lesion_numbers") or ()}
        asked = self.fields["lesion_numbers"]
        asked.choices = sorted({**chosen, **choices}.items())
        if not asked.choices:
            asked.help_text = "No lesion is recorded one by one yet."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        met, exceeded = (cleaned.get(f"constraints_{how}") or [] for how in ("met", "exceeded"))
        if set(met) & set(exceeded):
            self.add_error("constraints_exceeded", "An organ is ticked as met and as exceeded. Choose one.")
        if cleaned.get("sbrt_suitable") == Known.NO and cleaned.get("lesion_numbers"):
            self.add_error("sbrt_suitable", "Lesions to treat are ticked below. Check both.")
        dose, fractions = cleaned.get("dose_gy"), cleaned.get("fractions")
        if dose and fractions is None and "fractions" not in self.errors:
            self.add_error("fractions", "Give the number of fractions of this dose.")
        if fractions and dose is None and "dose_gy" not in self.errors:
            self.add_error("dose_gy", "Give the whole dose of these fractions.")
        return cleaned
