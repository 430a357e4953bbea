"""What does the medical oncologist contribute?"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from cases.models._record import (
    Record,
    all_codes,
    code_list,
    coded,
    coded_list,
    codes,
    frozen_with_parent,
    number,
    ranges,
)
from cases.models.specialist_input.request import InputDetails
from cases.vocabulary import Known
from tumorboard.audit.history import tracked


class Response(models.TextChoices):
    CR = "CR", "Complete response"
    PR = "PR", "Partial response"
    SD = "SD", "Stable disease"
    PD = "PD", "Progressive disease"
    NE = "NE", "Not evaluable"


class Dpyd(models.TextChoices):
    NORMAL = "NORMAL", "Normal metaboliser"
    INTERMEDIATE = "INTERMEDIATE", "Intermediate metaboliser"
    POOR = "POOR", "Poor metaboliser"


class HormoneSyndrome(models.TextChoices):
    NONE = "NONE", "None"
    CARCINOID = "CARCINOID", "Carcinoid"
    INSULINOMA = "INSULINOMA", "Insulinoma"
    GASTRINOMA = "GASTRINOMA", "Gastrinoma"
    GLUCAGONOMA = "GLUCAGONOMA", "Glucagonoma"
    VIPOMA = "VIPOMA", "VIPoma"


class Toxicity(models.TextChoices):
    SOS = "SOS", "Sinusoidal obstruction (oxaliplatin)"
    STEATOHEPATITIS = "STEATOHEPATITIS", "Steatohepatitis (irinotecan)"
    HYPERTENSION = "HYPERTENSION", "Hypertension (bevacizumab)"
    NEUROPATHY = "NEUROPATHY", "Neuropathy"
    NONE = "NONE", "None that matters"


CTCAE = (0, 5)
SHRINKAGE = (-1000, 100)


@tracked
class OncologyInput(InputDetails):
    lines_given = models.PositiveSmallIntegerField(
        "lines of systemic treatment given", null=True, blank=True, validators=[MaxValueValidator(20)]
    )
    response = coded("response to the current line (RECIST)", Response)
    response_percent = number(
        "shrinkage under chemotherapy (%)",
        SHRINKAGE,
        help_text="30 means 30 % smaller, −20 means 20 % larger.",
    )
    locoregional_response_percent = number("shrinkage after liver-directed treatment (%)", SHRINKAGE)
    weeks_of_chemotherapy = number("chemotherapy (weeks)", (0, 1000))
    progression_on_treatment = coded("progression under systemic treatment", Known)
    immunotherapy_given = coded("immunotherapy given", Known)
    cea_highest_ug_l = number("highest CEA so far (µg/L)", (0, 1000000))
    months_disease_control = models.DecimalField(
        "months of disease control",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(600)],
    )
    toxicities = coded_list(Toxicity.choices)
    neuropathy_grade = number("neuropathy, CTCAE grade", CTCAE, places=0)
    toxicity = models.CharField("toxicity that matters (CTCAE grade)", max_length=300, blank=True)
    last_bevacizumab_on = models.DateField("last bevacizumab on", null=True, blank=True)
    dpyd = coded("DPYD", Dpyd)
    hormone_syndrome = coded("hormone syndrome", HormoneSyndrome)
    fit_for_systemic = coded("fit for systemic treatment", Known)
    options_remaining = models.TextField("systemic options remaining", blank=True)
    trial_available = models.CharField("trial that could be offered", max_length=300, blank=True)

    class Meta:
        constraints = [
            *all_codes("oncology", Response, "response"),
            *all_codes("oncology", Dpyd, "dpyd"),
            *all_codes("oncology", HormoneSyndrome, "hormone_syndrome"),
            *all_codes(
                "oncology", Known, "fit_for_systemic", "progression_on_treatment", "immunotherapy_given"
            ),
            code_list("oncology", "toxicities", Toxicity),
            *ranges(
                "oncology",
                neuropathy_grade=CTCAE,
                response_percent=SHRINKAGE,
                locoregional_response_percent=SHRINKAGE,
                weeks_of_chemotherapy=(0, 1000),
                cea_highest_ug_l=(0, 1000000),
            ),
            models.CheckConstraint(
                condition=Q(lines_given__isnull=True) | Q(lines_given__lte=20), name="lines_given_at_most_20"
            ),
        ]
        triggers = [frozen_with_parent("oncology_input", table="cases_specialistinput", column="input_id")]

    def __str__(self):
        return f"oncology for {self.input_id}"


@tracked
class SystemicLine(Record):
    """One line of systemic treatment, as the oncologist tells it."""

    details = models.ForeignKey(OncologyInput, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    regimen = models.CharField(max_length=200)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    best_response = models.TextField(choices=Response, blank=True)
    stop_reason = models.CharField("why stopped", max_length=200, blank=True)

    class Meta:
        constraints = [
            codes("line", "best_response", Response, blank=True),
            models.UniqueConstraint(fields=["details", "position"], name="lines_are_numbered"),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="a_line_ends_after_it_starts",
            ),
        ]
        triggers = [frozen_with_parent("systemic_line", table="cases_specialistinput", column="details_id")]

    def __str__(self):
        return self.regimen
