"""To when is a meeting moved, or what becomes of its list when it is called off?"""

from django import forms

from cases.forms._base import PlainForm
from cases.forms.meeting import TimesForm
from cases.models import Meeting, TumorBoard
from cases.queries.moving import words_of

BACK = "Each back to its preparation"


class MoveForm(TimesForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why",
        help_text="Goes into the e-mail: name no patient.",
        max_length=300,
        required=False,
    )
    field_order = ("version", "day", "starts", "ends", "place", "reason")

    def __init__(self, *args, board: TumorBoard, **kwargs):
        super().__init__(*args, **kwargs)
        self.board = board

    def board_of(self, cleaned: dict) -> TumorBoard:
        return self.board


class OtherMeeting(forms.ModelChoiceField):
    """Another meeting of the board, with how full it would be."""

    with_minutes = 0

    def label_from_instance(self, obj: Meeting) -> str:
        return words_of(obj, with_minutes=self.with_minutes)


class CallOffForm(PlainForm):
    reason = forms.CharField(
        label="Why",
        help_text="Goes into the e-mail: name no patient.",
        max_length=300,
        error_messages={"required": "Say why, in a sentence."},
    )
    carry_to = OtherMeeting(
        Meeting.objects.none(), label="What becomes of its cases", empty_label=BACK, required=False
    )

    def __init__(self, *args, targets, minutes: int, **kwargs):
        super().__init__(*args, **kwargs)
        offered(self.fields["carry_to"], targets, minutes)


class MergeForm(PlainForm):
    into = OtherMeeting(
        Meeting.objects.none(),
        label="Together with the meeting of",
        empty_label="Choose",
        error_messages={"required": "Choose the meeting that takes this list."},
    )

    def __init__(self, *args, targets, minutes: int, **kwargs):
        super().__init__(*args, **kwargs)
        offered(self.fields["into"], targets, minutes)


def offered(field: forms.Field, targets, minutes: int) -> None:
    field.with_minutes = minutes  # type: ignore[attr-defined]
    field.queryset = targets  # type: ignore[attr-defined]
