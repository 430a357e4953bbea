"""Which sending of an agenda has reached everybody, and which is under way?"""

from django.db import models
from django.db.models import Q

from cases.models._record import Record
from cases.models.meeting import Meeting
from tumorboard.audit.history import tracked


class PublicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def under_way(self):
        return self.filter(done_at=None)


@tracked
class Publication(Record):
    """One version of an agenda on its way to all seats of its board, seat by seat in their order."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="publications")
    version = models.PositiveSmallIntegerField()
    pdf = models.BinaryField(help_text="The list as it was seen when it was sent.")
    seats = models.PositiveIntegerField(help_text="How many people sat on the board then.")
    reached = models.PositiveBigIntegerField(default=0, help_text="The last seat that was written to.")
    told = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="a_version_is_sent_once"),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(done_at=None), name="publications_under_way")
        ]

    def __str__(self):
        return f"version {self.version} of {self.meeting_id}"
