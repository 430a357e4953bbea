"""How many tumours are in the liver, and how large is each?

The table of lesions comes first; without it the radiologist's figures, then those of the referral. What
counts is viable and still seen. A lesion that was treated counts with its viable part, measured since. For
hepatocellular carcinoma nodules below 1 cm do not count. "5 or more" is a bound and no number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.domain import anatomy
from cases.domain.picture.known import Known
from cases.domain.picture.parts import BOUND, Gap, Item, Source
from cases.domain.picture.seen import LesionSeen

ALL_SIZES = "tumour_sizes_cm"
COUNTS = ("liver_met_count", "tumour_count", "nodule_count")
SMALLEST_NODULE_MM = Decimal(10)
NONE_LEFT = "no viable lesion stands"
TOO_SMALL = "nodules below 1 cm do not count"


@dataclass(frozen=True)
class Sized:
    """One lesion that counts; `mm` is None where `why` says that its size is not known."""

    lesion: LesionSeen
    mm: Decimal | None
    on: date | None = None
    by: str = ""
    why: str = ""


def burden(known: Known) -> Iterator[Source]:
    if not known.lesions:
        yield from _as_read(known)
        return
    standing = [one for one in map(_sized, known.lesions) if one is not None]
    counted = standing
    if known.value("primary_site") == "hcc":
        counted = [one for one in standing if one.mm is None or one.mm >= SMALLEST_NODULE_MM]
    why, none = _incomplete(known, standing), TOO_SMALL if standing else NONE_LEFT
    yield from _counts(("lesion_count",), standing, why, none)
    yield from _counts(COUNTS, counted, why, none)
    yield from _sizes(("largest_lesion_cm",), known, standing, why, none)
    yield from _sizes(("largest_cm", ALL_SIZES), known, counted, why, none)
    segments = anatomy.ordered(s for one in standing for s in one.lesion.segments)
    if segments:
        yield _seen("lesion_segments", list(segments), ", ".join(segments), standing)
    else:
        yield from _segments_read(known)


def _sized(lesion: LesionSeen) -> Sized | None:
    """None for a lesion that does not count."""
    if lesion.disappeared_on or lesion.viable == "NO":
        return None
    newest = lesion.newest
    if newest is None:
        return Sized(lesion, None, why=f"{lesion.label} is not measured")
    if lesion.viable != "YES":
        return Sized(lesion, None, why=f"whether {lesion.label} is viable is not known")
    mm = newest.long_axis_mm
    if lesion.treated:
        if lesion.treated_on and (newest.on is None or newest.on < lesion.treated_on):
            return Sized(lesion, None, why=f"{lesion.label} is not measured since its treatment")
        if newest.viable_mm is None:
            return Sized(lesion, None, why=f"the viable part of {lesion.label} is not measured")
        mm = newest.viable_mm
    return Sized(lesion, mm, newest.on, newest.by) if mm > 0 else None


def _incomplete(known: Known, standing: list[Sized]) -> str:
    """The radiologist has since counted more lesions than the table has."""
    read = known.items.get("read_count")
    if read is None:
        return ""
    count, or_more = read.value
    seen = [one for one in known.lesions if not one.disappeared_on]
    newest = max((one.on for one in standing if one.on), default=date.min)
    is_enough = len(seen) > count if or_more else len(seen) >= count
    if is_enough or read.spoke_on < newest:
        return ""
    return f"the radiologist counts {read.words}, the table of lesions has {len(seen)}"


def _counts(names: tuple[str, ...], standing: list[Sized], why: str, none: str) -> Iterator[Source]:
    count = len(standing)
    unsure = why or next((one.why for one in standing if one.why.startswith("whether")), "")
    for name in names:
        if unsure:
            yield Gap(name, BOUND, unsure, place="lesions")
        elif count or name == "lesion_count":
            yield _seen(name, count, str(count), standing)
        else:
            yield Gap(name, reason=none, place="lesions")
    yield _seen("lesion_count_exact", not unsure, "no" if unsure else "yes", standing)


def _sizes(
    names: tuple[str, ...], known: Known, standing: list[Sized], why: str, none: str
) -> Iterator[Source]:
    unknown = why or next((one.why for one in standing if one.why), "")
    sizes = sorted((one.mm / 10 for one in standing if one.mm is not None), reverse=True)
    if not unknown and sizes:
        for name in names:
            listed = sizes if name == ALL_SIZES else sizes[:1]
            words = f"{', '.join(map(in_cm, listed))} cm"
            yield _seen(name, sizes if name == ALL_SIZES else sizes[0], words, standing)
        return
    if unknown and _may_still_be_the_largest(known):
        yield from _largest_read(known, at_least=sizes[0] if sizes else Decimal(0))
    for name in names:
        is_bound = bool(sizes) and name != ALL_SIZES
        yield Gap(name, BOUND if is_bound else "", unknown or none, place="lesions")


def _may_still_be_the_largest(known: Known) -> bool:
    """A size that was read of all lesions together may be that of one that was treated, or is gone."""
    return not any(one.treated or one.disappeared_on or one.viable != "YES" for one in known.lesions)


def _as_read(known: Known) -> Iterator[Source]:
    """No table: what the radiologist counted and measured, else what the referral says."""
    count = known.items.get("read_count") or known.items.get("stated_count")
    if count is not None:
        yield from _count_read(count)
    yield from _largest_read(known)
    yield from _sizes_read(known, count)
    yield from _segments_read(known)


def _count_read(told: Item) -> Iterator[Source]:
    count, more = told.value
    yield _retold("lesion_count_exact", not more, "no" if more else "yes", told)
    for name in ("lesion_count", *COUNTS):
        if more:
            yield Gap(name, BOUND, told.words, told.by, told.on, told.place)
        elif count or name == "lesion_count":
            yield _retold(name, count, str(count), told)
        else:
            yield Gap(name, reason="none is counted", by=told.by, on=told.on, place=told.place)


def _largest_read(known: Known, at_least: Decimal = Decimal(0)) -> Iterator[Source]:
    told = known.items.get("read_largest_mm") or known.items.get("stated_largest_mm")
    if told is None or told.value <= 0 or told.value / 10 < at_least:
        return
    for name in ("largest_cm", "largest_lesion_cm"):
        yield _retold(name, told.value / 10, f"{in_cm(told.value / 10)} cm", told)


def _sizes_read(known: Known, count: Item | None) -> Iterator[Source]:
    """One tumour, and its size: that is the list of all sizes. The size of the others nobody has said."""
    largest = known.items.get("read_largest_mm") or known.items.get("stated_largest_mm")
    if count is None or largest is None:
        return
    number, more = count.value
    if more or number != 1:
        words = f"{count.words} lesions, only the largest is measured"
        yield Gap("tumour_sizes_cm", reason=words if number else "none is counted", place="lesions")
    elif known.value("primary_site") == "hcc" and largest.value < SMALLEST_NODULE_MM:
        yield Gap("tumour_sizes_cm", reason=TOO_SMALL, place="lesions")
    else:
        size = largest.value / 10
        yield _retold("tumour_sizes_cm", [size], f"{in_cm(size)} cm", largest)


def _segments_read(known: Known) -> Iterator[Source]:
    if read := known.items.get("read_segments"):
        yield _retold("lesion_segments", read.value, read.words, read)


def _retold(name: str, value: object, words: str, told: Item) -> Item:
    return Item(name, value, words, told.on, told.is_dated, told.by, told.place, told.said_on)


def _seen(name: str, value: object, words: str, standing: list[Sized]) -> Item:
    """As old as the oldest of the measurements."""
    days = [one.on for one in standing]
    oldest = min((day for day in days if day), default=None) if all(days) else None
    by = ", ".join(dict.fromkeys(one.by for one in standing if one.by))
    return Item(name, value, words, oldest, is_dated=True, by=by, place="lesions")


def in_cm(size: Decimal) -> str:
    """3.0, 2.35: at least one decimal, as sizes are read."""
    plain = format(size.normalize(), "f")
    return plain if "." in plain else f"{plain}.0"
