"""Did the liver disease show with the primary, or later?

Source: Siriwardena AK et al., Br J Surg 2023;110:1161 (E-AHPBA consensus): synchronous when found at or
before the diagnosis of the primary; early metachronous up to and including 12 months after it; late
metachronous thereafter.
"""

from datetime import date

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
    if liver_diagnosed_on <= anniversary(primary_diagnosed_on):
        return Timing.EARLY_METACHRONOUS
    return Timing.LATE_METACHRONOUS


def anniversary(day: date) -> date:
    """The same calendar day a year on; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
