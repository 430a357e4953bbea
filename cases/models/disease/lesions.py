"""Which lesions are in the liver, where, and how large on which day?"""

from django.db import models
from django.db.models import Q

from cases.models._record import Record, all_codes, code_list, coded, coded_list, codes, together
from cases.models.case import Case
from cases.models.disease._of_case import Fact
from cases.vocabulary import Known, LiRads, LocalTreatment, Modality, Segment, Vessel, VesselContact
from tumorboard.audit.history import tracked


@tracked
class ImagingStudy(Fact):
    modality = models.TextField(choices=Modality)
    performed_on = models.DateField("performed on")
    covers_liver = models.BooleanField("shows the liver", default=True)
    quality_note = models.CharField("quality", max_length=200, blank=True)
    conclusion = models.TextField(blank=True)
    done_at = models.CharField(
        "done at", max_length=120, blank=True, help_text="The hospital, where it was not ours."
    )
    accession = models.CharField(
        "accession number",
        max_length=64,
        blank=True,
        default="",
        db_default="",
        help_text="The number of the study in the picture archive.",
    )

    class Meta:
        verbose_name_plural = "imaging studies"
        constraints = [together("imaging_study", "withdrawn"), codes("imaging_study", "modality", Modality)]

    def __str__(self):
        return f"{self.get_modality_display()} {self.performed_on}"


@tracked
class Lesion(Fact):
    """One lesion through time; its number stays its own."""

    number = models.PositiveSmallIntegerField()
    segments = coded_list(Segment.choices)
    first_seen_on = models.DateField(null=True, blank=True)
    viable = models.TextField(choices=Known, default=Known.YES)
    treated = models.BooleanField(default=False)
    treatments = coded_list(LocalTreatment.choices)
    treated_on = models.DateField("treated on", null=True, blank=True)
    disappeared_on = models.DateField("no longer seen on", null=True, blank=True)
    is_target = models.BooleanField("target lesion", default=False)
    cystic = models.BooleanField(default=False)
    calcified = models.BooleanField(default=False)
    vessels = coded_list(Vessel.choices)
    vessel_contact = coded("vessel contact", VesselContact)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            together("lesion", "withdrawn"),
            code_list("lesion", "segments", Segment),
            code_list("lesion", "treatments", LocalTreatment),
            code_list("lesion", "vessels", Vessel),
            *all_codes("lesion", VesselContact, "vessel_contact"),
            codes("lesion", "viable", Known),
            models.CheckConstraint(condition=Q(number__gte=1), name="lesions_are_numbered_from_one"),
            models.UniqueConstraint(fields=["case", "number"], name="one_lesion_a_number"),
        ]

    def __str__(self):
        return f"L{self.number}"

    @property
    def label(self) -> str:
        return f"L{self.number}"


class MeasurementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(lesion__case__in=Case.objects.visible_to(user).values("pk"))

    def standing(self):
        """Sizes that nobody took back with the study that they were read from."""
        return self.filter(study__withdrawn_at=None)


@tracked
class LesionMeasurement(Record):
    lesion = models.ForeignKey(Lesion, on_delete=models.PROTECT, related_name="measurements")
    study = models.ForeignKey(
        ImagingStudy, on_delete=models.PROTECT, null=True, blank=True, related_name="measurements"
    )
    measured_on = models.DateField("measured on", null=True, blank=True)
    long_axis_mm = models.DecimalField("long axis (mm)", max_digits=5, decimal_places=1)
    viable_mm = models.DecimalField("viable part (mm)", max_digits=5, decimal_places=1, null=True, blank=True)
    li_rads = coded("LI-RADS", LiRads)
    nonrim_aphe = coded("arterial hyperenhancement, not rim", Known)
    washout = coded("washout, not peripheral", Known)
    capsule = coded("enhancing capsule", Known)
    threshold_growth = coded("threshold growth", Known)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        constraints = [
            *all_codes("measurement", LiRads, "li_rads"),
            *all_codes("measurement", Known, "nonrim_aphe", "washout", "capsule", "threshold_growth"),
            models.UniqueConstraint(
                fields=["lesion", "measured_on"],
                nulls_distinct=False,
                name="one_measurement_a_lesion_and_day",
            ),
            models.CheckConstraint(
                condition=Q(long_axis_mm__gte=0, long_axis_mm__lte=400), name="long_axis_fits_a_liver"
            ),
            models.CheckConstraint(
                condition=Q(viable_mm__isnull=True)
                | Q(viable_mm__gte=0, viable_mm__lte=models.F("long_axis_mm")),
                name="viable_part_is_within_the_lesion",
            ),
        ]

    def __str__(self):
        return f"{self.long_axis_mm} mm on {self.measured_on}"
