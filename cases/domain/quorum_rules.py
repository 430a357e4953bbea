"""Which disciplines does a case need in the room, and why?

Four things ask for a discipline: the board always, the question, the disease, and what is being planned. A
board's own rules take the place of what is usual; the tables below are what is usual: conventions of liver
boards, for each board to confirm or to replace.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cases.vocabulary import ActionKind, LesionPlanKind, PrimarySite, QuestionTopic, Specialty

S, T, P = Specialty, QuestionTopic, PrimarySite

# Transplant surgeons and hepatologists both sit as TRANSPLANT; the hepatobiliary surgeon is there as well,
# because whether to transplant is asked against whether to resect.
BY_TOPIC: dict[QuestionTopic, tuple[Specialty, ...]] = {
    T.RESECTION: (S.SURGERY, S.RADIOLOGY),
    T.TRANSPLANT: (S.SURGERY, S.TRANSPLANT),
    T.ABLATION: (S.INTERVENTIONAL,),
    T.EMBOLISATION: (S.INTERVENTIONAL,),
    T.SBRT: (S.RADIATION,),
    T.SYSTEMIC: (S.ONCOLOGY,),
    T.DIAGNOSIS: (S.RADIOLOGY, S.PATHOLOGY),
    T.PALLIATION: (S.NURSING,),
}

BY_DISEASE: dict[PrimarySite, tuple[Specialty, ...]] = {
    P.HCC: (S.TRANSPLANT,),
    P.ICCA: (S.SURGERY, S.ONCOLOGY),
    P.PCCA: (S.SURGERY, S.RADIOLOGY),
    P.COLORECTAL: (S.SURGERY, S.ONCOLOGY),
    P.UNKNOWN_PRIMARY: (S.ONCOLOGY, S.PATHOLOGY),
    P.OTHER: (),
    **dict.fromkeys(
        (
            P.BLADDER,
            P.BREAST,
            P.NET_GEP,
            P.CERVICAL,
            P.OESOPHAGEAL,
            P.GIST,
            P.KIDNEY,
            P.LUNG,
            P.MELANOMA,
            P.PANCREATIC,
            P.PROSTATE,
        ),
        (S.ONCOLOGY,),
    ),
}

# Whatever is planned is judged like a question about it. What is not named here asks for nobody: a scan, a
# blood test or a watchful interval can be arranged by whoever is there.
PLANNED_AS: dict[str, QuestionTopic] = {
    ActionKind.RESECTION: T.RESECTION,
    ActionKind.TRANSPLANT_EVALUATION: T.TRANSPLANT,
    ActionKind.ABLATION: T.ABLATION,
    ActionKind.EMBOLISATION: T.EMBOLISATION,
    ActionKind.RADIOEMBOLISATION: T.EMBOLISATION,
    ActionKind.VEIN_EMBOLISATION: T.EMBOLISATION,
    ActionKind.SBRT: T.SBRT,
    ActionKind.SYSTEMIC: T.SYSTEMIC,
    ActionKind.BIOPSY: T.DIAGNOSIS,
    ActionKind.SUPPORTIVE: T.PALLIATION,
    LesionPlanKind.RESECT: T.RESECTION,
    LesionPlanKind.TRANSPLANT: T.TRANSPLANT,
    LesionPlanKind.ABLATE: T.ABLATION,
    LesionPlanKind.EMBOLISE: T.EMBOLISATION,
    LesionPlanKind.RADIOEMBOLISE: T.EMBOLISATION,
    LesionPlanKind.SBRT: T.SBRT,
    LesionPlanKind.SYSTEMIC: T.SYSTEMIC,
}

WORDS: dict[QuestionTopic, str] = {
    T.RESECTION: "resection",
    T.TRANSPLANT: "transplant",
    T.ABLATION: "ablation",
    T.EMBOLISATION: "embolisation",
    T.SBRT: "stereotactic radiotherapy",
    T.SYSTEMIC: "systemic treatment",
    T.DIAGNOSIS: "the diagnosis",
    T.PALLIATION: "palliative care",
}
ALWAYS = "needed for every case"


@dataclass(frozen=True)
class Need:
    """A discipline that has to be there; `why` reads on after its name, `in_short` where room is short."""

    specialty: Specialty
    why: str
    in_short: str


@dataclass(frozen=True)
class BoardRule:
    """What a board asks for instead: for a question, for a disease, or for a question in a disease."""

    topic: str = ""
    disease: str = ""
    specialties: tuple[str, ...] = ()


def needs(
    *,
    always: Sequence[str],
    topics: Collection[str] = (),
    disease: str = "",
    planned: Iterable[str] = (),
    rules: Iterable[BoardRule] = (),
) -> tuple[Need, ...]:
    """Each discipline once, the board's own first, then in the order of the vocabulary."""
    own = {(rule.topic, rule.disease): tuple(map(Specialty, rule.specialties)) for rule in rules}
    reasons: dict[Specialty, list[str]] = {Specialty(code): [ALWAYS] for code in always}
    for specialty, why in sorted(
        _asked_for(topics, disease, planned, own), key=lambda one: list(Specialty).index(one[0])
    ):
        known = reasons.setdefault(specialty, [])
        if ALWAYS not in known and why not in known:
            known.append(why)
    return tuple(Need(specialty, _said(why), _said(why[:1])) for specialty, why in reasons.items())


Own = dict[tuple[str, str], tuple[Specialty, ...]]


def _asked_for(
    topics: Collection[str], disease: str, planned: Iterable[str], own: Own
) -> Iterator[tuple[Specialty, str]]:
    asked = [topic for topic in T if topic in topics]
    for topic in asked:
        yield from ((one, f"{WORDS[topic]} is asked about") for one in _for_topic(topic, disease, own))
    plans = {PLANNED_AS[code] for code in planned if code in PLANNED_AS}
    for topic in (topic for topic in T if topic in plans):
        yield from ((one, f"{_as_plan(topic)} is planned") for one in _for_topic(topic, disease, own))
    # A rule for a question in this disease speaks for both, unless another question is asked as well.
    if disease and not (asked and all((topic, disease) in own for topic in asked)):
        yield from ((one, _as_disease(disease)) for one in _for_disease(disease, own))


def _for_topic(topic: QuestionTopic, disease: str, own: Own) -> tuple[Specialty, ...]:
    """The most specific that the board has said, else what is usual."""
    for key in ((topic, disease), (topic, "")):
        if key in own:
            return own[key]
    return BY_TOPIC[topic]


def _for_disease(disease: str, own: Own) -> tuple[Specialty, ...]:
    return own.get(("", disease), BY_DISEASE[PrimarySite(disease)])


def _as_plan(topic: QuestionTopic) -> str:
    return "biopsy" if topic == T.DIAGNOSIS else WORDS[topic]


def _as_disease(disease: str) -> str:
    """The name without what stands in brackets after it."""
    if disease in {P.UNKNOWN_PRIMARY, P.OTHER}:
        return "the primary is not known" if disease == P.UNKNOWN_PRIMARY else "of the primary"
    name = PrimarySite(disease).label.split(" (")[0]
    return f"the primary is {name[0].lower()}{name[1:]}"


def _said(reasons: Sequence[str]) -> str:
    return ALWAYS if ALWAYS in reasons else f"because {' and '.join(reasons)}"
