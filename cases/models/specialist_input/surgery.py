"""What does the hepatobiliary surgeon judge?"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from cases.models._record import code_list, coded_list, codes, frozen_with_parent
from cases.models.specialist_input.request import InputDetails
from cases.vocabulary import Known, Segment
from tumorboard.audit.history import tracked


class Approach(models.TextChoices):
    OPEN = "OPEN", "Open"
    LAPAROSCOPIC = "LAPAROSCOPIC", "Laparoscopic"
    ROBOTIC = "ROBOTIC", "Robotic"


class LiverBackground(models.TextChoices):
    NORMAL = "normal", "Normal"
    CHEMOTHERAPY_OR_STEATOSIS = "chemotherapy_or_steatosis", "Long chemotherapy, or steatosis"
    CIRRHOSIS_OR_FIBROSIS = "cirrhosis_or_fibrosis", "Cirrhosis or fibrosis"


class Hypertrophy(models.TextChoices):
    NONE = "NONE", "None needed"
    PVE = "PVE", "Portal vein embolisation"
    LVD = "LVD", "Portal and hepatic vein embolisation"
    ALPPS = "ALPPS", "ALPPS"
    TWO_STAGE = "TWO_STAGE", "Two-stage hepatectomy"
    Y90_LOBECTOMY = "Y90_LOBECTOMY", "Radiation lobectomy (Y-90)"


class AsaClass(models.TextChoices):
    I = "I", "I healthy"  # noqa: E741 -- the class is called I
    II = "II", "II mild systemic disease"
    III = "III", "III severe systemic disease"
    IV = "IV", "IV constant threat to life"
    V = "V", "V moribund"


class SynchronousStrategy(models.TextChoices):
    PRIMARY_FIRST = "PRIMARY_FIRST", "Primary first"
    LIVER_FIRST = "LIVER_FIRST", "Liver first"
    SIMULTANEOUS = "SIMULTANEOUS", "Simultaneous"
    NOT_APPLICABLE = "NOT_APPLICABLE", "Does not apply"


def volume(label: str) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(20000)],
    )


@tracked
class SurgicalInput(InputDetails):
    resectable = models.TextField(
        "resectable, in your judgement",
        choices=Known,
        blank=True,
        help_text="Your judgement; never computed.",
    )
    r0_possible = models.TextField("R0 possible", choices=Known, blank=True)
    two_adjacent_segments_spared = models.TextField("two adjacent segments spared", choices=Known, blank=True)
    inflow_outflow_biliary_preserved = models.TextField(
        "inflow, outflow and biliary drainage preserved", choices=Known, blank=True
    )
    segments_to_resect = coded_list(Segment.choices)
    planned_procedure = models.CharField("planned procedure, in words", max_length=300, blank=True)
    approach = models.TextField(choices=Approach, blank=True)
    flr_volume_ml = volume("future liver remnant (mL)")
    total_liver_volume_ml = volume("total liver volume (mL)")
    tumour_volume_ml = volume("tumour volume (mL)")
    volumetry_on = models.DateField("volumes measured on", null=True, blank=True)
    liver_background = models.TextField(choices=LiverBackground, blank=True)
    hypertrophy = models.TextField("enlarging the remnant", choices=Hypertrophy, blank=True)
    vascular_contact = models.CharField("vascular contact", max_length=300, blank=True)
    synchronous_strategy = models.TextField(choices=SynchronousStrategy, blank=True)
    asa = models.TextField("ASA class", choices=AsaClass, blank=True)
    frailty = models.PositiveSmallIntegerField(
        "clinical frailty scale",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    previous_liver_surgery = models.CharField(max_length=300, blank=True)
    contraindication = models.CharField("contraindication to surgery", max_length=300, blank=True)

    class Meta:
        constraints = [
            *[
                codes("surgical", field, Known, blank=True)
                for field in (
                    "resectable",
                    "r0_possible",
                    "two_adjacent_segments_spared",
                    "inflow_outflow_biliary_preserved",
                )
            ],
            codes("surgical", "approach", Approach, blank=True),
            codes("surgical", "liver_background", LiverBackground, blank=True),
            codes("surgical", "hypertrophy", Hypertrophy, blank=True),
            codes("surgical", "synchronous_strategy", SynchronousStrategy, blank=True),
            codes("surgical", "asa", AsaClass, blank=True),
            code_list("surgical", "segments_to_resect", Segment),
            models.CheckConstraint(
                condition=Q(frailty__isnull=True) | Q(frailty__gte=1, frailty__lte=9),
                name="frailty_is_1_to_9",
            ),
            models.CheckConstraint(
                condition=Q(flr_volume_ml__isnull=True)
                | Q(total_liver_volume_ml__isnull=True)
                | Q(flr_volume_ml__lt=models.F("total_liver_volume_ml")),
                name="remnant_is_smaller_than_the_liver",
            ),
        ]
        triggers = [frozen_with_parent("surgical_input", table="cases_specialistinput", column="input_id")]

    def __str__(self):
        return f"surgery for {self.input_id}"
