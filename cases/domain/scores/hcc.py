"""How advanced is a hepatocellular carcinoma, and which transplant criteria does it meet?

BCLC, size-and-number criteria, AFP score, LI-RADS. Sizes are those of viable tumour in cm (LI-RADS: mm). A
size on a cut-off is decided by the comparison written here, on what was measured and not on what is shown.
"""

from decimal import Decimal as D  # noqa: N817 -- formulas stay legible

from cases.domain.scores.inputs import Choice, Many, Number, Quantity, Truth, Whole, above, between
from cases.domain.scores.registry import Output, score
from cases.domain.scores.units import without_dust

SIZES = Many("tumour_sizes_cm", of=Number("tumour_sizes_cm", range=above(0, 40)))
MACROVASCULAR_INVASION = Truth("macrovascular_invasion")
EXTRAHEPATIC_SPREAD = Truth("extrahepatic_spread")


@score(
    id="bclc_2022",
    title="BCLC stage (2022)",
    version="1",
    source="Reig M et al. J Hepatol 2022;76:681-693",
    family="hcc",
    inputs=(
        Whole("ecog", range=between(0, 4)),
        Choice("liver_function", codes=("preserved", "end_stage")),
        SIZES,
        MACROVASCULAR_INVASION,
        EXTRAHEPATIC_SPREAD,
        Truth("ecog_cancer_related", optional=True),
    ),
    outputs=(Output("stage"),),
    cautions=(
        "Edition 2022: a single tumour of more than 2 cm is stage A however large; a 2025 update exists.",
        "ECOG 1 or 2 that comes from another illness does not make it stage C; ECOG 3 or 4 is stage D in any "
        "case.",
        "Whether liver function is preserved is a clinical judgement and wider than Child-Pugh A; it is "
        "called end-stage here only in a patient who is not a candidate for transplant.",
        "Some sources limit stage 0 to less than 2 cm; here exactly 2 cm is stage 0.",
    ),
    to_confirm="The order in which stages D, C, then 0, A and B are tested, against the figure of Reig 2022.",
)
def bclc_2022(
    *,
    ecog: int,
    liver_function: str,
    tumour_sizes_cm: tuple[D, ...],
    macrovascular_invasion: bool,
    extrahepatic_spread: bool,
    ecog_cancer_related: bool | None,
) -> dict:
    """Stage "0", "A", "B", "C" or "D", the worst that applies. ECOG counts as caused by the cancer unless
    `ecog_cancer_related` says that it is not."""
    limited_by_cancer = ecog >= 1 and ecog_cancer_related is not False
    if ecog >= 3 or liver_function == "end_stage":
        return {"stage": "D"}
    if macrovascular_invasion or extrahepatic_spread or limited_by_cancer:
        return {"stage": "C"}
    return {"stage": _stage_by_tumour([without_dust(size) for size in tumour_sizes_cm])}


def _stage_by_tumour(sizes: list[D]) -> str:
    if len(sizes) == 1:
        return "0" if sizes[0] <= 2 else "A"
    return "A" if len(sizes) <= 3 and max(sizes) <= 3 else "B"


@score(
    id="hcc_transplant_criteria",
    title="Transplant criteria by size and number",
    version="1",
    source="Milan: Mazzaferro V et al. N Engl J Med 1996;334:693-699; UCSF: Yao FY et al. Hepatology "
    "2001;33:1394-1403; up-to-seven: Mazzaferro V et al. Lancet Oncol 2009;10:35-43; OPTN T2 and UNOS "
    "down-staging: World J Methodol 2022;12:32",
    family="hcc",
    inputs=(SIZES, MACROVASCULAR_INVASION, EXTRAHEPATIC_SPREAD),
    outputs=(
        Output("milan"),
        Output("ucsf"),
        Output("up_to_seven"),
        Output("up_to_seven_sum", decimals=1, cuts=("7",)),
        Output("optn_t2"),
        Output("unos_downstaging_eligible"),
    ),
    cautions=(
        "Only viable nodules of at least 1 cm are entered; after TACE the viable part is measured.",
        "UCSF is not wider than Milan throughout: three nodules of 3 cm are within Milan and outside UCSF.",
        "Up-to-seven also asks for no microvascular invasion, which is not known before surgery.",
        "Limits of AFP and waiting times of an allocation body come on top and are not judged here.",
    ),
)
def hcc_transplant_criteria(
    *, tumour_sizes_cm: tuple[D, ...], macrovascular_invasion: bool, extrahepatic_spread: bool
) -> dict:
    """Each set of criteria true or false, all false with macrovascular invasion or extrahepatic spread.

    `up_to_seven_sum` is the number of nodules plus the largest in cm, told in any case.
    """
    sizes = [without_dust(size) for size in tumour_sizes_cm]
    number_and_largest = len(sizes) + max(sizes)
    within = {
        "milan": _within(sizes, single=5, each=3),
        "ucsf": _within(sizes, single=D("6.5"), each=D("4.5"), total=8),
        "up_to_seven": number_and_largest <= 7,
        "optn_t2": _within(sizes, single=5, each=3) and min(sizes) >= (2 if len(sizes) == 1 else 1),
        "unos_downstaging_eligible": _may_be_downstaged(sizes),
    }
    confined = not (macrovascular_invasion or extrahepatic_spread)
    return {name: confined and fits for name, fits in within.items()} | {
        "up_to_seven_sum": float(number_and_largest)
    }


