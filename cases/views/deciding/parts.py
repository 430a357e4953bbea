"""Which form stands for which part of a decision, filled from the record or with what was typed?"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from cases.forms._base import Problem
from cases.forms.recommendation import SECTIONS, ActionForm, DissentForm, LesionPlanForm, PartForm
from cases.models import Draft
from cases.queries.decision_checklist import on_record
from cases.queries.decision_making import WEEKS_AHEAD, WEEKS_TO_RETURN, ActionSeen, LesionSeen, Making
from cases.vocabulary import DecisionSection

FOLDER = "recommendation/parts"
BELOW = ("condition", "plan_b")


@dataclass(frozen=True)
class Both:
    """One answer as the other wrote it, and as it was typed here."""

    label: str
    theirs: str
    mine: str


@dataclass
class Part:
    name: str
    template: str
    url: str
    form: PartForm
    row: Any = None
    saved_at: datetime | None = None
    saved_by: Any = None
    faster: str = ""  # why nothing was written
    both: list[Both] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Under which the words of whoever was slower are kept."""
        return _BY_SLUG.get(self.name, "action-new" if self.name.startswith("action-new") else self.name)

    @property
    def version(self) -> Any:
        return self.form["version"].value() or 0

    @property
    def kind(self) -> str:
        """The list that a row stands in."""
        return f"{self.name.partition('-')[0]}s"

    @property
    def problems(self) -> list[Problem]:
        """What the page says on top of itself, with the way to this part."""
        faster = [Problem(self.name, TITLES.get(self.name, self.kind.capitalize()), self.faster)]
        return [*(faster if self.faster else []), *self.form.problems]

    @property
    def is_new(self) -> bool:
        return "-new" in self.name

    @property
    def is_open(self) -> bool:
        """Something must be seen to: what is typed is not put away."""
        return self.is_new or bool(self.faster or self.form.errors)


@dataclass
class Parts:
    """All parts of one decision. `typed` fills one of them with what a browser sent."""

    room: Making

    def named(self, name: str, typed: QueryDict | None = None) -> Part | None:
        """None: there is no such part, or somebody has removed it."""
        start, _, rest = name.partition("-")
        if name in _BY_SLUG:
            return self.section(_BY_SLUG[name], typed)
        if start == "plan":
            seen = next((one for one in self.room.to_plan if one.label == rest), None)
            return self.plan(seen, typed) if seen else None
        if start == "action":
            row = next((one for one in self.room.actions if str(one.action.pk) == rest), None)
            return self.action(row, typed) if row or rest.startswith("new") else None
        if start == "dissent":
            dissent = next((one for one in self.room.dissents if str(one.pk) == rest), None)
            return self.dissent(dissent, typed) if dissent or rest.startswith("new") else None
        return None

    def section(self, section: str, typed: QueryDict | None = None) -> Part:
        slug = section.lower()
        found = self.room.sections.get(section)
        url = reverse("cases:save-decision-section", args=[self.room.item.pk, slug])
        form = self._form(SECTIONS[section], slug, typed, self._section_as_is(section))
        row = self._beside(section)
        part = Part(slug, f"{FOLDER}/{slug}.html", url, form, row)
        if found:
            part.saved_at, part.saved_by = found.changed_at, found.changed_by
        return part

    def _section_as_is(self, section: str) -> dict[str, Any]:
        found, decision = self.room.sections.get(section), self.room.recommendation
        as_is: dict[str, Any] = {"version": found.version if found else 0}
        if decision is not None:
            as_is |= {name: getattr(decision, name, "") for name in SECTIONS[section].base_fields} | as_is
        elif section == DecisionSection.WISH and self.room.wish:
            as_is["patient_wish"] = self.room.wish.words
        return as_is

    def _beside(self, section: str) -> Any:
        """What a section shows beside its answers."""
        if section == DecisionSection.CHECKLIST:
            return on_record(self.room.case, wish=self.room.wish, trial=self.room.decision.trial)
        if section == DecisionSection.REVIEW:
            board = self.room.item.meeting.board
            return {
                "good": [(f"{board.recommendation_days} days", self.room.good_for)],
                "back": self.room.ahead(WEEKS_TO_RETURN),
            }
        return None

    def plan(self, seen: LesionSeen, typed: QueryDict | None = None) -> Part:
        name, plan = f"plan-{seen.label}", self.room.plans.get(seen.label)
        as_is: dict[str, Any] = {"row": str(seen.lesion.pk), "version": 0}
        if plan:
            as_is |= {"version": plan.version, "plan": plan.plan, "detail": plan.detail}
        url = reverse("cases:save-lesion-plan", args=[self.room.item.pk])
        form = self._form(LesionPlanForm, name, typed, as_is, lesion=seen.lesion)
        return Part(name, f"{FOLDER}/plan.html", url, form, seen)

    def action(self, row: ActionSeen | None, typed: QueryDict | None = None) -> Part:
        name = f"action-{row.action.pk}" if row else f"action-new-{secrets.token_hex(3)}"
        url = reverse("cases:save-action", args=[self.room.item.pk])
        lesions = {str(seen.lesion.pk): seen.lesion for seen in self.room.lesions}
        as_is = _action_as_is(row) if row else {"version": 0, "row": ""}
        known = {"owners": self.room.owners, "lesions": lesions}
        form = self._form(ActionForm, name, typed, as_is, **known)
        beside = {"seen": row, "weeks": self.room.ahead(WEEKS_AHEAD), "here": self.room.here}
        return Part(name, f"{FOLDER}/action.html", url, form, beside)

    def dissent(self, dissent: Any = None, typed: QueryDict | None = None) -> Part:
        name = f"dissent-{dissent.pk}" if dissent else f"dissent-new-{secrets.token_hex(3)}"
        as_is: dict[str, Any] = {"version": 0, "row": ""}
        if dissent:
            who = str(dissent.who_id or "")
            as_is = {"version": dissent.version, "row": str(dissent.pk), "who": who, "reason": dissent.reason}
        url = reverse("cases:save-dissent", args=[self.room.item.pk])
        form = self._form(DissentForm, name, typed, as_is, people=self.room.dissenters)
        return Part(name, f"{FOLDER}/dissent.html", url, form, dissent)

    def _form(self, made, name: str, typed: QueryDict | None, as_is: dict[str, Any], **known) -> PartForm:
        form = made(typed, initial=as_is, auto_id=f"{name}-%s", **known)
        self.point_out(form, name)
        return form

    def point_out(self, form: PartForm, name: str) -> None:
        """What is still needed is said beside the field."""
        for key, words in self.needs.items():
            part, _, field_name = key.rpartition("-")
            if part == name and field_name in form.fields:
                form[field_name].need = words

    @property
    def needs(self) -> dict[str, str]:
        """By the id of the field that each is about."""
        return {self.place(lack.field): lack.what for lack in self.room.lacks}

    def place(self, lacking: str) -> str:
        """Where a rule's field stands: plan-L3-plan, action-<id>-condition_owner, wish-wish_weight."""
        if lacking.startswith("plan-"):
            return f"{lacking}-plan"
        if lacking.startswith("action-"):
            _, number, *rest = lacking.split("-")
            return f"action-{self.room.actions[int(number) - 1].action.pk}-{'_'.join(rest)}"
        return f"{_SLUG_OF[lacking]}-{lacking}" if lacking in _SLUG_OF else lacking

    def all(self) -> Iterator[Part]:
        for name in self.names():
            if part := self.named(name):
                yield part

    def names(self) -> list[str]:
        return [*_BY_SLUG, *(name for names in self.lists.values() for name in names)]

    @property
    def lists(self) -> dict[str, list[str]]:
        return {
            "plans": [f"plan-{seen.label}" for seen in self.room.to_plan],
            "actions": [f"action-{seen.action.pk}" for seen in self.room.actions],
            "dissents": [f"dissent-{one.pk}" for one in self.room.dissents],
        }

    @property
    def versions(self) -> dict[str, int]:
        """What an open page compares with what it shows."""
        sections = self.room.sections
        return {
            **{slug: sections[code].version if code in sections else 0 for slug, code in _BY_SLUG.items()},
            **{
                f"plan-{seen.label}": self.room.plans[seen.label].version
                if seen.label in self.room.plans
                else 0
                for seen in self.room.to_plan
            },
            **{f"action-{seen.action.pk}": seen.action.version for seen in self.room.actions},
            **{f"dissent-{one.pk}": one.version for one in self.room.dissents},
        }


