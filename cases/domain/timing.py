"""Did the liver disease show with the primary, or later?

Source: Siriwardena AK et al., Br J Surg 2023;110:1161 (E-AHPBA consensus): synchronous when found at or
before the diagnosis of the primary; early metachronous up to and including 12 months after it; late
metachronous thereafter.
"""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from cases.vocabulary import PrimarySite, Timing


def metastasis_timing(
    *, primary_site: str, primary_diagnosed_on: date | None, liver_diagnosed_on: date | None
) -> Timing | None:
    """None when a date is missing, or when the liver itself is the primary site."""
    if primary_site and PrimarySite(primary_site).is_primary_liver:
        return None
    if primary_diagnosed_on is None or liver_diagnosed_on is None:
        return None
    if liver_diagnosed_on <= primary_diagnosed_on:
        return Timing.SYNCHRONOUS
    return timing_after(months_between(primary_diagnosed_on, liver_diagnosed_on))


def timing_after(months: Decimal) -> Timing:
    """For metastases that initial staging did not show."""
    return Timing.EARLY_METACHRONOUS if months <= 12 else Timing.LATE_METACHRONOUS


def months_between(start: date, end: date) -> Decimal:
    """Calendar months from `start` to a later day: a whole number on the same day of a month.

    After 31 January the last of February is a month. Days left over count as parts of 31.
    """
    whole = (end.year - start.year) * 12 + end.month - start.month
    if _months_later(start, whole) > end:
        whole -= 1
    return whole + Decimal((end - _months_later(start, whole)).days) / 31


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
