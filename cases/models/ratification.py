"""Which absent discipline is asked to stand by a provisional decision, and what does it answer?"""

from django.db import models
from django.db.models import Q

from cases.models._record import Record, codes, frozen_when, person, together
from cases.models.recommendation import Recommendation
from cases.vocabulary import RatificationAnswer, Specialty
from tumorboard.audit.history import tracked


class RatificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recommendation__in=Recommendation.objects.visible_to(user).values("pk"))

    def open(self):
        """Still waited for, of decisions that stand."""
        return self.filter(answer="", recommendation__superseded_at=None)


@tracked
class Ratification(Record):
    """A discipline that was absent is asked whether it stands by a provisional decision."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="ratifications")
    specialty = models.TextField(choices=Specialty)
    asked_of = person(null=True)
    due_on = models.DateField()
    answer = models.TextField(choices=RatificationAnswer, blank=True)
    note = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = person(null=True)

    objects = RatificationQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("ratification", "specialty", Specialty),
            codes("ratification", "answer", RatificationAnswer, blank=True),
            together("ratification", "answered"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="an_answered_ratification_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(answer=RatificationAnswer.OBJECTED) | ~Q(note=""),
                name="an_objection_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["recommendation", "specialty"], name="a_discipline_ratifies_a_decision_once"
            ),
        ]
        triggers = frozen_when("answered_ratification", old="OLD.answered_at IS NOT NULL")

    def __str__(self):
        return f"{self.specialty} on {self.recommendation_id}"

    @property
    def about(self) -> str:
        return f"ratification:{self.pk}"
