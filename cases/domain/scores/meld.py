"""How ill is the liver, as allocation of transplants counts it? MELD, MELD-Na, MELD 3.0.

Three scores with one name: they differ in coefficients, in the cap on creatinine and in when they round.
"""

from decimal import Decimal as D  # noqa: N817 -- formulas stay legible

from cases.domain.scores.inputs import Choice
from cases.domain.scores.laboratory import (
    ALBUMIN_G_DL,
    BILIRUBIN_MG_DL,
    CREATININE_MG_DL,
    DIALYSIS,
    INR,
    SODIUM_MMOL_L,
)
from cases.domain.scores.registry import Output, score
from cases.domain.scores.units import half_up, without_dust

LEAST, MOST = 6, 40
SODIUM_COUNTS_ABOVE = 11  # MELD-Na leaves a MELD(i) of 11 or less as it is

OLDER_MELD = "MELD 3.0 has replaced it in the allocation of the United States (OPTN, July 2023)."
WHO_STILL_USES_IT = (
    "Whether the allocation that you work with still uses it. Eurotransplant has used laboratory MELD, the "
    "United Kingdom uses UKELD and a transplant benefit score; neither was checked for this program."
)


@score(
    id="meld",
    title="MELD",
    version="1",
    source="Kamath PS et al. Hepatology 2001;33:464-470, with the bounds of UNOS",
    family="liver",
    inputs=(BILIRUBIN_MG_DL, INR, CREATININE_MG_DL, DIALYSIS),
    outputs=(Output("raw", decimals=2), Output("score")),
    cautions=(OLDER_MELD, "Some printed tables misprint the coefficient of INR; here it is 11.20."),
    to_confirm=WHO_STILL_USES_IT,
)
def meld(*, bilirubin: D, inr: D, creatinine: D, dialysis_twice_in_week: bool) -> dict:
    """`raw` is unrounded and before the limits 6 and 40; `score` is rounded half up within them.

    In mg/dL; each of the three counts as at least 1, creatinine as at most 4, and as 4 with dialysis.
    """
    raw = without_dust(
        D("9.57") * _ln_creatinine(creatinine, dialysis_twice_in_week, most=4)
        + D("3.78") * _ln(bilirubin)
        + D("11.20") * _ln(inr)
        + D("6.43")
    )
    return {"raw": float(raw), "score": _rounded_within_limits(raw)}


@score(
    id="meld_na",
    title="MELD-Na",
    version="1",
    source="OPTN Policy 9.1.D, in force January 2016 to July 2023",
    family="liver",
    inputs=(BILIRUBIN_MG_DL, INR, CREATININE_MG_DL, DIALYSIS, SODIUM_MMOL_L),
    outputs=(Output("meld_i"), Output("score")),
    cautions=(
        OLDER_MELD,
        "The policy rounds MELD(i) before sodium is added. Programs that round only at the end differ: "
        "mostly by a point, but by as much as 12 where MELD(i) rounds down to 11.",
        "The research formula of 2008 (Kim WR et al. N Engl J Med 2008;359:1018-1026) is another score.",
    ),
    to_confirm=WHO_STILL_USES_IT,
)
def meld_na(*, bilirubin: D, inr: D, creatinine: D, dialysis_twice_in_week: bool, sodium: D) -> dict:
    """`meld_i` is rounded to one decimal, then times ten, at most 40. Only above 11 does sodium count.

    In mg/dL and mmol/L; sodium from 125 to 137, the others within the bounds of MELD.
    """
    unrounded = (
        D("0.957") * _ln_creatinine(creatinine, dialysis_twice_in_week, most=4)
        + D("0.378") * _ln(bilirubin)
        + D("1.120") * _ln(inr)
        + D("0.643")
    )
    meld_i = min(int(half_up(unrounded, 1) * 10), MOST)
    if meld_i <= SODIUM_COUNTS_ABOVE:
        return {"meld_i": meld_i, "score": max(meld_i, LEAST)}
    gap = _sodium_gap(sodium)
    with_sodium = meld_i + D("1.32") * gap - D("0.033") * meld_i * gap
    return {"meld_i": meld_i, "score": _rounded_within_limits(with_sodium)}


@score(
    id="meld3",
    title="MELD 3.0",
    version="1",
    source="Kim WR et al. Gastroenterology 2021;161:1887-1895; OPTN allocation since July 2023",
    family="liver",
    inputs=(
        BILIRUBIN_MG_DL,
        INR,
        CREATININE_MG_DL,
        DIALYSIS,
        SODIUM_MMOL_L,
        Choice("sex_for_meld", codes=("female", "male")),
        ALBUMIN_G_DL,
    ),
    outputs=(Output("raw", decimals=2), Output("score")),
    cautions=(
        "Sex is the value that the allocation policy asks for, a field of its own.",
        "Candidates registered at 12 to 17 years get the addition for female sex whatever their sex; "
        "below 12 years another score applies.",
        "The published formula has no upper limit; allocation stops at 40.",
    ),
)
def meld3(
    *,
    bilirubin: D,
    inr: D,
    creatinine: D,
    dialysis_twice_in_week: bool,
    sodium: D,
    sex_for_meld: str,
    albumin: D,
) -> dict:
    """`raw` is unrounded and before the limits 6 and 40; `score` is rounded half up within them.

    In mg/dL, mmol/L and g/dL; creatinine is at most 3, and 3 with dialysis; albumin from 1.5 to 3.5.
    """
    ln_bilirubin = _ln(bilirubin)
    ln_creatinine = _ln_creatinine(creatinine, dialysis_twice_in_week, most=3)
    sodium_gap = _sodium_gap(sodium)
    albumin_gap = D("3.5") - _clamp(albumin, D("1.5"), D("3.5"))
    raw = without_dust(
        (D("1.33") if sex_for_meld == "female" else 0)
        + D("4.56") * ln_bilirubin
        + D("0.82") * sodium_gap
        - D("0.24") * sodium_gap * ln_bilirubin
        + D("9.09") * _ln(inr)
        + D("11.14") * ln_creatinine
        + D("1.85") * albumin_gap
        - D("1.83") * albumin_gap * ln_creatinine
        + 6
    )
    return {"raw": float(raw), "score": _rounded_within_limits(raw)}


def _ln(value: D) -> D:
    """Values below 1 count as 1, so that none of the terms is negative."""
    return max(value, D(1)).ln()


def _ln_creatinine(creatinine: D, dialysis: bool, *, most: int) -> D:
    """With dialysis it counts as the most, however low it was measured."""
    return D(most).ln() if dialysis else _clamp(creatinine, 1, most).ln()


def _sodium_gap(sodium: D) -> D:
    return 137 - _clamp(sodium, 125, 137)


def _rounded_within_limits(raw: D) -> int:
    return int(_clamp(half_up(raw), LEAST, MOST))


def _clamp(value: D, least: D | int, most: D | int) -> D:
    return min(max(value, D(least)), D(most))
