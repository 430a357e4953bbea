"""What is the prognosis of colorectal liver metastases, and what stands against resection?

Timing, Fong, Tumour Burden Score, GAME, the modified clinical score and the ESMO categories. Sizes are the
largest diameter in cm; a value on a cut-off is decided by the comparison that is written here.
"""

from decimal import Decimal as D  # noqa: N817 -- formulas stay legible

from cases.domain.scores.inputs import Number, Quantity, Truth, Whole, above, between
from cases.domain.scores.registry import Output, StillMissing, score
from cases.domain.scores.units import without_dust
from cases.domain.timing import timing_after
from cases.vocabulary import Timing

LARGEST_CM = Number("largest_cm", range=above(0, 40))
LIVER_MET_COUNT = Whole("liver_met_count", range=between(1, 500))
CEA_UG_L = Quantity("cea", unit="ug/L", range=between(0, 1_000_000))
PRIMARY_NODE_POSITIVE = Truth("primary_node_positive")
ZONES = ("3", "9")  # of the Tumour Burden Score


@score(
    id="metastasis_timing",
    title="Timing of the metastases",
    version="1",
    source="Siriwardena AK et al. Br J Surg 2023;110:1161-1170",
    family="crlm",
    inputs=(
        Truth("present_at_initial_staging"),
        Number("months_primary_diagnosis_to_metastasis", range=between(0, 600), optional=True),
    ),
    outputs=(Output("timing"),),
    cautions=("Other definitions draw the line at 3, 4 or 6 months: compare dates, not words.",),
)
def metastasis_timing(
    *, present_at_initial_staging: bool, months_primary_diagnosis_to_metastasis: D | None
) -> dict:
    """synchronous, early_metachronous (up to and including 12 months) or late_metachronous.

    The months are needed only for metastases that initial staging did not show. Staging takes its time: what
    it showed is synchronous whatever the months say.
    """
    if present_at_initial_staging:
        return {"timing": Timing.SYNCHRONOUS.lower()}
    if months_primary_diagnosis_to_metastasis is None:
        raise StillMissing("months_primary_diagnosis_to_metastasis")
    return {"timing": timing_after(without_dust(months_primary_diagnosis_to_metastasis)).lower()}


@score(
    id="fong_crs",
    title="Fong clinical risk score",
    version="1",
    source="Fong Y et al. Ann Surg 1999;230:309-318",
    family="crlm",
    inputs=(
        PRIMARY_NODE_POSITIVE,
        Number("disease_free_interval_months", range=between(0, 600)),
        LIVER_MET_COUNT,
        CEA_UG_L,
        LARGEST_CM,
    ),
    outputs=(Output("score"), Output("group")),
    cautions=(
        "Derived before modern chemotherapy. It tells prognosis, not resectability.",
        "Exactly 12 months, 200 µg/L or 5 cm give no point; some calculators count a CEA of 200 already.",
    ),
)
def fong_crs(
    *,
    primary_node_positive: bool,
    disease_free_interval_months: D,
    liver_met_count: int,
    cea: D,
    largest_cm: D,
) -> dict:
    """0 to 5 points, up to 2 low, else high. The interval runs from the primary to the liver metastasis."""
    points = (
        primary_node_positive,
        without_dust(disease_free_interval_months) < 12,
        liver_met_count > 1,
        cea > 200,
        without_dust(largest_cm) > 5,
    )
    return {"score": sum(points), "group": "low" if sum(points) <= 2 else "high"}


@score(
    id="tbs",
    title="Tumour Burden Score",
    version="1",
    source="Sasaki K et al. Ann Surg 2018;267:132-141",
    family="crlm",
    inputs=(LARGEST_CM, LIVER_MET_COUNT),
    outputs=(Output("score", decimals=1, cuts=ZONES), Output("zone")),
    cautions=("The size is in cm. The zone follows from the unrounded score.",),
)
def tbs(*, largest_cm: D, liver_met_count: int) -> dict:
    """Root of (largest in cm squared + number squared); zone 1 below 3, zone 2 below 9, zone 3 from 9."""
    burden = _burden(largest_cm, liver_met_count)
    return {"score": float(burden), "zone": 1 if burden < 3 else 2 if burden < 9 else 3}


