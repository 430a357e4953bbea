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
from cases.models.case import Case, let_in
from cases.models.meeting import AgendaItem
from cases.vocabulary import (
    ChecklistItem,
    DecisionSection,
    GuidelineUse,
    Intent,
    Specialty,
    TrialConsidered,
    WishWeight,
)
from tumorboard.audit.history import tracked


class RecommendationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who sits on the board sees it being made; whoever else may read the case, once it is signed."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        boards = TumorBoard.objects.seated(user).values("pk")
        reads = Q(case__referred_by=user) | let_in(user, "case")
        return self.filter(Q(case__board__in=boards) | (reads & Q(signed_at__isnull=False)))

    def signed(self):
        """Every version that was ever signed, also those that a later one replaced."""
        return self.filter(signed_at__isnull=False)

    def in_force(self):
        """What the board recommends now: signed, and not replaced by a later version."""
        return self.filter(signed_at__isnull=False, superseded_at=None)

    def being_made(self):
        return self.filter(signed_at=None)


@tracked
class Recommendation(Record):
    """The board's opinion on one presentation of a case. Signed, its text stands for ever.

    An amendment is a new version beside it; the old one is superseded when the new one is signed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recommendations")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField(default=1, editable=False)
    amendment_reason = models.TextField(blank=True, editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)
    intent = models.TextField(choices=Intent, blank=True)
    guideline = models.TextField(choices=GuidelineUse, blank=True)
    guideline_name = models.CharField("which guideline", max_length=300, blank=True)
    guideline_reason = models.TextField("why the decision departs from it", blank=True)
    rationale = models.TextField(blank=True)
    patient_wish = models.TextField("the patient's wish as it was before the board", blank=True)
    wish_weight = models.TextField("how the wish counted", choices=WishWeight, blank=True)
    wish_reason = models.TextField("why it counted so", blank=True)
    trial = models.TextField("trial considered", choices=TrialConsidered, blank=True)
    trial_words = models.CharField("which trial, or why none", max_length=300, blank=True)
    checked = coded_list(ChecklistItem.choices)
    checked_at = models.DateTimeField(null=True, editable=False)
    checked_by = person(null=True)
    expires_on = models.DateField("good until", null=True, blank=True)
    re_present_on = models.DateField("back to the board on", null=True, blank=True)
    re_present_why = models.CharField("to answer what", max_length=300, blank=True)
    confirmed_version = models.PositiveIntegerField(
        null=True, editable=False, help_text="The version that was read back to the room and confirmed."
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = person(null=True)
    read_back = models.TextField(editable=False, blank=True)
    seal = models.CharField(max_length=64, editable=False, blank=True)
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
            codes("recommendation", "guideline", GuidelineUse, blank=True),
            codes("recommendation", "trial", TrialConsidered, blank=True),
            code_list("recommendation", "checked", ChecklistItem),
            together("recommendation", "signed"),
            together("recommendation", "checked"),
            together("recommendation", "confirmed"),
            models.UniqueConstraint(fields=["item", "number"], name="versions_of_a_decision_are_numbered"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(signed_at=None), name="one_version_of_a_decision_is_being_made"
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(signed_at__isnull=False, superseded_at=None),
                name="one_version_of_a_decision_is_in_force",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(signed_at__isnull=False),
                name="only_what_was_signed_is_superseded",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(amendment_reason=""),
                name="a_later_version_of_a_decision_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True)
                | (~Q(intent="") & ~Q(rationale="") & ~Q(wish_weight="") & ~Q(read_back="")),
                name="a_signed_recommendation_is_complete",
            ),
        ]
        triggers = [
            *frozen_when("signed_recommendation", old="OLD.signed_at IS NOT NULL", but=["superseded_at"]),
            pgtrigger.Trigger(
                name="signing_needs_whole_actions",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.signed_at IS NOT NULL"),
                func="""
                    IF NOT EXISTS (SELECT 1 FROM cases_recommendedaction WHERE recommendation_id = NEW.id)
                    OR EXISTS (
                        SELECT 1 FROM cases_recommendedaction WHERE recommendation_id = NEW.id
                        AND (kind = '' OR owner_id IS NULL OR due_on IS NULL
                             OR role = 'CONDITION' AND detail = '')
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: an action lacks kind, owner or date';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="signing_needs_read_back_and_plans",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.signed_at IS NULL AND NEW.signed_at IS NOT NULL"),
                func="""
                    IF NEW.confirmed_version IS DISTINCT FROM NEW.version THEN
                        RAISE EXCEPTION 'pgtrigger: this version was not read back and confirmed';
                    END IF;
                    IF EXISTS (
                        SELECT 1 FROM cases_lesion l WHERE l.case_id = NEW.case_id
                        AND l.withdrawn_at IS NULL AND l.disappeared_on IS NULL AND l.viable <> 'NO'
                        AND NOT EXISTS (
                            SELECT 1 FROM cases_lesionplan p
                            WHERE p.recommendation_id = NEW.id AND p.lesion_id = l.id
                        )
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: a lesion has no plan';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"recommendation for {self.case_id}"


class SectionVersion(models.Model):
    """How often one part of a decision was changed, and by whom last: the lock of several scribes."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="sections")
    section = models.TextField(choices=DecisionSection)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = person()

    class Meta:
        constraints = [
            codes("section", "section", DecisionSection),
            models.UniqueConstraint(fields=["recommendation", "section"], name="one_version_a_section"),
        ]

    def __str__(self):
        return f"{self.section} {self.version}"


@tracked
class Dissent(Record):
    """Who sees it otherwise, and why; nobody named: for the minutes only."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="dissents")
    who = person(null=True)
    reason = models.TextField()
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_dissent_has_a_reason")]
        triggers = [frozen_with_parent("dissent", table="cases_recommendation", column="recommendation_id")]

    def __str__(self):
        return f"dissent on {self.recommendation_id}"


@tracked
class Amendment(Record):
    """A remark that was added to a signed recommendation, and why; itself final.

    Later amendments are new versions of the decision; remarks of earlier days stay readable.
    """

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
