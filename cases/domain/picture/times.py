"""How long ago was it, on the day of the meeting? Months are calendar months."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cases.domain.picture.known import Known
from cases.domain.picture.parts import Source
from cases.domain.picture.telling import written
from cases.domain.timing import months_between

PRIMARY, LIVER, RESECTED = "primary_diagnosed_on", "liver_diagnosed_on", "primary_resected_on"


def times(known: Known) -> Iterator[Source]:
    yield from _from_primary_to_liver(known)
    yield _until_meeting(known, "months_from_crc_diagnosis", PRIMARY)
    yield _until_meeting(known, "months_primary_resection_to_transplant", RESECTED)
    imaged = _day(known, "liver_imaging_date")
    days = None if imaged is None else max((known.on - imaged).days, 0)
    words = f"{days} days on {written(known.on)}"
    yield known.made("imaging_age_days", days, words, "liver_imaging_date")


def _from_primary_to_liver(known: Known) -> Iterator[Source]:
    """Liver disease that was found before the primary, or with it, came after 0 months."""
    primary, liver = _day(known, PRIMARY), _day(known, LIVER)
    both = None if primary is None or liver is None else (primary, liver)
    with_it = None if both is None else both[1] <= both[0]
    yield known.made("present_at_initial_staging", with_it, "yes" if with_it else "no", PRIMARY, LIVER)
    months = None if both is None else Decimal(0) if with_it else months_between(*both)
    for name in ("disease_free_interval_months", "months_primary_diagnosis_to_metastasis"):
        yield known.made(name, months, _months(months), PRIMARY, LIVER)


def _until_meeting(known: Known, name: str, since: str) -> Source:
    start = _day(known, since)
    months = None if start is None or start > known.on else months_between(start, known.on)
    return known.made(name, months, f"{_months(months)}, to the meeting on {written(known.on)}", since)


def _months(months: Decimal | None) -> str:
    """Months and days: rounded, a day over twelve months would read as twelve."""
    if months is None:
        return ""
    whole = int(months)
    days = round((months - whole) * 31)
    over = f" and {days} day{'' if days == 1 else 's'}" if days else ""
    return f"{whole} months{over}"


def _day(known: Known, name: str) -> date | None:
    found = known.value(name)
    return date.fromisoformat(found) if found else None
