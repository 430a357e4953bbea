"""What do the words of a tumour board mean, said plainly?

The meanings are common knowledge, in words that a twelve-year-old reads. They explain and advise nothing.
"""

import re
from dataclasses import dataclass

from cases.vocabulary import ActionKind, Intent, LesionPlanKind, Opinion, WishWeight


@dataclass(frozen=True)
class Term:
    name: str
    found_as: str  # the beginnings by which a text uses the word
    meaning: str


TERMS = (
    Term("Ablation", "ablat", "Killing a spot with heat or cold. A thin needle is put into the spot."),
    Term("Biopsy", "biops", "Taking a tiny piece with a needle, to look at it closely."),
    Term("Chemotherapy", "chemotherap|chemo", "Drugs that kill fast-growing cells all over the body."),
    Term("CT scan", "ct", "Pictures of the inside of the body, made with X-rays."),
    Term("Embolisation", "emboli[sz]", "Blocking the blood flow to a spot, so that it starves."),
    Term("Immunotherapy", "immunotherap", "Drugs that help the body to fight the disease itself."),
    Term("Lesion", "lesion", "A spot that does not look like the rest of the liver."),
    Term("Liver remnant", "remnant", "The part of the liver that stays after an operation."),
    Term("Metastasis", "metasta", "A spot that has spread from somewhere else in the body."),
    Term("MRI scan", "mri", "Pictures of the inside of the body, made with magnets."),
    Term("Palliative care", "palliat", "Care that eases pain and other troubles at any time."),
    Term("Portal vein", "portal vein", "The big vein that brings blood from the gut to the liver."),
    Term("Radioembolisation", "radioemboli[sz]", "Tiny beads that give off rays are washed into a spot."),
    Term("Radiotherapy", "radiotherap", "Treating a spot with strong rays from outside the body."),
    Term("Resection", "resect|hepatectom", "An operation to take out the part that is ill."),
    Term("Segment", "segment", "One of the eight parts that doctors divide the liver into."),
    Term("Stent", "stent", "A small tube that keeps a duct or a vessel open."),
    Term("Surveillance", "surveillance", "Check-ups with scans and blood tests at set times."),
    Term("Systemic treatment", "systemic", "Drugs that reach the whole body through the blood."),
    Term("Transplant", "transplant", "Taking out the ill liver and putting in a healthy one."),
    Term("Trial", "trial", "A study in which people help to find out which care works best."),
    Term("Tumour", "tumour", "A lump of cells that grow when they should not."),
    Term("Tumour board", "tumour board", "A team that meets to talk about what is best for you."),
)

