"""What is typed when a discipline is asked again, not needed, or puts its signed input right?"""

from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone

from cases.forms._base import PlainForm


class AskForm(PlainForm):
    """The due time is typed and shown as the clock on the board's wall says."""

    asked_of = forms.ModelChoiceField(
        queryset=get_user_model().objects.none(),
        label="Whom to ask",
        empty_label="Choose",
        error_messages={"required": "Choose whom to ask."},
    )
    due_at = forms.DateTimeField(
        label="Until",
        required=False,
        help_text="Left empty: the cut-off of the next meeting.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Give a day and a time."},
    )

    def __init__(self, *args, people, zone: ZoneInfo, **kwargs):
        self.zone = zone
        with timezone.override(zone):
            super().__init__(*args, **kwargs)
        self.fields["asked_of"].queryset = people

    def full_clean(self) -> None:
        with timezone.override(self.zone):
            super().full_clean()

    def clean_due_at(self):
        due_at = self.cleaned_data["due_at"]
        if due_at and due_at <= timezone.now():
            raise forms.ValidationError("This moment has passed. Give one to come.")
        return due_at


class NotNeededForm(PlainForm):
    reason = forms.CharField(
        label="Why is it not needed?",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": "Say why this input is not needed."},
    )


class AmendForm(PlainForm):
    reason = forms.CharField(
        label="Why is it amended?",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": "Say why it is amended."},
    )
