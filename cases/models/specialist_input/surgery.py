"""What does the hepatobiliary surgeon judge?"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

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
from cases.vocabulary import Known, Segment, VesselContact
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


class AddedProcedure(models.TextChoices):
    WEDGE = "WEDGE", "Wedge resection"
    ABLATION = "ABLATION", "Ablation added"
    VASCULAR = "VASCULAR", "Vascular reconstruction"
    BILE_DUCT = "BILE_DUCT", "Bile duct resection"
    LYMPHADENECTOMY = "LYMPHADENECTOMY", "Lymphadenectomy"


class VolumetryMethod(models.TextChoices):
    CT = "CT", "CT"
    MRI = "MRI", "MRI"


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


CONTACTS = (
    "contact_right_hepatic_vein",
    "contact_middle_hepatic_vein",
    "contact_left_hepatic_vein",
    "contact_right_portal",
    "contact_left_portal",
    "contact_ivc",
)
JUDGED = (
    "resectable",
    "r0_possible",
    "two_adjacent_segments_spared",
    "inflow_outflow_biliary_preserved",
    "needs_complex_procedure",
)


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
    resectable = coded("resectable, in your judgement", Known, help_text="Your judgement; never computed.")
    r0_possible = coded("R0 possible", Known)
    two_adjacent_segments_spared = coded("two adjacent segments spared", Known)
    inflow_outflow_biliary_preserved = coded("inflow, outflow and biliary drainage preserved", Known)
    needs_complex_procedure = coded("R0 only with a complex procedure", Known)
    segments_to_resect = coded_list(Segment.choices)
    added_procedures = coded_list(AddedProcedure.choices)
    planned_procedure = models.CharField("planned procedure, in words", max_length=300, blank=True)
    approach = coded("approach", Approach)
    flr_volume_ml = volume("future liver remnant (mL)")
    total_liver_volume_ml = volume("total liver volume (mL)")
    tumour_volume_ml = volume("tumour volume (mL)")
    volumetry_on = models.DateField("volumes measured on", null=True, blank=True)
    volumetry_method = coded("volumes measured on", VolumetryMethod)
    volumetry_software = words("volumetry software")
    liver_background = coded("liver background", LiverBackground)
    hypertrophy = coded("enlarging the remnant", Hypertrophy)
    hypertrophy_on = models.DateField("enlarged on", null=True, blank=True)
    flr_before_ml = volume("future liver remnant before enlarging (mL)")
    flr_before_on = models.DateField("measured before enlarging on", null=True, blank=True)
    contact_right_hepatic_vein = coded("right hepatic vein", VesselContact)
    contact_middle_hepatic_vein = coded("middle hepatic vein", VesselContact)
    contact_left_hepatic_vein = coded("left hepatic vein", VesselContact)
    contact_right_portal = coded("right portal branch", VesselContact)
    contact_left_portal = coded("left portal branch", VesselContact)
    contact_ivc = coded("inferior vena cava", VesselContact)
    vascular_contact = models.CharField("vascular contact, in words", max_length=300, blank=True)
    synchronous_strategy = coded("synchronous strategy", SynchronousStrategy)
    asa = coded("ASA class", AsaClass)
    asa_emergency = models.BooleanField("emergency operation (E)", default=False)
    frailty = models.PositiveSmallIntegerField(
        "clinical frailty scale",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    cpet_at = number("CPET anaerobic threshold (mL/kg/min)", (0, 60))
    previous_liver_surgery = models.CharField(max_length=300, blank=True)
    abdominal_access = words("abdominal access")
    contraindication = models.CharField("contraindication to surgery", max_length=300, blank=True)

    class Meta:
        constraints = [
            *all_codes("surgical", Known, *JUDGED),
            *all_codes("surgical", VesselContact, *CONTACTS),
            *all_codes("surgical", Approach, "approach"),
            *all_codes("surgical", VolumetryMethod, "volumetry_method"),
            *all_codes("surgical", LiverBackground, "liver_background"),
            *all_codes("surgical", Hypertrophy, "hypertrophy"),
            *all_codes("surgical", SynchronousStrategy, "synchronous_strategy"),
            *all_codes("surgical", AsaClass, "asa"),
            code_list("surgical", "added_procedures", AddedProcedure),
            *ranges("surgical", cpet_at=(0, 60), flr_before_ml=(0, 20000)),
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
