"""What did somebody mean who typed or pasted a laboratory value: 42, <5, 42 umol/l, 1,2?

The number and its comparator, and the unit where one was typed with it. What can be read in two ways is not
guessed at; the answer says how to write it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from cases.domain import labs

_NUMBER = re.compile(r"([<>]?)\s*([0-9]{1,9}(?:\.[0-9]{1,4})?)(?:\s*([^0-9\s.,].*))?")
_COMMA = re.compile(r"[<>]?\s*([0-9]+),([0-9]+)(?:\s*[^0-9\s.,].*)?")
_DRESS = str.maketrans({"µ": "u", "μ": "u", "×": "", "^": "*", "⁹": "*9", "³": "*3", " ": ""})
_ALSO = {
    "iu/l": "U/L",
    "mcmol/l": "umol/L",
    "g/l": "g/L",
    "*9/l": "10*9/L",
    "k/ul": "10*3/uL",
    "mcg/l": "ug/L",
}


class Unreadable(ValueError):
    """The message says how to write it."""


@dataclass(frozen=True)
class Typed:
    comparator: str
    value: Decimal
    unit: str = ""  # a code, or as it was typed where no laboratory unit is called so


def _bare(unit: str) -> str:
    return unit.translate(_DRESS).lower().removeprefix("x")


_UNITS = {
    **{_bare(unit): unit for analyte in labs.ANALYTES.values() for unit in analyte.units if unit != "1"},
    **_ALSO,
}


def read(typed: str) -> Typed:
    said = typed.strip().replace("\N{NO-BREAK SPACE}", " ")
    if found := _NUMBER.fullmatch(said):
        unit = (found[3] or "").strip()
        return Typed(found[1], Decimal(found[2]), _UNITS.get(_bare(unit), unit))
    raise Unreadable(_how_to_write(said))


def _how_to_write(said: str) -> str:
    comma = _COMMA.fullmatch(said)
    if not comma:
        return "Give a number, such as 42 or 0.8 or <5, with a point for decimals."
    thousands = f"{comma[1]}{comma[2]}, or " if len(comma[2]) == 3 and comma[1] != "0" else ""
    return f"A comma can be read in two ways. Write {thousands}{comma[1]}.{comma[2]} with a point."
