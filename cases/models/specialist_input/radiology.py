"""What does the diagnostic radiologist see?"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from cases.models._record import (
    PERCENT,
    Record,
    all_codes,
    code_list,
    coded,
    coded_list,
    codes,
    frozen_with_parent,
    number,
    ranges,
    words,
)
from cases.models.specialist_input.request import InputDetails
from cases.vocabulary import Known, Modality, PortalThrombus, Segment
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


class Phase(models.TextChoices):
    """Which contrast phases and sequences were read."""

    NATIVE = "NATIVE", "Without contrast"
    ARTERIAL = "ARTERIAL", "Arterial"
    PORTAL_VENOUS = "PORTAL_VENOUS", "Portal venous"
    DELAYED = "DELAYED", "Delayed"
    HEPATOBILIARY = "HEPATOBILIARY", "Hepatobiliary"
    DIFFUSION = "DIFFUSION", "Diffusion"


class Staging(models.TextChoices):
    """Where disease outside the liver was looked for."""

    CHEST_CT = "CHEST_CT", "Chest CT"
    ABDOMEN_PELVIS = "ABDOMEN_PELVIS", "Abdomen and pelvis"
    BRAIN = "BRAIN", "Brain"
    BONE = "BONE", "Bone"
    FDG_PET = "FDG_PET", "FDG PET/CT"
    SSTR_PET = "SSTR_PET", "SSTR PET/CT"
    PSMA_PET = "PSMA_PET", "PSMA PET/CT"


class Michels(models.TextChoices):
    """Hepatic arterial anatomy after Michels."""

    I = "I", "I normal"  # noqa: E741 -- the type is called I
    II = "II", "II replaced left"
    III = "III", "III replaced right"
    IV = "IV", "IV replaced right and left"
    V = "V", "V accessory left"
    VI = "VI", "VI accessory right"
    VII = "VII", "VII accessory right and left"
    VIII = "VIII", "VIII replaced and accessory"
    IX = "IX", "IX common trunk from the superior mesenteric artery"
    X = "X", "X common trunk from the left gastric artery"


class NonTarget(models.TextChoices):
    """RECIST 1.1: the lesions that are followed without being measured."""

    NONE = "none", "No other lesions"
    CR = "CR", "All gone"
    NON_CR_NON_PD = "non_cr_non_pd", "Still there"
    PD = "PD", "Clearly progressing"
    NOT_EVALUATED = "not_evaluated", "Not evaluated"


ANSWERED = (
    "extrahepatic_seen",
    "new_lesion",
    "sstr_imaging_done",
    "regional_nodes_positive",
    "reaches_confluence",
    "extends_right_second_order",
    "extends_left_second_order",
    "multifocal_stricture",
    "malignant_stricture",
    "visceral_peritoneum_perforated",
    "direct_extrahepatic_invasion",
)
KRENNING = (0, 4)


@tracked
class RadiologyInput(InputDetails):
    modality = models.TextField(choices=Modality, blank=True)
    phases = coded_list(Phase.choices)
    studied_on = models.DateField("date of the study", null=True, blank=True)
    image_quality = coded("quality", ImageQuality)
    outside_report = models.TextField("what the outside report says", blank=True)
    agreement = coded("our reading against it", Agreement)
    difference = models.TextField("what differs", blank=True)
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
    portal_thrombus = coded("portal tumour thrombus", PortalThrombus)
    vascular_note = models.CharField("vessels, in words", max_length=300, blank=True)
    bile_ducts = coded("bile ducts", BileDucts)
    dilated_segments = coded_list(Segment.choices)
    reaches_confluence = coded("stricture reaches the confluence", Known)
    extends_right_second_order = coded("extends to right second-order ducts", Known)
    extends_left_second_order = coded("extends to left second-order ducts", Known)
    multifocal_stricture = coded("multifocal stricture", Known)
    malignant_stricture = coded("stricture looks malignant", Known)
    radial_diameter_mm = number("radial diameter of a perihilar mass (mm)", (0, 400))
    visceral_peritoneum_perforated = coded("visceral peritoneum perforated", Known)
    direct_extrahepatic_invasion = coded("direct invasion of neighbouring structures", Known)
    michels = coded("hepatic artery anatomy (Michels)", Michels)
    hepatic_artery_anatomy = models.CharField("hepatic artery, in words", max_length=120, blank=True)
    fat_fraction_percent = number("liver fat, PDFF (%)", PERCENT)
    stiffness_kpa = number("liver stiffness (kPa)", (0, 100))
    steatosis_or_fibrosis = models.CharField("steatosis or fibrosis estimate", max_length=120, blank=True)
    staging_done = coded_list(Staging.choices)
    staged_on = models.DateField("staging outside the liver done on", null=True, blank=True)
    extrahepatic_seen = coded("disease outside the liver seen", Known)
    extrahepatic_note = models.CharField("outside the liver, in words", max_length=300, blank=True)
    regional_nodes_positive = coded("suspicious regional nodes", Known)
    sstr_imaging_done = coded("SSTR imaging done", Known)
    krenning = number("Krenning score", KRENNING, places=0)
    liver_mtv_cm3 = number("metabolic tumour volume of the liver (cm³)", (0, 6000))
    mtv_method = words("threshold of the metabolic volume")
    non_target = coded("lesions that are not targets", NonTarget)
    new_lesion = coded("new lesion", Known)
    reading = models.TextField("reading, in words", blank=True)

    class Meta:
        constraints = [
            codes("radiology", "modality", Modality, blank=True),
            *all_codes("radiology", ImageQuality, "image_quality"),
            *all_codes("radiology", Agreement, "agreement"),
            *all_codes("radiology", BileDucts, "bile_ducts"),
            *all_codes("radiology", PortalThrombus, "portal_thrombus"),
            *all_codes("radiology", Michels, "michels"),
            *all_codes("radiology", NonTarget, "non_target"),
            *all_codes("radiology", Known, *ANSWERED),
            code_list("radiology", "phases", Phase),
            code_list("radiology", "dilated_segments", Segment),
            code_list("radiology", "staging_done", Staging),
            *ranges(
                "radiology",
                radial_diameter_mm=(0, 400),
                fat_fraction_percent=PERCENT,
                stiffness_kpa=(0, 100),
                krenning=KRENNING,
                liver_mtv_cm3=(0, 6000),
            ),
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


@tracked
class NodeFinding(Record):
    """One group of lymph nodes that the radiologist describes."""

    details = models.ForeignKey(RadiologyInput, on_delete=models.PROTECT, related_name="nodes")
    position = models.PositiveSmallIntegerField()
    station = models.CharField(max_length=120)
    short_axis_mm = number("short axis (mm)", (0, 300))
    suspicious = coded("suspicious", Known)

    class Meta:
        constraints = [
            *all_codes("node", Known, "suspicious"),
            *ranges("node", short_axis_mm=(0, 300)),
            models.UniqueConstraint(fields=["details", "position"], name="nodes_are_numbered"),
        ]
        triggers = [frozen_with_parent("node", table="cases_specialistinput", column="details_id")]

    def __str__(self):
        return self.station
