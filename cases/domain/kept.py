"""What of a clinical picture is kept with a decision, and how is it read again years later?

Version 2 keeps every item with its words and its day, the reasons for what was missing, the lesions, and what
scores and rules said, each with its version. Version 1 kept rows of the record; it is read through the same
picture as everything else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from cases.domain.picture import BOUND, STATE_WORDS, Picture, assemble, from_facts
from cases.domain.picture.from_labs import of_labs
from cases.domain.picture.seen import LesionSeen, Measured

SCHEMA = 2
FIGURES = frozenset(
    {"value", "upper_limit", "height_cm", "weight_kg", "stated_largest_mm", "long_axis_mm", "viable_mm"}
)
Stored = Mapping[str, Any]


@dataclass(frozen=True)
class KeptItem:
    value: Any
    words: str


@dataclass(frozen=True)
class KeptLesion:
    number: int
    segments: tuple[str, ...] = ()
    mm: Decimal | None = None
    viable_mm: Decimal | None = None
    viable: str = "YES"
    treated: bool = False
    is_gone: bool = False
    li_rads: str = ""


@dataclass(frozen=True)
class KeptResult:
    """What a score or a rule said; `words` is empty where it could not say anything."""

    title: str
    version: str
    words: str


@dataclass(frozen=True)
class Kept:
    """What was known of a case on one day."""

    items: Mapping[str, KeptItem] = field(default_factory=dict)
    gaps: Mapping[str, str] = field(default_factory=dict)  # name -> why there was no value, in words
    lesions: Mapping[int, KeptLesion] = field(default_factory=dict)
    results: Mapping[str, KeptResult] = field(default_factory=dict)


def keep(picture: Picture, results: Iterable[Stored]) -> dict[str, Any]:
    """As plain data; numbers and days become text where it is stored."""
    return {
        "schema": SCHEMA,
        "on": picture.on,
        "primary_site": picture.primary_site,
        "items": {
            name: {"value": one.value, "words": one.words, "on": one.on, "by": one.by, "place": one.place}
            for name, one in sorted(picture.items.items())
        },
        "gaps": {
            name: {"state": gap.state, "reason": gap.reason, "on": gap.on, "by": gap.by}
            for name, gap in sorted(picture.gaps.items())
            if gap.state
        },
        "lesions": [_lesion(one) for one in picture.lesions],
        "scores": list(results),
    }


def _lesion(one: LesionSeen) -> dict[str, Any]:
    newest = one.newest
    return {
        "number": one.number,
        "segments": list(one.segments),
        "long_axis_mm": newest.long_axis_mm if newest else None,
        "viable_mm": newest.viable_mm if newest else None,
        "measured_on": newest.on if newest else None,
        "li_rads": newest.li_rads if newest else "",
        "viable": one.viable,
        "treated": one.treated,
        "treated_on": one.treated_on,
        "first_seen_on": one.first_seen_on,
        "disappeared_on": one.disappeared_on,
        "is_target": one.is_target,
    }


def read(stored: Stored, *, on: date) -> Kept | None:
    """`on` is the day of the decision. None for what no version of this program has written."""
    if stored.get("schema") == SCHEMA:
        return _read(stored)
    return _read(keep(_picture_of_rows(stored, on), ())) if stored.get("version") == 1 else None


def _read(stored: Stored) -> Kept:
    return Kept(
        items={name: KeptItem(one["value"], one["words"]) for name, one in stored["items"].items()},
        gaps={name: _why_not(one) for name, one in stored["gaps"].items()},
        lesions={one["number"]: _read_lesion(one) for one in stored["lesions"]},
        results={f"{one['id']} {one['about']}".strip(): _read_result(one) for one in stored["scores"]},
    )


def _why_not(gap: Stored) -> str:
    """A bound is the most that is known of a value, so that it stands for it."""
    return gap["reason"] if gap["state"] == BOUND and gap["reason"] else STATE_WORDS[gap["state"]]


def _read_lesion(one: Stored) -> KeptLesion:
    return KeptLesion(
        number=one["number"],
        segments=tuple(one["segments"]),
        mm=_figure(one["long_axis_mm"]),
        viable_mm=_figure(one["viable_mm"]),
        viable=one["viable"],
        treated=one["treated"],
        is_gone=bool(one["disappeared_on"]),
        li_rads=one["li_rads"],
    )


def _read_result(one: Stored) -> KeptResult:
    words = ", ".join(part for part in (one["value"], one["meaning"]) if part)
    title = f"{one['title']} of {one['about']}" if one["about"] else one["title"]
    return KeptResult(title, str(one["version"]), words)


def _figure(text: Any) -> Decimal | None:
    return None if text is None else Decimal(str(text))


# -- version 1: rows of the record ------------------------------------------------------------------------


def _picture_of_rows(stored: Stored, on: date) -> Picture:
    sources = [
        *of_labs([_revived(one) for one in stored.get("labs") or ()]),
        *from_facts.of_diagnosis(_revived(stored.get("diagnosis") or {})),
        *from_facts.of_fitness(_revived(stored.get("fitness") or {})),
        *from_facts.of_liver(_revived(stored.get("liver_status") or {})),
    ]
    lesions = tuple(_seen(one) for one in stored.get("lesions") or ())
    return assemble(sources, on=on, lesions=lesions)


def _revived(row: Stored) -> dict[str, Any]:
    """Days and figures were written as text."""
    return {name: _value(name, said) for name, said in row.items()}


def _value(name: str, said: Any) -> Any:
    if not isinstance(said, str):
        return said
    if name.endswith("_on"):
        return date.fromisoformat(said)
    return Decimal(said) if name in FIGURES else said


def _seen(row: Stored) -> LesionSeen:
    newest = _revived(row["newest"]) if row.get("newest") else None
    return LesionSeen(
        number=row["number"],
        segments=tuple(row["segments"]),
        viable=row["viable"],
        treated=row["treated"],
        measured=(_measured(newest),) if newest else (),
    )


def _measured(row: Stored) -> Measured:
    return Measured(row["measured_on"], row["long_axis_mm"], row.get("viable_mm"), row.get("li_rads") or "")
