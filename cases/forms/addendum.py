"""What does the source hospital's addendum say?"""

from django import forms

from cases.forms._base import PlainForm


class AddendumForm(PlainForm):
    answer = forms.CharField(
        label="What the source hospital answers",
        help_text="Its addendum in its words, or that there will be none and why.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Give the addendum, or say that there will be none and why."},
    )