def _burden(largest_cm: D, number: int) -> D:
    return without_dust((largest_cm**2 + number**2).sqrt())


@score(
    id="game",
    title="GAME score",
    version="1",
    source="Margonis GA et al. Br J Surg 2018;105:1210-1220",
    family="crlm",
    inputs=(
        Truth("kras_mutated"),
        CEA_UG_L,
        PRIMARY_NODE_POSITIVE,
        LARGEST_CM,
        LIVER_MET_COUNT,
        Truth("extrahepatic_disease"),
    ),
    outputs=(Output("score"), Output("tbs", decimals=1, cuts=ZONES), Output("group")),
    cautions=(
        "It asks for KRAS, where the modified clinical score asks for RAS (KRAS or NRAS).",
        "A CEA of exactly 20 µg/L gives a point; some calculators count only more than 20.",
    ),
)
def game(
    *,
    kras_mutated: bool,
    cea: D,
    primary_node_positive: bool,
    largest_cm: D,
    liver_met_count: int,
    extrahepatic_disease: bool,
) -> dict:
    """0 to 7 points, up to 1 low, up to 3 medium, else high. `tbs` is the Tumour Burden Score within it."""
    burden = _burden(largest_cm, liver_met_count)
    burden_points = 0 if burden < 3 else 1 if burden < 9 else 2
    total = sum((kras_mutated, cea >= 20, primary_node_positive)) + burden_points + 2 * extrahepatic_disease
    group = "low" if total <= 1 else "medium" if total <= 3 else "high"
    return {"score": total, "tbs": float(burden), "group": group}


@score(
    id="mcs_ras",
    title="Modified clinical score with RAS",
    version="1",
    source="Brudvik KW et al. Ann Surg 2019;269:120-126",
    family="crlm",
    inputs=(Truth("ras_mutated"), PRIMARY_NODE_POSITIVE, LARGEST_CM),
    outputs=(Output("score"),),
    cautions=(
        "RAS is KRAS or NRAS: with one of wild type and the other not tested RAS is not known.",
        "A largest metastasis of exactly 5 cm gives no point.",
    ),
)
def mcs_ras(*, ras_mutated: bool, primary_node_positive: bool, largest_cm: D) -> dict:
    """0 to 3 points, one each for a RAS mutation, a node-positive primary and more than 5 cm."""
    return {"score": sum((ras_mutated, primary_node_positive, without_dust(largest_cm) > 5))}


@score(
    id="crlm_resectability_esmo",
    title="Criteria against resection (ESMO, Adam)",
    version="1",
    source="Adam R et al. Oncologist 2012;17:1225-1239; Van Cutsem E et al. Ann Oncol 2016;27:1386-1422",
    family="crlm",
    inputs=(
        Truth("r0_possible"),
        Truth("flr_adequate"),
        Truth("unresectable_extrahepatic_disease"),
        Truth("needs_complex_procedure"),
        Truth("extrahepatic_disease_concern"),
        LIVER_MET_COUNT,
        Truth("progression_on_treatment"),
    ),
    outputs=(Output("technical"), Output("oncological")),
    cautions=(
        "It orders the surgeon's judgements under the names of the guideline and replaces none of them.",
        "Without a possible R0 it says A1; where R1 can be reached the source would say A2.",
    ),
    to_confirm="The categories A1, A2 and B1 to B3, against Adam 2012 and the ESMO guideline of 2016.",
)
def crlm_resectability_esmo(
    *,
    r0_possible: bool,
    flr_adequate: bool,
    unresectable_extrahepatic_disease: bool,
    needs_complex_procedure: bool,
    extrahepatic_disease_concern: bool,
    liver_met_count: int,
    progression_on_treatment: bool,
) -> dict:
    """`technical`: A1 absolute, A2 relative (only by a complex procedure), or "none".

    `oncological`: any of B1 extrahepatic disease, B2 five lesions or more, B3 progression under treatment.
    """
    absolute = not r0_possible or not flr_adequate or unresectable_extrahepatic_disease
    technical = "A1" if absolute else "A2" if needs_complex_procedure else "none"
    concerns = {
        "B1": extrahepatic_disease_concern,
        "B2": liver_met_count >= 5,
        "B3": progression_on_treatment,
    }
    return {"technical": technical, "oncological": [name for name, true in concerns.items() if true]}
