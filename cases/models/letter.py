"""Which letters tell the outcome, to whom, and what exactly did they say?"""

from django.db import models
from django.db.models import Q

from cases.models._record import Record, codes, frozen_when, person, together
from cases.models.board import TumorBoard
from cases.models.case import Case, let_in
from cases.models.recommendation import Recommendation
from cases.vocabulary import LetterKind, LetterStatus
from tumorboard.audit.history import tracked


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The board sees its letters; an addressee, and who is let in to the case, once they are sent."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        boards = TumorBoard.objects.seated(user).values("pk")
        reads = Q(recipient=user) | let_in(user, "case")
        return self.filter(Q(case__board__in=boards) | (reads & Q(status=LetterStatus.SENT)))


@tracked
class Letter(Record):
    """An outcome letter. Its PDF is frozen at approval: what was approved is what is read."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="letters")
    kind = models.TextField(choices=LetterKind, default=LetterKind.REFERRER, editable=False)
    number = models.PositiveSmallIntegerField(default=1)
    recipient = person(null=True, related_name="letters")
    recipient_name = models.CharField(max_length=120, blank=True)
    recipient_address = models.CharField(max_length=300, blank=True)
    body = models.JSONField(
        default=list, help_text="The paragraphs, each with the field that it comes from and what was edited."
    )
    sent_how = models.CharField("how it left", max_length=120, blank=True)
    status = models.TextField(choices=LetterStatus, default=LetterStatus.DRAFT, editable=False)
    opening = models.TextField("opening words", blank=True)
    closing = models.TextField("closing words", blank=True)
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = person(null=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = person(null=True)
    pdf = models.BinaryField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            codes("letter", "status", LetterStatus),
            together("letter", "approved"),
            together("letter", "sent"),
            models.UniqueConstraint(
                fields=["recommendation", "kind", "number"], name="one_letter_a_kind_and_number"
            ),
            codes("letter", "kind", LetterKind),
            models.CheckConstraint(
                condition=~Q(kind=LetterKind.REFERRER) | Q(recipient__isnull=False),
                name="a_letter_to_the_referrer_has_a_recipient",
            ),
            models.CheckConstraint(
                condition=Q(status=LetterStatus.DRAFT) | Q(approved_at__isnull=False, pdf__isnull=False),
                name="an_approved_letter_has_its_pdf",
            ),
            models.CheckConstraint(
                condition=~Q(status=LetterStatus.SENT) | Q(sent_at__isnull=False),
                name="a_sent_letter_says_when",
            ),
        ]
        triggers = frozen_when(
            "approved_letter",
            old="OLD.approved_at IS NOT NULL",
            but=["status", "sent_at", "sent_by_id", "sent_how", "version"],
        )

    def __str__(self):
        return f"letter {self.number} for {self.case_id}"

    @property
    def to(self) -> str:
        """Who is greeted: an account, or a name that is on paper only."""
        return self.recipient.get_full_name() if self.recipient else self.recipient_name

    @property
    def about(self) -> str:
        return f"letter:{self.pk}"
