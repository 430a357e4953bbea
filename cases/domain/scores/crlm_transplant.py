"""Could a transplant for colorectal liver metastases be discussed? Oslo score, TransMet, SECA-II, MTV."""

from decimal import Decimal as D  # noqa: N817 -- formulas stay legible

from cases.domain.scores.crlm import CEA_UG_L, LARGEST_CM
from cases.domain.scores.inputs import Choice, Number, Quantity, Truth, Whole, between
from cases.domain.scores.registry import Contradiction, Output, score
from cases.domain.scores.units import without_dust

ECOG = Whole("ecog", range=between(0, 5))
PRIMARY_RESECTED_R0 = Truth("primary_resected_r0")
EXTRAHEPATIC_DISEASE = Truth("extrahepatic_disease")
LATER_EXCLUSIONS = (
    "Consensus since then also looks at what is not asked here: side of the primary, histology, N2, MSI-high "
    "and a response of less than 6 months."
)


@score(
    id="oslo_score",
    title="Oslo score",
    version="1",
    source="Hagness M et al. Ann Surg 2013;257:800-806",
    family="crlm",
    inputs=(
        LARGEST_CM,
        CEA_UG_L,
        Number("months_primary_resection_to_transplant", range=between(0, 600)),
        Truth("progressive_disease_on_chemo"),
    ),
    outputs=(Output("score"),),
    cautions=("Exactly 5.5 cm, 80 µg/L or 24 months give no point.",),
)
def oslo_score(
    *,
    largest_cm: D,
    cea: D,
    months_primary_resection_to_transplant: D,
    progressive_disease_on_chemo: bool,
) -> dict:
    """0 to 4 points, fewer is better. Before a transplant the months run to the day that is planned."""
    points = (
        without_dust(largest_cm) > D("5.5"),
        cea > 80,
        without_dust(months_primary_resection_to_transplant) < 24,
        progressive_disease_on_chemo,
    )
    return {"score": sum(points)}


@score(
    id="transmet",
    title="TransMet criteria",
    version="1",
    source="Adam R et al. Lancet 2024;404:1107-1118",
    family="crlm",
    inputs=(
        Number("age_years", range=between(0, 120)),
        ECOG,
        PRIMARY_RESECTED_R0,
        Choice("braf", codes=("wild_type", "mutated")),
        EXTRAHEPATIC_DISEASE,
        Truth("unresectable_by_expert_panel"),
        Number("months_disease_control_on_chemo", range=between(0, 600)),
        Whole("chemo_lines", range=between(0, 20)),
        CEA_UG_L,
        Quantity("cea_highest", analyte="cea", unit="ug/L", range=between(0, 1_000_000)),
    ),
    outputs=(Output("met"), Output("failed")),
    cautions=(
        "Any BRAF mutation is outside; BRAF that is not tested is missing, not wild type.",
        "A CEA of exactly 80 µg/L is not below 80; a fall of exactly half from the highest value is enough.",
        LATER_EXCLUSIONS,
    ),
    to_confirm="The trial's limits for platelets (above 80) and leukocytes (above 2.5, both 10⁹/L), against "
    "Adam 2024; they are not asked here.",
)
def transmet(
    *,
    age_years: D,
    ecog: int,
    primary_resected_r0: bool,
    braf: str,
    extrahepatic_disease: bool,
    unresectable_by_expert_panel: bool,
    months_disease_control_on_chemo: D,
    chemo_lines: int,
    cea: D,
    cea_highest: D,
) -> dict:
    """Whether all is met, and by name what is not. Age is in completed years.

    The highest CEA cannot be lower than the present one. `at_most_3_lines` fails without chemotherapy too:
    the trial's patients had one to three lines.
    """
    if cea_highest < cea:
        raise Contradiction("cea_highest")
    return _judged(
        {
            "age_18_65": 18 <= without_dust(age_years) <= 65,
            "ecog_0_1": ecog <= 1,
            "primary_resected_r0": primary_resected_r0,
            "braf_not_mutated": braf == "wild_type",
            "no_extrahepatic_disease": not extrahepatic_disease,
            "definitively_unresectable": unresectable_by_expert_panel,
            "disease_control_3_months": without_dust(months_disease_control_on_chemo) >= 3,
            "at_most_3_lines": 1 <= chemo_lines <= 3,
            "cea_ok": cea < 80 or 2 * cea <= cea_highest,
        }
    )


@score(
    id="seca2",
    title="SECA-II criteria",
    version="1",
    source="Dueland S et al. Ann Surg 2020;271:212-218",
    family="crlm",
    inputs=(
        ECOG,
        PRIMARY_RESECTED_R0,
        EXTRAHEPATIC_DISEASE,
        Number("chemo_response_percent", range=between(-1000, 100)),
        Number("locoregional_response_percent", range=between(-1000, 100)),
        Number("months_from_crc_diagnosis", range=between(0, 600)),
        Number("weeks_of_chemo", range=between(0, 2600)),
    ),
    outputs=(Output("met"), Output("failed")),
    cautions=(
        "A response is positive for shrinkage: 30 is 30 % smaller, -20 is 20 % larger.",
        LATER_EXCLUSIONS,
    ),
    to_confirm="At least 6 weeks of chemotherapy, and limits of 10 cm and of 30 lesions that are not asked "
    "here, against Dueland 2020.",
)
def seca2(
    *,
    ecog: int,
    primary_resected_r0: bool,
    extrahepatic_disease: bool,
    chemo_response_percent: D,
    locoregional_response_percent: D,
    months_from_crc_diagnosis: D,
    weeks_of_chemo: D,
) -> dict:
    """Whether all is met, and by name what is not.

    A response is 10 % or more to chemotherapy (RECIST), or 20 % or more after TACE or Y-90.
    """
    return _judged(
        {
            "ecog_0_1": ecog <= 1,
            "primary_resected_r0": primary_resected_r0,
            "no_extrahepatic_disease": not extrahepatic_disease,
            "response": without_dust(chemo_response_percent) >= 10
            or without_dust(locoregional_response_percent) >= 20,
            "at_least_12_months": without_dust(months_from_crc_diagnosis) >= 12,
            "at_least_6_weeks_chemo": without_dust(weeks_of_chemo) >= 6,
        }
    )


def _judged(criteria: dict[str, bool]) -> dict:
    failed = [name for name, met in criteria.items() if not met]
    return {"met": not failed, "failed": failed}


@score(
    id="crlm_mtv",
    title="Metabolic tumour volume of the liver",
    version="1",
    source="Grut H et al. Ann Nucl Med 2022;36:1073-1081; complete metabolic response: SECA 1 and 2, Scand J "
    "Surg 2026",
    family="crlm",
    inputs=(Quantity("liver_mtv", analyte="volume", unit="mL", range=between(0, 6000)),),
    outputs=(Output("group"),),
    cautions=(
        "A complete metabolic response (0 cm³) is a group of its own and not the best one: these patients "
        "did worse than the others below 70 cm³.",
        "The source leaves exactly 70 cm³ open.",
    ),
)
def crlm_mtv(*, liver_mtv: D) -> dict:
    """complete_metabolic_response at 0 cm³ on FDG PET/CT, low below 70, at_cut_off at 70, else high."""
    if liver_mtv == 0:
        return {"group": "complete_metabolic_response"}
    if liver_mtv == 70:
        return {"group": "at_cut_off"}
    return {"group": "low" if liver_mtv < 70 else "high"}