TITLES = {section.lower(): DecisionSection(section).label for section in SECTIONS}
_BY_SLUG = {section.lower(): section for section in SECTIONS}
_SLUG_OF = {
    name: section.lower()
    for section, form in SECTIONS.items()
    for name in form.base_fields
    if name not in {"version", "row"}
}


def beside_theirs(mine: Part, theirs: Part | None, why: str) -> Part:
    """Both versions in sight. Whoever saves from here has seen the other, and replaces it knowingly."""
    mine.faster = why
    stands = theirs.form.in_words if theirs else {}
    mine.both = [
        Both(label, stands.get(label, "removed"), words)
        for label, words in mine.form.in_words.items()
        if stands.get(label) != words
    ]
    data = mine.form.data.copy()
    data["version"] = str(theirs.version) if theirs else "0"
    data["row"] = data.get("row", "") if theirs else ""
    mine.form.data = data
    return mine


def _action_as_is(seen: ActionSeen) -> dict[str, Any]:
    action = seen.action
    as_is = {
        "row": str(action.pk),
        "version": action.version,
        "kind": action.kind,
        "detail": action.detail,
        "owner": str(action.owner_id or ""),
        "due_on": action.due_on,
        "lesions": [str(lesion.pk) for lesion in action.lesions.all()],
    }
    for name, row in (("condition", seen.condition), ("plan_b", seen.plan_b)):
        if row is not None:
            as_is |= {f"{name}_{part}": getattr(row, part) for part in ("kind", "detail", "due_on")}
            as_is[f"{name}_owner"] = str(row.owner_id or "")
    return as_is


def kept_typing(drafts: Iterable[Draft]) -> dict[str, QueryDict]:
    """What this person had typed while others were faster, by the name of the part."""
    return {_slug(draft.key.partition(":")[2]): _as_typed(draft) for draft in drafts}


def _slug(part: str) -> str:
    return part.lower() if part in SECTIONS else part


def _as_typed(draft: Draft) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in draft.payload.items():
        for start in BELOW:
            name = name.replace(f"{start}-", f"{start}_")  # noqa: PLW2901
        data.setlist(name, [str(value) for value in values])
    data["version"] = str(draft.base_version)
    return data
