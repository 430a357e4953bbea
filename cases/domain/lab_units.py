"""In which units does a reader want to see laboratory values? A choice of display; what is stored stays."""

from decimal import Decimal
from enum import StrEnum

from cases.domain import labs
from cases.domain.scores import units

AFP_NOTE = "1 IU/mL of AFP is shown as 1.21 ng/mL, a widely used approximation."


class System(StrEnum):
    AS_RECORDED = "recorded"
    SI = "si"
    CONVENTIONAL = "conventional"

    @property
    def words(self) -> str:
        return {"recorded": "As recorded", "si": "SI units", "conventional": "Conventional units"}[self]


_MASS = {"si": "ug/L", "conventional": "ng/mL"}
_ACTIVITY = {"si": "kU/L", "conventional": "U/mL"}
_COUNT = {"si": "10*9/L", "conventional": "10*3/uL"}
# Whatever is not here is given in one unit only.
UNITS = {
    "bilirubin": {"si": "umol/L", "conventional": "mg/dL"},
    "creatinine": {"si": "umol/L", "conventional": "mg/dL"},
    "albumin": {"si": "g/L", "conventional": "g/dL"},
    "haemoglobin": {"si": "g/L", "conventional": "g/dL"},
    "sodium": {"si": "mmol/L", "conventional": "mEq/L"},
    **dict.fromkeys(("platelets", "leukocytes"), _COUNT),
    **dict.fromkeys(("afp", "cea", "cga", "psa"), _MASS),
    **dict.fromkeys(("ca19_9", "ca15_3"), _ACTIVITY),
}


def unit_in(system: System, analyte: str, *, recorded: str) -> str:
    return UNITS.get(analyte, {}).get(system, recorded)


def converted(analyte: str, value: Decimal, unit: str, to: str) -> Decimal:
    """Exact where the unit stays; otherwise rounded to what such a value is read with."""
    if unit == to:
        return value
    places = labs.ANALYTES[analyte].decimals.get(to, 1)
    return units.half_up(units.convert(analyte, value, unit, to), places)
