"""What is typed to open a case in an emergency, and to review that somebody did?"""

from django import forms

from cases.domain import emergency as rules
from cases.domain.errors import Refused
from cases.forms._base import PlainForm, Segmented
from cases.vocabulary import EmergencyReason, EmergencyVerdict

QUIET = {"autocomplete": "off", "spellcheck": "false"}


class OpenForm(PlainForm):
    """The case by its number, or by the record number of the patient with the birth date."""

    number = forms.CharField(
        label="Case number",
        max_length=20,
        required=False,
        help_text="Such as LT-26-0042.",
        widget=forms.TextInput(attrs=QUIET),
    )
    record_number = forms.CharField(
        label="Record number", max_length=40, required=False, widget=forms.TextInput(attrs=QUIET)
    )
    birth_date = forms.DateField(label="Birth date", required=False)
    reason_kind = forms.ChoiceField(
        label="What kind of emergency",
        choices=EmergencyReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of emergency it is."},
    )
    reason = forms.CharField(
        label="Why you need to read this case now",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a few words why you need to read this case now."},
    )
    confirmed = forms.BooleanField(
        label="I need this now to treat the patient. I know that it is recorded and reviewed.",
        error_messages={"required": "Confirm that you need this now to treat the patient."},
    )

    def clean(self):
        cleaned = super().clean()
        if not {"number", "record_number", "birth_date"} & set(self.errors):
            self._require_a_case(cleaned)
        if cleaned.get("reason") and cleaned.get("reason_kind"):
            try:
                rules.check_reason(kind=cleaned["reason_kind"], reason=cleaned["reason"])
            except Refused as error:
                self.add_error("reason", str(error))
        return cleaned

    def _require_a_case(self, said) -> None:
        if said.get("number"):
            return
        if not said.get("record_number"):
            self.add_error("number", "Give the case number, or the record number with the birth date.")
        elif not said.get("birth_date"):
            self.add_error("birth_date", "Give the birth date as well as the record number.")

    @property
    def case_named(self) -> dict:
        return {name: self.cleaned_data.get(name) for name in ("number", "record_number", "birth_date")}


class ReviewForm(PlainForm):
    verdict = forms.ChoiceField(
        label="Verdict",
        choices=EmergencyVerdict.choices,
        widget=Segmented,
        error_messages={"required": "Choose whether the access was justified."},
    )
    note = forms.CharField(
        label="Note",
        help_text="Needed when it was not justified.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict"):
            try:
                rules.check_verdict(verdict=cleaned["verdict"], note=cleaned.get("note", ""))
            except Refused as error:
                self.add_error("note", str(error))
        return cleaned
