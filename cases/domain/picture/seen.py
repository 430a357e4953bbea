"""What was seen of the lesions, as the picture needs it?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Measured:
    """One lesion on one day; a null day is a day that is not known."""

    on: date | None
    long_axis_mm: Decimal
    viable_mm: Decimal | None = None
    li_rads: str = ""
    features: Mapping[str, str] = field(default_factory=dict)  # LI-RADS feature -> YES, NO, why not, ""
    by: str = ""


@dataclass(frozen=True)
class LesionSeen:
    """One lesion that nobody withdrew; `measured` begins with the newest."""

    number: int
    segments: tuple[str, ...] = ()
    viable: str = "YES"
    treated: bool = False
    treated_on: date | None = None
    first_seen_on: date | None = None
    disappeared_on: date | None = None
    is_target: bool = False
    by: str = ""
    measured: tuple[Measured, ...] = ()

    @property
    def label(self) -> str:
        return f"L{self.number}"

    @property
    def newest(self) -> Measured | None:
        return self.measured[0] if self.measured else None
