"""How does the picture of the lesions read with what a radiologist is typing of them?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from cases.domain.picture.lirads import FEATURES
from cases.domain.picture.seen import LesionSeen, Measured
from cases.domain.referral import LesionSeen as Typed


def overlaid(
    lesions: Iterable[LesionSeen], typed: Iterable[Typed], *, on: date, by: str
) -> tuple[LesionSeen, ...]:
    """A size that is typed stands in its place by its day, and for what was recorded of that day; a row
    without a number is a new lesion. Nothing is erased.
    """
    known = {one.number: one for one in lesions}
    for one in typed:
        number = one.number or max(known, default=0) + 1
        new = LesionSeen(number, first_seen_on=one.measured_on or on, by=by)
        known[number] = _seen(known.get(number) or new, one, on, by)
    return tuple(known[number] for number in sorted(known))


def _seen(before: LesionSeen, typed: Typed, on: date, by: str) -> LesionSeen:
    day = typed.measured_on or on
    return replace(
        before,
        segments=tuple(typed.segments) or before.segments,
        is_target=before.is_target if typed.is_target is None else typed.is_target,
        disappeared_on=(before.disappeared_on or day) if typed.disappeared else None,
        measured=_in_order(_measured(typed, day, by), before.measured),
    )


def _in_order(typed: tuple[Measured, ...], before: tuple[Measured, ...]) -> tuple[Measured, ...]:
    """The newest first, and at the end what has no day."""
    corrected = {one.on for one in typed}
    kept = (one for one in before if one.on not in corrected)
    return tuple(sorted((*typed, *kept), key=lambda one: one.on or date.min, reverse=True))


def _measured(typed: Typed, day: date, by: str) -> tuple[Measured, ...]:
    if typed.long_axis_mm is None:
        return ()
    features = {name: getattr(typed, name) for name in FEATURES if getattr(typed, name)}
    return (Measured(day, typed.long_axis_mm, typed.viable_mm, typed.li_rads, features, by),)
