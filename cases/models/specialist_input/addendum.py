"""Was the hospital whose report we read differently asked to correct it, and what did it answer?"""

from django.db import models
from django.db.models import Q

from cases.models._record import Record, person, together
from cases.models.case import Case
from cases.models.disease import ImagingStudy
from tumorboard.audit.history import tracked


class AddendumQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(case__in=Case.objects.visible_to(user).values("pk"))

    def open(self):
        return self.filter(answered_at=None)


@tracked
class AddendumRequest(Record):
    """One request to the source hospital, through whoever referred the case from there."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="addendum_requests")
    study = models.ForeignKey(ImagingStudy, on_delete=models.PROTECT, related_name="addendum_requests")
    difference = models.TextField("what differs")
    answer = models.TextField("the addendum", blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = person(null=True)

    objects = AddendumQuerySet.as_manager()

    class Meta:
        constraints = [
            together("addendum", "answered"),
            models.CheckConstraint(condition=~Q(difference=""), name="an_addendum_says_what_differs"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="an_answered_addendum_has_words"
            ),
            models.UniqueConstraint(
                fields=["study"], condition=Q(answered_at=None), name="one_open_addendum_a_study"
            ),
        ]

    def __str__(self):
        return f"addendum for {self.study_id}"

    @property
    def about(self) -> str:
        return f"addendum:{self.pk}"
