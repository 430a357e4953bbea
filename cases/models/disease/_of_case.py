"""How are facts about a case kept? Dated rows; the newest that nobody withdrew counts."""

from django.db import models

from cases.models._record import Record, person
from cases.models.case import Case


class FactQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(case__in=Case.objects.visible_to(user).values("pk"))

    def standing(self):
        """Facts that nobody withdrew as wrong."""
        return self.filter(withdrawn_at=None)


class Fact(Record):
    """Something recorded of a case. Wrong facts are withdrawn with a reason, never erased."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = person(null=True)
    withdrawn_reason = models.TextField(blank=True, editable=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True
