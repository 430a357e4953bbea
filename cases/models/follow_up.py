"""Did it happen? What the owners of actions report."""

import pgtrigger
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from cases.models._record import Record, codes
from cases.models.case import Case
from cases.models.recommendation import RecommendedAction
from cases.vocabulary import ActionReport, NotDoneReason
from tumorboard.audit.history import tracked

ENDED = (ActionReport.DONE, ActionReport.NOT_DONE)


@tracked
class ActionUpdate(Record):
    """One report on an action; the newest one is its state."""

    action = models.ForeignKey(RecommendedAction, on_delete=models.PROTECT, related_name="updates")
    report = models.TextField(choices=ActionReport)
    reason = models.TextField(choices=NotDoneReason, blank=True)
    note = models.TextField(blank=True)
    happened_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            codes("update", "report", ActionReport),
            codes("update", "reason", NotDoneReason, blank=True),
            models.CheckConstraint(
                condition=~Q(report__in=[ActionReport.NOT_DONE, ActionReport.PARTLY, ActionReport.DECLINED])
                | ~Q(reason=""),
                name="what_was_not_done_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["action", "-created_at"], name="latest_report_of_an_action")]
        triggers = [
            pgtrigger.Protect(
                name="reports_are_never_rewritten", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.get_report_display()} on {self.action_id}"


class ActionQuerySet(models.QuerySet):
    """Questions about actions that need their reports; used as `ActionQuerySet(RecommendedAction)`."""

    def visible_to(self, user):
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(recommendation__signed_at__isnull=False).filter(
            Q(owner=user) | Q(recommendation__case__in=Case.objects.visible_to(user).values("pk"))
        )

    def with_report(self):
        """Annotate `last_report` ("" when nobody reported) and `reported_at`."""
        newest = ActionUpdate.objects.filter(action=OuterRef("pk")).order_by("-created_at")
        return self.annotate(
            last_report=models.functions.Coalesce(
                Subquery(newest.values("report")[:1]), models.Value("", output_field=models.TextField())
            ),
            reported_at=Subquery(newest.values("created_at")[:1]),
        )

    def unfinished(self):
        return self.with_report().exclude(last_report__in=ENDED)


def actions() -> ActionQuerySet:
    """The door to actions with what became of them."""
    return ActionQuerySet(RecommendedAction)
