"""What does the diagnostic radiologist see?"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from cases.models._record import code_list, coded_list, codes, frozen_with_parent
from cases.models.specialist_input.request import InputDetails
from cases.vocabulary import Known, Modality, Segment
from tumorboard.audit.history import tracked


class ImageQuality(models.TextChoices):
    GOOD = "GOOD", "Good"
    LIMITED = "LIMITED", "Limited"
    NOT_DIAGNOSTIC = "NOT_DIAGNOSTIC", "Not diagnostic"


class VascularInvasion(models.TextChoices):
    NONE = "NONE", "None"
    PORTAL = "PORTAL", "Portal vein"
    HEPATIC = "HEPATIC", "Hepatic vein"
    IVC = "IVC", "Inferior vena cava"


class BileDucts(models.TextChoices):
    NORMAL = "NORMAL", "Normal"
    DILATED = "DILATED", "Dilated"
    STRICTURE = "STRICTURE", "Stricture"


class Agreement(models.TextChoices):
    """Our reading against the outside report."""

    NONE_OUTSIDE = "NONE_OUTSIDE", "No outside report"
    AGREES = "AGREES", "Agrees"
    MINOR = "MINOR", "Differs, minor"
    CHANGES_MANAGEMENT = "CHANGES_MANAGEMENT", "Differs, changes management"


@tracked
class RadiologyInput(InputDetails):
    modality = models.TextField(choices=Modality, blank=True)
    studied_on = models.DateField("date of the study", null=True, blank=True)
    image_quality = models.TextField("quality", choices=ImageQuality, blank=True)
    agreement = models.TextField("against the outside report", choices=Agreement, blank=True)
    lesion_count = models.PositiveSmallIntegerField(
        "number of liver lesions", null=True, blank=True, validators=[MaxValueValidator(500)]
    )
    lesion_count_is_minimum = models.BooleanField("or more", default=False)
    largest_lesion_mm = models.DecimalField(
        "largest lesion (mm)",
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(400)],
    )
    lesion_segments = coded_list(Segment.choices)
    liver_involvement_percent = models.DecimalField(
        "liver involved (%)",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    vascular_invasion = coded_list(VascularInvasion.choices)
    vascular_note = models.CharField("vessels, in words", max_length=300, blank=True)
    bile_ducts = models.TextField(choices=BileDucts, blank=True)
    hepatic_artery_anatomy = models.CharField("hepatic artery anatomy (Michels)", max_length=120, blank=True)
    steatosis_or_fibrosis = models.CharField("steatosis or fibrosis estimate", max_length=120, blank=True)
    extrahepatic_seen = models.TextField("disease outside the liver seen", choices=Known, blank=True)
    extrahepatic_note = models.CharField("outside the liver, in words", max_length=300, blank=True)
    reading = models.TextField("reading, in words", blank=True)

    class Meta:
        constraints = [
            codes("radiology", "modality", Modality, blank=True),
            codes("radiology", "image_quality", ImageQuality, blank=True),
            codes("radiology", "agreement", Agreement, blank=True),
            codes("radiology", "bile_ducts", BileDucts, blank=True),
            codes("radiology", "extrahepatic_seen", Known, blank=True),
            code_list("radiology", "lesion_segments", Segment),
            code_list("radiology", "vascular_invasion", VascularInvasion),
            models.CheckConstraint(
                condition=Q(liver_involvement_percent__isnull=True)
                | Q(liver_involvement_percent__gte=0, liver_involvement_percent__lte=100),
                name="liver_involvement_is_a_percentage",
            ),
        ]
        triggers = [frozen_with_parent("radiology_input", table="cases_specialistinput", column="input_id")]

    def __str__(self):
        return f"radiology for {self.input_id}"
