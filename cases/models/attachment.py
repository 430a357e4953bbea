"""Which files belong to a case, who handed them in, and may they be opened?"""

from django.db import models
from django.db.models import Q

from cases.models._record import codes, frozen_when, together
from cases.models.disease._of_case import Fact, FactQuerySet
from cases.vocabulary import FileKind, ScanState
from tumorboard.audit.history import tracked

# What is said of a file after it has come; everything else stays as it was.
SAID_SINCE = (
    "stored_as",
    "scan",
    "scanned_at",
    "scan_words",
    "scan_next_at",
    "withdrawn_at",
    "withdrawn_by_id",
    "withdrawn_reason",
)


class CaseFileQuerySet(FactQuerySet):
    def to_scan(self, now):
        return self.filter(scan_next_at__lte=now).order_by("scan_next_at", "created_at")

    def openable(self):
        """What nobody withdrew and nothing speaks against."""
        return self.standing().filter(scan__in=[ScanState.CLEAN, ScanState.NOT_SCANNED])


@tracked
class CaseFile(Fact):
    """One file of a case. Its bytes lie in the store and never change; a wrong one is withdrawn, and kept."""

    kind = models.TextField(choices=FileKind)
    title = models.CharField(max_length=120)
    name = models.CharField("original name", max_length=120)
    size = models.PositiveBigIntegerField("bytes")
    pages = models.PositiveSmallIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, unique=True, editable=False)
    scan = models.TextField(choices=ScanState)
    scanned_at = models.DateTimeField(null=True, editable=False)
    scan_words = models.CharField("what the scanner said", max_length=200, blank=True, editable=False)
    scan_next_at = models.DateTimeField("to be scanned from", null=True, editable=False)

    objects = CaseFileQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            together("case_file", "withdrawn"),
            codes("case_file", "kind", FileKind),
            codes("case_file", "scan", ScanState),
            models.CheckConstraint(condition=Q(size__gt=0), name="a_file_is_not_empty"),
            models.CheckConstraint(
                condition=~Q(scan__in=[ScanState.CLEAN, ScanState.INFECTED]) | Q(scanned_at__isnull=False),
                name="what_the_scanner_said_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(scan__in=[ScanState.WAITING, ScanState.INFECTED])
                ^ Q(stored_as__startswith="kept/"),
                name="what_waits_or_is_infected_lies_apart",
            ),
        ]
        indexes = [
            models.Index(
                fields=["scan_next_at"], condition=Q(scan_next_at__isnull=False), name="files_to_be_scanned"
            )
        ]
        triggers = frozen_when("case_file", old="TRUE", but=SAID_SINCE)

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"
