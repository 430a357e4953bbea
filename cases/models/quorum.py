"""Whom does a board need for which question or disease?"""

from django.db import models
from django.db.models import Q

from cases.models._record import code_list, coded_list, codes
from cases.models.board import TumorBoard
from cases.vocabulary import PrimarySite, QuestionTopic, Specialty
from tumorboard.audit.history import tracked


@tracked
class QuorumRule(models.Model):
    """Whom this board needs for a question or a disease, instead of what is usual."""

    board = models.ForeignKey(TumorBoard, on_delete=models.PROTECT, related_name="quorum_rules")
    topic = models.TextField("question about", choices=QuestionTopic, blank=True)
    disease = models.TextField(choices=PrimarySite, blank=True)
    specialties = coded_list(Specialty.choices)

    class Meta:
        constraints = [
            codes("quorum_rule", "topic", QuestionTopic, blank=True),
            codes("quorum_rule", "disease", PrimarySite, blank=True),
            code_list("quorum_rule", "specialties", Specialty),
            models.CheckConstraint(
                condition=~Q(topic="", disease=""), name="a_quorum_rule_is_for_a_question_or_a_disease"
            ),
            models.UniqueConstraint(
                fields=["board", "topic", "disease"], name="one_quorum_rule_a_question_and_disease"
            ),
        ]

    def __str__(self):
        about = [
            self.get_topic_display() if self.topic else "",
            self.get_disease_display() if self.disease else "",
        ]
        return f"{self.board}: {' in '.join(filter(None, about))}"
