"""Who comes to which meeting, as far as they have said?"""

from django.db import models
from django.db.models import F, Q

from cases.models._record import Record, codes, person
from cases.models.meeting import Meeting
from cases.vocabulary import Reply
from tumorboard.audit.history import tracked


class MeetingReplyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))


@tracked
class MeetingReply(Record):
    """One person's last word on one meeting; the earlier ones stand in its history."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="replies")
    user = person(related_name="meeting_replies")
    reply = models.TextField(choices=Reply)
    deputy = person(null=True)
    note = models.CharField(max_length=200, blank=True)
    said_at = models.DateTimeField()
    by_link = models.BooleanField("answered from the link in an e-mail", default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingReplyQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("reply", "reply", Reply),
            models.UniqueConstraint(fields=["meeting", "user"], name="one_reply_a_person_and_meeting"),
            models.CheckConstraint(
                condition=Q(reply=Reply.DEPUTY, deputy__isnull=False)
                | ~Q(reply=Reply.DEPUTY) & Q(deputy__isnull=True),
                name="a_deputy_is_named_exactly_when_one_comes",
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("user")), name="nobody_is_their_own_deputy"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_reply_display().lower()}"

    @property
    def about(self) -> str:
        return f"reply:{self.pk}"
