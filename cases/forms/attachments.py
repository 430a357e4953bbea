"""What does a person say when they hand in a file, or take a wrong one back?"""

from django import forms
from django.conf import settings

from cases.forms._base import PlainForm
from cases.models import CaseFile
from tumorboard.files.kinds import ACCEPT, TAKEN
from tumorboard.files.names import clean_name
from tumorboard.files.receiving import most_bytes, too_large


class FileForm(PlainForm):
    file = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": "Choose the file.", "empty": "The file is empty."},
    )
    title = forms.CharField(
        label="What is it?",
        max_length=CaseFile._meta.get_field("title").max_length,
        required=False,
        help_text="Such as “Pathology report, liver biopsy”. Without it the name of the file is shown.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"{TAKEN}. At most {settings.FILE_MAX_MB} MB."

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > most_bytes():
            raise forms.ValidationError(too_large())
        return file

    def clean_title(self) -> str:
        """One line that can be seen, as for a name."""
        typed = self.cleaned_data["title"].strip()
        return " ".join(typed.split()) if typed.isprintable() else clean_name(typed)


class WithdrawFileForm(PlainForm):
    reason = forms.CharField(
        label="Why is it withdrawn?",
        help_text="Such as “Belongs to another patient”. It stays in the history of the case.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why this file is withdrawn."},
    )
