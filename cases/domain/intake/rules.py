"""Do two cells of one row contradict each other?"""

from collections.abc import Mapping
from decimal import Decimal

from cases.domain.intake.cells import NUMBER
from cases.domain.intake.profile import Condition, Profile, Rule


def broken(profile: Profile, cells: Mapping[str, str]) -> list[Rule]:
    """The rules whose conditions all hold for this row."""
    return [rule for rule in profile.rules if all(_holds(profile, one, cells) for one in rule.when)]


def _holds(profile: Profile, condition: Condition, cells: Mapping[str, str]) -> bool:
    text = cells.get(condition.column, "")
    missing = profile.is_missing(text)
    if condition.test in {"missing", "present"}:
        return missing == (condition.test == "missing")
    number, other = _number(text), _number(condition.value)
    if condition.test == "is":
        return not missing and (text == condition.value or (number is not None and number == other))
    if condition.test == "exceeds":
        other = _number(cells.get(condition.value, ""))
    return number is not None and other is not None and number > other


def _number(text: str) -> Decimal | None:
    return Decimal(text) if NUMBER.fullmatch(text) else None
