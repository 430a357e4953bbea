"""What does a coordinator type to send a referral back, withdraw a case or bring it again?"""

from django import forms

from cases.domain import referral as rules
from cases.forms._base import CaseForm, PlainForm, ticks
from cases.forms.question import about_ticks
from cases.models import Case

OFTEN_MISSING = [
    (said, said)
    for said in (
        "A question that the board can answer",
        "Histology, or why imaging is enough",
        "Imaging of the liver, with its date",
        "Staging outside the liver",
        "Number, size and segments of the lesions",
        "Performance status and comorbidity",
        "Laboratory values with units and date",
        "Cirrhosis, ascites, encephalopathy",
        "Control of the primary",
        "What the patient wants",
    )
]


class ReturnForm(PlainForm):
    ticked = ticks(OFTEN_MISSING, label="What is missing?")
    words = forms.CharField(label="In words", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("ticked") and not cleaned.get("words"):
            self.add_error("words", "Say what is missing, so that the referrer can complete it.")
        return cleaned

    @property
    def missing(self) -> str:
        """One line for each thing."""
        words = self.cleaned_data["words"].strip()
        return "\n".join([*self.cleaned_data["ticked"], *([words] if words else [])])


class WithdrawForm(PlainForm):
    reason = forms.CharField(
        label="Why is the case withdrawn?",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the case is withdrawn."},
    )


class RePresentForm(CaseForm):
    topics = about_ticks()

    class Meta:
        model = Case
        fields = ("question", "why_now", "topics")
        labels = {"question": "New question for the board", "why_now": "Why now"}
        widgets = {
            "question": forms.Textarea(attrs={"rows": 2}),
            "why_now": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["question"].required = True
        self.fields["question"].error_messages["required"] = rules.REQUIRED["question"]

    def _post_clean(self) -> None:
        """The service writes."""
