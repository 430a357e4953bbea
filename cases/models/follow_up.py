"""Did it happen? What the owners of actions report."""

import pgtrigger
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from cases.models._record import Record, codes, person, together
from cases.models.case import Case
from cases.models.meeting import Meeting
from cases.models.plan import RecommendedAction
from cases.models.ratification import Ratification
from cases.vocabulary import ActionReport, MatterKind, NotDoneReason
from tumorboard.audit.history import tracked

ENDED = (ActionReport.DONE, ActionReport.NOT_DONE, ActionReport.MET, ActionReport.FAILED)


@tracked
class ActionUpdate(Record):
    """One report on an action; the newest one is its state."""

    action = models.ForeignKey(RecommendedAction, on_delete=models.PROTECT, related_name="updates")
    report = models.TextField(choices=ActionReport)
    reason = models.TextField(choices=NotDoneReason, blank=True)
    note = models.TextField(blank=True)
    happened_on = models.DateField(null=True, blank=True)
    planned_on = models.DateField("planned on", null=True, blank=True)
    by_link = models.BooleanField("answered from the link in an e-mail", default=False, editable=False)

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
        return self.in_force().filter(
            Q(owner=user) | Q(recommendation__case__in=Case.objects.visible_to(user).values("pk"))
        )

    def in_force(self):
        """Of decisions that stand: signed, and not replaced by a later version."""
        return self.filter(recommendation__signed_at__isnull=False, recommendation__superseded_at=None)

    def with_report(self):
        """Annotate `last_report` ("" when nobody reported) and `reported_at`, through all versions."""
        newest = ActionUpdate.objects.filter(action__thread=OuterRef("thread")).order_by("-created_at")
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


class MatterQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))


@tracked
class Matter(Record):
    """Something of an earlier decision that a meeting is to hear of: a matter arising."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="matters")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="matters")
    kind = models.TextField(choices=MatterKind)
    action = models.ForeignKey(
        RecommendedAction, on_delete=models.PROTECT, null=True, blank=True, related_name="matters"
    )
    ratification = models.ForeignKey(
        Ratification, on_delete=models.PROTECT, null=True, blank=True, related_name="matters"
    )
    said = models.TextField("what the board said", blank=True)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = person(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("matter", "kind", MatterKind),
            together("matter", "settled"),
            models.CheckConstraint(
                condition=Q(action__isnull=False, ratification=None)
                | Q(action=None, ratification__isnull=False),
                name="a_matter_is_of_an_action_or_a_ratification",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | ~Q(said=""), name="a_settled_matter_says_how"
            ),
            models.UniqueConstraint(
                fields=["meeting", "action", "kind"], name="one_matter_an_action_and_meeting"
            ),
            models.UniqueConstraint(
                fields=["meeting", "ratification"], name="one_matter_a_ratification_and_meeting"
            ),
        ]

    def __str__(self):
        return f"{self.kind} of {self.case_id}"
