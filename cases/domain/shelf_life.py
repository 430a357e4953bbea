"""How long does a finding describe the patient of today?

Conventions of boards, not evidence: imaging six weeks; laboratory values two weeks and tumour markers four
(`labs` holds those). What counts is the age on the day of the meeting, and a finding without a date is old.
"""

from dataclasses import dataclass
from datetime import date

from cases.domain import labs

IMAGING_DAYS = 42


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


def of_imaging(performed_on: date | None, *, on: date) -> Age:
    return Age(_days(performed_on, on), IMAGING_DAYS)


def of_lab(analyte: str, taken_on: date | None, *, on: date) -> Age:
    return Age(_days(taken_on, on), labs.ANALYTES[analyte].shelf_life_days)


def _days(since: date | None, on: date) -> int | None:
    return None if since is None else (on - since).days
