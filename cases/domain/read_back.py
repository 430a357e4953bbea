"""How does a decision sound when it is read back to the room? One paragraph, made by rule from its parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from cases.domain.recommendation import Action, Condition, Decision, PlanB, unplanned
from cases.vocabulary import (
    ActionKind,
    GuidelineUse,
    Intent,
    LesionPlanKind,
    Specialty,
    TrialConsidered,
    WishWeight,
)

_INTENTS = {
    Intent.CURATIVE: "With curative intent",
    Intent.DISEASE_CONTROL: "To control the disease",
    Intent.SYMPTOM_RELIEF: "To relieve symptoms",
    Intent.CLARIFY: "To clarify first",
}
_WEIGHTS = {
    WishWeight.FOLLOWED: "The patient’s wish is followed",
    WishWeight.IN_PART: "The patient’s wish is followed in part",
    WishWeight.NOT_FOLLOWED: "The patient’s wish is not followed",
    WishWeight.NOT_KNOWN: "The patient’s wish is not known",
}
_FATES = {
    LesionPlanKind.RESECT: ("is resected", "are resected"),
    LesionPlanKind.ABLATE: ("is ablated", "are ablated"),
    LesionPlanKind.EMBOLISE: ("is embolised (TACE)", "are embolised (TACE)"),
    LesionPlanKind.RADIOEMBOLISE: ("is radioembolised (Y-90)", "are radioembolised (Y-90)"),
    LesionPlanKind.SBRT: (
        "is treated with stereotactic radiotherapy",
        "are treated with stereotactic radiotherapy",
    ),
    LesionPlanKind.SYSTEMIC: ("is treated systemically", "are treated systemically"),
    LesionPlanKind.TRANSPLANT: ("goes with the liver (transplant)", "go with the liver (transplant)"),
    LesionPlanKind.CLARIFY: ("is clarified first", "are clarified first"),
    LesionPlanKind.WATCH: ("is watched", "are watched"),
    LesionPlanKind.NO_TREATMENT: ("is not treated", "are not treated"),
}
_TRIALS = {
    TrialConsidered.NONE_FITS: "No trial fits",
    TrialConsidered.OFFERED: "A trial is offered",
    TrialConsidered.NOT_CONSIDERED: "No trial was considered",
}
_FEW = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Part:
    """A stretch of the paragraph; `lacking` marks what is not said yet."""

    text: str
    lacking: bool = False


def read_back(decision: Decision, *, viable: Iterable[str] = (), quorum_missing: Sequence[str] = ()) -> str:
    return joined(parts(decision, viable=viable, quorum_missing=quorum_missing))


def joined(paragraph: Iterable[Part]) -> str:
    return "".join(part.text for part in paragraph)


def parts(
    decision: Decision, *, viable: Iterable[str] = (), quorum_missing: Sequence[str] = ()
) -> list[Part]:
    """`viable`: labels of the lesions that need a plan; those without one are marked."""
    sentences = [
        *_plan(decision, unplanned(decision, viable)),
        _guideline(decision),
        _trial(decision),
        _wish(decision),
        _dissent(decision),
        _quorum(quorum_missing),
        _until(decision),
        _back(decision),
    ]
    spoken = [sentence for sentence in sentences if sentence]
    return [part for number, sentence in enumerate(spoken) for part in _spaced(number, sentence)]


def _spaced(number: int, sentence: list[Part]) -> list[Part]:
    return [Part(" "), *sentence] if number else sentence


def _plan(decision: Decision, without: Sequence[str]) -> list[list[Part]]:
    """The intent with what happens to the lesions, then what is to be done; one sentence without lesions."""
    if decision.intent:
        intent = [Part(_INTENTS[Intent(decision.intent)]), Part(": ")]
    else:
        intent = [Part("Intent not chosen", lacking=True), Part(": ")]
    fates, actions = _fates(decision, without), _actions(decision)
    if not fates:
        return [[*intent, *actions, Part(".")]]
    return [[*intent, *fates, Part(".")], [Part("To be done: "), *actions, Part(".")]]


def _fates(decision: Decision, without: Sequence[str]) -> list[Part]:
    """L1 and L2 are resected, L4 is ablated; what is said alike of several lesions is said once."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in decision.plans:
        groups.setdefault((one.plan, _clause(one.detail)), []).append(one.lesion)
    said = [Part(_fate(plan, detail, lesions)) for (plan, detail), lesions in groups.items()]
    if without:
        verb = "has" if len(without) == 1 else "have"
        said.append(Part(f"{listed(without)} {verb} no plan", lacking=True))
    return _joined(said, ", ")


def _fate(plan: str, detail: str, lesions: Sequence[str]) -> str:
    one, several = _FATES[LesionPlanKind(plan)]
    words = f"{listed(lesions)} {one if len(lesions) == 1 else several}"
    return f"{words} ({detail})" if detail else words


def _actions(decision: Decision) -> list[Part]:
    if not decision.actions:
        return [Part("no action", lacking=True)]
    many = len(decision.actions) > 1
    said: list[Part] = []
    for number, action in enumerate(decision.actions, start=1):
        said += [Part("; ")] if number > 1 else []
        said += [Part(f"({number}) ")] if many else []
        said += _action(action)
    return said


