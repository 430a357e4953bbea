"""Which parts of a decision does the record itself offer, and where does each come from?

Nothing is taken by itself: a suggestion is somebody's signed words or a computed number in the shape of a
part of the decision. It names no day by which something is due; that is the board's to say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from cases.domain.read_back import day
from cases.domain.recommendation import Decision
from cases.vocabulary import ActionKind, LesionPlanKind, Opinion, Specialty, TrialConsidered

S, K = Specialty, ActionKind


class Doing(NamedTuple):
    """Something to be done, and the discipline that does it."""

    kind: ActionKind
    detail: str = ""
    does: Specialty | None = None


OF_OPINIONS: dict[str, Doing] = {
    Opinion.RESECT: Doing(K.RESECTION, "", S.SURGERY),
    Opinion.RESECT_AFTER_DOWNSIZING: Doing(K.RESECTION, "after downsizing", S.SURGERY),
    Opinion.ABLATE: Doing(K.ABLATION, "", S.INTERVENTIONAL),
    Opinion.EMBOLISE: Doing(K.EMBOLISATION, "", S.INTERVENTIONAL),
    Opinion.RADIOEMBOLISE: Doing(K.RADIOEMBOLISATION, "", S.INTERVENTIONAL),
    Opinion.SBRT: Doing(K.SBRT, "", S.RADIATION),
    Opinion.SYSTEMIC: Doing(K.SYSTEMIC, "", S.ONCOLOGY),
    Opinion.LIVER_DIRECTED_PLUS_SYSTEMIC: Doing(K.SYSTEMIC, "", S.ONCOLOGY),
    Opinion.TRANSPLANT_EVALUATION: Doing(K.TRANSPLANT_EVALUATION, "", S.TRANSPLANT),
    Opinion.SURVEILLANCE: Doing(K.SURVEILLANCE),
    Opinion.SUPPORTIVE_ONLY: Doing(K.SUPPORTIVE),
}
ENLARGE = Doing(K.VEIN_EMBOLISATION, "to enlarge the remnant", S.INTERVENTIONAL)
LOOK_OUTSIDE = Doing(K.IMAGING, "to look for disease outside the liver", S.RADIOLOGY)
REMNANT = "standardised remnant"


@dataclass(frozen=True)
class Voice:
    """A signed opinion: which discipline, what it prefers, who signed and when."""

    specialty: str
    opinion: str
    person_id: Any
    person: str
    signed_on: date

    @property
    def source(self) -> str:
        return f"{Specialty(self.specialty).label}, signed {day(self.signed_on)}"


@dataclass(frozen=True)
class Remnant:
    """What would be left, and how much of it the background of the liver asks for."""

    percent: str
    needed: int


@dataclass(frozen=True)
class Wish:
    words: str
    source: str


@dataclass(frozen=True)
class Known:
    """What a decision may be suggested from. `short_remnant`: None when it is enough, or not known."""

    voices: Sequence[Voice] = ()
    ablatable: Sequence[str] = ()
    short_remnant: Remnant | None = None
    outside_open: str = ""
    wish: Wish | None = None
    trial: str = ""


@dataclass(frozen=True)
class Suggestion:
    """`source` names who said it or what was computed; the rest is what is written when it is taken."""

    id: str
    kind: str
    words: str
    source: str
    already_taken: bool = False
    code: str = ""
    detail: str = ""
    lesion: str = ""
    owner_id: Any = None


def suggestions(known: Known, decision: Decision) -> list[Suggestion]:
    """In the order of the page: lesions, actions, conditions, the wish, a trial."""
    return [
        *_plans(known, decision),
        *_preferred(known, decision),
        *_remnant(known, decision),
        *_outside(known, decision),
        *_wish(known, decision),
        *_trial(known, decision),
    ]


def _plans(known: Known, decision: Decision) -> Iterable[Suggestion]:
    reached = _voice(known, S.INTERVENTIONAL)
    if reached is None:
        return
    planned = {one.lesion: one.plan for one in decision.plans}
    for label in known.ablatable:
        yield Suggestion(
            id=f"plan-{label}",
            kind="plan",
            words=f"{label}: ablate",
            source=f"{reached.source}: can be ablated",
            already_taken=planned.get(label) == LesionPlanKind.ABLATE,
            code=LesionPlanKind.ABLATE,
            lesion=label,
        )


def _preferred(known: Known, decision: Decision) -> Iterable[Suggestion]:
    """One for each thing to be done, however many disciplines prefer it."""
    sources: dict[Doing, list[str]] = {}
    for voice in known.voices:
        if meant := OF_OPINIONS.get(voice.opinion):
            sources.setdefault(meant, []).append(voice.source)
    for doing, told in sources.items():
        yield _action(known, decision, doing, "; ".join(told))


def _remnant(known: Known, decision: Decision) -> Iterable[Suggestion]:
    short = known.short_remnant
    if short is None:
        return
    source = f"Standardised remnant {short.percent}; more than {short.needed} % is needed"
    yield _action(known, decision, ENLARGE, source)
    resections = [one for one in decision.actions if one.kind == K.RESECTION]
    if resections:
        words = f"the {REMNANT} is more than {short.needed} %"
        yield Suggestion(
            id="condition-remnant",
            kind="condition",
            words=f"Resection only if {words}",
            source=source,
            already_taken=any(one.condition and REMNANT in one.condition.detail for one in resections),
            code=K.RESECTION,
            detail=words,
            owner_id=_owner(known, S.RADIOLOGY),
        )


def _outside(known: Known, decision: Decision) -> Iterable[Suggestion]:
    if known.outside_open:
        source = f"Disease outside the liver: {known.outside_open}"
        yield _action(known, decision, LOOK_OUTSIDE, source)


def _wish(known: Known, decision: Decision) -> Iterable[Suggestion]:
    if known.wish:
        taken = decision.wish.strip() == known.wish.words.strip()
        yield Suggestion("wish", "wish", known.wish.words, known.wish.source, taken, detail=known.wish.words)


def _trial(known: Known, decision: Decision) -> Iterable[Suggestion]:
    told = _voice(known, S.ONCOLOGY)
    if known.trial and told:
        taken = decision.trial == TrialConsidered.OFFERED and decision.trial_words == known.trial
        words = f"Offer a trial: {known.trial}"
        yield Suggestion("trial", "trial", words, told.source, taken, detail=known.trial)


def _action(known: Known, decision: Decision, doing: Doing, source: str) -> Suggestion:
    kind, detail, does = doing
    voice = _voice(known, does)
    parts = (str(kind.label), detail, f"by {voice.person}" if voice else "")
    words = ", ".join(part for part in parts if part)
    return Suggestion(
        id=f"action-{kind}-{detail.replace(' ', '-')}".rstrip("-"),
        kind="action",
        words=words,
        source=source,
        already_taken=any(one.kind == kind for one in decision.actions),
        code=kind,
        detail=detail,
        owner_id=voice.person_id if voice else None,
    )


def _voice(known: Known, specialty: Specialty | None) -> Voice | None:
    return next((one for one in known.voices if one.specialty == specialty), None)


def _owner(known: Known, specialty: Specialty) -> Any:
    voice = _voice(known, specialty)
    return voice.person_id if voice else None
