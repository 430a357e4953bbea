"""What are the clinical nurse specialist and palliative care asked? The patient's own words first."""

from typing import Any

from cases.forms.specialist_input._base import (
    Card,
    DetailsForm,
    as_asked,
    compact,
    fact,
    figures,
    shown_when,
    together,
)
from cases.models import NursingInput
from cases.models.specialist_input.nursing import SYMPTOMS, NutritionTool, Preference

FIELDS = tuple(f.name for f in NursingInput._meta.concrete_fields if not f.primary_key)
ESAS = tuple(f"esas_{symptom}" for symptom in SYMPTOMS)
HIGHEST_MUST = 6
OPPOSED = {Preference.CURE_AT_RISK_ACCEPTABLE, Preference.NO_ACTIVE_TREATMENT}


class NursingForm(DetailsForm):
    cards = (
        Card("The patient's wish", fact("wish"), "preferences"),
        Card(
            "Informed and able to decide",
            compact("patient_informed", "consent_to_board", "decision_capacity"),
            "proxy",
        ),
        Card(
            "Symptoms, each from 0 (none) to 10 (worst)",
            figures(*ESAS, "distress"),
        ),
        Card(
            "Quality of life and nutrition",
            together("qol_instrument", "qol_score"),
            together("nutrition_tool", "nutrition_score"),
        ),
        Card("Frailty", together("frailty"), compact("falls", "cognition_impaired")),
        Card(
            "At home",
            compact("lives_alone", "interpreter_needed"),
            shown_when("interpreter_needed=YES or language", "language"),
            together("carer", "travel_minutes"),
        ),
        Card(
            "Care ahead",
            compact("advance_care_plan", "dnar"),
            together("palliative_referral", "key_worker"),
        ),
    )

    class Meta:
        model = NursingInput
        formfield_callback = as_asked
        fields = FIELDS
        labels = {"language": "Language spoken at home", "carer": "Who cares for the patient"}
        help_texts = {
            "esas_wellbeing": "0 best to 10 worst.",
            "frailty": "1 very fit to 9 terminally ill (Rockwood).",
            "proxy": "Name and relation; needed where capacity is lost.",
            "key_worker": "Name and telephone.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if set(cleaned.get("preferences") or ()) >= OPPOSED:
            self.add_error(
                "preferences", "A chance of cure and no active treatment exclude each other. Choose one."
            )
        if cleaned.get("qol_score") is not None and not cleaned.get("qol_instrument"):
            self.add_error("qol_instrument", "Choose the instrument of this score.")
        score, tool = cleaned.get("nutrition_score"), cleaned.get("nutrition_tool")
        if score is not None and not tool:
            self.add_error("nutrition_tool", "Choose the tool of this score.")
        elif score is not None and tool == NutritionTool.MUST and score > HIGHEST_MUST:
            self.add_error("nutrition_score", f"MUST ends at {HIGHEST_MUST}. Check the score.")
        return cleaned
