"""What are the sums of the target lesions, first, smallest and now?"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from cases.domain import response
from cases.domain.picture.known import Known
from cases.domain.picture.parts import Gap, Item, Source
from cases.domain.picture.seen import LesionSeen, Measured
from cases.domain.picture.telling import written

SIZE = ("baseline_sum_mm", "nadir_sum_mm", "current_sum_mm")
REST = ("new_lesion", "non_target")
VIABLE = ("baseline_viable_sum_mm", "nadir_viable_sum_mm", "current_viable_sum_mm")


def target_sums(known: Known) -> Iterator[Source]:
    targets = [one for one in known.lesions if one.is_target]
    whole = yield from _sums(SIZE, known, targets, lambda one: one.long_axis_mm)
    viable = yield from _sums(VIABLE, known, targets, lambda one: one.viable_mm)
    if viable is not None:
        enhancing = viable.current > 0
        words = "yes" if enhancing else "no"
        yield Item(
            "any_arterial_enhancement_in_targets", enhancing, words, viable.current_on, place="lesions"
        )
    yield from _rest(known, whole)


def _sums(
    names: tuple[str, str, str],
    known: Known,
    targets: list[LesionSeen],
    size: Callable[[Measured], Decimal | None],
) -> Generator[Source, None, response.Sums | None]:
    looked_on = {day for one in known.lesions for day in _days(one, lambda seen: seen.long_axis_mm)}
    measured: dict[int, dict[date, Decimal]] = {
        one.number: response.with_gone(_days(one, size), gone_on=one.disappeared_on, looked_on=looked_on)
        for one in targets
    }
    sums = response.target_sums(measured)
    if sums is None:
        why = (
            "not all target lesions are measured on two days"
            if targets
            else "no lesion is marked as a target"
        )
        yield from (Gap(name, reason=why, place="lesions") for name in names)
        return None
    of_each = (
        (sums.baseline, sums.baseline_on),
        (sums.nadir, sums.nadir_on),
        (sums.current, sums.current_on),
    )
    for name, (total, day) in zip(names, of_each, strict=True):
        yield Item(name, total, f"{format(total.normalize(), 'f')} mm", day, place="lesions")
    return sums


def _days(lesion: LesionSeen, size: Callable[[Measured], Decimal | None]) -> dict[date, Decimal]:
    found = ((one.on, size(one)) for one in lesion.measured)
    return {day: mm for day, mm in found if day is not None and mm is not None}


def _rest(known: Known, sums: response.Sums | None) -> Iterator[Source]:
    """What is not a target. That there is nothing new, and how the others do, the radiologist says; said of
    an earlier study than that of the newest sum, it says nothing of the day of that sum."""
    if sums is not None:
        yield from _new_since(known, sums.baseline_on)
    for name in REST:
        told = known.items.get(f"{name}_told")
        if told is None:
            yield known.lacking(name, f"{name}_told")
        elif sums is None or told.value is True or (told.on and told.on >= sums.current_on):
            yield replace(told, name=name)
        else:
            said = f"said of {written(told.on)}" if told.on else "said of a day that is not known"
            reason = f"{said}, the targets were measured on {written(sums.current_on)}"
            yield Gap(name, reason=reason, by=told.by, on=told.on, place=told.place)


def _new_since(known: Known, baseline_on: date) -> Iterator[Source]:
    """A lesion that was first seen after the baseline is new."""
    new = [one for one in known.lesions if one.first_seen_on and one.first_seen_on > baseline_on]
    if new:
        first = min(one.first_seen_on for one in new if one.first_seen_on)
        yield Item("new_lesion", True, ", ".join(one.label for one in new), first, place="lesions")
