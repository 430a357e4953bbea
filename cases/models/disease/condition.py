"""How fit is the patient, how is the liver, what troubles them, and what do they want?"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from cases.models._record import (
    PERCENT,
    all_codes,
    code_list,
    coded,
    coded_list,
    codes,
    number,
    ranges,
    together,
)
from cases.models.disease._of_case import Fact
from cases.vocabulary import (
    Aetiology,
    Ascites,
    Comorbidity,
    Complication,
    Encephalopathy,
    Known,
    LiverFunction,
    Symptom,
)
from tumorboard.audit.history import tracked

OF_THE_LIVER = (
    "cirrhosis",
    "dialysis_twice_in_week",
    "varices",
    "splenomegaly",
    "portal_hypertension",
    "portal_vein_thrombosis",
)


@tracked
class Fitness(Fact):
    """ECOG performance status (Oken 1982) and comorbidity on one day; a null day is a day not known."""

    assessed_on = models.DateField(null=True, blank=True)
    ecog = models.PositiveSmallIntegerField("ECOG", null=True, blank=True, validators=[MaxValueValidator(5)])
    ecog_cancer_related = models.TextField("limitation due to the cancer", choices=Known, blank=True)
    karnofsky = models.PositiveSmallIntegerField(
        "Karnofsky (%)", null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    weight_loss_6m_percent = number("weight lost in six months (%)", PERCENT)
    comorbidities = coded_list(Comorbidity.choices)
    comorbidity_note = models.TextField("comorbidity, in words", blank=True)
    no_comorbidity = models.BooleanField("no relevant comorbidity", default=False)
    height_cm = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(50), MaxValueValidator(250)],
    )
    weight_kg = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(10), MaxValueValidator(350)],
    )

    class Meta:
        verbose_name_plural = "fitness"
        constraints = [
            together("fitness", "withdrawn"),
            codes("fitness", "ecog_cancer_related", Known, blank=True),
            code_list("fitness", "comorbidities", Comorbidity),
            *ranges("fitness", karnofsky=PERCENT, weight_loss_6m_percent=PERCENT),
            models.CheckConstraint(condition=Q(ecog__isnull=True) | Q(ecog__lte=5), name="ecog_is_0_to_5"),
            models.CheckConstraint(
                condition=Q(no_comorbidity=False) | Q(comorbidities=[]),
                name="no_comorbidity_contradicts_a_list",
            ),
        ]

    def __str__(self):
        return f"fitness on {self.assessed_on}"


@tracked
class LiverStatus(Fact):
    """What the scores of liver function ask of a clinician rather than of a laboratory."""

    assessed_on = models.DateField(null=True, blank=True)
    cirrhosis = coded("cirrhosis", Known)
    aetiologies = coded_list(Aetiology.choices)
    ascites = coded("ascites", Ascites)
    encephalopathy = coded("encephalopathy", Encephalopathy)
    liver_function = coded(
        "liver function, in your judgement",
        LiverFunction,
        help_text="Jaundice, ascites, encephalopathy and portal hypertension together.",
    )
    dialysis_twice_in_week = coded("dialysis twice or more in the past week", Known)
    varices = coded("varices", Known)
    splenomegaly = coded("splenomegaly", Known)
    portal_hypertension = coded("portal hypertension", Known)
    portal_vein_thrombosis = coded("portal vein thrombosis", Known)

    class Meta:
        verbose_name_plural = "liver status"
        constraints = [
            together("liver_status", "withdrawn"),
            code_list("liver_status", "aetiologies", Aetiology),
            *all_codes("liver_status", Ascites, "ascites"),
            *all_codes("liver_status", Encephalopathy, "encephalopathy"),
            *all_codes("liver_status", LiverFunction, "liver_function"),
            *all_codes("liver_status", Known, *OF_THE_LIVER),
        ]

    def __str__(self):
        return f"liver status on {self.assessed_on}"


@tracked
class SymptomReport(Fact):
    """Symptoms and complications on one day; `none_reported` says that somebody asked."""

    reported_on = models.DateField(null=True, blank=True)
    symptoms = coded_list(Symptom.choices)
    complications = coded_list(Complication.choices)
    none_reported = models.BooleanField("asked, none", default=False)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            together("symptom_report", "withdrawn"),
            code_list("symptom_report", "symptoms", Symptom),
            code_list("symptom_report", "complications", Complication),
            models.CheckConstraint(
                condition=Q(none_reported=False) | Q(symptoms=[]),
                name="no_symptoms_contradicts_a_list_of_them",
            ),
        ]

    def __str__(self):
        return f"symptoms on {self.reported_on}"


@tracked
class PatientWish(Fact):
    """What matters to the patient, in their own words as far as can be."""

    words = models.TextField("the patient's wish")
    told_to = models.CharField("told to", max_length=120, blank=True)
    told_on = models.DateField("told on", null=True, blank=True)

    class Meta:
        verbose_name_plural = "patient wishes"
        constraints = [
            together("patient_wish", "withdrawn"),
            models.CheckConstraint(condition=~Q(words=""), name="a_wish_has_words"),
        ]

    def __str__(self):
        return f"wish told on {self.told_on}"
