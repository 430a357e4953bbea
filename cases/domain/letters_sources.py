"""Where in the record does a sentence of a letter come from, and what stands there?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.domain.letters import Occasion, camps, small, what
from cases.domain.read_back import day, listed
from cases.domain.recommendation import Action, Decision
from cases.vocabulary import GuidelineUse, Intent, LesionPlanKind, TrialConsidered, WishWeight


@dataclass(frozen=True)
class Source:
    """One field of the record: its name for a reader, its words, and on which part of the page it stands."""

    label: str
    words: str
    place: str


def sources(decision: Decision, told: Occasion) -> dict[str, Source]:
    """Every field path that a sentence may name."""
    return dict((*_of_case(told), *_of_decision(decision), *_of_actions(decision), *_of_wish(decision)))


def facts(decision: Decision, told: Occasion) -> tuple[str, ...]:
    """Everything that the record says here, for holding a text against it."""
    beside = (told.board, told.addressee, told.referrer)
    return (*(source.words for source in sources(decision, told).values()), *beside)


def _of_case(told: Occasion) -> Iterator[tuple[str, Source]]:
    yield "meeting", Source("Day of the meeting", day(told.met_on), "said")
    yield "addressee", Source("Addressee", told.addressee, "case")
    yield "question", Source("Question to the board", told.question, "case")
    yield "quorum", Source("Quorum and ratification", told.provisional, "here")
    replaced = f"earlier letter sent on {day(told.replaces)}" if told.replaces else ""
    because = "; ".join(filter(None, (told.amended_because, replaced)))
    yield "amendment_reason", Source("Why the decision was amended", because, "said")
    tally = ", ".join(f"{number} {small(option.label)}" for option, number in camps(told.stood))
    yield "stood_before", Source("Where the disciplines stood before", tally, "said")
    for number, text in enumerate(told.remarks, start=1):
        yield f"remarks.{number}", Source(f"Remark {number} on the decision", text, "said")


def _of_decision(decision: Decision) -> Iterator[tuple[str, Source]]:
    yield "intent", Source("Intent", _label(Intent, decision.intent), "said")
    for plan in decision.plans:
        said = _joined(LesionPlanKind(plan.plan).label, plan.detail)
        yield f"plans.{plan.lesion}", Source(f"Plan for {plan.lesion}", f"{plan.lesion}: {said}", "plans")
    yield "rationale", Source("Why, in the record", decision.rationale, "why")
    guideline = (_label(GuidelineUse, decision.guideline), decision.guideline_name, decision.guideline_reason)
    yield "guideline", Source("Guideline", _joined(*guideline), "why")
    trial = _joined(_label(TrialConsidered, decision.trial), decision.trial_words)
    yield "trial", Source("Trial", trial, "why")
    for number, one in enumerate(decision.dissents, start=1):
        said = _joined(one.who or "For the minutes", one.reason)
        yield f"dissents.{number}", Source(f"Dissent {number}", said, "dissent")
    yield "expires_on", Source("Good until", _day(decision.expires_on), "said")
    back = _joined(_day(decision.re_present_on), decision.re_present_why)
    yield "re_present_on", Source("Back to the board", back, "said")


def _of_actions(decision: Decision) -> Iterator[tuple[str, Source]]:
    for number, action in enumerate(decision.actions, start=1):
        yield f"actions.{number}", Source(f"Action {number}", _action(action), "actions")
        if condition := action.condition:
            said = _joined(condition.detail, condition.owner, _day(condition.due_on))
            yield f"actions.{number}.condition", Source(f"Condition of action {number}", said, "actions")
        if plan_b := action.plan_b:
            said = _joined(what(plan_b.kind, plan_b.detail), plan_b.owner, _day(plan_b.due_on))
            yield f"actions.{number}.plan_b", Source(f"Plan B of action {number}", said, "actions")


def _action(action: Action) -> str:
    lesions = listed(action.lesions) if action.lesions else ""
    return _joined(what(action.kind, action.detail), lesions, action.owner, _day(action.due_on))


def _of_wish(decision: Decision) -> Iterator[tuple[str, Source]]:
    yield "wish", Source("The patient’s wish", decision.wish or "not known", "wish")
    weight = _joined(_label(WishWeight, decision.wish_weight), decision.wish_reason)
    yield "wish_weight", Source("How the wish counted", weight, "wish")


def _label(codes, code: str) -> str:
    return str(codes(code).label) if code else ""


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _day(on: date | None) -> str:
    return day(on) if on else ""
