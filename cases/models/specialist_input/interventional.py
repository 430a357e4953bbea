"""What can the interventional radiologist reach, and what forbids it?"""

from django.db import models
from django.db.models import Q

from cases.models._record import (
    PERCENT,
    Record,
    all_codes,
    code_list,
    coded,
    coded_list,
    frozen_with_parent,
    number,
    ranges,
)
from cases.models.disease import Lesion
from cases.models.specialist_input.request import InputDetails
from cases.vocabulary import Known, PortalThrombus, Vessel
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


class Side(models.TextChoices):
    MAIN = "MAIN", "Main trunk"
    RIGHT = "RIGHT", "Right"
    LEFT = "LEFT", "Left"
    BOTH = "BOTH", "Both sides"


class Shunt(models.TextChoices):
    NONE = "NONE", "None"
    ARTERIOPORTAL = "ARTERIOPORTAL", "Arterioportal"
    ARTERIOVENOUS = "ARTERIOVENOUS", "Arteriovenous"
    GASTROINTESTINAL = "GASTROINTESTINAL", "To the gut"


class Y90Product(models.TextChoices):
    GLASS = "GLASS", "Glass"
    RESIN = "RESIN", "Resin"


class DoseMethod(models.TextChoices):
    MIRD = "MIRD", "MIRD"
    PARTITION = "PARTITION", "Partition model"
    BSA = "BSA", "Body surface"


class Drainage(models.TextChoices):
    NONE = "NONE", "None"
    ERCP = "ERCP", "Endoscopic (ERCP)"
    PTBD = "PTBD", "Percutaneous (PTBD)"


class Organ(models.TextChoices):
    """What lies next to a lesion and suffers from heat."""

    BOWEL = "BOWEL", "Bowel"
    GALLBLADDER = "GALLBLADDER", "Gallbladder"
    DIAPHRAGM = "DIAPHRAGM", "Diaphragm"
    HEART = "HEART", "Heart"
    STOMACH = "STOMACH", "Stomach"


ANSWERED = (
    "ablatable",
    "embolisation_suitable",
    "y90_suitable",
    "vein_embolisation_suitable",
    "anticoagulated",
    "contrast_allergy",
    "implant",
)
DISTANCE = (0, 300)


@tracked
class InterventionalInput(InputDetails):
    ablatable = coded("ablation possible", Known)
    ablation_modality = coded("ablation modality", AblationModality)
    embolisation_suitable = coded("embolisation (TACE) suitable", Known)
    embolisation_stop_reason = coded("if not, why", StopReason)
    y90_suitable = coded("radioembolisation (Y-90) suitable", Known)
    y90_product = coded("microspheres", Y90Product)
    lung_shunt_percent = number("lung shunt (%)", PERCENT)
    activity_gbq = number("activity planned (GBq)", (0, 50), places=2)
    lung_mass_kg = number("lung mass, if measured (kg)", (0, 5), places=2)
    previous_lung_dose_gy = number("earlier lung dose (Gy)", (0, 100))
    dose_method = coded("dose method", DoseMethod)
    vein_embolisation_suitable = coded("vein embolisation suitable", Known)
    portal_vein = coded("portal vein", PortalVein)
    portal_thrombus = coded("extent of tumour thrombus", PortalThrombus)
    portal_side = coded("side of the thrombus", Side)
    shunt = coded("shunt", Shunt)
    biliary_status = coded("biliary status", BiliaryStatus)
    biliary_drainage = coded("biliary drainage", Drainage)
    drained_on = models.DateField("drained on", null=True, blank=True)
    anticoagulated = coded("anticoagulated", Known)
    contrast_allergy = coded("contrast allergy", Known)
    implant = coded("metal or pacemaker", Known)
    anaesthesia = coded("anaesthesia", Anaesthesia)
    access_note = models.CharField("access and anatomy, in words", max_length=300, blank=True)

    class Meta:
        constraints = [
            *all_codes("interventional", Known, *ANSWERED),
            *all_codes("interventional", AblationModality, "ablation_modality"),
            *all_codes("interventional", StopReason, "embolisation_stop_reason"),
            *all_codes("interventional", Y90Product, "y90_product"),
            *all_codes("interventional", DoseMethod, "dose_method"),
            *all_codes("interventional", PortalVein, "portal_vein"),
            *all_codes("interventional", PortalThrombus, "portal_thrombus"),
            *all_codes("interventional", Side, "portal_side"),
            *all_codes("interventional", Shunt, "shunt"),
            *all_codes("interventional", BiliaryStatus, "biliary_status"),
            *all_codes("interventional", Drainage, "biliary_drainage"),
            *all_codes("interventional", Anaesthesia, "anaesthesia"),
            models.CheckConstraint(
                condition=Q(lung_shunt_percent__isnull=True)
                | Q(lung_shunt_percent__gte=0, lung_shunt_percent__lte=100),
                name="lung_shunt_is_a_percentage",
            ),
            *ranges(
                "interventional", activity_gbq=(0, 50), lung_mass_kg=(0, 5), previous_lung_dose_gy=(0, 100)
            ),
        ]
        triggers = [
            frozen_with_parent("interventional_input", table="cases_specialistinput", column="input_id")
        ]

    def __str__(self):
        return f"interventional radiology for {self.input_id}"


@tracked
class LesionAccess(Record):
    """How one lesion can be reached, and what lies next to it."""

    details = models.ForeignKey(InterventionalInput, on_delete=models.PROTECT, related_name="accesses")
    lesion = models.ForeignKey(Lesion, on_delete=models.PROTECT, related_name="+")
    ablatable = coded("can be ablated", Known)
    visible_on = coded_list(VisibleOn.choices)
    distance_bile_duct_mm = number("to the central bile duct (mm)", DISTANCE, places=0)
    distance_vessel_mm = number("to the nearest vessel of 3 mm or more (mm)", DISTANCE, places=0)
    vessel = coded("which vessel", Vessel)
    distance_organ_mm = number("to the nearest organ (mm)", DISTANCE, places=0)
    organ = coded("which organ", Organ)
    subcapsular = coded("subcapsular", Known)
    expected_margin_mm = number("expected margin (mm)", (0, 100), places=0)

    class Meta:
        verbose_name_plural = "lesion accesses"
        constraints = [
            *all_codes("access", Known, "ablatable", "subcapsular"),
            *all_codes("access", Vessel, "vessel"),
            *all_codes("access", Organ, "organ"),
            code_list("access", "visible_on", VisibleOn),
            *ranges(
                "access",
                distance_bile_duct_mm=DISTANCE,
                distance_vessel_mm=DISTANCE,
                distance_organ_mm=DISTANCE,
                expected_margin_mm=(0, 100),
            ),
            models.UniqueConstraint(fields=["details", "lesion"], name="one_access_a_lesion"),
        ]
        triggers = [frozen_with_parent("access", table="cases_specialistinput", column="details_id")]

    def __str__(self):
        return f"access to {self.lesion_id}"
