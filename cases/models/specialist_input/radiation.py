"""What does the radiation oncologist judge?"""

from django.contrib.postgres.fields import ArrayField
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


class OrganAtRisk(models.TextChoices):
    LIVER = "LIVER", "Liver"
    DUODENUM = "DUODENUM", "Duodenum"
    STOMACH = "STOMACH", "Stomach"
    BOWEL = "BOWEL", "Bowel"
    KIDNEY = "KIDNEY", "Kidney"
    HEART = "HEART", "Heart"
    CORD = "CORD", "Spinal cord"
    RIBS = "RIBS", "Ribs"


class Motion(models.TextChoices):
    FREE_BREATHING = "FREE_BREATHING", "Free breathing with 4D CT"
    BREATH_HOLD = "BREATH_HOLD", "Breath hold"
    GATING = "GATING", "Gating"
    COMPRESSION = "COMPRESSION", "Abdominal compression"
    TRACKING = "TRACKING", "Tracking"


DOSE, FRACTIONS, LIVER_ML = (0, 200), (1, 60), (0, 6000)


@tracked
class RadiationInput(InputDetails):
    sbrt_suitable = coded("stereotactic radiotherapy suitable", Known)
    lesion_numbers = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    dose_gy = number("dose (Gy)", DOSE)
    fractions = number("fractions", FRACTIONS, places=0)
    uninvolved_liver_ml = number("uninvolved liver (mL)", LIVER_ML)
    constraints_met = coded_list(OrganAtRisk.choices)
    constraints_exceeded = coded_list(OrganAtRisk.choices)
    previous_radiation = words("earlier radiotherapy: site, dose, date")
    motion_management = coded("motion management", Motion)
    fiducials = coded("fiducials", Known)
    planned_start_on = models.DateField("planned start", null=True, blank=True)
    symptom_radiotherapy = coded("radiotherapy for symptoms", Known)

    class Meta:
        constraints = [
            *all_codes("radiation", Known, "sbrt_suitable", "fiducials", "symptom_radiotherapy"),
            *all_codes("radiation", Motion, "motion_management"),
            code_list("radiation", "constraints_met", OrganAtRisk),
            code_list("radiation", "constraints_exceeded", OrganAtRisk),
            models.CheckConstraint(
                condition=~models.Q(constraints_met__overlap=models.F("constraints_exceeded")),
                name="a_constraint_is_met_or_exceeded",
            ),
            *ranges("radiation", dose_gy=DOSE, fractions=FRACTIONS, uninvolved_liver_ml=LIVER_ML),
        ]
        triggers = [frozen_with_parent("radiation_input", table="cases_specialistinput", column="input_id")]

    def __str__(self):
        return f"radiation for {self.input_id}"
