"""Who is to be chased, and what came of asking?"""

from django import forms

from cases.forms._base import PlainForm

Person = tuple[int, int]


class PeopleField(forms.MultipleChoiceField):
    """People on boards, as "3-17": the board's key and the person's."""

    def valid_value(self, value) -> bool:
        board, _, person = str(value).partition("-")
        return board.isdecimal() and person.isdecimal() and len(value) < 40

    def clean(self, value) -> set[Person]:
        pairs = (one.split("-") for one in super().clean(value))
        return {(int(board), int(person)) for board, person in pairs}


class ChaseForm(PlainForm):
    people = PeopleField(
        widget=forms.MultipleHiddenInput,
        error_messages={
            "required": "Nobody is chosen. Go back to the list.",
            "invalid_choice": "This is nobody. Go back to the list.",
        },
    )
    again = PeopleField(required=False, widget=forms.MultipleHiddenInput)
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class NoteForm(PlainForm):
    words = forms.CharField(
        label="What came of it",
        max_length=300,
        error_messages={"required": "Say what came of it, such as: promised for Thursday."},
    )