def _action(action: Action) -> list[Part]:
    said = [
        _what(action.kind, action.detail),
        Part(f", for {listed(action.lesions)}" if action.lesions else ""),
        *_whose(action.owner, action.due_on),
    ]
    if action.condition:
        said += _condition(action.condition)
    if action.plan_b:
        said += _plan_b(action.plan_b, after_condition=action.condition is not None)
    return said


def _whose(owner: str, due_on: date | None) -> list[Part]:
    return [Part(" ("), _owner(owner), Part(", "), _due(due_on), Part(")")]


def _owner(owner: str) -> Part:
    return Part(owner) if owner else Part("no owner", lacking=True)


def _due(due_on: date | None) -> Part:
    return Part(f"by {day(due_on)}") if due_on else Part("no date", lacking=True)


def _condition(condition: Condition) -> list[Part]:
    words = _without_if(condition.detail)
    what = Part(words) if words else Part("something not named", lacking=True)
    finds = [_owner(condition.owner), Part(" finds out "), _due(condition.due_on)]
    return [Part(", but only if "), what, Part(", which "), *finds]


def _plan_b(plan_b: PlanB, *, after_condition: bool) -> list[Part]:
    word = "; if not, " if after_condition else "; otherwise "
    return [Part(word), _what(plan_b.kind, plan_b.detail), *_whose(plan_b.owner, plan_b.due_on)]


def _what(kind: str, detail: str) -> Part:
    words = _clause(detail)
    if not kind:
        return Part(words or "something not named", lacking=True)
    return Part(f"{_kind(kind)}, {words}" if words else _kind(kind))


def _kind(code: str) -> str:
    label = ActionKind(code).label
    return label[0].lower() + label[1:]


def _guideline(decision: Decision) -> list[Part]:
    name = _clause(decision.guideline_name)
    if decision.guideline == GuidelineUse.FOLLOWED:
        return [Part(f"This follows {name or 'the guideline'}.")]
    if decision.guideline == GuidelineUse.DEPARTS:
        because = _clause(decision.guideline_reason)
        reason = Part(because) if because else Part("the reason is not said", lacking=True)
        return [Part(f"This departs from {name or 'the guideline'}: "), reason, Part(".")]
    return [Part("No guideline applies.")] if decision.guideline else []


def _trial(decision: Decision) -> list[Part]:
    if not decision.trial:
        return []
    return [Part(_with_words(_TRIALS[TrialConsidered(decision.trial)], decision.trial_words))]


def _dissent(decision: Decision) -> list[Part]:
    if not decision.dissents:
        return []
    return [Part(f"{count(len(decision.dissents)).capitalize()} recorded.")]


def count(dissents: int) -> str:
    number = _FEW[dissents] if dissents < len(_FEW) else str(dissents)
    return f"{number} dissent{'' if dissents == 1 else 's'}"


def _wish(decision: Decision) -> list[Part]:
    if not decision.wish_weight:
        return [Part("How the patient’s wish counted is not said.", lacking=True)]
    return [Part(_with_words(_WEIGHTS[WishWeight(decision.wish_weight)], decision.wish_reason))]


def _with_words(sentence: str, words: str) -> str:
    clause = _clause(words)
    end = "" if clause.endswith(("?", "!")) else "."
    return f"{sentence}: {clause}{end}" if clause else f"{sentence}."


def _quorum(missing: Sequence[str]) -> list[Part]:
    if not missing:
        return []
    one = len(missing) == 1
    who = _disciplines([Specialty(code).label.lower() for code in missing])
    return [
        Part(
            f"The board was not quorate: {who} {'was' if one else 'were'} absent."
            f" The decision is provisional until {who} {'has' if one else 'have'} ratified it."
        )
    ]


def _disciplines(names: Sequence[str]) -> str:
    """A discipline with an "and" in its name is kept apart from the next by a comma."""
    if len(names) > 1 and any(" and " in name for name in names):
        return f"{', '.join(names[:-1])}, and {names[-1]}"
    return listed(names)


def _until(decision: Decision) -> list[Part]:
    return [Part(f"Good until {day(decision.expires_on)}.")] if decision.expires_on else []


def _back(decision: Decision) -> list[Part]:
    if decision.re_present_on is None:
        return []
    return [Part(_with_words(f"Back to the board on {day(decision.re_present_on)}", decision.re_present_why))]


def _joined(said: Sequence[Part], between: str) -> list[Part]:
    return [*chain.from_iterable((Part(between), part) for part in said)][1:]


def listed(words: Iterable[str]) -> str:
    """L1, L2 and L4."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def day(on: date) -> str:
    return on.strftime("%d-%b-%Y")


def _without_if(text: str) -> str:
    """The field is called "only if", and people write the "if" once more."""
    clause = _clause(text)
    return clause[3:] if clause.lower().startswith("if ") else clause


def _clause(text: str) -> str:
    """What people type, fit to stand inside a sentence."""
    return " ".join(text.split()).rstrip(".;,")
