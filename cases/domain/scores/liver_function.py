"""How well does the liver work? Child-Pugh, ALBI with mALBI, MELD 3.0.

Everything is decimal arithmetic on unrounded values. A value on a cut-off is decided by the comparison
written here; rounding is for display only.
"""

from decimal import Decimal as D  # noqa: N817 -- formulas stay legible

from cases.domain.scores.inputs import Choice, Quantity, Truth, above, between
from cases.domain.scores.inputs import Number as PlainNumber
from cases.domain.scores.registry import Output, score
from cases.domain.scores.units import half_up, without_dust
from cases.vocabulary import Ascites, Encephalopathy

BILIRUBIN_MG_DL = Quantity("bilirubin", unit="mg/dL", range=above(0, 100))
BILIRUBIN_UMOL_L = Quantity("bilirubin", unit="umol/L", range=above(0, 1710))  # the same bound in umol/L
ALBUMIN_G_DL = Quantity("albumin", unit="g/dL", range=above("0.5", 7))
ALBUMIN_G_L = Quantity("albumin", unit="g/L", range=above(5, 70))
CREATININE_MG_DL = Quantity("creatinine", unit="mg/dL", range=above(0, 40))
SODIUM_MMOL_L = Quantity("sodium", unit="mmol/L", range=above(80, 200))
DIALYSIS = Truth("dialysis_twice_in_week")

ASCITES_POINTS = {Ascites.NONE: 1, Ascites.MILD: 2, Ascites.SEVERE: 3}
ENCEPHALOPATHY_POINTS = {Encephalopathy.NONE: 1, Encephalopathy.MILD: 2, Encephalopathy.SEVERE: 3}


@score(
    id="child_pugh",
    title="Child-Pugh",
    version="1",
    source="Pugh RNH et al. Br J Surg 1973;60:646-649",
    inputs=(
        BILIRUBIN_MG_DL,
        ALBUMIN_G_DL,
        PlainNumber("inr", range=between("0.5", 20)),
        Choice("ascites", codes=tuple(code.value for code in Ascites)),
        Choice("encephalopathy", codes=tuple(code.value for code in Encephalopathy)),
    ),
    outputs=(Output("score"), Output("class"), Output("points")),
    cautions=(
        "For chronic liver disease only; in a patient with a healthy liver it does not apply.",
        "In primary biliary and primary sclerosing cholangitis other bilirubin cut-offs are in use.",
    ),
)
def child_pugh(*, bilirubin: D, albumin: D, inr: D, ascites: str, encephalopathy: str) -> dict:
    """5 to 15 points, A 5-6, B 7-9, C 10-15. A value exactly on a cut-off scores 2."""
    points = {
        "bilirubin": _band(bilirubin, D("2.0"), D("3.0")),
        "albumin": 4 - _band(albumin, D("2.8"), D("3.5")),
        "inr": _band(inr, D("1.7"), D("2.3")),
        "ascites": ASCITES_POINTS[Ascites(ascites)],
        "encephalopathy": ENCEPHALOPATHY_POINTS[Encephalopathy(encephalopathy)],
    }
    total = sum(points.values())
    letter = "A" if total <= 6 else "B" if total <= 9 else "C"
    return {"score": total, "class": letter, "points": points}


def _band(value: D, low: D, high: D) -> int:
    """1 below `low`, 2 from `low` to `high` inclusive, 3 above."""
    if value < low:
        return 1
    return 2 if value <= high else 3


@score(
    id="albi",
    title="ALBI and mALBI",
    version="1",
    source="Johnson PJ et al. J Clin Oncol 2015;33:550-558; mALBI: Hiraoka A et al. Dig Dis 2017",
    inputs=(BILIRUBIN_UMOL_L, ALBUMIN_G_L),
    outputs=(Output("score", decimals=2), Output("grade"), Output("malbi")),
    cautions=(
        "The grade follows from the unrounded score: a displayed −1.39 can be grade 2 or 3.",
        "The cut between 2a and 2b (−2.270) is to be confirmed locally before it is relied on.",
    ),
)
def albi(*, bilirubin: D, albumin: D) -> dict:
    """0.66 log10(bilirubin in umol/L) - 0.085 albumin in g/L; grade 1 to -2.60, grade 2 to -1.39, else 3."""
    value = without_dust(D("0.66") * bilirubin.log10() - D("0.085") * albumin)
    grade = 1 if value <= D("-2.60") else 2 if value <= D("-1.39") else 3
    malbi = str(grade) if grade != 2 else "2a" if value <= D("-2.270") else "2b"
    return {"score": float(value), "grade": grade, "malbi": malbi}


@score(
    id="meld3",
    title="MELD 3.0",
    version="1",
    source="Kim WR et al. Gastroenterology 2021;161:1887-1895; OPTN allocation since July 2023",
    inputs=(
        BILIRUBIN_MG_DL,
        PlainNumber("inr", range=above(0, 20)),
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
    """`raw` is unrounded and before the limits 6 and 40; `score` is rounded half up within them."""
    ln_bilirubin = max(bilirubin, D(1)).ln()
    ln_inr = max(inr, D(1)).ln()
    ln_creatinine = (D(3) if dialysis_twice_in_week else _clamp(creatinine, 1, 3)).ln()
    sodium_gap = 137 - _clamp(sodium, 125, 137)
    albumin_gap = D("3.5") - _clamp(albumin, D("1.5"), D("3.5"))
    raw = without_dust(
        (D("1.33") if sex_for_meld == "female" else 0)
        + D("4.56") * ln_bilirubin
        + D("0.82") * sodium_gap
        - D("0.24") * sodium_gap * ln_bilirubin
        + D("9.09") * ln_inr
        + D("11.14") * ln_creatinine
        + D("1.85") * albumin_gap
        - D("1.83") * albumin_gap * ln_creatinine
        + 6
    )
    return {"raw": float(raw), "score": int(_clamp(half_up(raw), 6, 40))}


def _clamp(value: D, least: D | int, most: D | int) -> D:
    return min(max(value, D(least)), D(most))
