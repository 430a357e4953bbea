"""What does an absent discipline say to a decision that was made without it?"""

from django import forms

from cases.domain import ratifying as rules
from cases.domain.errors import Refused
from cases.forms._base import PlainForm, Segmented
from cases.vocabulary import RatificationAnswer


class AnswerForm(PlainForm):
    answer = forms.ChoiceField(
        label="Does your discipline stand by it?",
        choices=[
            (RatificationAnswer.RATIFIED.value, "We stand by it"),
            (RatificationAnswer.OBJECTED.value, "We object"),
        ],
        widget=Segmented,
        error_messages={"required": "Choose whether your discipline stands by the decision or objects."},
    )
    note = forms.CharField(
        label="Why",
        help_text="Needed for an objection: the board takes it up at its next meeting.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer"):
            try:
                rules.check_answer(answer=cleaned["answer"], note=cleaned.get("note", ""))
            except Refused as error:
                self.add_error("note", str(error))
        return cleaned
