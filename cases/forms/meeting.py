"""What is typed about a meeting, and does it make sense?"""

from datetime import datetime

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from cases.domain import agenda as rules
from cases.domain.errors import Refused
from cases.forms._base import DayInput, NumberWithUnit, PlainForm, in_living_memory
from cases.models import TumorBoard
from cases.vocabulary import Lane


class ClockInput(forms.TimeInput):
    """Typed, because the browser's own field shows twelve hours where its language does."""

    def __init__(self):
        super().__init__({"inputmode": "numeric", "maxlength": 5, "autocomplete": "off"}, format="%H:%M")


class TimesForm(PlainForm):
    """Day and time as the board's wall clock shows them; `span` is the two moments meant."""

    day = forms.DateField(label="Day", widget=DayInput)
    starts = forms.TimeField(label="From", help_text="24 hours, such as 08:00.", widget=ClockInput)
    ends = forms.TimeField(label="To", help_text="Such as 09:30.", widget=ClockInput)
    place = forms.CharField(
        label="Place", help_text="A room, or a link to join.", max_length=200, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].validators = [in_living_memory]  # a meeting is to come

    def board_of(self, cleaned: dict) -> TumorBoard:
        return cleaned["board"]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", "The meeting must end after it starts.")
            return cleaned
        try:
            cleaned["span"] = self._span(cleaned)
        except Refused as error:
            self.add_error("starts", str(error))
        return cleaned

    def _span(self, cleaned: dict) -> tuple[datetime, datetime]:
        day, zone = cleaned["day"], self.board_of(cleaned).zone
        start, end = (
            rules.on_the_wall(day, clock, zone=zone) for clock in (cleaned["starts"], cleaned["ends"])
        )
        return start, end


class ScheduleForm(TimesForm):
    board = forms.ModelChoiceField(TumorBoard.objects.none(), label="Board", empty_label=None)
    field_order = ("board",)

    def __init__(self, *args, boards, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = TumorBoard.objects.filter(pk__in=[board.pk for board in boards])
        if len(boards) == 1:
            self.fields["board"].initial = boards[0]


class PlanForm(PlainForm):
    """How long a case takes, and in which part of the meeting."""

    minutes = forms.IntegerField(
        label="Minutes",
        widget=NumberWithUnit("min"),
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    lane = forms.ChoiceField(label="Part", choices=Lane.choices)


class ListForm(PlanForm):
    case = forms.UUIDField(widget=forms.HiddenInput)
    late_reason = forms.CharField(label="Why it cannot wait", required=False, max_length=300)


class ReasonForm(PlainForm):
    """Why a case is postponed, or a meeting called off."""

    reason = forms.CharField(
        label="Reason", max_length=300, error_messages={"required": "Say why, in a sentence."}
    )


class DiscussionForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    discussion = forms.CharField(
        label="What was said",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write down in a sentence what was said."},
    )


class VersionForm(PlainForm):
    """Which version the person saw when they pressed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
