"""What does somebody report of an action, signed in or from the link in an e-mail?"""

from datetime import date

from django import forms

from cases.domain.follow_up import BY_LINK, reports_open_to
from cases.forms._base import PlainForm, not_in_future, segmented
from cases.vocabulary import ActionReport, NotDoneReason

LATER = "This is after {due_on:%d-%b-%Y}, the day that the board named. If it is meant, tick that below."
# Without signing in nobody types words: what needs a note is said on the page behind the sign-in.
CODED = [(code, words) for code, words in NotDoneReason.choices if code != NotDoneReason.OTHER]
ANSWERS = {ActionReport.ACCEPTED: "I take it on", ActionReport.DECLINED: "I decline"}


class _Planning(PlainForm):
    """A day in the future; one after the due date is asked about once, and not refused."""

    def __init__(self, *args, due_on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.due_on = due_on
        self.fields["planned_on"].validators.remove(not_in_future)

    def clean(self):
        cleaned = super().clean()
        planned_on = cleaned.get("planned_on")
        if planned_on and planned_on > self.due_on and not cleaned.pop("later_is_meant", False):
            self.add_error("planned_on", LATER.format(due_on=self.due_on))
        cleaned.pop("later_is_meant", None)
        return cleaned

    @property
    def asks_whether_later_is_meant(self) -> bool:
        """Also when something else was wrong meanwhile: what was ticked stays in sight."""
        return self.is_bound and bool(self.errors.get("planned_on") or self.data.get("later_is_meant"))


class ReportForm(_Planning):
    report = segmented(ActionReport.choices, label="What became of it", required=True)
    reason = forms.ChoiceField(
        choices=[("", "Choose"), *NotDoneReason.choices],
        required=False,
        label="Reason",
        help_text="For what was declined, partly done, not done or not met.",
    )
    happened_on = forms.DateField(required=False, label="Done on")
    planned_on = forms.DateField(required=False, label="Planned for")
    later_is_meant = forms.BooleanField(required=False, label="After the due date, and meant so")
    note = forms.CharField(required=False, label="Note", widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, role: str, state, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["report"].choices = [(one.value, one.label) for one in reports_open_to(role, state)]


class AnswerForm(_Planning):
    report = segmented([(code.value, ANSWERS[code]) for code in BY_LINK], label="Your answer", required=True)
    planned_on = forms.DateField(required=False, label="Planned for")
    later_is_meant = forms.BooleanField(required=False, label="After the due date, and meant so")
    reason = forms.ChoiceField(
        choices=[("", "Choose"), *CODED],
        required=False,
        label="Why not",
        help_text="For another reason, sign in and say it in words.",
    )


class SettleForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    said = forms.CharField(
        label="What the board said",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say what the board said of it."},
    )
