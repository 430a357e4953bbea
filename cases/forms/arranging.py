"""What does the page send that puts a list in order?"""

from uuid import UUID

from django import forms

from cases.forms._base import NumberWithUnit, PlainForm
from cases.forms.meeting import ClockInput
from cases.vocabulary import Lane, Specialty

UNREADABLE = "The order could not be read. Reload the page and try again."
MOST = 60  # minutes for one case


class OrderForm(PlainForm):
    """Every case of the list as part and id, one after the other: DISCUSSION:<id> STANDARD:<id>."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    order = forms.CharField(
        widget=forms.HiddenInput, max_length=20_000, error_messages={"required": UNREADABLE}
    )
    break_after = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    is_suggested = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def clean_order(self) -> list[tuple[UUID, str]]:
        return [(_id(pk), Lane(lane).value) for lane, pk in _pairs(self.cleaned_data["order"], Lane.values)]


class MinutesForm(PlainForm):
    """Minutes of several cases: <id>:<minutes>, one after the other."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    minutes = forms.CharField(
        widget=forms.HiddenInput, max_length=20_000, error_messages={"required": UNREADABLE}
    )

    def clean_minutes(self) -> dict[UUID, int]:
        allowed = [str(number) for number in range(1, MOST + 1)]
        return {_id(pk): int(number) for pk, number in _pairs(self.cleaned_data["minutes"], second=allowed)}


class BreakForm(PlainForm):
    after = forms.IntegerField(
        label="Break after case", required=False, min_value=1, max_value=200, help_text="Empty: no break."
    )
    minutes = forms.IntegerField(
        label="Length of the break", widget=NumberWithUnit("min"), min_value=1, max_value=30
    )


class LeaveForm(PlainForm):
    """Until when a discipline can stay; no time: to the end."""

    specialty = forms.ChoiceField(label="Discipline", choices=Specialty.choices)
    leaves_at = forms.TimeField(label="Leaves at", required=False, widget=ClockInput)


def _pairs(text: str, first=None, second=None) -> list[tuple[str, str]]:
    pairs = [tuple(one.split(":", 1)) for one in text.split()]
    for pair in pairs:
        known = len(pair) == 2 and (first is None or pair[0] in first)
        if not known or (second is not None and pair[1] not in second):
            raise forms.ValidationError(UNREADABLE)
    return pairs


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise forms.ValidationError(UNREADABLE) from error
