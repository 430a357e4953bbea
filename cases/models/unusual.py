"""Which looks at cases were unusual, by which rule, and what did a privacy officer say of each?"""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from cases.models._record import codes, frozen_when, person, together
from cases.models.case import Case
from cases.models.hospital import Hospital
from cases.vocabulary import UnusualRule

SAID_SINCE = ("looked_at", "looked_by_id", "note")


class UnusualAccessQuerySet(models.QuerySet):
    def overseen_by(self, user):
        """Those of the hospitals whose privacy officer the person is."""
        return self.filter(hospital__in=Hospital.objects.overseen_by(user).values("pk"))


class UnusualAccess(models.Model):
    """Found once a week from the trail. Only what an officer says of it is written later, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="unusual_accesses")
    week = models.DateField(help_text="The Monday of the week in which it was.")
    rule = models.TextField(choices=UnusualRule)
    user = person()
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(help_text="When it was first; of many patients, the day.")
    times = models.PositiveIntegerField(default=1, help_text="Looks; of many patients, patients.")
    usual = models.PositiveIntegerField(default=0, help_text="Patients on a usual day of the person.")
    looked_at = models.DateTimeField(null=True)
    looked_by = person(null=True)
    note = models.TextField(blank=True)

    objects = UnusualAccessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "unusual accesses"
        constraints = [
            codes("unusual", "rule", UnusualRule),
            together("unusual", "looked"),
            models.UniqueConstraint(
                fields=["hospital", "week", "rule", "user", "case", "at"],
                name="an_unusual_access_is_found_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None, note="") | (Q(looked_at__isnull=False) & ~Q(note="")),
                name="who_looked_at_an_unusual_access_says_what_it_was",
            ),
            models.CheckConstraint(
                condition=Q(looked_by=None) | ~Q(looked_by=models.F("user")),
                name="nobody_explains_their_own_unusual_access",
            ),
        ]
        indexes = [models.Index(fields=["hospital", "-week"], name="unusual_of_a_hospital")]
        triggers = [
            *frozen_when("unusual_access", old="TRUE", but=SAID_SINCE),
            pgtrigger.Protect(
                name="what_was_said_of_it_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.looked_at IS NOT NULL"),
            ),
        ]

    def __str__(self):
        return f"{self.rule} {self.pk}"
