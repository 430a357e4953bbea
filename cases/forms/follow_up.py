"""What does somebody report of an action?"""

from django import forms

from cases.forms._base import PlainForm, segmented
from cases.vocabulary import ActionReport, NotDoneReason


class ReportForm(PlainForm):
    report = segmented(ActionReport.choices, label="What became of it", required=True)
    reason = forms.ChoiceField(
        choices=[("", "Choose"), *NotDoneReason.choices],
        required=False,
        label="Reason",
        help_text="For what was declined, partly done or not done.",
    )
    happened_on = forms.DateField(required=False, label="Done on")
    note = forms.CharField(required=False, label="Note", widget=forms.Textarea({"rows": 3}))
