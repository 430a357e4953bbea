"""Which browser in a meeting room shows which meeting, opened by whom, until when?"""

import uuid

from django.db import models
from django.db.models import F, Q

from cases.models._record import person
from cases.models.meeting import Meeting


class RoomSessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def standing(self):
        return self.filter(ended_at=None)

    def shown(self):
        """A browser shows it, or could go on with the PIN."""
        return self.standing().filter(entered_at__isnull=False)


class RoomSession(models.Model):
    """No person is signed in there: it shows one meeting, for as long as who opened it sits on the board.

    The code is worth something once and for ten minutes, and only its digest is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="room_sessions")
    code_digest = models.CharField(max_length=64)
    code_until = models.DateTimeField()
    pin = models.CharField(max_length=128, help_text="Hashed like a password.")
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    opened_by = person()
    opened_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True, help_text="When the room’s browser typed the code.")
    last_at = models.DateTimeField(null=True, help_text="When somebody at the screen last was there.")
    locked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = RoomSessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code_digest"],
                condition=Q(entered_at=None, ended_at=None),
                name="one_room_waits_for_a_code",
            ),
            models.CheckConstraint(
                condition=~Q(pin="") & ~Q(code_digest=""), name="a_room_has_a_code_and_a_pin"
            ),
            models.CheckConstraint(
                condition=Q(entered_at=None, last_at=None)
                | Q(entered_at__isnull=False, last_at__gte=F("entered_at")),
                name="a_room_is_used_after_it_was_entered",
            ),
            models.CheckConstraint(condition=Q(wrong_pins__lte=5), name="five_wrong_pins_end_a_room"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("opened_at")),
                name="a_room_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["meeting"], condition=Q(ended_at=None), name="rooms_of_a_meeting_now")
        ]

    def __str__(self):
        return f"room of {self.meeting_id}"
