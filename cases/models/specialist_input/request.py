"""What has each discipline been asked, and what did it answer?"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.models._record import Record, codes, frozen_when, person, together
from cases.models.board import TumorBoard
from cases.models.case import Case
from cases.vocabulary import Confidence, InputStatus, Opinion, Specialty
from tumorboard.audit.history import tracked


class SpecialistInputQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever sees the case and sits on its board; a referrer from outside does not read opinions."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        boards = TumorBoard.objects.seated(user).values("pk")
        return self.filter(case__board__in=boards)

    def current(self):
        """The revision that counts, of each discipline and presentation."""
        return self.filter(superseded_at=None)

    def awaited(self):
        return self.current().filter(status__in=[InputStatus.ASKED, InputStatus.DRAFT])


@tracked
class SpecialistInput(Record):
    """One discipline's contribution to one presentation of a case.

    Signed, it stands; an amendment is a new revision, and the old one stays readable.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="inputs")
    presentation = models.PositiveSmallIntegerField(default=1)
    specialty = models.TextField(choices=Specialty)
    revision = models.PositiveSmallIntegerField(default=1, editable=False)
    status = models.TextField(choices=InputStatus, default=InputStatus.ASKED, editable=False)
    asked_of = person(null=True, related_name="asked_inputs")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    not_needed_reason = models.TextField(blank=True)
    amendment_reason = models.TextField(blank=True)
    opinion = models.TextField("preferred option", choices=Opinion, blank=True)
    confidence = models.TextField(choices=Confidence, blank=True)
    opinion_reason = models.TextField("reason", blank=True)
    conflict_of_interest = models.BooleanField("I have a conflict of interest in this case", default=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_by = person(null=True)
    superseded_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SpecialistInputQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("input", "specialty", Specialty),
            codes("input", "status", InputStatus),
            codes("input", "opinion", Opinion, blank=True),
            codes("input", "confidence", Confidence, blank=True),
            together("input", "signed"),
            models.CheckConstraint(
                condition=Q(status=InputStatus.SIGNED, signed_at__isnull=False)
                | ~Q(status=InputStatus.SIGNED) & Q(signed_at__isnull=True),
                name="a_signed_input_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(status=InputStatus.SIGNED)
                | (~Q(opinion="") & ~Q(confidence="") & ~Q(opinion_reason="")),
                name="a_signed_input_has_opinion_confidence_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=InputStatus.NOT_NEEDED) | ~Q(not_needed_reason=""),
                name="an_input_not_needed_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(amendment_reason=""), name="a_later_revision_has_a_reason"
            ),
            models.UniqueConstraint(
                fields=["case", "presentation", "specialty", "revision"],
                name="one_input_a_specialty_and_revision",
            ),
            models.UniqueConstraint(
                fields=["case", "presentation", "specialty"],
                condition=Q(superseded_at=None, status=InputStatus.SIGNED),
                name="one_standing_signed_input_a_specialty",
            ),
        ]
        triggers = frozen_when(
            "signed_input", old="OLD.signed_at IS NOT NULL", but=["superseded_at", "version"]
        )
        indexes = [
            models.Index(
                fields=["asked_of", "due_at"],
                condition=Q(status__in=[InputStatus.ASKED, InputStatus.DRAFT], superseded_at=None),
                name="inputs_owed_by_a_person",
            )
        ]

    def __str__(self):
        return f"{self.get_specialty_display()} for {self.case_id}"

    @property
    def about(self) -> str:
        return f"input:{self.pk}"


class InputDetails(models.Model):
    """The typed part of one discipline's input: signed together with it."""

    input = models.OneToOneField(
        SpecialistInput, on_delete=models.PROTECT, primary_key=True, related_name="%(class)s"
    )

    objects: ClassVar[models.Manager] = models.Manager()

    class Meta:
        abstract = True
