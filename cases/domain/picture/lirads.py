"""What does LI-RADS ask of each lesion, and what was seen?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.domain.picture.seen import LesionSeen
from cases.domain.picture.telling import TRUTH

FEATURES = ("nonrim_aphe", "washout", "capsule", "threshold_growth")


@dataclass(frozen=True)
class Features:
    """The newest measurement of one lesion, as the score `lirads_2018` takes it."""

    number: int
    inputs: Mapping[str, Any]
    states: Mapping[str, str]  # feature -> why it is not there, for those that say so
    category: str  # what the radiologist calls it, "" where nothing is said
    on: date | None
    by: str = ""


def features_of(lesions: Iterable[LesionSeen]) -> tuple[Features, ...]:
    """Of a treated lesion the diagnostic table says nothing: its categories are those of response."""
    return tuple(_features(one) for one in lesions if one.measured and _is_diagnosed(one))


def _is_diagnosed(lesion: LesionSeen) -> bool:
    return not lesion.treated and lesion.disappeared_on is None


def _features(lesion: LesionSeen) -> Features:
    newest = lesion.measured[0]
    said = {name: newest.features.get(name, "") for name in FEATURES}
    return Features(
        number=lesion.number,
        inputs={name: TRUTH[answer] for name, answer in said.items() if answer in TRUTH}
        | {"size_mm": newest.long_axis_mm},
        states={name: answer.lower() for name, answer in said.items() if answer and answer not in TRUTH},
        category=newest.li_rads,
        on=newest.on,
        by=newest.by,
    )
