"""How does a decision sound when it is read back to the room? One paragraph, made by rule from its parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.domain.recommendation import Action, Decision
from cases.vocabulary import ActionKind, Intent, Specialty, WishWeight

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
_FEW = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Part:
    """A stretch of the paragraph; `lacking` marks what is not said yet."""

    text: str
    lacking: bool = False


def read_back(decision: Decision, *, quorum_missing: Sequence[str] = ()) -> str:
    return "".join(part.text for part in parts(decision, quorum_missing=quorum_missing))


def parts(decision: Decision, *, quorum_missing: Sequence[str] = ()) -> list[Part]:
    sentences = [
        _plan(decision),
        _dissent(decision),
        _wish(decision),
        _quorum(quorum_missing),
    ]
    spoken = [sentence for sentence in sentences if sentence]
    return [part for number, sentence in enumerate(spoken) for part in _spaced(number, sentence)]


def _spaced(number: int, sentence: list[Part]) -> list[Part]:
    return [Part(" "), *sentence] if number else sentence


def _plan(decision: Decision) -> list[Part]:
    intent = (
        Part(_INTENTS[Intent(decision.intent)])
        if decision.intent
        else Part("Intent not chosen", lacking=True)
    )
    if not decision.actions:
        return [intent, Part(": "), Part("no action", lacking=True), Part(".")]
    said = [intent, Part(": ")]
    many = len(decision.actions) > 1
    for number, action in enumerate(decision.actions, start=1):
        said += [Part("; ")] if number > 1 else []
        said += [Part(f"({number}) ")] if many else []
        said += _action(action)
    return [*said, Part(".")]


def _action(action: Action) -> list[Part]:
    owner = Part(action.owner) if action.owner else Part("no owner", lacking=True)
    due = Part(f"by {day(action.due_on)}") if action.due_on else Part("no date", lacking=True)
    said = [_what(action), Part(f"{_on(action.lesions)} ("), owner, Part(", "), due, Part(")")]
    if action.condition:
        said.append(Part(f", only if {_condition(action.condition.detail)}"))
    if action.plan_b:
        said.append(Part(f", otherwise {_clause(action.plan_b.detail)}"))
    return said


def _what(action: Action) -> Part:
    detail = _clause(action.detail)
    if not action.kind:
        return Part(detail or "something not named", lacking=True)
    return Part(f"{_kind(action.kind)}, {detail}" if detail else _kind(action.kind))


def _kind(code: str) -> str:
    label = ActionKind(code).label
    return label[0].lower() + label[1:]


def _on(lesions: Sequence[str]) -> str:
    return f", for {listed(lesions)}" if lesions else ""


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
    reason = f": {_clause(decision.wish_reason)}" if decision.wish_reason.strip() else ""
    return [Part(f"{_WEIGHTS[WishWeight(decision.wish_weight)]}{reason}.")]


def _quorum(missing: Sequence[str]) -> list[Part]:
    if not missing:
        return []
    verb = "was" if len(missing) == 1 else "were"
    who = listed([Specialty(code).label.lower() for code in missing])
    return [Part(f"The board was not quorate: {who} {verb} absent.")]


def listed(words: Iterable[str]) -> str:
    """L1, L2 and L4."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def day(on: date) -> str:
    return on.strftime("%d-%b-%Y")


def _condition(text: str) -> str:
    """The field is called "only if", and people write the "if" once more."""
    clause = _clause(text)
    return clause[3:] if clause.lower().startswith("if ") else clause


def _clause(text: str) -> str:
    """What people type, fit to stand inside a sentence."""
    return " ".join(text.split()).rstrip(".;,")
