"""Two people wrote the same decision: in what do their versions differ?"""

from dataclasses import dataclass

from cases.domain.read_back import day, listed
from cases.domain.recommendation import Action, Decision, Dissent
from cases.vocabulary import ActionKind, Intent, WishWeight

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
        ("Intent", Intent(decision.intent).label if decision.intent else NOTHING),
        ("Actions", _lines(map(_action, decision.actions))),
        ("Why", decision.rationale or NOTHING),
        ("The wish", decision.wish or NOTHING),
        ("How it counted", WishWeight(decision.wish_weight).label if decision.wish_weight else NOTHING),
        ("Why it counted so", decision.wish_reason or NOTHING),
        ("Dissent", _lines(map(_dissent, decision.dissents))),
    ]


def _lines(said) -> str:
    return "\n".join(said) or NOTHING


def _action(action: Action) -> str:
    parts = [
        ActionKind(action.kind).label if action.kind else "not named",
        action.detail,
        listed(action.lesions) if action.lesions else "",
        action.owner or "no owner",
        day(action.due_on) if action.due_on else "no date",
        f"only if {action.condition}" if action.condition else "",
        f"otherwise {action.plan_b}" if action.plan_b else "",
    ]
    return ", ".join(part for part in parts if part)


def _dissent(dissent: Dissent) -> str:
    return f"{dissent.who or 'For the minutes'}: {dissent.reason}"
