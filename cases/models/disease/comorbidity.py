"""Which illnesses does the patient carry besides this one, and how did an operation go?"""

from django.db import models
from django.db.models import Q

from cases.models._record import code_list, coded_list, codes, number, ranges, together
from cases.models.disease._of_case import Fact
from cases.vocabulary import CharlsonItem, Diabetes, LiverDisease, OtherTumour
from tumorboard.audit.history import tracked

FAILING = (0, 7)


class Reintervention(models.TextChoices):
    NONE = "none", "None"
    WITHOUT_GENERAL = "no_general_anaesthesia", "Without general anaesthesia"
    GENERAL = "general_anaesthesia", "Under general anaesthesia"


@tracked
class ComorbidityReview(Fact):
    """Somebody went through the whole Charlson list: what is not ticked here was asked and is not there."""

    assessed_on = models.DateField("assessed on", null=True, blank=True)
    items = coded_list(CharlsonItem.choices)
    liver_disease = models.TextField("liver disease", choices=LiverDisease)
    diabetes = models.TextField("diabetes", choices=Diabetes)
    other_tumour = models.TextField("another solid tumour", choices=OtherTumour)

    class Meta:
        constraints = [
            together("comorbidity", "withdrawn"),
            code_list("comorbidity", "items", CharlsonItem),
            codes("comorbidity", "liver_disease", LiverDisease),
            codes("comorbidity", "diabetes", Diabetes),
            codes("comorbidity", "other_tumour", OtherTumour),
        ]

    def __str__(self):
        return f"comorbidity on {self.assessed_on}"


@tracked
class TreatmentCourse(Fact):
    """The worst that happened after one operation or intervention, as Clavien-Dindo asks for it."""

    procedure = models.CharField(max_length=200)
    performed_on = models.DateField("performed on")
    any_deviation = models.BooleanField("any deviation from the normal course", default=False)
    drug_or_transfusion = models.BooleanField(
        "drugs beyond antiemetics, antipyretics, analgesics, diuretics and electrolytes; transfusion; "
        "parenteral nutrition",
        default=False,
    )
    intervention = models.TextField("reintervention", choices=Reintervention, default=Reintervention.NONE)
    icu_life_threatening = models.BooleanField("life-threatening, intensive care", default=False)
    organ_dysfunction_count = number("organs failing", FAILING, places=0)
    death = models.BooleanField("death", default=False)
    disability_at_discharge = models.BooleanField("disability at discharge", default=False)
    note = models.CharField("what happened", max_length=300, blank=True)

    class Meta:
        constraints = [
            together("course", "withdrawn"),
            codes("course", "intervention", Reintervention),
            *ranges("course", organ_dysfunction_count=FAILING),
            models.CheckConstraint(condition=~Q(procedure=""), name="a_course_names_its_procedure"),
        ]

    def __str__(self):
        return f"{self.procedure} on {self.performed_on}"


@tracked
class Waiver(Fact):
    """An item is not needed for this case: until this is withdrawn, it does not count as missing."""

    item = models.TextField()
    reason = models.TextField()

    class Meta:
        constraints = [
            together("waiver", "withdrawn"),
            models.CheckConstraint(
                condition=~Q(item="") & ~Q(reason=""), name="a_waiver_has_item_and_reason"
            ),
            models.UniqueConstraint(
                fields=["case", "item"], condition=Q(withdrawn_at=None), name="one_standing_waiver_an_item"
            ),
        ]

    def __str__(self):
        return f"{self.item} waived"
