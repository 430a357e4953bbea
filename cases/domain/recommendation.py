"""What does a decision still need before the chair can sign it, and what should the board notice?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.domain.errors import NotReady, Refused
from cases.vocabulary import WishWeight

MOST_ACTIONS, MOST_DISSENTS = 20, 10  # of one decision

DEPARTS = frozenset({WishWeight.IN_PART, WishWeight.NOT_FOLLOWED})


@dataclass(frozen=True)
class Action:
    """One thing to be done, as the board says it. Empty: not said yet."""

    kind: str = ""
    detail: str = ""
    lesions: tuple[str, ...] = ()
    owner: str = ""
    due_on: date | None = None
    condition: str = ""
    plan_b: str = ""


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


@dataclass(frozen=True)
class Lack:
    """One thing that stops the signature: at which field, and what to do about it."""

    field: str
    what: str


class Incomplete(NotReady):
    """The decision cannot be signed yet; carries everything that is lacking."""

    def __init__(self, lacking: Iterable[Lack]):
        self.lacking = tuple(lacking)
        super().__init__(" ".join(lack.what for lack in self.lacking))


def lacks(decision: Decision, *, today: date) -> tuple[Lack, ...]:
    """Everything that is lacking, in the order of the page."""
    return (*_intent(decision), *_actions(decision, today), *_rationale(decision), *_wish(decision))


def require_signable(decision: Decision, *, today: date) -> None:
    if lacking := lacks(decision, today=today):
        raise Incomplete(lacking)


def unplanned(decision: Decision, viable: Iterable[str]) -> tuple[str, ...]:
    """Viable lesions that no action is meant for: the board is reminded, the chair may still sign."""
    planned = {lesion for action in decision.actions for lesion in action.lesions}
    return tuple(lesion for lesion in viable if lesion not in planned)


def require_amendment(text: str, reason: str) -> None:
    if not text.strip():
        raise Refused("Write what is to be added to the decision.")
    if not reason.strip():
        raise Refused("Say why the decision is amended.")


def _intent(decision: Decision) -> Iterable[Lack]:
    if not decision.intent:
        yield Lack("intent", "Choose the intent.")


def _actions(decision: Decision, today: date) -> Iterable[Lack]:
    if not decision.actions:
        yield Lack("actions", "Add at least one action.")
    for index, action in enumerate(decision.actions):
        yield from _action(action, index, today)


def _action(action: Action, index: int, today: date) -> Iterable[Lack]:
    number = index + 1
    if not action.kind:
        yield Lack(f"actions-{index}-kind", f"Choose what action {number} is.")
    if not action.owner:
        yield Lack(f"actions-{index}-owner", f"Name the owner of action {number}.")
    if action.due_on is None:
        yield Lack(f"actions-{index}-due_on", f"Say by when action {number} is due.")
    elif action.due_on < today:
        yield Lack(
            f"actions-{index}-due_on", f"The date of action {number} has passed. Choose a day to come."
        )


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
