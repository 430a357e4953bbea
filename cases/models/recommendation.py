"""What did the board recommend, who is to do what by when, and who disagreed?"""

import pgtrigger
from django.db import models
from django.db.models import Q

from cases.models._record import (
    Record,
    code_list,
    coded_list,
    codes,
    frozen_when,
    frozen_with_parent,
    person,
    together,
)
from cases.models.board import TumorBoard
from cases.models.case import Case
from cases.models.disease import Lesion
from cases.models.meeting import AgendaItem
from cases.vocabulary import ActionKind, Intent, Specialty, WishWeight
from tumorboard.audit.history import tracked


class RecommendationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who sits on the board sees it being made; a referrer sees it once it is signed."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        boards = TumorBoard.objects.seated(user).values("pk")
        return self.filter(Q(case__board__in=boards) | Q(case__referred_by=user, signed_at__isnull=False))

    def signed(self):
        return self.filter(signed_at__isnull=False)


@tracked
class Recommendation(Record):
    """The board's opinion on one presentation of a case. Signed, its text stands for ever."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recommendations")
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="recommendation")
    intent = models.TextField(choices=Intent, blank=True)
    rationale = models.TextField(blank=True)
    patient_wish = models.TextField("the patient's wish as it was before the board", blank=True)
    wish_weight = models.TextField("how the wish counted", choices=WishWeight, blank=True)
    wish_reason = models.TextField("why it counted so", blank=True)
    read_back = models.TextField(editable=False, blank=True)
    snapshot = models.JSONField(default=dict, editable=False)
    quorum_missing = coded_list(Specialty.choices)
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_by = person(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("recommendation", "intent", Intent, blank=True),
            codes("recommendation", "wish_weight", WishWeight, blank=True),
            code_list("recommendation", "quorum_missing", Specialty),
            together("recommendation", "signed"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True)
                | (~Q(intent="") & ~Q(rationale="") & ~Q(wish_weight="") & ~Q(read_back="")),
                name="a_signed_recommendation_is_complete",
            ),
        ]
        triggers = [
            *frozen_when("signed_recommendation", old="OLD.signed_at IS NOT NULL"),
            pgtrigger.Trigger(
                name="signing_needs_whole_actions",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.signed_at IS NOT NULL"),
                func="""
                    IF NOT EXISTS (SELECT 1 FROM cases_recommendedaction WHERE recommendation_id = NEW.id)
                    OR EXISTS (
                        SELECT 1 FROM cases_recommendedaction WHERE recommendation_id = NEW.id
                        AND (kind = '' OR owner_id IS NULL OR due_on IS NULL)
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: an action lacks kind, owner or date';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"recommendation for {self.case_id}"


@tracked
class RecommendedAction(Record):
    """One thing to be done: what, on which lesions, by whom, until when, on which condition, else what.

    Kind, owner and date may be open while the board is still talking; a signature needs them all.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="actions")
    position = models.PositiveSmallIntegerField()
    kind = models.TextField(choices=ActionKind, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    lesions = models.ManyToManyField(Lesion, through="cases.ActionLesion", related_name="actions")
    owner = person(null=True, related_name="owned_actions")
    due_on = models.DateField(null=True, blank=True)
    condition = models.CharField("only if", max_length=300, blank=True)
    plan_b = models.CharField("otherwise", max_length=300, blank=True)

    class Meta:
        constraints = [
            codes("action", "kind", ActionKind, blank=True),
            models.UniqueConstraint(
                fields=["recommendation", "position"],
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


@tracked
class Dissent(Record):
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="dissents")
    who = person(null=True)
    reason = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_dissent_has_a_reason")]
        triggers = [frozen_with_parent("dissent", table="cases_recommendation", column="recommendation_id")]

    def __str__(self):
        return f"dissent on {self.recommendation_id}"


@tracked
class Amendment(Record):
    """What was added to a signed recommendation, and why; itself final."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "number"], name="amendments_are_numbered"),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(reason=""), name="an_amendment_has_text_and_reason"
            ),
        ]
        triggers = frozen_when("amendment", old="TRUE")

    def __str__(self):
        return f"amendment {self.number}"
