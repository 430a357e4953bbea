"""What is the tumour, where did it begin, and where else is it?"""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from cases.domain.timing import metastasis_timing
from cases.models._record import Record, all_codes, code_list, coded, coded_list, codes
from cases.models.case import Case
from cases.models.disease._of_case import FactQuerySet
from cases.vocabulary import ExtrahepaticDisease, Known, MetastaticSite, PrimaryControl, PrimarySite, Timing
from tumorboard.audit.history import tracked


class MelanomaType(models.TextChoices):
    """Uveal melanoma goes to the liver first and has a staging table of its own."""

    CUTANEOUS = "CUTANEOUS", "Cutaneous"
    UVEAL = "UVEAL", "Uveal"
    MUCOSAL = "MUCOSAL", "Mucosal"
    ACRAL = "ACRAL", "Acral"


class ColonSide(models.TextChoices):
    RIGHT = "RIGHT", "Right colon"
    LEFT = "LEFT", "Left colon"
    RECTUM = "RECTUM", "Rectum"


@tracked
class Diagnosis(Record):
    """The disease under discussion as it is understood now; its earlier wording is in the row history."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="diagnosis")
    primary_site = models.TextField(choices=PrimarySite, blank=True)
    site_detail = models.CharField("detail of the site", max_length=200, blank=True)
    melanoma_type = coded("type of melanoma", MelanomaType)
    primary_side = coded("side of the colon", ColonSide)
    histology = models.TextField(
        "histology, or accepted imaging diagnosis",
        blank=True,
        help_text="Biopsy or resection result, or why imaging is enough (LI-RADS 5, SSTR PET).",
    )
    primary_diagnosed_on = models.DateField("primary found on", null=True, blank=True)
    liver_diagnosed_on = models.DateField("liver disease found on", null=True, blank=True)
    primary_resected_on = models.DateField("primary resected on", null=True, blank=True)
    primary_node_positive = coded("nodes of the primary involved", Known)
    primary_control = models.TextField("control of the primary", choices=PrimaryControl, blank=True)
    extrahepatic_disease = models.TextField(
        "disease outside the liver", choices=ExtrahepaticDisease, blank=True
    )
    extrahepatic_sites = coded_list(MetastaticSite.choices)
    extrahepatic_staged_on = models.DateField("staging outside the liver done on", null=True, blank=True)
    macrovascular_invasion = coded("macrovascular invasion", Known)
    stated_lesion_count = models.PositiveSmallIntegerField(
        "number of liver lesions as stated", null=True, blank=True, validators=[MaxValueValidator(500)]
    )
    stated_count_is_minimum = models.BooleanField("or more", default=False)
    stated_largest_mm = models.DecimalField(
        "largest lesion as stated (mm)", max_digits=5, decimal_places=1, null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "diagnoses"
        constraints = [
            codes("diagnosis", "primary_site", PrimarySite, blank=True),
            codes("diagnosis", "primary_control", PrimaryControl, blank=True),
            codes("diagnosis", "extrahepatic_disease", ExtrahepaticDisease, blank=True),
            *all_codes("diagnosis", Known, "macrovascular_invasion", "primary_node_positive"),
            *all_codes("diagnosis", MelanomaType, "melanoma_type"),
            *all_codes("diagnosis", ColonSide, "primary_side"),
            code_list("diagnosis", "extrahepatic_sites", MetastaticSite),
            models.CheckConstraint(
                condition=Q(extrahepatic_sites=[])
                | Q(
                    extrahepatic_disease__in=[
                        ExtrahepaticDisease.RESECTABLE,
                        ExtrahepaticDisease.UNRESECTABLE,
                        ExtrahepaticDisease.PRESENT,
                    ]
                ),
                name="sites_outside_the_liver_need_disease_there",
            ),
            models.CheckConstraint(
                condition=Q(stated_largest_mm__isnull=True)
                | Q(stated_largest_mm__gt=0, stated_largest_mm__lte=400),
                name="stated_largest_lesion_fits_a_liver",
            ),
        ]

    def __str__(self):
        return f"diagnosis of {self.case_id}"

    @property
    def timing(self) -> Timing | None:
        return metastasis_timing(
            primary_site=self.primary_site,
            primary_diagnosed_on=self.primary_diagnosed_on,
            liver_diagnosed_on=self.liver_diagnosed_on,
        )
