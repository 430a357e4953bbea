"""What does the board say when it decides? Each part is a form of its own, and may be unfinished."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from cases.forms._base import PlainForm, Ticks, in_living_memory, segmented, ticks
from cases.services.recommendation import PlannedAction, PlannedCondition, PlannedPlanB
from cases.vocabulary import (
    ActionKind,
    ChecklistItem,
    DecisionSection,
    GuidelineUse,
    Intent,
    LesionPlanKind,
    TrialConsidered,
    WishWeight,
)

KINDS = [("", "Choose"), *(pair for pair in ActionKind.choices if pair[0] != ActionKind.CONDITION)]


def _words(label: str, *, rows: int = 0, most: int | None = None) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=most, widget=widget)


class PartForm(PlainForm):
    """`version` is the one that was read; whoever saves an older one is told."""

    use_required_attribute = False
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    row = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                # What is to be done lies ahead, as no other date in the record does.
                field.validators = [in_living_memory]

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"version", "row"}}

    @property
    def read_version(self) -> int:
        return self.cleaned_data["version"]

    @property
    def in_words(self) -> dict[str, str]:
        """Each answer as a person reads it, whether typed or from the record."""
        return {bound.label: words_of(bound) for bound in self.visible_fields()}


def words_of(bound) -> str:
    value = bound.value()
    labels = {str(code): words for code, words in getattr(bound.field, "choices", ())}
    if isinstance(value, list | tuple):
        return ", ".join(str(labels.get(str(one), one)) for one in value) or "nothing"
    if isinstance(value, date):
        return value.strftime("%d-%b-%Y")
    if value in (None, ""):
        return "nothing"
    if isinstance(bound.field, forms.DateField):
        return _as_day(str(value))
    return str(labels.get(str(value), value))


def _as_day(typed: str) -> str:
    try:
        return date.fromisoformat(typed).strftime("%d-%b-%Y")
    except ValueError:
        return typed


class IntentForm(PartForm):
    intent = segmented(Intent.choices, label="Intent")


class GuidelineForm(PartForm):
    guideline = segmented(GuidelineUse.choices, label="Guideline")
    guideline_name = _words("Which guideline", most=300)
    guideline_reason = _words("Why the decision departs from it", rows=2)


class WhyForm(PartForm):
    rationale = _words("Why the board recommends this", rows=3)


class WishForm(PartForm):
    wish_weight = segmented(WishWeight.choices, label="How the wish counted")
    patient_wish = _words("The wish, as it was before the board", rows=2)
    wish_reason = _words("Why it counted so", rows=2, most=1000)


class TrialForm(PartForm):
    trial = segmented(TrialConsidered.choices, label="Trial")
    trial_words = _words("Which trial, or why none", most=300)


class ChecklistForm(PartForm):
    checked = ticks(ChecklistItem.choices, label="Gone through")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["checked"].widget = Ticks({"class": "form-check-input"}, ChecklistItem.choices)


class ReviewForm(PartForm):
    expires_on = forms.DateField(label="Good until", required=False)
    re_present_on = forms.DateField(label="Back to the board on", required=False)
    re_present_why = _words("To answer what", most=300)


SECTIONS: dict[str, type[PartForm]] = {
    DecisionSection.INTENT: IntentForm,
    DecisionSection.GUIDELINE: GuidelineForm,
    DecisionSection.WHY: WhyForm,
    DecisionSection.WISH: WishForm,
    DecisionSection.TRIAL: TrialForm,
    DecisionSection.CHECKLIST: ChecklistForm,
    DecisionSection.REVIEW: ReviewForm,
}


class LesionPlanForm(PartForm):
    plan = forms.ChoiceField(choices=[("", "Choose a plan"), *LesionPlanKind.choices], required=False)
    detail = _words("In detail", most=300)

    def __init__(self, *args, lesion, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].label = f"Plan for {lesion.label}"
        self.fields["detail"].label = f"Plan for {lesion.label} in detail"
        self.fields["detail"].widget.attrs["placeholder"] = "In detail"


class ActionForm(PartForm):
    """What, on which lesions, by whom, until when; on which condition, and what otherwise."""

    kind = forms.ChoiceField(choices=KINDS, required=False, label="What")
    detail = _words("In detail", most=300)
    owner = forms.ChoiceField(required=False, label="Owner")
    due_on = forms.DateField(required=False, label="By")
    lesions = ticks((), label="Lesions")
    condition_detail = _words("Only if", most=300)
    condition_owner = forms.ChoiceField(required=False, label="Who finds out")
    condition_due_on = forms.DateField(required=False, label="Finds out by")
    plan_b_kind = forms.ChoiceField(choices=KINDS, required=False, label="Otherwise")
    plan_b_detail = _words("Otherwise, in detail", most=300)
    plan_b_owner = forms.ChoiceField(required=False, label="Owner of plan B")
    plan_b_due_on = forms.DateField(required=False, label="Plan B by")

    def __init__(self, *args, owners: Mapping[str, Any], lesions: Mapping[str, Any], **kwargs):
        super().__init__(*args, **kwargs)
        self.owners, self.lesions = owners, lesions
        people = [("", "Choose"), *((pk, str(who)) for pk, who in owners.items())]
        for name in ("owner", "condition_owner", "plan_b_owner"):
            self.fields[name].choices = people
        self.fields["lesions"].choices = [(pk, lesion.label) for pk, lesion in lesions.items()]

    @property
    def is_blank(self) -> bool:
        return not any(value for value in self.said.values())

    @property
    def planned(self) -> PlannedAction:
        said = self.cleaned_data
        return PlannedAction(
            kind=said["kind"],
            detail=said["detail"],
            lesions=[self.lesions[pk] for pk in said["lesions"]],
            owner=self._person("owner"),
            due_on=said["due_on"],
            condition=self._condition,
            plan_b=self._plan_b,
        )

    @property
    def _condition(self) -> PlannedCondition | None:
        said = self.cleaned_data
        names = ("condition_detail", "condition_owner", "condition_due_on")
        if not any(said[name] for name in names):
            return None
        return PlannedCondition(
            said["condition_detail"], self._person("condition_owner"), said["condition_due_on"]
        )

    @property
    def _plan_b(self) -> PlannedPlanB | None:
        said = self.cleaned_data
        names = ("plan_b_kind", "plan_b_detail", "plan_b_owner", "plan_b_due_on")
        if not any(said[name] for name in names):
            return None
        return PlannedPlanB(
            said["plan_b_kind"], said["plan_b_detail"], self._person("plan_b_owner"), said["plan_b_due_on"]
        )

    def _person(self, name: str) -> Any:
        return self.owners.get(self.cleaned_data[name])


class DissentForm(PartForm):
    who = forms.ChoiceField(required=False, label="Who")
    reason = _words("Would do what instead, and why", rows=2)

    def __init__(self, *args, people: Mapping[str, Any], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        everyone = [(pk, str(who)) for pk, who in people.items()]
        self.fields["who"].choices = [("", "For the minutes only"), *everyone]

    @property
    def person(self) -> Any:
        return self.people.get(self.cleaned_data["who"])


class AmendForm(PlainForm):
    reason = forms.CharField(label="Why the decision is amended", max_length=1000)
