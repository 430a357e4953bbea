"""Who read a case in an emergency that is not theirs, why, for how long, and what was said of it?"""

import uuid
from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.domain.emergency import MINUTES
from cases.models._record import codes, frozen_when, person, together
from cases.models.board import Membership
from cases.models.case import Case
from cases.vocabulary import EmergencyReason, EmergencyVerdict
from tumorboard.audit.history import tracked

SAID_SINCE = ("ended_at", "reviewed_at", "reviewed_by_id", "review_verdict", "review_note")


class EmergencyAccessQuerySet(models.QuerySet):
    def running(self, now=None):
        """Begun, not over, and still of somebody with a seat in the hospital of the case."""
        seats = Membership.objects.current().filter(
            user=models.OuterRef("user"), board__hospital=models.OuterRef("case__board__hospital")
        )
        return self.filter(models.Exists(seats), ended_at=None, ends_at__gt=now or timezone.now())

    def reviewable_by(self, user):
        """Those of the hospitals whose privacy officer the person is; nobody judges their own."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(case__board__hospital__in=user.privacy_of.order_by().values("pk"))

    def unreviewed(self):
        return self.filter(reviewed_at=None)


@tracked
class EmergencyAccess(models.Model):
    """An hour of reading one case. Never erased; only its end and its review are written later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="emergency_accesses")
    user = person(related_name="emergency_accesses")
    reason_kind = models.TextField(choices=EmergencyReason)
    reason = models.TextField()
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField("ended by hand at", null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = person(null=True)
    review_verdict = models.TextField(choices=EmergencyVerdict, blank=True)
    review_note = models.TextField(blank=True)

    objects = EmergencyAccessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "emergency accesses"
        constraints = [
            codes("emergency", "reason_kind", EmergencyReason),
            codes("emergency", "review_verdict", EmergencyVerdict, blank=True),
            together("emergency", "reviewed"),
            models.CheckConstraint(condition=~Q(reason=""), name="who_opens_in_an_emergency_says_why"),
            models.CheckConstraint(
                condition=Q(
                    ends_at__gt=F("begun_at"), ends_at__lte=F("begun_at") + timedelta(minutes=MINUTES)
                ),
                name="emergency_access_lasts_an_hour_at_most",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at"), ended_at__lte=F("ends_at")),
                name="emergency_access_ends_while_it_runs",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, review_verdict="")
                | (Q(reviewed_at__isnull=False) & ~Q(review_verdict="")),
                name="a_review_of_emergency_access_has_a_verdict",
            ),
            models.CheckConstraint(
                condition=~Q(review_verdict=EmergencyVerdict.NOT_JUSTIFIED) | ~Q(review_note=""),
                name="emergency_access_is_not_faulted_without_a_word",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("user")),
                name="nobody_reviews_their_own_emergency_access",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "ends_at"], name="emergency_access_of_a_person"),
            models.Index(fields=["begun_at"], condition=Q(reviewed_at=None), name="emergency_unreviewed"),
        ]
        triggers = [
            *frozen_when("emergency_access", old="TRUE", but=SAID_SINCE),
            pgtrigger.Protect(
                name="emergency_review_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.reviewed_at IS NOT NULL"),
            ),
        ]

    def __str__(self):
        return f"emergency access to {self.case_id}"

    @property
    def about(self) -> str:
        return f"emergency:{self.pk}"

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.ends_at <= timezone.now()

    @property
    def over_at(self):
        return self.ended_at or self.ends_at
