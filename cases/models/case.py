"""Which question has been put to a board, and how far has it come?"""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import Q

from cases.domain import lifecycle
from cases.models._record import Record, code_list, coded_list, codes, person
from cases.models.board import SITTING
from cases.vocabulary import CaseStatus, QuestionTopic, Role, Urgency
from tumorboard.audit.history import tracked


def let_in(user, of: str = "pk", *, now: datetime | None = None) -> Q:
    """Cases that a person reads for a while and never writes: in an emergency, or as the guest of one."""
    emergencies = user.emergency_accesses.running(now).values("case")
    guests = user.guest_for.there_now(now).values("item__case")
    return Q(**{f"{of}__in": emergencies}) | Q(**{f"{of}__in": guests})


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user, *, now: datetime | None = None):
        """The only door to a case: boards the user sits on, cases they referred, and what they are let in to.

        A draft is its referrer's, and the coordinator's who may have imported it.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        seats = user.memberships.filter(ended_at=None)
        sits = Q(board__in=seats.filter(role__in=SITTING).values("board"))
        leads = Q(board__in=seats.filter(role__in=[Role.COORDINATOR, Role.CHAIR]).values("board"))
        known = (sits & ~Q(status=CaseStatus.DRAFT)) | leads
        return self.filter(Q(referred_by=user) | known | let_in(user, now=now))

    def open(self):
        return self.filter(status__in=lifecycle.OPEN)


@tracked
class Case(Record):
    """One patient's question to one board, through all its presentations."""

    number = models.CharField(max_length=20, unique=True, editable=False)
    patient = models.ForeignKey("cases.Patient", on_delete=models.PROTECT, related_name="cases")
    board = models.ForeignKey("cases.TumorBoard", on_delete=models.PROTECT, related_name="cases")
    status = models.TextField(choices=CaseStatus, default=CaseStatus.DRAFT, editable=False)
    question = models.TextField("question for the board", blank=True)
    why_now = models.TextField("why now", blank=True)
    topics = coded_list(QuestionTopic.choices)
    urgency = models.TextField(choices=Urgency, default=Urgency.ROUTINE)
    stated_age = models.PositiveSmallIntegerField(
        "age in years, where the birth date is not known", null=True, blank=True
    )
    presentation = models.PositiveSmallIntegerField(default=1, editable=False)
    gp_name = models.CharField("general practitioner", max_length=120, blank=True)
    gp_address = models.CharField("practice and address", max_length=300, blank=True)
    referred_by = person(related_name="referred_cases")
    referred_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("case", "status", CaseStatus),
            codes("case", "urgency", Urgency),
            code_list("case", "topics", QuestionTopic),
            models.CheckConstraint(
                condition=Q(status__in=[CaseStatus.DRAFT, CaseStatus.WITHDRAWN]) | ~Q(question=""),
                name="a_referred_case_has_a_question",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[CaseStatus.DRAFT, CaseStatus.WITHDRAWN])
                | Q(referred_at__isnull=False),
                name="a_referred_case_has_a_referral_moment",
            ),
            models.CheckConstraint(
                condition=Q(stated_age__isnull=True) | Q(stated_age__lte=120), name="case_age_is_human"
            ),
        ]
        indexes = [
            models.Index(
                fields=["board", "status"],
                condition=Q(status__in=sorted(lifecycle.OPEN)),
                name="open_cases_of_a_board",
            ),
            models.Index(fields=["referred_by", "status"], name="cases_of_a_referrer"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="a_case_takes_known_steps",
                field="status",
                transitions=list(lifecycle.MOVES),
                condition=pgtrigger.Condition("OLD.status IS DISTINCT FROM NEW.status"),
            )
        ]

    def __str__(self):
        return self.number

    @property
    def topic_words(self) -> str:
        return ", ".join(QuestionTopic(topic).label for topic in self.topics)

    @property
    def about(self) -> str:
        """The key under which everything of this case is kept in the audit trail and the outbox."""
        return f"case:{self.pk}"


class StatusChange(models.Model):
    """A step that a case took: append-only."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="status_changes")
    step = models.TextField()
    before = models.TextField(choices=CaseStatus)
    after = models.TextField(choices=CaseStatus)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = person()

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="steps_of_a_case")]
        triggers = [
            pgtrigger.Protect(name="steps_are_never_rewritten", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.case} {self.step}"
