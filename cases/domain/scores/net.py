"""How aggressive is a neuroendocrine tumour, and could a transplant be discussed? WHO grade, Milan-NET."""

from decimal import Decimal as D  # noqa: N817 -- formulas stay legible

from cases.domain.scores.inputs import Choice, Number, Truth, Whole, between
from cases.domain.scores.registry import Output, score
from cases.domain.scores.units import without_dust


@score(
    id="net_grade_who2022",
    title="Grade of a neuroendocrine tumour (WHO 2022)",
    version="1",
    source="WHO Classification of Tumours, Endocrine and Neuroendocrine Tumours, 5th edition, 2022; "
    "Digestive System Tumours, 5th edition, 2019",
    family="net",
    inputs=(
        Choice("differentiation", codes=("well", "poor")),
        Number("ki67_percent", range=between(0, 100)),
        Number("mitoses_per_2mm2", range=between(0, 500)),
    ),
    outputs=(Output("category"), Output("grade"), Output("discordant_input")),
    cautions=(
        "The higher of Ki-67 and mitoses decides; values between whole numbers are read continuously.",
        "Mitoses are per 2 mm²: ten high-power fields are that only with a field diameter of 0.5 mm.",
        "Grade the primary and the metastasis apart: the grade may rise.",
        "Not for tumours of the lung, which have a scheme of their own.",
    ),
)
def net_grade_who2022(*, differentiation: str, ki67_percent: D, mitoses_per_2mm2: D) -> dict:
    """`category` NET G1, G2, G3 or NEC; `grade` 1 to 3, and none for NEC, which is high grade by definition.

    `discordant_input`: called poorly differentiated with neither Ki-67 nor mitoses above 20; the pathologist
    should be asked.
    """
    ki67, mitoses = without_dust(ki67_percent), without_dust(mitoses_per_2mm2)
    if differentiation == "poor":
        return {"category": "NEC", "grade": None, "discordant_input": ki67 <= 20 and mitoses <= 20}
    grade = max(_grade(ki67, second=3), _grade(mitoses, second=2))
    return {"category": f"NET G{grade}", "grade": grade, "discordant_input": False}


def _grade(value: D, *, second: int) -> int:
    """Grade 2 begins at `second` and ends with 20 inclusive."""
    return 1 if value < second else 2 if value <= 20 else 3


@score(
    id="milan_net",
    title="Milan-NET criteria for transplant",
    version="1",
    source="Mazzaferro V et al. J Hepatol 2007;47:460-466; Mazzaferro V et al. Am J Transplant "
    "2016;16:2892-2902",
    family="net",
    inputs=(
        Whole("net_grade", range=between(1, 3)),
        Truth("primary_portal_drained"),
        Truth("primary_removed_before_transplant"),
        Number("liver_involvement_percent", range=between(0, 100)),
        Number("months_stable_or_response", range=between(0, 600)),
        Number("age_years", range=between(0, 120)),
        Truth("extrahepatic_disease"),
    ),
    outputs=(Output("met_age60"), Output("met_age55"), Output("failed_age60")),
    cautions=(
        "Involvement of exactly 50 % is accepted here; sources say both up to 50 % and less than 50 %.",
        "Some centres ask for a Ki-67 below 10 %, which is stricter than G2: look at Ki-67 itself.",
        "The primary is removed in an operation before the transplant, not in the same one.",
        "The age limit was 55 years in 2007 and is 60 since 2016.",
    ),
    to_confirm="That exactly 50 % of the liver is still within: sources write 'below' and 'at most'.",
)
def milan_net(
    *,
    net_grade: int,
    primary_portal_drained: bool,
    primary_removed_before_transplant: bool,
    liver_involvement_percent: D,
    months_stable_or_response: D,
    age_years: D,
    extrahepatic_disease: bool,
) -> dict:
    """Whether all is met with the age limit of 60 and with that of 55, and what fails with that of 60."""
    age = without_dust(age_years)
    judged = {
        "g1_or_g2": net_grade <= 2,
        "portal_drained_primary": primary_portal_drained,
        "primary_removed_before_transplant": primary_removed_before_transplant,
        "liver_involvement_at_most_50": without_dust(liver_involvement_percent) <= 50,
        "stable_or_response_6_months": without_dust(months_stable_or_response) >= 6,
        "age_limit": age <= 60,
        "no_extrahepatic_disease": not extrahepatic_disease,
    }
    failed = [name for name, met in judged.items() if not met]
    return {"met_age60": not failed, "met_age55": not failed and age <= 55, "failed_age60": failed}
