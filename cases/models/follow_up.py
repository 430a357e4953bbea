"""Did it happen? What the owners of actions report."""

import pgtrigger
from django.db import models
from django.db.models import Case as Case_
from django.db.models import OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from cases.domain.plan_state import PlanState
from cases.models._record import Record, codes, person, together
from cases.models.case import Case
from cases.models.meeting import Meeting
from cases.models.plan import RecommendedAction
from cases.models.ratification import Ratification
from cases.vocabulary import ActionReport, ActionRole, MatterKind, NotDoneReason
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
        """Annotate what was reported last, through all versions of the decision; "" when nobody reported.

        Whether somebody takes an action on is their own answer: with another owner it is asked anew.
        """
        newest = _reports(OuterRef("thread")).filter(
            ~Q(report__in=ANSWERS) | Q(action__owner=OuterRef("owner"))
        )
        return self.annotate(
            last_report=_text(newest.values("report")),
            last_reason=_text(newest.values("reason")),
            planned_on=Subquery(newest.values("planned_on")[:1]),
            happened_on=Subquery(newest.values("happened_on")[:1]),
            reported_at=Subquery(newest.values("created_at")[:1]),
        )

    def with_state(self):
        """Annotate `state` as `cases.domain.plan_state` has it, from what was reported on the whole plan."""
        below = RecommendedAction.objects.filter(
            parent=Coalesce(OuterRef("parent"), OuterRef("pk")), role=ActionRole.CONDITION
        )
        return (
            self.with_report()
            .annotate(
                condition_thread=Subquery(below.values("thread")[:1]),
                condition_report=_text(_reports(OuterRef("condition_thread")).values("report")),
                condition_reason=_text(_reports(OuterRef("condition_thread")).values("reason")),
                parent_report=_text(_reports(OuterRef("parent__thread")).values("report")),
                parent_reason=_text(_reports(OuterRef("parent__thread")).values("reason")),
            )
            .annotate(state=_state())
        )

    def unfinished(self):
        """What is to be done, now or once its condition is answered."""
        return self._standing(PlanState.ACTIVE, PlanState.WAITING)

    def active(self):
        """What is to be done now, also where its owner has declined it."""
        return self._standing(PlanState.ACTIVE)

    def to_do(self):
        """What its owner is to do now; what they declined is with the coordinators."""
        return self.active().exclude(last_report=ActionReport.DECLINED)

    def _standing(self, *states: PlanState):
        # Most have ended: that is looked at first, since it is the cheapest to see.
        return self.with_state().exclude(last_report__in=ENDED).filter(state__in=states)


ANSWERS = (ActionReport.ACCEPTED, ActionReport.DECLINED)


def _reports(thread) -> models.QuerySet[ActionUpdate]:
    return ActionUpdate.objects.filter(action__thread=thread).order_by("-created_at")


def _text(rows: models.QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows[:1]), Value("", output_field=models.TextField()))


def _state() -> Case_:
    main, condition = Q(role=ActionRole.MAIN), Q(role=ActionRole.CONDITION)
    finished = (ActionReport.DONE, ActionReport.NOT_DONE)
    not_any_more = Q(parent_report=ActionReport.DONE) | Q(
        Q(parent_reason=NotDoneReason.DIED) | Q(condition_reason=NotDoneReason.DIED)
    )
    instead = Q(condition_report=ActionReport.FAILED) | Q(parent_report=ActionReport.NOT_DONE)
    return Case_(
        _then(Q(last_report__in=finished), PlanState.ENDED),
        _then(condition & Q(last_report__in=ENDED), PlanState.ENDED),
        _then(condition & Q(parent_report__in=finished), PlanState.DROPPED),
        _then(condition, PlanState.ACTIVE),
        _then(main & Q(condition_thread=None), PlanState.ACTIVE),
        _then(main & Q(condition_report=ActionReport.MET), PlanState.ACTIVE),
        _then(main & Q(condition_report=ActionReport.FAILED), PlanState.DROPPED),
        _then(main, PlanState.WAITING),
        _then(not_any_more, PlanState.DROPPED),
        _then(instead, PlanState.ACTIVE),
        default=Value(PlanState.DORMANT),
        output_field=models.TextField(),
    )


def _then(condition: Q, state: PlanState) -> When:
    return When(condition, then=Value(state))


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
                fields=["meeting", "ratification", "kind"], name="one_matter_a_ratification_and_meeting"
            ),
        ]

    def __str__(self):
        return f"{self.kind} of {self.case_id}"
