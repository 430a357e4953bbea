"""Did the talk move the board from where it stood when the case was opened?"""

from collections import Counter
from collections.abc import Iterable, Mapping

from cases.domain.before_the_talk import in_words
from cases.domain.read_back import listed
from cases.domain.recommendation import Decision
from cases.vocabulary import ActionKind, LesionPlanKind, Opinion, TrialConsidered

_NAMES = {
    Opinion.RESECT: "resection",
    Opinion.RESECT_AFTER_DOWNSIZING: "resection after downsizing",
    Opinion.ABLATE: "ablation",
    Opinion.EMBOLISE: "embolisation (TACE)",
    Opinion.RADIOEMBOLISE: "radioembolisation (Y-90)",
    Opinion.HAI_PUMP: "a hepatic artery infusion pump",
    Opinion.SBRT: "stereotactic radiotherapy",
    Opinion.SYSTEMIC: "systemic treatment",
    Opinion.TRANSPLANT_EVALUATION: "transplant evaluation",
    Opinion.LIVER_DIRECTED_PLUS_SYSTEMIC: "liver-directed plus systemic treatment",
    Opinion.MORE_TESTS: "more tests first",
    Opinion.SURVEILLANCE: "surveillance",
    Opinion.SUPPORTIVE_ONLY: "supportive care only",
    Opinion.REFER_ELSEWHERE: "referral elsewhere",
    Opinion.TRIAL: "a clinical trial",
}
_OF_PLANS = {
    LesionPlanKind.RESECT: Opinion.RESECT,
    LesionPlanKind.ABLATE: Opinion.ABLATE,
    LesionPlanKind.EMBOLISE: Opinion.EMBOLISE,
    LesionPlanKind.RADIOEMBOLISE: Opinion.RADIOEMBOLISE,
    LesionPlanKind.SBRT: Opinion.SBRT,
    LesionPlanKind.SYSTEMIC: Opinion.SYSTEMIC,
    LesionPlanKind.TRANSPLANT: Opinion.TRANSPLANT_EVALUATION,
}
_OF_ACTIONS = {
    ActionKind.RESECTION: Opinion.RESECT,
    ActionKind.TRANSPLANT_EVALUATION: Opinion.TRANSPLANT_EVALUATION,
    ActionKind.ABLATION: Opinion.ABLATE,
    ActionKind.EMBOLISATION: Opinion.EMBOLISE,
    ActionKind.RADIOEMBOLISATION: Opinion.RADIOEMBOLISE,
    ActionKind.SBRT: Opinion.SBRT,
    ActionKind.SYSTEMIC: Opinion.SYSTEMIC,
}
_WITHOUT_TREATMENT = {
    ActionKind.BIOPSY: Opinion.MORE_TESTS,
    ActionKind.IMAGING: Opinion.MORE_TESTS,
    ActionKind.LABORATORY: Opinion.MORE_TESTS,
    ActionKind.SURVEILLANCE: Opinion.SURVEILLANCE,
    ActionKind.SUPPORTIVE: Opinion.SUPPORTIVE_ONLY,
}
_DOWNSIZES = {Opinion.SYSTEMIC, Opinion.EMBOLISE, Opinion.RADIOEMBOLISE}
_LIVER_DIRECTED = {Opinion.ABLATE, Opinion.EMBOLISE, Opinion.RADIOEMBOLISE, Opinion.SBRT}


def moved(stood: Mapping[str, Mapping[str, str]], decision: Decision) -> str:
    """In words; empty where nobody had signed an opinion, or nothing is decided that one could prefer."""
    preferred = Counter(Opinion(said["opinion"]) for said in stood.values() if said.get("opinion"))
    decided = options(decision)
    if not preferred or not decided:
        return ""
    (first, votes), total = preferred.most_common(1)[0], preferred.total()
    if votes * 2 <= total:
        return f"the board was split: {in_words(stood)}; decided {_named(decided)}"
    stood_at = f"{votes} of {total} preferred {_NAMES[first]}"
    if first in {*decided, *_together(decided, decision)}:
        return f"as the majority: {stood_at}"
    return f"moved: {stood_at}; decided {_named(decided)}"


def options(decision: Decision) -> tuple[Opinion, ...]:
    """What is decided, in the words of opinions; tests and care count where nothing treats."""
    plans = [_OF_PLANS.get(LesionPlanKind(one.plan)) for one in decision.plans if one.plan]
    kinds = [ActionKind(one.kind) for one in decision.actions if one.kind]
    treating = _once([*plans, *(_OF_ACTIONS.get(kind) for kind in kinds)])
    return treating or _once(_WITHOUT_TREATMENT.get(kind) for kind in kinds)


def _together(decided: Iterable[Opinion], decision: Decision) -> set[Opinion]:
    """Options that consist of several."""
    parts = set(decided)
    found = {Opinion.TRIAL} if decision.trial == TrialConsidered.OFFERED else set()
    if Opinion.RESECT in parts and parts & _DOWNSIZES:
        found.add(Opinion.RESECT_AFTER_DOWNSIZING)
    if Opinion.SYSTEMIC in parts and parts & _LIVER_DIRECTED:
        found.add(Opinion.LIVER_DIRECTED_PLUS_SYSTEMIC)
    return found


def _once(found: Iterable[Opinion | None]) -> tuple[Opinion, ...]:
    return tuple(dict.fromkeys(one for one in found if one))


def _named(decided: Iterable[Opinion]) -> str:
    return listed([_NAMES[one] for one in decided])
