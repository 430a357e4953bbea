"""What is to happen to each lesion, and who is to do what by when, on which condition, else what?"""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from cases.models._record import Record, codes, frozen_with_parent, person
from cases.models.disease import Lesion
from cases.models.recommendation import Recommendation
from cases.vocabulary import ActionKind, ActionRole, LesionPlanKind
from tumorboard.audit.history import tracked


@tracked
class LesionPlan(Record):
    """What is to happen to one lesion."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="plans")
    lesion = models.ForeignKey(Lesion, on_delete=models.PROTECT, related_name="plans")
    plan = models.TextField(choices=LesionPlanKind)
    detail = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            codes("lesion_plan", "plan", LesionPlanKind),
            models.UniqueConstraint(fields=["recommendation", "lesion"], name="one_plan_a_lesion"),
        ]
        triggers = [
            frozen_with_parent("lesion_plan", table="cases_recommendation", column="recommendation_id")
        ]

    def __str__(self):
        return f"{self.plan} of {self.lesion_id}"


@tracked
class RecommendedAction(Record):
    """One thing to be done: what, on which lesions, by whom, until when.

    A condition and a plan B are actions too, with an owner and a date of their own, below the action
    that they belong to. Kind, owner and date may be open while the board is still talking; a signature
    needs them all.
    `thread` stays the same through the versions of a decision, so that reports follow the action.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="actions")
    thread = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    role = models.TextField(choices=ActionRole, default=ActionRole.MAIN)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField()
    kind = models.TextField(choices=ActionKind, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    lesions = models.ManyToManyField(Lesion, through="cases.ActionLesion", related_name="actions")
    owner = person(null=True, related_name="owned_actions")
    due_on = models.DateField(null=True, blank=True)
    condition = models.CharField("only if", max_length=300, blank=True)
    plan_b = models.CharField("otherwise", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            codes("action", "kind", ActionKind, blank=True),
            codes("action", "role", ActionRole),
            models.CheckConstraint(
                condition=Q(role=ActionRole.MAIN, parent=None)
                | ~Q(role=ActionRole.MAIN) & Q(parent__isnull=False),
                name="a_condition_or_plan_b_belongs_to_an_action",
            ),
            models.CheckConstraint(
                condition=Q(kind=ActionKind.CONDITION, role=ActionRole.CONDITION)
                | ~Q(kind=ActionKind.CONDITION) & ~Q(role=ActionRole.CONDITION),
                name="a_condition_is_checked",
            ),
            models.UniqueConstraint(
                fields=["parent", "role"],
                condition=Q(parent__isnull=False),
                name="an_action_has_one_condition_and_one_plan_b",
            ),
            models.UniqueConstraint(fields=["recommendation", "thread"], name="an_action_once_a_version"),
            models.UniqueConstraint(
                fields=["recommendation", "position", "role"],
                deferrable=models.Deferrable.DEFERRED,
                name="one_action_a_place",
            ),
        ]
        triggers = [
            frozen_with_parent("action", table="cases_recommendation", column="recommendation_id"),
        ]
        indexes = [models.Index(fields=["owner", "due_on"], name="actions_of_an_owner")]

    def __str__(self):
        return self.get_kind_display()


@tracked
class ActionLesion(models.Model):
    """A lesion that an action is meant for."""

    action = models.ForeignKey(RecommendedAction, on_delete=models.CASCADE, related_name="+")
    lesion = models.ForeignKey(Lesion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "lesion"], name="a_lesion_once_an_action")]
        triggers = [
            pgtrigger.Trigger(
                name="lesions_signed_with_action",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM cases_recommendedaction a
                        JOIN cases_recommendation r ON r.id = a.recommendation_id
                        WHERE r.signed_at IS NOT NULL AND a.id = COALESCE(
                            (to_jsonb(OLD) ->> 'action_id')::uuid, (to_jsonb(NEW) ->> 'action_id')::uuid)
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: lesions of a signed action';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"lesion {self.lesion_id} of action {self.action_id}"
