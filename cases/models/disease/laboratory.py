"""What did the laboratory measure? A number without a unit does not exist."""

from django.db import models
from django.db.models import Q

from cases.models._record import codes, together
from cases.models.disease._of_case import Fact
from cases.vocabulary import Analyte
from tumorboard.audit.history import tracked


class Comparator(models.TextChoices):
    """A laboratory may only know a bound."""

    LESS = "<", "below"
    MORE = ">", "above"


@tracked
class LabResult(Fact):
    analyte = models.TextField(choices=Analyte)
    value = models.DecimalField(max_digits=14, decimal_places=4)
    comparator = models.TextField(choices=Comparator, blank=True)
    unit = models.TextField()
    upper_limit = models.DecimalField(
        "upper limit of normal", max_digits=14, decimal_places=4, null=True, blank=True
    )
    taken_on = models.DateField("taken on", null=True, blank=True, help_text="Empty: the day is not known.")

    class Meta:
        constraints = [
            together("lab_result", "withdrawn"),
            codes("lab_result", "analyte", Analyte),
            codes("lab_result", "comparator", Comparator, blank=True),
            models.CheckConstraint(condition=~Q(unit=""), name="a_lab_value_has_a_unit"),
            models.CheckConstraint(
                condition=Q(upper_limit__isnull=True) | Q(upper_limit__gt=0),
                name="a_limit_of_normal_is_positive",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="a_lab_value_is_not_negative"),
            models.UniqueConstraint(
                fields=["case", "analyte", "taken_on"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="one_standing_lab_value_a_day",
            ),
        ]
        indexes = [models.Index(fields=["case", "analyte", "taken_on"], name="lab_trend_of_a_case")]

    def __str__(self):
        return f"{self.analyte} {self.comparator}{self.value} {self.unit}"
