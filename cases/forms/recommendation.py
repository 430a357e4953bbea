"""What does the board say when it decides? Typed by one for all; a draft may be unfinished."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from cases.domain import recommendation as rules
from cases.forms._base import PlainForm, Problem, in_living_memory, segmented, ticks
from cases.queries.decision_typed import MOST
from cases.services.recommendation import DissentSaid, PlannedAction
from cases.vocabulary import ActionKind, Intent, WishWeight

FIELDS = ("intent", "rationale", "patient_wish", "wish_weight", "wish_reason")


class DecisionForm(PlainForm):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    intent = segmented(Intent.choices, label="Intent")
    rationale = forms.CharField(
        label="Why the board recommends this", required=False, widget=forms.Textarea({"rows": 3})
    )
    patient_wish = forms.CharField(
        label="The wish, as it was before the board", required=False, widget=forms.Textarea({"rows": 2})
    )
    wish_weight = segmented(WishWeight.choices, label="How the wish counted")
    wish_reason = forms.CharField(label="Why it counted so", required=False, max_length=1000)


class ActionRow(PlainForm):
    """One action. `owners` and `lesions` are asked of the database once for all rows."""

    kind = forms.ChoiceField(choices=[("", "Choose"), *ActionKind.choices], required=False, label="What")
    detail = forms.CharField(max_length=300, required=False, label="In detail")
    lesions = ticks((), label="Lesions")
    owner = forms.ChoiceField(required=False, label="Owner")
    due_on = forms.DateField(required=False, label="By")
    condition = forms.CharField(max_length=300, required=False, label="Only if")
    plan_b = forms.CharField(max_length=300, required=False, label="Otherwise")

    def __init__(self, *args, owners: Mapping[str, Any], lesions: Mapping[str, Any], **kwargs):
        super().__init__(*args, **kwargs)
        self.owners, self.lesions = owners, lesions
        self.fields["owner"].choices = [("", "Choose"), *((pk, str(who)) for pk, who in owners.items())]
        self.fields["lesions"].choices = [(pk, lesion.label) for pk, lesion in lesions.items()]
        # A date by which something is to be done lies ahead, as no other date in the record does.
        self.fields["due_on"].validators = [in_living_memory]

    @property
    def planned(self) -> PlannedAction:
        """What is typed and can be understood; the rest counts as not said."""
        said = self.cleaned_data
        return PlannedAction(
            kind=said.get("kind", ""),
            detail=said.get("detail", ""),
            lesions=[self.lesions[pk] for pk in said.get("lesions", [])],
            owner=self.owners.get(said.get("owner", "")),
            due_on=said.get("due_on"),
            condition=said.get("condition", ""),
            plan_b=said.get("plan_b", ""),
        )

    @property
    def is_empty(self) -> bool:
        typed = (self.data.getlist(self.add_prefix(name)) for name in self.fields)
        return not any(value.strip() for values in typed for value in values)


class DissentRow(PlainForm):
    who = forms.ChoiceField(required=False, label="Who")
    reason = forms.CharField(
        required=False, label="Would do what instead, and why", widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args, people: Mapping[str, Any], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        everyone = [(pk, str(who)) for pk, who in people.items()]
        self.fields["who"].choices = [("", "For the minutes"), *everyone]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("who") and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say what they would do instead, and why.")
        return cleaned

    @property
    def is_empty(self) -> bool:
        return not any(self.data.get(self.add_prefix(name), "").strip() for name in self.fields)

    @property
    def said(self) -> DissentSaid:
        who = self.people.get(self.cleaned_data.get("who", ""))
        return DissentSaid(reason=self.cleaned_data.get("reason", ""), who=who)


def _rows(row, most: int):
    return forms.formset_factory(row, extra=0, max_num=most, absolute_max=most, validate_max=True)


ActionRows, DissentRows = _rows(ActionRow, MOST["actions"]), _rows(DissentRow, MOST["dissents"])


class DecisionForms:
    """The decision with its rows; always bound: to what was typed, kept, or stands in the record."""

    def __init__(self, data: QueryDict, *, owners, lesions, dissenters):
        self.data = data
        self.decision_form = DecisionForm(data)
        self.actions = ActionRows(data, prefix="actions", form_kwargs={"owners": owners, "lesions": lesions})
        self.dissents = DissentRows(data, prefix="dissents", form_kwargs={"people": dissenters})

    def is_valid(self) -> bool:
        return all([self.decision_form.is_valid(), self.actions.is_valid(), self.dissents.is_valid()])

    @property
    def version(self) -> int:
        return self.decision_form.cleaned_data.get("version", 0)

    @property
    def fields(self) -> dict[str, str]:
        return {name: self.decision_form.cleaned_data.get(name, "") for name in FIELDS}

    @property
    def action_rows(self) -> list[ActionRow]:
        return [row for row in self.actions.forms if not row.is_empty]

    @property
    def planned(self) -> list[PlannedAction]:
        return [row.planned for row in self.action_rows]

    @property
    def dissents_said(self) -> list[DissentSaid]:
        return [row.said for row in self.dissents.forms if not row.is_empty]

    @property
    def decision(self) -> rules.Decision:
        """What is typed, as the rules take it; ask `is_valid` first, whatever it answers."""
        said = self.fields
        return rules.Decision(
            intent=said["intent"],
            rationale=said["rationale"],
            wish=said["patient_wish"],
            wish_weight=said["wish_weight"],
            wish_reason=said["wish_reason"],
            actions=tuple(map(_as_said, self.planned)),
            dissents=tuple(rules.Dissent(str(one.who or ""), one.reason) for one in self.dissents_said),
        )

    def go_on_from(self, version: int) -> None:
        """The next one to save replaces this version of the record."""
        self.decision_form.data = self.decision_form.data.copy()
        self.decision_form.data["version"] = str(version)

    def field(self, name: str):
        """The field that a rule speaks of; rows are counted as the rule sees them, without the empty ones."""
        if not name.startswith("actions-"):
            return self.decision_form[name]
        _, index, part = name.split("-", 2)
        return self.action_rows[int(index)][part]

    @property
    def fields_with_needs(self) -> list:
        """Every field that a signature may need something of."""
        rows = [row[name] for row in self.actions.forms for name in ("kind", "owner", "due_on")]
        return [*(self.decision_form[name] for name in FIELDS), *rows]

    def point_out(self, lacking: Iterable[rules.Lack]) -> None:
        """Beside each field what the signature still needs of it."""
        for lack in lacking:
            if lack.field != "actions":
                self.field(lack.field).need = lack.what

    def refuse_lacking(self, lacking: Iterable[rules.Lack]) -> None:
        for lack in lacking:
            if lack.field == "actions":
                self.decision_form.add_error(None, lack.what)
            else:
                bound = self.field(lack.field)
                bound.form.add_error(bound.name, lack.what)

    def refuse(self, message: str) -> None:
        self.decision_form.add_error(None, message)

    @property
    def problems(self) -> list[Problem]:
        rows = [problem for row in (*self.actions.forms, *self.dissents.forms) for problem in row.problems]
        whole = [*self.actions.non_form_errors(), *self.dissents.non_form_errors()]
        return [*self.decision_form.problems, *(Problem("", "", words) for words in whole), *rows]


def _as_said(action: PlannedAction) -> rules.Action:
    return rules.Action(
        kind=action.kind,
        detail=action.detail,
        lesions=tuple(lesion.label for lesion in action.lesions),
        owner=str(action.owner or ""),
        due_on=action.due_on,
        condition=action.condition,
        plan_b=action.plan_b,
    )


def typed(payload: Mapping[str, list[str]]) -> QueryDict:
    """A kept draft as the browser had sent it."""
    data = QueryDict(mutable=True)
    for name, values in payload.items():
        data.setlist(name, values)
    return data


def with_rows(data: QueryDict, *, spare: int) -> QueryDict:
    """The same with so many more empty actions to fill in."""
    longer = data.copy()
    told = longer.get("actions-TOTAL_FORMS", "")
    total = int(told) if told.isascii() and told.isdigit() else 0
    longer["actions-TOTAL_FORMS"] = str(min(total + spare, MOST["actions"]))
    return longer


class AmendForm(PlainForm):
    text = forms.CharField(label="What is added", widget=forms.Textarea({"rows": 3}))
    reason = forms.CharField(label="Why", max_length=1000)
