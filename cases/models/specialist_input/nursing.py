"""What do the clinical nurse specialist and palliative care bring? The patient's own view, first of all."""

from django.db import models

from cases.models._record import (
    all_codes,
    code_list,
    coded,
    coded_list,
    frozen_with_parent,
    number,
    ranges,
    words,
)
from cases.models.specialist_input.request import InputDetails
from cases.vocabulary import Known
from tumorboard.audit.history import tracked


class Preference(models.TextChoices):
    CURE_AT_RISK_ACCEPTABLE = "CURE_AT_RISK_ACCEPTABLE", "Accepts risk for a chance of cure"
    AVOID_SURGERY = "AVOID_SURGERY", "Avoid surgery"
    STAY_NEAR_HOME = "STAY_NEAR_HOME", "Stay near home"
    MINIMISE_HOSPITAL_DAYS = "MINIMISE_HOSPITAL_DAYS", "As few days in hospital as possible"
    NO_TRANSFUSION = "NO_TRANSFUSION", "No transfusion"
    TRIAL_WANTED = "TRIAL_WANTED", "Would like a trial"
    NO_ACTIVE_TREATMENT = "NO_ACTIVE_TREATMENT", "No active treatment"


class QualityOfLife(models.TextChoices):
    QLQ_C30 = "QLQ_C30", "EORTC QLQ-C30"
    QLQ_LMC21 = "QLQ_LMC21", "EORTC QLQ-LMC21"
    QLQ_HCC18 = "QLQ_HCC18", "EORTC QLQ-HCC18"
    QLQ_GINET21 = "QLQ_GINET21", "EORTC QLQ-GINET21"
    FACT_HEP = "FACT_HEP", "FACT-Hep"
    EQ_5D_5L = "EQ_5D_5L", "EQ-5D-5L"


class NutritionTool(models.TextChoices):
    MUST = "MUST", "MUST"
    NRS_2002 = "NRS_2002", "NRS-2002"


class PalliativeReferral(models.TextChoices):
    NOT_NEEDED = "NOT_NEEDED", "Not needed"
    OFFERED = "OFFERED", "Offered"
    REFERRED = "REFERRED", "Referred"
    DECLINED = "DECLINED", "Declined"


ANSWERED = (
    "patient_informed",
    "decision_capacity",
    "consent_to_board",
    "falls",
    "cognition_impaired",
    "lives_alone",
    "interpreter_needed",
    "advance_care_plan",
    "dnar",
)
SYMPTOMS = (
    "pain",
    "tiredness",
    "drowsiness",
    "nausea",
    "appetite",
    "breath",
    "depression",
    "anxiety",
    "wellbeing",
)
TEN = (0, 10)


@tracked
class NursingInput(InputDetails):
    patient_informed = coded("patient knows of the diagnosis and the board", Known)
    preferences = coded_list(Preference.choices)
    decision_capacity = coded("has capacity to decide", Known)
    consent_to_board = coded("agrees to the discussion", Known)
    proxy = words("who speaks for the patient")
    qol_instrument = coded("quality of life, instrument", QualityOfLife)
    qol_score = number("quality of life, score", (0, 1000))
    esas_pain = number("pain", TEN, places=0)
    esas_tiredness = number("tiredness", TEN, places=0)
    esas_drowsiness = number("drowsiness", TEN, places=0)
    esas_nausea = number("nausea", TEN, places=0)
    esas_appetite = number("lack of appetite", TEN, places=0)
    esas_breath = number("shortness of breath", TEN, places=0)
    esas_depression = number("depression", TEN, places=0)
    esas_anxiety = number("anxiety", TEN, places=0)
    esas_wellbeing = number("lack of wellbeing", TEN, places=0)
    distress = number("distress thermometer", TEN, places=0)
    nutrition_tool = coded("nutrition, tool", NutritionTool)
    nutrition_score = number("nutrition, score", (0, 7), places=0)
    frailty = number("clinical frailty scale", (1, 9), places=0)
    falls = coded("falls in the past year", Known)
    cognition_impaired = coded("cognition impaired", Known)
    lives_alone = coded("lives alone", Known)
    carer = words("carer")
    travel_minutes = number("travel to the hospital (minutes)", (0, 1440), places=0)
    language = words("language")
    interpreter_needed = coded("interpreter needed", Known)
    advance_care_plan = coded("advance care plan", Known)
    dnar = coded("do-not-attempt-resuscitation order", Known)
    palliative_referral = coded("palliative care", PalliativeReferral)
    key_worker = words("key worker")

    class Meta:
        constraints = [
            *all_codes("nursing", Known, *ANSWERED),
            *all_codes("nursing", QualityOfLife, "qol_instrument"),
            *all_codes("nursing", NutritionTool, "nutrition_tool"),
            *all_codes("nursing", PalliativeReferral, "palliative_referral"),
            code_list("nursing", "preferences", Preference),
            *ranges(
                "nursing",
                **{f"esas_{symptom}": TEN for symptom in SYMPTOMS},
                distress=TEN,
                qol_score=(0, 1000),
                nutrition_score=(0, 7),
                frailty=(1, 9),
                travel_minutes=(0, 1440),
            ),
        ]
        triggers = [frozen_with_parent("nursing_input", table="cases_specialistinput", column="input_id")]

    def __str__(self):
        return f"nursing for {self.input_id}"
