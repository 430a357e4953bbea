"""What does an outcome letter say to a referrer or a general practitioner, sentence by sentence?

Each sentence is made by rule from the decision and names the fields that it comes from.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from cases.domain.read_back import day, listed
from cases.domain.recommendation import Action, Decision, Dissent, PlanFor
from cases.vocabulary import (
    ActionKind,
    GuidelineUse,
    Intent,
    LesionPlanKind,
    LetterKind,
    Opinion,
    TrialConsidered,
    WishWeight,
)

_AIMS = {
    Intent.CURATIVE: "The intent is curative.",
    Intent.DISEASE_CONTROL: "The intent is to control the disease.",
    Intent.SYMPTOM_RELIEF: "The intent is to relieve symptoms.",
    Intent.CLARIFY: "The intent is to clarify first.",
}
_TRIALS = {
    TrialConsidered.OFFERED: "A trial is offered",
    TrialConsidered.NONE_FITS: "A trial was considered and none fits",
    TrialConsidered.NOT_CONSIDERED: "A trial was not considered",
}
_WISHES = {
    WishWeight.FOLLOWED: "The decision follows this wish",
    WishWeight.IN_PART: "The decision follows this wish in part",
    WishWeight.NOT_FOLLOWED: "The decision does not follow this wish",
}


@dataclass(frozen=True)
class Sentence:
    """One paragraph of a letter. `to_write`: a person has to find the words; the sources stand beside."""

    key: str
    text: str
    sources: tuple[str, ...]
    to_write: bool = False


@dataclass(frozen=True)
class Occasion:
    """What a letter needs to know beside the decision."""

    board: str
    met_on: date
    addressee: str
    referrer: str
    question: str
    provisional: str = ""  # why the decision is not final, empty when it is
    waiting: bool = True  # of a provisional decision: somebody has yet to say whether they agree
    objected: int = 0  # and so many do not
    replaces: date | None = None  # when the letter was sent that this one replaces
    amended_because: str = ""
    stood: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()  # added to a signed decision in earlier days


def clinical(decision: Decision, told: Occasion, *, kind: str) -> tuple[Sentence, ...]:
    """The letter between doctors: all that was decided, in the words of the record."""
    return (
        opening(told, kind=kind),
        *_state(told),
        Sentence("question", told.question, ("question",)),
        Sentence("intent", _AIMS[Intent(decision.intent)], ("intent",)),
        *map(_plan, decision.plans),
        *_remarks(told),
        *(_action(action, number) for number, action in enumerate(decision.actions, start=1)),
        Sentence("why", decision.rationale, ("rationale",)),
        *_guideline(decision),
        *_trial(decision),
        _wish(decision),
        *_split(told),
        *(_dissent(one, number) for number, one in enumerate(decision.dissents, start=1)),
        *_until(decision),
        closing(told, kind=kind),
    )


def opening(told: Occasion, *, kind: str) -> Sentence:
    about = (
        f"thank you for referring your patient to {told.board}."
        if kind == LetterKind.REFERRER
        else f"your patient was referred to {told.board} by {told.referrer}."
    )
    met = f"The board discussed the case on {day(told.met_on)} and recommends what follows."
    return Sentence("opening", f"Dear {told.addressee},\n\n{about} {met}", ("meeting", "addressee"))


def closing(told: Occasion, *, kind: str) -> Sentence:
    talk = (
        "Please discuss this recommendation with your patient. "
        if kind == LetterKind.REFERRER
        else f"{told.referrer} discusses it with your patient. "
    )
    changed = (
        "If something has changed since, or the patient decides otherwise, "
        f"tell {told.board}, so that the case can be brought again."
    )
    return Sentence("closing", talk + changed, ())


def camps(stood: Mapping[str, Mapping[str, str]]) -> list[tuple[Opinion, int]]:
    """How many disciplines preferred which option: most first, of equals in the order of the vocabulary."""
    order = list(Opinion)
    counted = Counter(Opinion(said["opinion"]) for said in stood.values() if said.get("opinion"))
    return sorted(counted.items(), key=lambda one: (-one[1], order.index(one[0])))


def is_split(stood: Mapping[str, Mapping[str, str]]) -> bool:
    """Two options or more, and none that more than half preferred."""
    found = camps(stood)
    return len(found) > 1 and found[0][1] * 2 <= sum(number for _, number in found)


def small(label: object) -> str:
    """A label inside a sentence; LR-5 and TACE keep their capitals."""
    text = str(label)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def clause(text: str) -> str:
    """What people type, fit to stand inside a sentence."""
    return " ".join(text.split()).rstrip(".;,")


def only_if(text: str) -> str:
    """The field is called "only if", and people write the "if" once more."""
    said = clause(text)
    return said[3:] if said.lower().startswith("if ") else said


def _state(told: Occasion) -> Iterator[Sentence]:
    if told.replaces:
        because = (
            f" The decision was amended: {clause(told.amended_because)}." if told.amended_because else ""
        )
        yield Sentence(
            "replaces", f"This letter replaces ours of {day(told.replaces)}.{because}", ("amendment_reason",)
        )
    if told.provisional:
        yield Sentence("provisional", f"{told.provisional} The decision may still change.", ("quorum",))


def _plan(plan: PlanFor) -> Sentence:
    detail = f", {clause(plan.detail)}" if plan.detail else ""
    said = f"{plan.lesion}: {small(LesionPlanKind(plan.plan).label)}{detail}."
    return Sentence(f"plan-{plan.lesion}", said, (f"plans.{plan.lesion}",))


def _remarks(told: Occasion) -> Iterator[Sentence]:
    for number, text in enumerate(told.remarks, start=1):
        yield Sentence(f"remark-{number}", text, (f"remarks.{number}",))


def _action(action: Action, number: int) -> Sentence:
    at = f"actions.{number}"
    lesions = f" for {listed(action.lesions)}" if action.lesions else ""
    said = [f"{what(action.kind, action.detail)}{lesions}: {_who(action.owner, action.due_on)}."]
    sources = [at]
    if condition := action.condition:
        who = f"; {condition.owner} finds out{_by(condition.due_on)}" if condition.owner else ""
        said.append(f"Only if {only_if(condition.detail)}{who}.")
        sources.append(f"{at}.condition")
    if plan_b := action.plan_b:
        who = f": {_who(plan_b.owner, plan_b.due_on)}" if plan_b.owner else ""
        said.append(f"Otherwise {small(what(plan_b.kind, plan_b.detail))}{who}.")
        sources.append(f"{at}.plan_b")
    return Sentence(f"action-{number}", " ".join(said), tuple(sources))


def what(kind: str, detail: str) -> str:
    named = ActionKind(kind).label if kind else ""
    return ", ".join(filter(None, (named, clause(detail))))


def _who(owner: str, due_on: date | None) -> str:
    return f"{owner},{_by(due_on)}" if due_on else owner


def _by(due_on: date | None) -> str:
    return f" by {day(due_on)}" if due_on else ""


def _guideline(decision: Decision) -> Iterator[Sentence]:
    name = clause(decision.guideline_name) or "the guideline"
    said = {
        GuidelineUse.FOLLOWED: f"This follows {name}.",
        GuidelineUse.DEPARTS: f"This departs from {name}: {clause(decision.guideline_reason)}.",
        GuidelineUse.NONE_APPLIES: "No guideline applies.",
    }
    if decision.guideline:
        yield Sentence("guideline", said[GuidelineUse(decision.guideline)], ("guideline",))


def _trial(decision: Decision) -> Iterator[Sentence]:
    if decision.trial:
        words = f": {clause(decision.trial_words)}" if decision.trial_words else ""
        yield Sentence("trial", f"{_TRIALS[TrialConsidered(decision.trial)]}{words}.", ("trial",))


def _wish(decision: Decision) -> Sentence:
    if decision.wish_weight == WishWeight.NOT_KNOWN or not decision.wish:
        return Sentence("wish", "The patient’s wish was not known to the board.", ("wish",))
    reason = f": {clause(decision.wish_reason)}" if decision.wish_reason else ""
    counted = f"{_WISHES[WishWeight(decision.wish_weight)]}{reason}."
    return Sentence("wish", f"“{decision.wish}”\n\n{counted}", ("wish", "wish_weight"))


def _split(told: Occasion) -> Iterator[Sentence]:
    if is_split(told.stood):
        tally = ", ".join(f"{number} {small(option.label)}" for option, number in camps(told.stood))
        yield Sentence(
            "split", f"Before the discussion the disciplines were divided: {tally}.", ("stood_before",)
        )


def _dissent(one: Dissent, number: int) -> Sentence:
    who = f"{one.who} sees" if one.who else "Not all agreed; one member of the board sees"
    return Sentence(
        f"dissent-{number}", f"{who} it otherwise: {clause(one.reason)}.", (f"dissents.{number}",)
    )


def _until(decision: Decision) -> Iterable[Sentence]:
    if decision.expires_on:
        said = f"Good until {day(decision.expires_on)}; if nothing has begun by then, the board looks again."
        yield Sentence("until", said, ("expires_on",))
    if decision.re_present_on:
        why = f", to answer: {clause(decision.re_present_why)}" if decision.re_present_why else ""
        back = f"The case comes back to the board on {day(decision.re_present_on)}{why}"
        yield Sentence("back", back if back.endswith("?") else f"{back}.", ("re_present_on",))