def _within(sizes: list[D], *, single: D | int, each: D | int, total: D | int | None = None) -> bool:
    """One nodule up to `single`, or two or three up to `each` whose diameters sum up to `total`."""
    if len(sizes) == 1:
        return sizes[0] <= single
    return len(sizes) <= 3 and max(sizes) <= each and (total is None or sum(sizes) <= total)


def _may_be_downstaged(sizes: list[D]) -> bool:
    if len(sizes) == 1:
        return 5 < sizes[0] <= 8
    if sum(sizes) > 8 or len(sizes) > 5:
        return False
    return 3 < max(sizes) <= 5 if len(sizes) <= 3 else max(sizes) < 3


@score(
    id="afp_score",
    title="AFP score",
    version="1",
    source="Duvoux C et al. Gastroenterology 2012;143:986-994",
    family="hcc",
    inputs=(
        Number("largest_cm", range=above(0, 40)),
        Whole("nodule_count", range=between(1, 100)),
        Quantity("afp", unit="ng/mL", range=between(0, 10_000_000)),
    ),
    outputs=(Output("score"), Output("risk")),
    cautions=("The cut-offs of AFP are in ng/mL: 90 IU/mL are about 109 ng/mL and score 2.",),
    to_confirm="That 1 IU/mL of AFP is 1.21 ng/mL, against the method of the laboratory; results in ng/mL "
    "or µg/L are not concerned.",
)
def afp_score(*, largest_cm: D, nodule_count: int, afp: D) -> dict:
    """0 to 9 points; up to 2 low risk of recurrence after transplant, more high. A value on a cut-off scores
    the lower points."""
    largest = without_dust(largest_cm)
    size_points = 0 if largest <= 3 else 1 if largest <= 6 else 4
    number_points = 0 if nodule_count <= 3 else 2
    afp_points = 0 if afp <= 100 else 2 if afp <= 1000 else 3
    total = size_points + number_points + afp_points
    return {"score": total, "risk": "low" if total <= 2 else "high"}


@score(
    id="lirads_2018",
    title="LI-RADS CT/MRI v2018, diagnostic table",
    version="1",
    source="American College of Radiology, CT/MRI LI-RADS v2018 Core",
    family="hcc",
    inputs=(
        Truth("nonrim_aphe"),
        Number("size_mm", range=above(0, 500)),
        Truth("washout"),
        Truth("capsule"),
        Truth("threshold_growth"),
    ),
    outputs=(Output("category"),),
    cautions=(
        "The diagnostic table only: LR-1, LR-2, LR-M, LR-TIV, LR-NC and treatment response come from the "
        "radiologist, and so does a shift by ancillary features, which never leads to LR-5.",
        "Threshold growth is at least 50 % in size within 6 months; washout is non-peripheral.",
        "Hyperenhancing and 10 to 19 mm: a capsule alone is LR-4, washout or growth alone LR-5.",
        "The class 5 of OPTN is another table.",
    ),
    to_confirm="To whom it applies (adults with cirrhosis, chronic hepatitis B, or present or past HCC; not "
    "below 18 years, not in cirrhosis from congenital hepatic fibrosis or vascular disorders), against "
    "LI-RADS v2018 Core.",
)
def lirads_2018(
    *, nonrim_aphe: bool, size_mm: D, washout: bool, capsule: bool, threshold_growth: bool
) -> dict:
    """Category LR-3, LR-4 or LR-5 from size, non-rim arterial hyperenhancement and further major features."""
    size = without_dust(size_mm)
    features = washout + capsule + threshold_growth
    if not nonrim_aphe:
        enough = 2 if size < 20 else 1
        return {"category": "LR-4" if features >= enough else "LR-3"}
    if size >= 20:
        return {"category": "LR-5" if features else "LR-4"}
    capsule_alone = capsule and features == 1
    with_features = "LR-4" if size < 10 or capsule_alone else "LR-5"
    return {"category": with_features if features else "LR-3"}
