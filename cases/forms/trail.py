"""What is typed to find a patient in the trail, to take it as a file, and to close an unusual access?"""

from django import forms

from cases.forms._base import PlainForm
from cases.vocabulary import TrailReason


class FindForm(PlainForm):
    words = forms.CharField(
        label="Record number or name of a patient",
        max_length=200,
        help_text="Whole, such as Example, Ada. It does not stand in the address.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Type a record number or a name."},
    )


class ExportForm(PlainForm):
    reason = forms.ChoiceField(
        label="Why the trail is taken as a file",
        choices=TrailReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why the trail is taken as a file."},
    )


class LookedForm(PlainForm):
    note = forms.CharField(
        label="What it was",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say in a few words what it was."},
    )
