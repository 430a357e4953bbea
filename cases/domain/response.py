"""Have the target lesions shrunk or grown since the first look at all of them?

RECIST 1.1 (Eisenhauer EA et al. Eur J Cancer 2009;45:228-247): sums of diameters in millimetres; the
baseline is the first sum, the nadir the smallest sum before the newest, the baseline among them. A day on
which one of the targets was not measured has no sum: a part of it would pass for a response.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cases.domain import scores

MOST_TARGETS_IN_THE_LIVER = 2  # RECIST 1.1: five in all, two in an organ
GONE = Decimal(0)

Measured = Mapping[Any, Mapping[date, Decimal]]


@dataclass(frozen=True)
class Sums:
    """The three sums that a response is read from, with their days."""

    baseline_on: date
    baseline: Decimal
    nadir: Decimal
    current_on: date
    current: Decimal
    nadir_on: date

    @property
    def from_baseline(self) -> Decimal | None:
        """The change in per cent; nothing can be said against a baseline of zero."""
        return _percent(self.current, self.baseline)

    @property
    def from_nadir(self) -> Decimal | None:
        return _percent(self.current, self.nadir)


def sums_by_day(measured: Measured) -> dict[date, Decimal]:
    """The sum on each day that knows all targets, oldest first."""
    if not measured:
        return {}
    complete = set.intersection(*(set(days) for days in measured.values()))
    return {day: sum((days[day] for days in measured.values()), Decimal(0)) for day in sorted(complete)}


def days_without_all(measured: Measured) -> dict[date, tuple[Any, ...]]:
    """The days on which some targets were measured and others not, with those that are missing."""
    every = {day for days in measured.values() for day in days}
    lacking = {day: tuple(one for one, days in measured.items() if day not in days) for day in sorted(every)}
    return {day: ones for day, ones in lacking.items() if ones}


def target_sums(measured: Measured) -> Sums | None:
    """Baseline, nadir and current sum of the targets; None while fewer than two days know all of them."""
    by_day = sums_by_day(measured)
    if len(by_day) < 2:
        return None
    *earlier, current_on = by_day
    baseline_on = earlier[0]
    nadir_on = min(earlier, key=lambda day: by_day[day])
    return Sums(
        baseline_on=baseline_on,
        baseline=by_day[baseline_on],
        nadir=by_day[nadir_on],
        current_on=current_on,
        current=by_day[current_on],
        nadir_on=nadir_on,
    )


def with_gone(
    days: Mapping[date, Decimal], *, gone_on: date | None, looked_on: Iterable[date]
) -> dict[date, Decimal]:
    """A lesion that is no longer seen measures nothing on that day and on every later look at the liver."""
    if gone_on is None:
        return dict(days)
    since = {day: GONE for day in (gone_on, *looked_on) if day >= gone_on}
    return since | dict(days)


def recist(sums: Sums | None, *, non_target: str | None = None, new_lesion: bool | None = None) -> dict:
    """RECIST 1.1 from the longest axes; what the radiologist has not said is answered as missing."""
    of_targets = _as_inputs(sums, "{}_sum_mm")
    return scores.compute("recist_1_1", {**of_targets, "non_target": non_target, "new_lesion": new_lesion})


def mrecist(viable: Sums | None) -> dict:
    """mRECIST of the targets from their viable parts; a viable sum above nothing is enhancement."""
    enhancing = None if viable is None else viable.current > 0
    inputs = {**_as_inputs(viable, "{}_viable_sum_mm"), "any_arterial_enhancement_in_targets": enhancing}
    return scores.compute("mrecist_target", inputs)


def _as_inputs(sums: Sums | None, name: str) -> dict[str, Any]:
    return {name.format(one): sums and getattr(sums, one) for one in ("baseline", "nadir", "current")}


def _percent(now: Decimal, before: Decimal) -> Decimal | None:
    return 100 * (now - before) / before if before else None
