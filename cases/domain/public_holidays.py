"""On which days of a year does a country or a region keep a public holiday?"""

import warnings
from datetime import date
from functools import cache

from holidays import country_holidays

ANY_YEAR = 2026
EXAMPLES = "GB-ENG, DE-BY, US-NY, or DE for a whole country"


def refusal(code: str) -> str:
    """Why a code cannot be used; "" for one that can, and for none."""
    if not code or is_known(code):
        return ""
    return f"“{code}” is not a country or region whose holidays are known. Use a code such as {EXAMPLES}."


@cache
def is_known(code: str) -> bool:
    try:
        _reckoned(code)
    except (NotImplementedError, DeprecationWarning):
        return False
    return True


@cache
def holidays_of(code: str, year: int) -> frozenset[date]:
    """Each year is reckoned once a process, with the substitutes for what falls on a weekend.

    None for a code that is no longer known: e-mail on a holiday is better than none.
    """
    if not code or not is_usable(code):
        return frozenset()
    return frozenset(day for day in _reckoned(code, year) if day.year == year)


@cache
def is_usable(code: str) -> bool:
    """Also with a name that is going out of use, which a board may have had for years."""
    try:
        _reckoned(code, ANY_YEAR)
    except (NotImplementedError, TypeError):
        return False
    return True


def _reckoned(code: str, *years: int):
    country, _, region = code.partition("-")
    with warnings.catch_warnings():
        # Holidays that follow the moon are estimated; a name that is going out of use is not taken.
        warnings.simplefilter("error" if not years else "ignore")
        return country_holidays(country, subdiv=region or None, years=years)
