"""What is the question about, and who looks after the patient at home?"""

from django import forms

from cases.forms._base import CaseForm, ticks
from cases.models import Case
from cases.vocabulary import QuestionTopic

GP_LABELS = {"gp_name": "General practitioner", "gp_address": "Practice and address"}


def about_ticks() -> forms.MultipleChoiceField:
    return ticks(
        QuestionTopic.choices,
        label="What is the question about?",
        help_text="Decides, with the disease, which disciplines must be in the room.",
    )


class AboutForm(CaseForm):
    topics = about_ticks()
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Case
        fields = ("topics", "gp_name", "gp_address")
        labels = GP_LABELS

    def _post_clean(self) -> None:
        """The service writes."""
