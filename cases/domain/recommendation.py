"""What does a decision still need before the chair can sign it, and what should the board notice?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.domain.errors import NotReady, Refused
from cases.vocabulary import ChecklistItem, GuidelineUse, Known, TrialConsidered, WishWeight

MOST_ACTIONS, MOST_DISSENTS = 20, 10  # of one decision

DEPARTS = frozenset({WishWeight.IN_PART, WishWeight.NOT_FOLLOWED})


@dataclass(frozen=True)
class PlanFor:
    """What is to happen to one lesion, by its label."""

    lesion: str
    plan: str
    detail: str = ""


@dataclass(frozen=True)
class Condition:
    """What must hold before an action is done, and who finds out by when."""

    detail: str = ""
    owner: str = ""
    due_on: date | None = None
    has_ended: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class PlanB:
    """What is done instead."""

    kind: str = ""
    detail: str = ""
    owner: str = ""
    due_on: date | None = None
    has_ended: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Action:
    """One thing to be done, as the board says it. Empty: not said yet."""

    kind: str = ""
    detail: str = ""
    lesions: tuple[str, ...] = ()
    owner: str = ""
    due_on: date | None = None
    condition: Condition | None = None
    plan_b: PlanB | None = None
    has_ended: bool = field(default=False, compare=False)  # reported as done or not done: its day may be past


@dataclass(frozen=True)
class Dissent:
    """Who disagreed and why; no name means: for the minutes."""

    who: str
    reason: str


@dataclass(frozen=True)
class Decision:
    intent: str = ""
    rationale: str = ""
    wish: str = ""
    wish_weight: str = ""
    wish_reason: str = ""
    actions: tuple[Action, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    plans: tuple[PlanFor, ...] = ()
    guideline: str = ""
    guideline_name: str = ""
    guideline_reason: str = ""
    trial: str = ""
    trial_words: str = ""
    checked: tuple[str, ...] = ()
    expires_on: date | None = None
    re_present_on: date | None = None
    re_present_why: str = ""
    withdrawn: frozenset[str] = field(default=frozenset(), compare=False)  # of the lesions named


@dataclass(frozen=True)
class Lack:
    """One thing that is not said yet: at which field, and what to do about it."""

    field: str
    what: str


class Incomplete(NotReady):
    """The decision cannot be signed yet; carries everything that is lacking."""

    def __init__(self, lacking: Iterable[Lack]):
        self.lacking = tuple(lacking)
        super().__init__(" ".join(lack.what for lack in self.lacking))


def needs_a_plan(lesion: Any) -> bool:
    """A lesion that may be alive and is still seen; not known whether alive counts as alive."""
    return lesion.withdrawn_at is None and lesion.disappeared_on is None and lesion.viable != Known.NO


def lacks(decision: Decision, *, today: date, viable: Iterable[str] = ()) -> tuple[Lack, ...]:
    """Everything that stops the signature, in the order of the page. `viable`: labels of living lesions."""
    return (
        *_intent(decision),
        *_plans(decision, viable),
        *_actions(decision, today),
        *_guideline(decision),
        *_rationale(decision),
        *_wish(decision),
        *_review(decision, today),
    )


def require_signable(decision: Decision, *, today: date, viable: Iterable[str] = ()) -> None:
    if lacking := lacks(decision, today=today, viable=viable):
        raise Incomplete(lacking)


def cautions(decision: Decision) -> tuple[Lack, ...]:
    """What deserves a look and stops nobody."""
    return (*_trial(decision), *_checklist(decision), *_expiry(decision), *_guideline_silent(decision))


def unplanned(decision: Decision, viable: Iterable[str]) -> tuple[str, ...]:
    planned = {one.lesion for one in decision.plans if one.plan}
    return tuple(lesion for lesion in viable if lesion not in planned)


def is_the_same_plan(one: Decision, other: Decision) -> bool:
    """Whether both say the same is to be done; what is said beside it may differ."""
    return (one.intent, one.plans, one.actions) == (other.intent, other.plans, other.actions)


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("Say why the decision is amended.")


def _intent(decision: Decision) -> Iterable[Lack]:
    if not decision.intent:
        yield Lack("intent", "Choose the intent.")


def _plans(decision: Decision, viable: Iterable[str]) -> Iterable[Lack]:
    for lesion in unplanned(decision, viable):
        yield Lack(f"plan-{lesion}", f"Say what is to happen to {lesion}.")
    for one in decision.plans:
        if one.lesion in decision.withdrawn:
            yield Lack(f"plan-{one.lesion}", f"{one.lesion} was withdrawn: take its plan back.")


def _actions(decision: Decision, today: date) -> Iterable[Lack]:
    if not decision.actions:
        yield Lack("actions", "Add at least one action.")
    for number, action in enumerate(decision.actions, start=1):
        field, name = f"action-{number}", f"action {number}"
        if not action.kind:
            yield Lack(f"{field}-kind", f"Choose what {name} is.")
        for lesion in sorted(decision.withdrawn.intersection(action.lesions)):
            yield Lack(f"{field}-lesions", f"{lesion} was withdrawn: take it out of {name}.")
        yield from _owned(action, field, name, today)
        if action.condition:
            yield from _condition(action.condition, f"{field}-condition", f"the condition of {name}", today)
        if action.plan_b:
            yield from _plan_b(action.plan_b, f"{field}-plan_b", f"plan B of {name}", today)


def _condition(condition: Condition, field: str, name: str, today: date) -> Iterable[Lack]:
    if not condition.detail.strip():
        yield Lack(f"{field}-detail", f"Say what {name} is.")
    yield from _owned(condition, field, name, today)


def _plan_b(plan_b: PlanB, field: str, name: str, today: date) -> Iterable[Lack]:
    if not plan_b.kind:
        yield Lack(f"{field}-kind", f"Choose what {name} is.")
    yield from _owned(plan_b, field, name, today)


def _owned(said: Action | Condition | PlanB, field: str, name: str, today: date) -> Iterable[Lack]:
    if not said.owner:
        yield Lack(f"{field}-owner", f"Name the owner of {name}.")
    if said.due_on is None:
        yield Lack(f"{field}-due_on", f"Say by when {name} is due.")
    elif said.due_on < today and not said.has_ended:
        yield Lack(f"{field}-due_on", f"The date of {name} has passed. Choose a day to come.")


def _guideline(decision: Decision) -> Iterable[Lack]:
    if decision.guideline == GuidelineUse.DEPARTS and not decision.guideline_reason.strip():
        yield Lack("guideline_reason", "Say why the decision departs from the guideline.")


def _rationale(decision: Decision) -> Iterable[Lack]:
    if not decision.rationale.strip():
        yield Lack("rationale", "Say why the board recommends this.")


def _wish(decision: Decision) -> Iterable[Lack]:
    known = bool(decision.wish.strip())
    if not decision.wish_weight:
        yield Lack("wish_weight", "Say how the patient’s wish counted.")
    elif known and decision.wish_weight == WishWeight.NOT_KNOWN:
        yield Lack("wish_weight", "The wish is recorded: say how it counted.")
    elif not known and decision.wish_weight != WishWeight.NOT_KNOWN:
        yield Lack("patient_wish", "Write down the wish, or say that it is not known.")
    if decision.wish_weight in DEPARTS and not decision.wish_reason.strip():
        yield Lack("wish_reason", "Say why the wish was not followed, or only in part.")


def _review(decision: Decision, today: date) -> Iterable[Lack]:
    if decision.expires_on and decision.expires_on < today:
        yield Lack("expires_on", "The day until which the decision is good has passed. Choose a day to come.")
    if decision.re_present_on and decision.re_present_on < today:
        yield Lack("re_present_on", "The day of the return to the board has passed. Choose a day to come.")


def _trial(decision: Decision) -> Iterable[Lack]:
    if not decision.trial or decision.trial == TrialConsidered.NOT_CONSIDERED:
        yield Lack("trial", "No trial was considered.")


def _checklist(decision: Decision) -> Iterable[Lack]:
    left = [one.label.lower() for one in ChecklistItem if one not in decision.checked]
    if left:
        yield Lack("checked", f"Not gone through: {', '.join(left)}.")


def _expiry(decision: Decision) -> Iterable[Lack]:
    if decision.expires_on is None:
        yield Lack("expires_on", "No day is set until which the decision is good.")


def _guideline_silent(decision: Decision) -> Iterable[Lack]:
    if not decision.guideline:
        yield Lack("guideline", "Not said whether a guideline is followed.")
