"""Two people wrote the same decision: in what do their versions differ?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.domain.read_back import day, listed
from cases.domain.recommendation import Action, Decision, Dissent, PlanB, PlanFor
from cases.vocabulary import (
    ActionKind,
    ChecklistItem,
    GuidelineUse,
    Intent,
    LesionPlanKind,
    TextChoices,
    TrialConsidered,
    WishWeight,
)

NOTHING = "nothing"


@dataclass(frozen=True)
class Difference:
    label: str
    theirs: str
    mine: str


def differences(*, theirs: Decision, mine: Decision) -> list[Difference]:
    """Part by part, in the order of the page; what is the same is left out."""
    pairs = zip(_in_words(theirs), _in_words(mine), strict=True)
    return [Difference(label, one, other) for (label, one), (_, other) in pairs if one != other]


def _in_words(decision: Decision) -> list[tuple[str, str]]:
    return [
        ("Intent", _label(Intent, decision.intent)),
        ("Lesions", _lines(map(_plan, decision.plans))),
        ("Actions", _lines(map(_action, decision.actions))),
        ("Guideline", _label(GuidelineUse, decision.guideline)),
        ("Which guideline", decision.guideline_name or NOTHING),
        ("Why it departs", decision.guideline_reason or NOTHING),
        ("Why", decision.rationale or NOTHING),
        ("The wish", decision.wish or NOTHING),
        ("How it counted", _label(WishWeight, decision.wish_weight)),
        ("Why it counted so", decision.wish_reason or NOTHING),
        ("Trial", _label(TrialConsidered, decision.trial)),
        ("Which trial, or why none", decision.trial_words or NOTHING),
        ("Gone through", _lines(one.label for one in ChecklistItem if one in decision.checked)),
        ("Good until", _day(decision.expires_on)),
        ("Back to the board", _day(decision.re_present_on)),
        ("To answer what", decision.re_present_why or NOTHING),
        ("Dissent", _lines(map(_dissent, decision.dissents))),
    ]


def _label(codes: type[TextChoices], code: str) -> str:
    return str(codes(code).label) if code else NOTHING


def _day(on: date | None) -> str:
    return day(on) if on else NOTHING


def _lines(said: Iterable[str]) -> str:
    return "\n".join(said) or NOTHING


def _plan(plan: PlanFor) -> str:
    words = LesionPlanKind(plan.plan).label
    return f"{plan.lesion}: {words}, {plan.detail}" if plan.detail else f"{plan.lesion}: {words}"


def _action(action: Action) -> str:
    condition, plan_b = action.condition, action.plan_b
    return _commas(
        _kind(action.kind),
        action.detail,
        listed(action.lesions) if action.lesions else "",
        _whose(action.owner, action.due_on),
        f"only if {condition.detail} ({_whose(condition.owner, condition.due_on)})" if condition else "",
        f"otherwise {_otherwise(plan_b)}" if plan_b else "",
    )


def _otherwise(plan_b: PlanB) -> str:
    kind = _kind(plan_b.kind)
    return f"{_commas(kind[0].lower() + kind[1:], plan_b.detail)} ({_whose(plan_b.owner, plan_b.due_on)})"


def _kind(code: str) -> str:
    return ActionKind(code).label if code else "not named"


def _whose(owner: str, due_on: date | None) -> str:
    return _commas(owner or "no owner", day(due_on) if due_on else "no date")


def _commas(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _dissent(dissent: Dissent) -> str:
    return f"{dissent.who or 'For the minutes'}: {dissent.reason}"
