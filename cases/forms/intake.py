"""What does a coordinator say to import a file: which, for whom, and what doubtful values mean?"""

from django import forms

from cases.domain.intake import units_of, whole
from cases.domain.labs import UNIT_LABELS
from cases.exchange import csv_reading, profiles
from cases.forms._base import PlainForm, segmented
from cases.models import ImportProfile, TumorBoard
from cases.queries.intake import QuestionGroup, profiles_of

NOT_IN_FILE = "Not in this file"


class UploadForm(PlainForm):
    board = forms.ModelChoiceField(TumorBoard.objects.none(), label="Board", empty_label=None)
    profile = forms.ChoiceField(
        label="What kind of table is it?",
        help_text="Headings that are called otherwise can be matched by hand in the next step.",
    )
    taken_on = forms.DateField(
        label="Day of sampling and assessment",
        required=False,
        help_text="If the file does not say and it is the same for all. Without a day every value counts as"
        " out of date.",
    )
    file = forms.FileField(
        label="CSV file",
        help_text=f"At most {csv_reading.MOST_ROWS} rows and 5 MB. Nothing is stored before you have seen"
        " what would be.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        error_messages={"required": "Choose the file.", "empty": "The file is empty."},
    )

    def __init__(self, *args, boards, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = boards
        self.fields["profile"].choices = profiles_of(boards)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > csv_reading.MOST_BYTES:
            raise forms.ValidationError("The file is larger than 5 MB. Split it and try again.")
        return file

    def clean(self):
        cleaned = super().clean()
        board, chosen = cleaned.get("board"), cleaned.get("profile")
        if board and chosen and chosen not in profiles.names():
            saved = ImportProfile.objects.filter(pk=chosen, board=board).first()
            if saved is None:
                self.add_error("profile", "This profile belongs to another board. Choose another.")
            else:
                cleaned["mapping"] = saved.mapping
        elif chosen:
            cleaned["mapping"] = profiles.data(chosen)
        return cleaned


class AnswerForm(PlainForm):
    """One question about a column, and the rows for which the answer is another one."""

    answer = segmented([], label="Answer for the whole column")

    def __init__(self, *args, group: QuestionGroup, **kwargs):
        kwargs.setdefault("initial", {"answer": group.answer})
        super().__init__(*args, auto_id=f"{group.key}-%s", **kwargs)
        self.group = group
        choices = [(code, self._label(code, said)) for code, said in group.choices]
        self.fields["answer"].choices = [*choices, ("", "Not answered")]

    def _label(self, code: str, said: str) -> str:
        return f"{said} (suggested)" if code == self.group.suggested else said

    def clean(self):
        cleaned = super().clean()
        known = dict(self.group.choices)
        exceptions = {}
        for one in self.group.shown:
            said = self.data.get(f"row_{one.question.row}", "")
            if said and said not in known:
                self.add_error(None, f"Row {one.question.row}: choose one of the answers.")
            elif said:
                exceptions[one.question.row] = said
        return cleaned | {"exceptions": exceptions}


class ColumnsForm(PlainForm):
    """Which column of the file is which of the profile, and in which unit?"""

    def __init__(self, *args, profile: dict, headings: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        profile = whole(profile)
        self.pairs: list[tuple[str, str, str]] = []  # the profile's heading, its field, its unit's field
        self.compared: dict[str, str] = {}
        choices = [("", NOT_IN_FILE), *((one, one) for one in dict.fromkeys(filter(None, headings)))]
        same = {one.casefold(): one for one in headings}
        self._ask("record", profile["record_column"], choices, same, required=True)
        for number, column in enumerate(profile["columns"]):
            if column["read"] == "ignore":  # not stored, but perhaps compared with
                self.compared[column["header"]] = same.get(column["header"].casefold(), "")
            else:
                self._ask(f"column_{number}", column["header"], choices, same)
                self._ask_unit(f"unit_{number}", column)
        self.fields["authority"] = forms.CharField(
            label="Who issued the record numbers?", required=False, max_length=120
        )
        self.fields["save_as"] = forms.CharField(
            label="Save as a profile named",
            required=False,
            max_length=50,
            help_text="Leave empty to use it for this file only.",
        )

    def _ask(self, name: str, header: str, choices, same: dict[str, str], *, required: bool = False) -> None:
        self.fields[name] = forms.ChoiceField(
            label=header,
            choices=choices,
            required=required,
            initial=same.get(header.casefold(), ""),
            widget=forms.Select(attrs={"class": "form-select"}),
            error_messages={"required": "Choose the column that holds the record number."},
        )
        self.pairs.append((header, name, ""))

    def _ask_unit(self, name: str, column: dict) -> None:
        known = units_of(column)
        if len(known) < 2:
            return
        self.fields[name] = forms.ChoiceField(
            label=f"Unit of {column['header']}",
            choices=[(unit, UNIT_LABELS.get(unit, unit)) for unit in known],
            initial=column["unit"],
            widget=forms.Select(attrs={"class": "form-select"}),
            required=False,
        )
        header, field, _ = self.pairs.pop()
        self.pairs.append((header, field, name))

    def rows(self) -> list[tuple]:
        """The fields of each line of the table."""
        return [(self[field], self[unit] if unit else None) for _, field, unit in self.pairs]

    def chosen(self) -> dict:
        """As the service wants it."""
        said = self.cleaned_data
        asked = {header: said[field] for header, field, _ in self.pairs}
        taken = set(asked.values())
        compared = {header: heading for header, heading in self.compared.items() if heading not in taken}
        return {
            "headings": asked | compared,
            "units": {header: said[unit] for header, _, unit in self.pairs if unit and said[unit]},
            "authority": said["authority"],
            "save_as": said["save_as"],
        }
