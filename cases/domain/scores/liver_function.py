"""How well does the liver work? Child-Pugh, ALBI with mALBI, PALBI, and the tree that starts from ICG R15.

Everything is decimal arithmetic on unrounded values. A value on a cut-off is decided by the comparison
written here; rounding is for display only.
"""

from decimal import Decimal as D  # noqa: N817 -- formulas stay legible

from cases.domain.scores.inputs import Choice, Number, Truth, between
from cases.domain.scores.laboratory import (
    ALBUMIN_G_DL,
    ALBUMIN_G_L,
    BILIRUBIN_MG_DL,
    BILIRUBIN_UMOL_L,
    PLATELETS,
)
from cases.domain.scores.registry import Output, score
from cases.domain.scores.units import without_dust
from cases.vocabulary import Ascites, Encephalopathy

ASCITES_POINTS = {Ascites.NONE: 1, Ascites.MILD: 2, Ascites.SEVERE: 3}
ENCEPHALOPATHY_POINTS = {Encephalopathy.NONE: 1, Encephalopathy.MILD: 2, Encephalopathy.SEVERE: 3}

# With a normal bilirubin: the extent that is allowed below each R15 in per cent; 100 itself is in the last.
EXTENTS_BELOW_R15 = (
    (10, "trisectorectomy_or_bisectorectomy"),
    (20, "left_hemihepatectomy_or_right_sectorectomy"),
    (30, "couinaud_segmentectomy"),
    (40, "limited_resection"),
    (101, "enucleation"),
)


@score(
    id="child_pugh",
    title="Child-Pugh",
    version="1",
    source="Pugh RNH et al. Br J Surg 1973;60:646-649",
    family="liver",
    inputs=(
        BILIRUBIN_MG_DL,
        ALBUMIN_G_DL,
        Number("inr", range=between("0.5", 20)),
        Choice("ascites", codes=tuple(code.value for code in Ascites)),
        Choice("encephalopathy", codes=tuple(code.value for code in Encephalopathy)),
    ),
    outputs=(Output("score"), Output("class"), Output("points")),
    cautions=(
        "For chronic liver disease only; in a patient with a healthy liver it does not apply.",
        "In primary biliary and primary sclerosing cholangitis other bilirubin cut-offs are in use.",
        "Some reports round the cut-offs of bilirubin to 34 and 50 umol/L; here they are 34.2 and 51.3.",
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
    family="liver",
    inputs=(BILIRUBIN_UMOL_L, ALBUMIN_G_L),
    outputs=(
        Output("score", decimals=2, cuts=("-2.60", "-2.27", "-1.39")),
        Output("grade"),
        Output("malbi"),
    ),
    cautions=(
        "The grade follows from the unrounded score; next to a cut more decimals are shown.",
        "EZ-ALBI is a different score.",
    ),
    to_confirm="The cut of -2.270 between mALBI 2a and 2b, against Hiraoka 2017.",
)
def albi(*, bilirubin: D, albumin: D) -> dict:
    """0.66 log10(bilirubin in umol/L) - 0.085 albumin in g/L; grade 1 to -2.60, grade 2 to -1.39, else 3."""
    value = without_dust(D("0.66") * bilirubin.log10() - D("0.085") * albumin)
    grade = 1 if value <= D("-2.60") else 2 if value <= D("-1.39") else 3
    malbi = str(grade) if grade != 2 else "2a" if value <= D("-2.270") else "2b"
    return {"score": float(value), "grade": grade, "malbi": malbi}


@score(
    id="palbi",
    title="PALBI",
    version="1",
    source="Liu PH et al. J Gastroenterol Hepatol 2017;32:879-886; as tabulated in Sci Rep 2018;8:4773",
    family="liver",
    inputs=(BILIRUBIN_UMOL_L, ALBUMIN_G_L, PLATELETS),
    outputs=(Output("score", decimals=2, cuts=("-2.53", "-2.09")), Output("grade")),
    cautions=("The grade follows from the unrounded score.",),
)
def palbi(*, bilirubin: D, albumin: D, platelets: D) -> dict:
    """ALBI with platelets, in umol/L, g/L and 10*9/L; grade 1 to -2.53, grade 2 to -2.09, else 3.

    The square of log10(bilirubin) is subtracted, so above 537 umol/L more bilirubin lowers the score.
    """
    log_bilirubin, log_platelets = bilirubin.log10(), platelets.log10()
    value = without_dust(
        D("2.02") * log_bilirubin
        - D("0.37") * log_bilirubin**2
        - D("0.04") * albumin
        - D("3.48") * log_platelets
        + D("1.01") * log_platelets**2
    )
    return {"score": float(value), "grade": 1 if value <= D("-2.53") else 2 if value <= D("-2.09") else 3}


@score(
    id="icg_r15_makuuchi",
    title="Extent of hepatectomy by ICG R15 (Makuuchi)",
    version="1",
    source=(
        "Makuuchi M et al. Semin Surg Oncol 1993;9:298-304; Imamura H et al. J Hepatobiliary Pancreat Surg "
        "2005;12:16-22"
    ),
    family="liver",
    inputs=(
        Truth("ascites_uncontrolled"),
        BILIRUBIN_MG_DL,
        Number("icg_r15_percent", range=between(0, 100)),
    ),
    outputs=(Output("extent"),),
    cautions=(
        "Only where the centre measures ICG; made for cirrhotic livers with hepatocellular carcinoma.",
        "The source gives bands of bilirubin with gaps (1.1-1.5, 1.6-1.9): here each reaches up to the next.",
    ),
    to_confirm="The whole tree, its bands of bilirubin and ICG R15 and their extents, against Makuuchi 1993.",
)
def icg_r15_makuuchi(*, ascites_uncontrolled: bool, bilirubin: D, icg_r15_percent: D) -> dict:
    """The largest extent that the tree allows: ascites decides first, bilirubin in mg/dL next, then R15."""
    if ascites_uncontrolled or bilirubin >= 2:
        return {"extent": "no_hepatectomy"}
    if bilirubin >= D("1.6"):
        return {"extent": "enucleation"}
    if bilirubin >= D("1.1"):
        return {"extent": "limited_resection"}
    return {"extent": next(extent for below, extent in EXTENTS_BELOW_R15 if icg_r15_percent < below)}
