"""How long does a finding describe the patient of today?

Conventions of boards, not evidence: imaging six weeks, laboratory values two weeks, tumour markers four. A
board may set its own. What counts is the age on the day of the meeting; a finding without a date is old.
"""

from dataclasses import dataclass
from datetime import date

from cases.domain import labs


@dataclass(frozen=True)
class Limits:
    """For how many days each kind of finding counts."""

    imaging_days: int = 42
    blood_days: int = labs.BLOOD_DAYS
    marker_days: int = labs.MARKER_DAYS

    def of(self, analyte: str) -> int:
        is_marker = labs.ANALYTES[analyte].shelf_life_days == labs.MARKER_DAYS
        return self.marker_days if is_marker else self.blood_days


USUAL = Limits()


@dataclass(frozen=True)
class Age:
    """How old something is on a day, against its limit; `days` is None where nobody knows its date."""

    days: int | None
    limit: int

    @property
    def is_stale(self) -> bool:
        return self.days is None or self.days > self.limit

    def __str__(self) -> str:
        if self.days is None:
            return "date not known"
        return f"{self.days} days old on the day, limit {self.limit}"


def of_imaging(performed_on: date | None, *, on: date, limits: Limits = USUAL) -> Age:
    return Age(_days(performed_on, on), limits.imaging_days)


def of_lab(analyte: str, taken_on: date | None, *, on: date, limits: Limits = USUAL) -> Age:
    return Age(_days(taken_on, on), limits.of(analyte))


def _days(since: date | None, on: date) -> int | None:
    return None if since is None else (on - since).days
