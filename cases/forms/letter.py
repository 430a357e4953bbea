"""Which words of a letter may be edited before it is approved?"""

from django import forms

from cases.forms._base import CaseForm
from cases.models import Letter


class LetterForm(CaseForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    class Meta:
        model = Letter
        fields = ("opening", "closing")
        widgets = {"opening": forms.Textarea({"rows": 5}), "closing": forms.Textarea({"rows": 5})}
