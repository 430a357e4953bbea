"""Which words of a letter are in somebody's hand, what is stood by, and how did it leave?"""

from django import forms

from cases.forms._base import PlainForm


class ParagraphForm(PlainForm):
    """One paragraph; empty: in the words of the record again."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = forms.CharField(label="In your words", required=False, widget=forms.Textarea({"rows": 4}))


class ApproveForm(PlainForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    stands_by_strange = forms.BooleanField(
        label="I stand by what is not in the record and is named above.", required=False
    )
    stands_by_hard = forms.BooleanField(label="Approved although hard to read.", required=False)


class LeftForm(PlainForm):
    """A letter on paper."""

    how = forms.CharField(
        label="How it left",
        max_length=120,
        help_text="Such as: posted; handed over in the clinic.",
        error_messages={"required": "Say how the letter left."},
    )


class PractitionerForm(PlainForm):
    name = forms.CharField(
        label="General practitioner",
        max_length=120,
        error_messages={"required": "Write the name of the general practitioner."},
    )
    address = forms.CharField(label="Practice and address", max_length=300, required=False)
