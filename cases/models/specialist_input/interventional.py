"""What can the interventional radiologist reach, and what forbids it?"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from cases.models._record import code_list, coded_list, codes, frozen_with_parent
from cases.models.specialist_input.request import InputDetails
from cases.vocabulary import Known
from tumorboard.audit.history import tracked


class AblationModality(models.TextChoices):
    MWA = "MWA", "Microwave"
    RFA = "RFA", "Radiofrequency"
    CRYO = "CRYO", "Cryoablation"
    IRE = "IRE", "Irreversible electroporation"


class StopReason(models.TextChoices):
    """Why embolisation is not advised."""

    LIVER_FUNCTION = "LIVER_FUNCTION", "Liver function"
    PORTAL_FLOW = "PORTAL_FLOW", "Reduced portal flow"
    SHUNT = "SHUNT", "Shunt that cannot be treated"
    TUMOUR_EXTENT = "TUMOUR_EXTENT", "Extent of tumour"
    BILIARY = "BILIARY", "Obstructed bile duct or open papilla"
    KIDNEY = "KIDNEY", "Kidney function"
    OTHER = "OTHER", "Other"


class PortalVein(models.TextChoices):
    PATENT = "PATENT", "Patent"
    BLAND_THROMBUS = "BLAND_THROMBUS", "Bland thrombus"
    TUMOUR_THROMBUS = "TUMOUR_THROMBUS", "Tumour thrombus"


class BiliaryStatus(models.TextChoices):
    NORMAL = "NORMAL", "Normal"
    DILATED = "DILATED", "Dilated"
    STENT = "STENT", "Stent"
    ANASTOMOSIS = "ANASTOMOSIS", "Bilio-enteric anastomosis"


class Anaesthesia(models.TextChoices):
    LOCAL = "LOCAL", "Local"
    SEDATION = "SEDATION", "Sedation"
    GENERAL = "GENERAL", "General"


class VisibleOn(models.TextChoices):
    US = "US", "Ultrasound"
    CT = "CT", "CT"
    MRI = "MRI", "MRI"
    NONE = "NONE", "Not visible"


def distance(label: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=[MaxValueValidator(300)])


def percent(label: str) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )


@tracked
class InterventionalInput(InputDetails):
    ablatable = models.TextField("ablation possible", choices=Known, blank=True)
    ablation_modality = models.TextField(choices=AblationModality, blank=True)
    lesions_to_ablate = models.CharField("lesions that could be ablated", max_length=120, blank=True)
    visible_on = coded_list(VisibleOn.choices)
    distance_bile_duct_mm = distance("to the central bile duct (mm)")
    distance_vessel_mm = distance("to the nearest vessel of 3 mm or more (mm)")
    distance_organ_mm = distance("to bowel, gallbladder, diaphragm or heart (mm)")
    embolisation_suitable = models.TextField("embolisation (TACE) suitable", choices=Known, blank=True)
    embolisation_stop_reason = models.TextField("if not, why", choices=StopReason, blank=True)
    y90_suitable = models.TextField("radioembolisation (Y-90) suitable", choices=Known, blank=True)
    lung_shunt_percent = percent("lung shunt (%)")
    vein_embolisation_suitable = models.TextField("vein embolisation suitable", choices=Known, blank=True)
    portal_vein = models.TextField(choices=PortalVein, blank=True)
    biliary_status = models.TextField(choices=BiliaryStatus, blank=True)
    anticoagulated = models.TextField("anticoagulated", choices=Known, blank=True)
    contrast_allergy = models.TextField("contrast allergy", choices=Known, blank=True)
    anaesthesia = models.TextField(choices=Anaesthesia, blank=True)
    access_note = models.CharField("access and anatomy, in words", max_length=300, blank=True)

    class Meta:
        constraints = [
            *[
                codes("interventional", field, Known, blank=True)
                for field in (
                    "ablatable",
                    "embolisation_suitable",
                    "y90_suitable",
                    "vein_embolisation_suitable",
                    "anticoagulated",
                    "contrast_allergy",
                )
            ],
            codes("interventional", "ablation_modality", AblationModality, blank=True),
            codes("interventional", "embolisation_stop_reason", StopReason, blank=True),
            codes("interventional", "portal_vein", PortalVein, blank=True),
            codes("interventional", "biliary_status", BiliaryStatus, blank=True),
            codes("interventional", "anaesthesia", Anaesthesia, blank=True),
            code_list("interventional", "visible_on", VisibleOn),
            models.CheckConstraint(
                condition=Q(lung_shunt_percent__isnull=True)
                | Q(lung_shunt_percent__gte=0, lung_shunt_percent__lte=100),
                name="lung_shunt_is_a_percentage",
            ),
        ]
        triggers = [
            frozen_with_parent("interventional_input", table="cases_specialistinput", column="input_id")
        ]

    def __str__(self):
        return f"interventional radiology for {self.input_id}"
