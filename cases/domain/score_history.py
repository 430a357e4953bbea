"""How did a score move, counted on each day on which its blood values were all taken?

Nothing is carried from one day to the next except the newest judgement of the liver and the newest size of
each lesion that were there by then. A day that lacks an input has no point.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from cases.domain import score_words, scores
from cases.domain.picture import Picture, assemble
from cases.domain.picture.parts import Source
from cases.domain.picture.seen import LesionSeen
from cases.domain.trends import Reading, Series

# The output that is drawn.
DRAWN = {
    "albi": "score",
    "child_pugh": "score",
    "meld": "score",
    "meld3": "score",
    "meld_na": "score",
    "palbi": "score",
    "fib4": "score",
    "afp_score": "score",
}
LABS = "labs"
OfDay = Callable[[date], Iterable[Source]]


def nothing(day: date) -> Iterable[Source]:
    return ()


def series_of(
    score_id: str,
    picture: Picture,
    *,
    taken: Mapping[date, Iterable[Source]],
    of_day: OfDay = nothing,
) -> Series | None:
    """None for a score that is not drawn, or that can be told of fewer than two days.

    `taken` are the blood values of each day. `of_day` gives what was true on a day and is not among the
    sources of the picture: age, earlier judgements.
    """
    if score_id not in DRAWN:
        return None
    known = ((day, _as_of(day, picture, (*taken[day], *of_day(day)))) for day in sorted(taken))
    readings = [one for day, seen in known if (one := _reading(score_id, seen, day))]
    score = scores.get(score_id)
    return Series(score.title, "", tuple(readings)) if len(readings) > 1 else None


def _as_of(day: date, picture: Picture, more: Iterable[Source]) -> Picture:
    """Blood values of that very day, the rest as it stood by then."""
    kept = [one for one in picture.sources if _counts(one, day)]
    there = (one for one in picture.lesions if one.first_seen_on is None or one.first_seen_on <= day)
    lesions = tuple(_seen_by(day, one) for one in there)
    return assemble((*kept, *more), on=day, lesions=lesions)


def _counts(one: Source, day: date) -> bool:
    if one.place == LABS:
        return False
    return not getattr(one, "is_dated", True) or (one.on is not None and one.on <= day)


def _seen_by(day: date, lesion: LesionSeen) -> LesionSeen:
    """As it was on that day: not yet gone, and before its treatment not yet treated."""
    by_then = tuple(one for one in lesion.measured if one.on is not None and one.on <= day)
    gone = lesion.disappeared_on is not None and lesion.disappeared_on <= day
    seen = replace(lesion, measured=by_then, disappeared_on=lesion.disappeared_on if gone else None)
    if lesion.treated_on is None or lesion.treated_on <= day:
        return seen
    return replace(seen, treated=False, viable="YES")


def _reading(score_id: str, known: Picture, day: date) -> Reading | None:
    score = scores.get(score_id)
    result: dict[str, Any] = scores.compute(score_id, known.inputs_of(score))
    if result["status"] != "ok":
        return None
    return Reading(day, float(result[DRAWN[score_id]]), note=score_words.told(score, result).meaning)
