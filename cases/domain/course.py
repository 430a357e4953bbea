"""How severe was what happened after an operation or intervention? One Clavien-Dindo grade, in words."""

from collections.abc import Mapping
from typing import Any

from cases.domain import scores

MEANS = {
    "none": "no deviation from the normal course",
    "I": "a deviation that needed no other drugs and no intervention",
    "II": "other drugs, transfusion or parenteral nutrition",
    "IIIa": "an intervention without general anaesthesia",
    "IIIb": "an intervention under general anaesthesia",
    "IVa": "life-threatening, at most one organ failing",
    "IVb": "life-threatening, several organs failing",
    "V": "death",
}


def score_inputs(said: Mapping[str, Any]) -> dict[str, Any]:
    """What the grade is computed from; of organs nobody counted, none is taken to fail."""
    return {
        "death": bool(said.get("death")),
        "icu_life_threatening": bool(said.get("icu_life_threatening")),
        "organ_dysfunction_count": said.get("organ_dysfunction_count") or 0,
        "intervention": said.get("intervention") or "none",
        "drug_beyond_grade1_or_transfusion_or_tpn": bool(said.get("drug_or_transfusion")),
        "any_deviation": bool(said.get("any_deviation")),
        "disability_at_discharge": bool(said.get("disability_at_discharge")),
    }


def grade(said: Mapping[str, Any]) -> str:
    """Empty where what was said cannot be graded."""
    return scores.compute("clavien_dindo", score_inputs(said)).get("grade", "")


def in_words(grade: str) -> str:
    """IIIad: the grade, what it means, and whether a disability was left."""
    if not grade:
        return ""
    left = grade != "none" and grade.endswith("d")
    means = MEANS[grade.removesuffix("d") if left else grade]
    name = "no complication" if grade == "none" else f"grade {grade}"
    return f"{name}: {means}{', with disability at discharge' if left else ''}"
