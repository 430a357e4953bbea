"""What was brought in from files, by whom, and from which row?"""

from django.db import models
from django.db.models import Q

from cases.models._record import Record, codes, person, together
from cases.models.board import TumorBoard
from cases.models.case import Case
from cases.vocabulary import Role
from tumorboard.audit.history import tracked


class RunStatus(models.TextChoices):
    CHECKED = "CHECKED", "Checked, nothing stored"
    WAITING = "WAITING", "Waiting for its turn"
    RUNNING = "RUNNING", "Running"
    DONE = "DONE", "Done"
    FAILED = "FAILED", "Stopped by an error"
    DISCARDED = "DISCARDED", "Thrown away, nothing stored"


ASKED_FOR = (RunStatus.WAITING, RunStatus.RUNNING)


class RowOutcome(models.TextChoices):
    CREATED = "CREATED", "Created"
    KNOWN = "KNOWN", "There already, unchanged"
    REFUSED = "REFUSED", "Not created"
    FAILED = "FAILED", "Not created: an error"


class OfBoardQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated or not user.is_active:
            return self.none()
        boards = user.memberships.filter(ended_at=None, role=Role.COORDINATOR).values("board")
        return self.filter(board__in=boards)


@tracked
class ImportProfile(Record):
    """How the columns of one kind of file are read, saved for the next time."""

    board = models.ForeignKey(TumorBoard, on_delete=models.PROTECT, related_name="import_profiles")
    slug = models.SlugField()
    title = models.CharField(max_length=120)
    mapping = models.JSONField()

    objects = OfBoardQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "slug"], name="one_profile_a_board_and_slug")]

    def __str__(self):
        return self.title


class ImportRun(Record):
    """One file, checked and perhaps stored; the file itself is kept until the run is done."""

    board = models.ForeignKey(TumorBoard, on_delete=models.PROTECT, related_name="import_runs")
    profile = models.JSONField(help_text="The mapping as it was when this run was made.")
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    content = models.TextField(blank=True)
    taken_on = models.DateField(null=True, blank=True)
    decisions = models.JSONField(default=list)
    status = models.TextField(choices=RunStatus, default=RunStatus.CHECKED)
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True)
    started_by = person(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = OfBoardQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("import_run", "status", RunStatus),
            together("import_run", "started"),
            models.CheckConstraint(
                condition=Q(status__in=[RunStatus.CHECKED, *ASKED_FOR]) | Q(content=""),
                name="a_finished_run_keeps_no_file",
            ),
            models.CheckConstraint(
                condition=Q(rows_done__lte=models.F("rows")), name="not_more_rows_done_than_there_are"
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def about(self) -> str:
        return f"import:{self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.status in ASKED_FOR


class ImportedRecord(models.Model):
    """Which case came from which record of which source: what makes a second run change nothing."""

    board = models.ForeignKey(TumorBoard, on_delete=models.PROTECT, related_name="+")
    source = models.TextField(help_text="The profile's name.")
    record = models.TextField()
    fingerprint = models.CharField(max_length=64)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="imported_from")
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, related_name="records")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "source", "record"], name="one_case_an_imported_record")
        ]

    def __str__(self):
        return f"{self.source} {self.record}"


class ImportRow(models.Model):
    """What became of one row of a run; written with the case itself: neither is there without the other."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="row_outcomes")
    row = models.PositiveIntegerField()
    outcome = models.TextField(choices=RowOutcome)
    why = models.TextField(blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            codes("import_row", "outcome", RowOutcome),
            models.UniqueConstraint(fields=["run", "row"], name="one_outcome_a_row_of_a_run"),
        ]

    def __str__(self):
        return f"row {self.row}: {self.outcome}"
