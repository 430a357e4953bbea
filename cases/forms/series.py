"""By which rule, at which time and where does a board meet from now on?"""

from datetime import date, datetime, timedelta

from django import forms

from cases.domain import series as rules
from cases.domain.series import NAMES, PLACES, Rule
from cases.forms._base import DayInput, PlainForm, in_living_memory, segmented, ticks
from cases.forms.meeting import ClockInput
from cases.models import MeetingSeries, TumorBoard
from cases.vocabulary import HolidayRule

WEEKLY, MONTHLY = "WEEKLY", "MONTHLY"
HOW = [(WEEKLY, "Every week, or every so many"), (MONTHLY, "On such days of each month")]


class SeriesForm(PlainForm):
    """What is typed becomes a rule of RFC 5545 and a time on the board's wall."""

    how = segmented(HOW, label="How often", required=True)
    every = forms.IntegerField(
        label="Every so many weeks", min_value=1, max_value=rules.LONGEST_PAUSE, initial=1, required=False
    )
    places = ticks([(str(n), word.capitalize()) for n, word in PLACES.items()], label="Which of the month")
    weekdays = ticks([(str(n), name) for n, name in enumerate(NAMES)], label="On which days")
    starts = forms.TimeField(label="From", help_text="24 hours, such as 08:00.", widget=ClockInput)
    ends = forms.TimeField(label="To", help_text="Such as 09:30.", widget=ClockInput)
    place = forms.CharField(
        label="Place", help_text="A room, or a link to join.", max_length=200, required=False
    )
    on_holidays = segmented(
        HolidayRule.choices,
        label="On a public holiday, or a day on which the board is closed",
        required=True,
    )
    first_on = forms.DateField(
        label="From this day on", help_text="Or the next day of the rule.", widget=DayInput
    )
    last_on = forms.DateField(
        label="Last day", help_text="Empty: until further notice.", required=False, widget=DayInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_on", "last_on"):
            self.fields[name].validators = [in_living_memory]

    def clean(self):
        cleaned = super().clean()
        is_monthly = cleaned.get("how") == MONTHLY
        if not self.errors and not cleaned["weekdays"]:
            self.add_error("weekdays", "Choose at least one day.")
        if not self.errors and is_monthly and not cleaned["places"]:
            self.add_error("places", "Choose the first, the last, or another of the month.")
        if not self.errors and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", "The meeting must end after it starts.")
        last_on = cleaned.get("last_on")
        if not self.errors and last_on and last_on < cleaned["first_on"]:
            self.add_error("last_on", "The last day comes before the first.")
        return cleaned

    @property
    def said(self) -> dict:
        """As the service takes it, once all is well."""
        typed = self.cleaned_data
        weekdays = tuple(sorted(int(day) for day in typed["weekdays"]))
        places = tuple(int(place) for place in typed["places"]) if typed["how"] == MONTHLY else ()
        return {
            "rule": str(Rule(weekdays, 1 if places else typed["every"] or 1, places)),
            "starts_at": typed["starts"],
            "minutes": _minutes(typed),
            "place": typed["place"],
            "on_holidays": typed["on_holidays"],
            "last_on": typed["last_on"],
        }


def _minutes(typed: dict) -> int:
    day = date(2000, 1, 1)
    length = datetime.combine(day, typed["ends"]) - datetime.combine(day, typed["starts"])
    return int(length.total_seconds() // 60)


class NewSeriesForm(SeriesForm):
    board = forms.ModelChoiceField(TumorBoard.objects.none(), label="Board", empty_label=None)
    field_order = ("board",)

    def __init__(self, *args, boards, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = TumorBoard.objects.filter(pk__in=[board.pk for board in boards])
        self.fields["board"].initial = boards[0]


class ChangeSeriesForm(SeriesForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class DayForm(PlainForm):
    """One day of a series, as it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].validators = [in_living_memory]


class EndForm(DayForm):
    day = forms.DateField(label="Last day", help_text="No meeting after it.", widget=DayInput)


def as_it_is(series: MeetingSeries, *, today: date) -> dict:
    """The series as the form shows it, to be changed from today on."""
    rule = rules.read(series.rule)
    start = datetime.combine(series.first_on, series.starts_at)
    return {
        "how": MONTHLY if rule.places else WEEKLY,
        "every": rule.every,
        "places": [str(place) for place in rule.places],
        "weekdays": [str(day) for day in rule.weekdays],
        "starts": series.starts_at,
        "ends": (start + timedelta(minutes=series.minutes)).time(),
        "place": series.place,
        "on_holidays": series.on_holidays,
        "first_on": max(today, series.first_on),
        "last_on": series.last_on,
        "version": series.version,
    }
