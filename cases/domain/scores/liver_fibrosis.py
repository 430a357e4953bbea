"""How scarred is the liver, judged from blood tests? FIB-4 and APRI."""

from decimal import Decimal as D  # noqa: N817 -- formulas stay legible

from cases.domain.scores.inputs import Number, between
from cases.domain.scores.laboratory import ALT, AST, AST_UPPER_LIMIT, PLATELETS
from cases.domain.scores.registry import Output, score
from cases.domain.scores.units import without_dust

VALIDATED_AGES = (35, 65)
OLDER_FROM = 65  # from this age the fatty-liver bands need 2.00 instead of 1.30


@score(
    id="fib4",
    title="FIB-4",
    version="1",
    source=(
        "Sterling RK et al. Hepatology 2006;43:1317-1325; bands in fatty liver: Shah AG et al. Clin "
        "Gastroenterol Hepatol 2009;7:1104-1112, from 65 years McPherson S et al. Am J Gastroenterol "
        "2017;112:740-751"
    ),
    family="liver",
    inputs=(Number("age_years", range=between(0, 120)), AST, ALT, PLATELETS),
    outputs=(
        Output("score", decimals=2, cuts=("1.30", "1.45", "2.00", "2.67", "3.25")),
        Output("band_1_45_3_25"),
        Output("band_1_30_2_67"),
        Output("age_outside_validated_range"),
    ),
    cautions=(
        "Two sets of bands are in use and can disagree: 1.45 and 3.25 from viral hepatitis, 1.30 and 2.67 "
        "from fatty liver.",
        "Derived in patients of 35 to 65 years.",
    ),
)
def fib4(*, age_years: D, ast: D, alt: D, platelets: D) -> dict:
    """Age x AST / (platelets x root of ALT), in U/L and 10*9/L. A value on a cut-off is indeterminate."""
    value = without_dust(age_years * ast / (platelets * alt.sqrt()))
    low_in_fatty_liver = D("2.00") if age_years >= OLDER_FROM else D("1.30")
    youngest, oldest = VALIDATED_AGES
    return {
        "score": float(value),
        "band_1_45_3_25": _band(value, D("1.45"), D("3.25")),
        "band_1_30_2_67": _band(value, low_in_fatty_liver, D("2.67")),
        "age_outside_validated_range": not youngest <= age_years <= oldest,
    }


def _band(value: D, low: D, high: D) -> str:
    if value < low:
        return "low"
    return "high" if value > high else "indeterminate"


@score(
    id="apri",
    title="APRI",
    version="1",
    source="Wai CT et al. Hepatology 2003;38:518-526",
    family="liver",
    inputs=(AST, AST_UPPER_LIMIT, PLATELETS),
    outputs=(Output("score", decimals=2),),
    cautions=("The upper limit of normal is that of the laboratory which measured the AST.",),
    to_confirm=(
        "How the figure is read, against Wai 2003: usually below 0.5 no significant fibrosis, above 1.5 "
        "significant fibrosis, above 2.0 cirrhosis likely. No band is given here."
    ),
)
def apri(*, ast: D, ast_uln: D, platelets: D) -> dict:
    """100 x (AST / its upper limit of normal) / platelets in 10*9/L."""
    return {"score": float(without_dust(100 * ast / ast_uln / platelets))}
