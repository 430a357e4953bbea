"""How much radiation would reach the lungs with yttrium-90?"""

from decimal import Decimal as D  # noqa: N817 -- formulas stay legible

from cases.domain.scores.inputs import Number, above, between
from cases.domain.scores.registry import Output, score
from cases.domain.scores.units import without_dust

GY_KG_PER_GBQ = D("49.67")  # energy of all decays of 1 GBq of yttrium-90 in 1 kg
USUAL_LUNG_MASS_KG = D("1.0")
MOST_IN_ONE_SESSION_GY = 30
MOST_IN_ALL_GY = 50


@score(
    id="y90_lung_dose",
    title="Lung dose with yttrium-90",
    version="1",
    source="MIRD, 49.67 Gy kg/GBq; limits of 30 and 50 Gy and the empirical reductions for resin: "
    "van Roekel C, doctoral thesis",
    inputs=(
        Number("activity_gbq", range=above(0, 50)),
        Number("lung_shunt_fraction_percent", range=between(0, 100)),
        Number("lung_mass_kg", optional=True, range=above(0, 10)),
        Number("previous_lung_dose_gy", optional=True, range=between(0, 1000)),
    ),
    outputs=(
        Output("lung_dose_gy", decimals=1, cuts=("30", "50")),
        Output("exceeds_30_single"),
        Output("exceeds_50_cumulative"),
        Output("resin_empirical_reduction"),
    ),
    cautions=(
        "Without a measured lung mass 1.0 kg is taken, as is usual.",
        "Without a previous dose the cumulative limit judges this session alone: record earlier sessions.",
        "The reduction is the empirical table for resin; it is not for glass.",
    ),
    family="therapy",
    to_confirm="That a scan with macroaggregated albumin may overestimate the shunt of small tumours. The "
    "limits are usual practice; the centre's interventional radiologists set them.",
)
def y90_lung_dose(
    *,
    activity_gbq: D,
    lung_shunt_fraction_percent: D,
    lung_mass_kg: D | None,
    previous_lung_dose_gy: D | None,
) -> dict:
    """49.67 x activity (GBq) x shunt fraction / lung mass (kg), in Gy. The shunt is given in per cent.

    30 Gy in a session and 50 Gy in all are still allowed. Resin: over 10 % shunt a fifth less, over 15 % two
    fifths less, over 20 % none.
    """
    mass = lung_mass_kg or USUAL_LUNG_MASS_KG
    dose = without_dust(GY_KG_PER_GBQ * activity_gbq * lung_shunt_fraction_percent / 100 / mass)
    return {
        "lung_dose_gy": float(dose),
        "exceeds_30_single": dose > MOST_IN_ONE_SESSION_GY,
        "exceeds_50_cumulative": dose + (previous_lung_dose_gy or 0) > MOST_IN_ALL_GY,
        "resin_empirical_reduction": _resin(lung_shunt_fraction_percent),
    }


def _resin(shunt_percent: D) -> str:
    if shunt_percent <= 10:
        return "none"
    if shunt_percent <= 15:
        return "reduce_20_percent"
    return "reduce_40_percent" if shunt_percent <= 20 else "do_not_treat"
