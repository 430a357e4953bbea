"""How much liver would be left, and how fast does it grow? Body surface, FLR with sFLR, kinetic growth rate.

`cases.domain.remnant` has the measured remnant; here it stands beside the standardised one.
"""

from decimal import Decimal as D  # noqa: N817 -- formulas stay legible
from types import MappingProxyType

from cases.domain.remnant import remnant_percent
from cases.domain.scores.inputs import Choice, Number, Quantity, above, between
from cases.domain.scores.registry import Contradiction, Output, score
from cases.domain.scores.units import half_up, without_dust

HEIGHT = Quantity("height", analyte="length", unit="cm", range=above(50, 250))
WEIGHT = Quantity("weight", analyte="mass", unit="kg", range=above(10, 350))

# How much has to be left, in per cent of the standardised liver.
THRESHOLDS = MappingProxyType(
    {"normal": D(20), "chemotherapy_or_steatosis": D(30), "cirrhosis_or_fibrosis": D(40)}
)
CUTS = tuple(str(one) for one in THRESHOLDS.values())
DAYS_A_WEEK = 7


@score(
    id="bsa",
    title="Body surface area",
    version="1",
    source=(
        "Mosteller RD. N Engl J Med 1987;317:1098; Du Bois D, Du Bois EF. Arch Intern Med 1916;17:863-871"
    ),
    family="remnant",
    inputs=(HEIGHT, WEIGHT, Choice("formula", codes=("mosteller", "dubois"))),
    outputs=(Output("bsa_m2", decimals=2),),
    cautions=("The two formulas differ by a few per cent; keep which one was used with the figure.",),
)
def bsa(*, height: D, weight: D, formula: str) -> dict:
    """In square metres, from cm and kg."""
    if formula == "mosteller":
        return {"bsa_m2": float(mosteller(height=height, weight=weight))}
    return {"bsa_m2": float(without_dust(D("0.007184") * weight ** D("0.425") * height ** D("0.725")))}


def mosteller(*, height: D, weight: D) -> D:
    return without_dust((height * weight / 3600).sqrt())


@score(
    id="flr",
    title="Future liver remnant, standardised and measured",
    version="1",
    source=(
        "Vauthey JN et al. Liver Transpl 2002;8:233-240; thresholds: Kishi Y et al. Ann Surg "
        "2009;250:540-548 (20 %), Shindoh J et al. Ann Surg Oncol 2013;20:2493-2500 (30 %), Azoulay D et al. "
        "Ann Surg 2000;232:665-672 (40 %); review PMC6422720, table 1"
    ),
    family="remnant",
    inputs=(
        Quantity("flr_volume", analyte="volume", unit="mL", range=above(0, 6000)),
        HEIGHT,
        WEIGHT,
        Choice("liver_background", codes=tuple(THRESHOLDS)),
        Quantity("total_liver_volume", analyte="volume", unit="mL", range=above(0, 20000), optional=True),
        Quantity("tumour_volume", analyte="volume", unit="mL", range=between(0, 20000), optional=True),
    ),
    outputs=(
        Output("etlv_ml", decimals=0),
        Output("sflr_percent", decimals=1, cuts=CUTS),
        Output("threshold_percent", decimals=0),
        Output("adequate"),
        Output("borderline"),
        Output("flr_percent", decimals=1, cuts=CUTS),
        Output("sides_differ"),
    ),
    cautions=(
        "The standardised and the measured percentage can fall on opposite sides of the threshold: both are "
        "shown, and `adequate` goes by the standardised one.",
        "Sources write 'above' and 'at least': here a remnant exactly on the threshold is not adequate.",
        "The 30 % threshold is for more than three months of chemotherapy, or steatosis. For cirrhosis "
        "50 % is also in use (Kubota).",
        "Other formulas for the total volume, such as Urata's, give other percentages and are not mixed in.",
        "A volume says nothing of function: ICG, mebrofenin scintigraphy or LiMAx are judged beside it.",
    ),
)
def flr(
    *,
    flr_volume: D,
    height: D,
    weight: D,
    liver_background: str,
    total_liver_volume: D | None,
    tumour_volume: D | None,
) -> dict:
    """Volumes in mL. `borderline` marks a percentage that reads as the threshold itself, to one decimal.

    With a measured total also `flr_percent`, and in `sides_differ` whether it is on the other side.
    """
    etlv = estimated_total_volume(height=height, weight=weight)
    sflr, threshold = without_dust(100 * flr_volume / etlv), THRESHOLDS[liver_background]
    result = {
        "etlv_ml": float(etlv),
        "sflr_percent": float(sflr),
        "threshold_percent": float(threshold),
        "adequate": sflr > threshold,
        "borderline": half_up(sflr, 1) == threshold,
    }
    if total_liver_volume is None:
        return result
    measured = _measured(flr_volume, total_liver_volume, tumour_volume)
    sides_differ = (measured > threshold) != (sflr > threshold)
    return result | {"flr_percent": float(measured), "sides_differ": sides_differ}


def estimated_total_volume(*, height: D, weight: D) -> D:
    """eTLV in mL for adults, by Vauthey; a body so small that the formula leaves no liver is refused."""
    volume = D("-794.41") + D("1267.28") * mosteller(height=height, weight=weight)
    if volume <= 0:
        raise Contradiction("height")
    return without_dust(volume)


def _measured(remnant: D, total: D, tumour: D | None) -> D:
    """A total that leaves less than the remnant once the tumour is taken off contradicts it."""
    percent = remnant_percent(remnant=remnant, total=total, tumour=tumour)
    if percent is None:
        raise Contradiction("total_liver_volume")
    return without_dust(percent)


@score(
    id="kgr",
    title="Kinetic growth rate of the remnant",
    version="1",
    source="Shindoh J et al. J Am Coll Surg 2013;216:201-209",
    family="remnant",
    inputs=(
        Number("sflr_before_percent", range=above(0, 100)),
        Number("sflr_after_percent", range=above(0, 100)),
        Number("days_between", range=above(0, 365)),
    ),
    outputs=(
        Output("degree_of_hypertrophy_points", decimals=1),
        Output("kgr_percent_per_week", decimals=1, cuts=("2",)),
        Output("kgr_at_least_2"),
    ),
    cautions=(
        "Percentage points of the standardised remnant, at the first measurement after embolisation. Growth "
        "relative to the volume before (500 to 600 mL is 20 %) is another quantity.",
        "The source also gives cut-offs: 29.6 % for the standardised remnant, 7.5 points for its growth.",
        "Growth after ALPPS is faster and not comparable.",
    ),
)
def kgr(*, sflr_before_percent: D, sflr_after_percent: D, days_between: D) -> dict:
    """Points gained, and points a week; exactly 2 counts as at least 2. A remnant that shrank is negative."""
    gained = sflr_after_percent - sflr_before_percent
    a_week = without_dust(gained * DAYS_A_WEEK / days_between)
    return {
        "degree_of_hypertrophy_points": float(without_dust(gained)),
        "kgr_percent_per_week": float(a_week),
        "kgr_at_least_2": a_week >= 2,
    }