AIMS = {
    Intent.CURATIVE: "The aim is to get rid of the disease.",
    Intent.DISEASE_CONTROL: "The aim is to keep the disease in check for as long as we can.",
    Intent.SYMPTOM_RELIEF: "The aim is to ease what troubles you.",
    Intent.CLARIFY: "The aim is to find out more first.",
}
# What is done to one spot, and to several.
PLANS = {
    LesionPlanKind.RESECT: ("take it out in an operation", "take them out in an operation"),
    LesionPlanKind.ABLATE: (
        "kill it with heat or cold through a thin needle (ablation)",
        "kill them with heat or cold through a thin needle (ablation)",
    ),
    LesionPlanKind.EMBOLISE: ("block its blood flow (embolisation)", "block their blood flow (embolisation)"),
    LesionPlanKind.RADIOEMBOLISE: (
        "treat it with tiny beads that give off rays (radioembolisation)",
        "treat them with tiny beads that give off rays (radioembolisation)",
    ),
    LesionPlanKind.SBRT: (
        "treat it with strong rays from outside (radiotherapy)",
        "treat them with strong rays from outside (radiotherapy)",
    ),
    LesionPlanKind.SYSTEMIC: ("treat it with drugs", "treat them with drugs"),
    LesionPlanKind.TRANSPLANT: (
        "it goes when the liver is replaced (transplant)",
        "they go when the liver is replaced (transplant)",
    ),
    LesionPlanKind.CLARIFY: ("find out more about it first", "find out more about them first"),
    LesionPlanKind.WATCH: ("watch it", "watch them"),
    LesionPlanKind.NO_TREATMENT: ("leave it alone", "leave them alone"),
}
# One step for the patient; none where the words of the record alone say what it is.
STEPS = {
    ActionKind.RESECTION: "An operation to take out the part that is ill.",
    ActionKind.TRANSPLANT_EVALUATION: "Tests to find out if a new liver (transplant) would be right.",
    ActionKind.ABLATION: "Killing a spot with heat or cold through a thin needle (ablation).",
    ActionKind.EMBOLISATION: "Blocking the blood flow to a spot in the liver (embolisation).",
    ActionKind.RADIOEMBOLISATION: "Tiny beads with rays are washed into the liver (radioembolisation).",
    ActionKind.VEIN_EMBOLISATION: "Blocking a vein in the liver to make the good part grow (embolisation).",
    ActionKind.SBRT: "Treating a spot with strong rays from outside the body (radiotherapy).",
    ActionKind.SYSTEMIC: "Treatment with drugs that reach the whole body.",
    ActionKind.BIOPSY: "Taking a tiny piece with a needle, to look at it closely (biopsy).",
    ActionKind.IMAGING: "A scan, to take new pictures.",
    ActionKind.LABORATORY: "A test of your blood or of a piece that was taken.",
    ActionKind.DRAINAGE: "Opening a blocked bile duct, so that bile can flow again.",
    ActionKind.CLINIC: "A visit to the clinic, to talk.",
    ActionKind.SUPPORTIVE: "Care that eases pain and other troubles.",
    ActionKind.SURVEILLANCE: "Check-ups with scans and blood tests at set times.",
}
OPTIONS = {
    Opinion.RESECT: "an operation",
    Opinion.RESECT_AFTER_DOWNSIZING: "drugs to shrink it, then an operation",
    Opinion.ABLATE: "killing it with heat or cold (ablation)",
    Opinion.EMBOLISE: "blocking its blood flow (embolisation)",
    Opinion.RADIOEMBOLISE: "tiny beads that give off rays (radioembolisation)",
    Opinion.HAI_PUMP: "drugs given straight into the liver by a pump",
    Opinion.SBRT: "strong rays from outside (radiotherapy)",
    Opinion.SYSTEMIC: "drugs for the whole body",
    Opinion.TRANSPLANT_EVALUATION: "finding out if a new liver (transplant) would be right",
    Opinion.LIVER_DIRECTED_PLUS_SYSTEMIC: "treating the liver, and drugs for the whole body",
    Opinion.MORE_TESTS: "more tests first",
    Opinion.SURVEILLANCE: "check-ups for now",
    Opinion.SUPPORTIVE_ONLY: "care that eases what troubles you",
    Opinion.REFER_ELSEWHERE: "asking another hospital",
    Opinion.TRIAL: "taking part in a study (trial)",
}
WISHES = {
    WishWeight.FOLLOWED: "Our advice does what you wished.",
    WishWeight.IN_PART: "Our advice does a part of what you wished.",
    WishWeight.NOT_FOLLOWED: "Our advice is not what you wished. It is still your choice.",
    WishWeight.NOT_KNOWN: "We did not know what you wish. Please tell us.",
}


def words_used(text: str) -> tuple[Term, ...]:
    """The terms that stand in this text, to be explained below it."""
    return tuple(term for term in TERMS if re.search(_found(term), text, re.IGNORECASE))


def _found(term: Term) -> str:
    """A short name such as CT is met whole; of a longer one the beginning is enough."""
    return rf"\b(?:{term.found_as})" + (r"\b" if len(term.found_as) < 4 else "")
