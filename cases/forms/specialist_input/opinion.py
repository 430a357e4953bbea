"""What does every discipline say? Which option it prefers, how sure it is, and why."""

from django import forms

from cases.forms.specialist_input._base import Card, DetailsForm, as_asked, together
from cases.models import SpecialistInput


class OpinionForm(DetailsForm):
    cards = (
        Card(
            "Your opinion",
            together("opinion", "confidence"),
            "opinion_reason",
            "conflict_of_interest",
        ),
    )

    class Meta:
        model = SpecialistInput
        formfield_callback = as_asked
        fields = ("opinion", "confidence", "opinion_reason", "conflict_of_interest")
        help_texts = {"opinion_reason": "One or two sentences that the board can read in the meeting."}
        widgets = {"opinion_reason": forms.Textarea(attrs={"rows": 3})}
