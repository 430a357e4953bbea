"""What does the medical oncologist contribute?"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from cases.models._record import Record, codes, frozen_with_parent
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
    NOT_TESTED = "NOT_TESTED", "Not tested"


class HormoneSyndrome(models.TextChoices):
    NONE = "NONE", "None"
    CARCINOID = "CARCINOID", "Carcinoid"
    INSULINOMA = "INSULINOMA", "Insulinoma"
    GASTRINOMA = "GASTRINOMA", "Gastrinoma"
    GLUCAGONOMA = "GLUCAGONOMA", "Glucagonoma"
    VIPOMA = "VIPOMA", "VIPoma"


@tracked
class OncologyInput(InputDetails):
    lines_given = models.PositiveSmallIntegerField(
        "lines of systemic treatment given", null=True, blank=True, validators=[MaxValueValidator(20)]
    )
    response = models.TextField("response to the current line (RECIST)", choices=Response, blank=True)
    months_disease_control = models.DecimalField(
        "months of disease control",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(600)],
    )
    toxicity = models.CharField("toxicity that matters (CTCAE grade)", max_length=300, blank=True)
    last_bevacizumab_on = models.DateField("last bevacizumab on", null=True, blank=True)
    dpyd = models.TextField("DPYD", choices=Dpyd, blank=True)
    hormone_syndrome = models.TextField(choices=HormoneSyndrome, blank=True)
    fit_for_systemic = models.TextField("fit for systemic treatment", choices=Known, blank=True)
    options_remaining = models.TextField("systemic options remaining", blank=True)
    trial_available = models.CharField("trial that could be offered", max_length=300, blank=True)

    class Meta:
        constraints = [
            codes("oncology", "response", Response, blank=True),
            codes("oncology", "dpyd", Dpyd, blank=True),
            codes("oncology", "hormone_syndrome", HormoneSyndrome, blank=True),
            codes("oncology", "fit_for_systemic", Known, blank=True),
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
