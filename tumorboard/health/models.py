"""Which background process is alive, which beat leads, and what has gone wrong since when?"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connections, models
from django.db.models import F, Q


class Heartbeat(models.Model):
    name = models.TextField(primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%H:%M:%S}"


# One statement, and PostgreSQL's clock: whoever asks, on whatever machine, there is one holder at a time.
HOLD = """
    insert into health_lease as held (name, holder, until, ticked_at)
    values (%(name)s, %(holder)s, clock_timestamp() + %(length)s, null)
    on conflict (name) do update set
        holder = excluded.holder,
        until = excluded.until,
        ticked_at = case when %(ticked)s then clock_timestamp() else held.ticked_at end
    where held.holder = excluded.holder or held.until <= clock_timestamp()
"""
RELEASE = "update health_lease set until = clock_timestamp() where name = %s and holder = %s"


class LeaseManager(models.Manager["Lease"]):
    def hold(self, name: str, *, holder: str, length: timedelta, ticked: bool = False) -> bool:
        """Take it or keep it; False when another has it. `ticked`: the holder has done its work since."""
        told: dict[str, Any] = {"name": name, "holder": holder, "length": length, "ticked": ticked}
        with connections[self.db].cursor() as cursor:
            cursor.execute(HOLD, told)
            return cursor.rowcount == 1

    def release(self, name: str, *, holder: str, using) -> None:
        """`using` is a connection of its own: who is told to stop may be in the middle of a statement."""
        with using.cursor() as cursor:
            cursor.execute(RELEASE, [name, holder])


class Lease(models.Model):
    """Of several that could do something, one does it until then."""

    name = models.TextField(primary_key=True)
    holder = models.TextField()
    until = models.DateTimeField()
    ticked_at = models.DateTimeField(null=True, help_text="When a holder last did what it is for.")

    objects = LeaseManager()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"


class Matter(models.TextChoices):
    BEAT = "BEAT", "The clock of the background work has stopped"
    WORKER = "WORKER", "Nobody does the background work"
    OUTBOX = "OUTBOX", "E-mails do not leave"


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def open(self):
        return self.filter(ended_at=None).order_by("began_at")

    def begin(self, what: str, at: datetime) -> None:
        """One open row a matter, however many notice it."""
        Alarm.objects.bulk_create([Alarm(what=what, began_at=at)], ignore_conflicts=True)


class Alarm(models.Model):
    """Something that must run did not, from then to then."""

    what = models.TextField(choices=Matter)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["what"], condition=Q(ended_at=None), name="alarm_open_once_per_matter"
            ),
            models.CheckConstraint(condition=Q(what__in=Matter.values), name="alarm_matter_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="alarm_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} since {self.began_at:%d-%b-%Y %H:%M}"
