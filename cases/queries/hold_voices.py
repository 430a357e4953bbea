"""What does each discipline say of the case on the screen, who is still asked, and whose word is old?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.domain import before_the_talk
from cases.models import AgendaItem, ImagingStudy
from cases.queries.recorded import Recorded
from cases.vocabulary import InputStatus, Opinion, Specialty

GIVEN, STALE, PENDING, SEALED = "given", "stale", "pending", "sealed"


@dataclass(frozen=True)
class Voice:
    """One discipline in the list of opinions."""

    specialty: Specialty
    state: str
    opinion: str
    reason: str
    said_on: date | None = None
    old_because: str = ""

    @property
    def code(self) -> str:
        return self.specialty.short

    @property
    def name(self) -> str:
        return str(self.specialty.label)


@dataclass(frozen=True)
class Voices:
    heard: list[Voice]
    before_the_talk: str  # where the board stood when the case was opened
    is_sealed: bool


def voices_of(item: AgendaItem, found: Recorded, *, is_begun: bool) -> Voices:
    """`is_begun`: the board has begun to talk of the case, or to write its decision.

    Until then a board that seals its opinions sees on this screen who has spoken, and nobody's words: the
    screen hangs on a wall, whoever has opened it.
    """
    sealed = found.case.board.seals_opinions and not is_begun
    imaged_on = next((one.performed_on for one in found.facts[ImagingStudy]), None)
    heard = [
        _voice(specialty, of_it, found.case, imaged_on, sealed) for specialty, of_it in _by_discipline(found)
    ]
    return Voices(heard, before_the_talk.in_words(item.stood_before), sealed)


def _by_discipline(found: Recorded) -> Iterable[tuple[Specialty, list[Any]]]:
    """Whoever is asked now or has spoken before, with everything the discipline has said of this case."""
    spared = {one.specialty for one in found.of_now if one.status == InputStatus.NOT_NEEDED}
    wanted = {one.specialty for one in found.of_now if one.status != InputStatus.NOT_NEEDED}
    wanted |= {one.specialty for one in found.inputs if one.status == InputStatus.SIGNED} - spared
    for code in Specialty.values:
        if code in wanted:
            yield Specialty(code), [one for one in found.inputs if one.specialty == code]


def _voice(specialty: Specialty, said: list[Any], case: Any, imaged_on: date | None, sealed: bool) -> Voice:
    signed = [one for one in said if one.status == InputStatus.SIGNED]
    of_now = next((one for one in signed if one.presentation == case.presentation), None)
    if of_now is None:
        return _awaited(specialty, said, case, next(iter(signed), None))
    on = of_now.signed_at.astimezone(case.board.zone).date()
    if sealed:
        return Voice(specialty, SEALED, "Given", "sealed until the case is opened", on)
    old = "before the last imaging" if imaged_on and on < imaged_on else ""
    state = STALE if old else GIVEN
    return Voice(specialty, state, _option(of_now), of_now.opinion_reason, on if old else None, old)


def _awaited(specialty: Specialty, said: list[Any], case: Any, earlier: Any) -> Voice:
    """Not answered for this discussion. What was said for an earlier one is shown as what it is."""
    asked = next((one for one in said if one.presentation == case.presentation), None)
    who = f"asked of {asked.asked_of.display_name}" if asked and asked.asked_of else "asked of nobody"
    if earlier is None:
        return Voice(specialty, PENDING, "Pending", who)
    on = earlier.signed_at.astimezone(case.board.zone).date()
    reason = f"now {who}" if asked else earlier.opinion_reason
    return Voice(specialty, STALE, _option(earlier), reason, on, "earlier discussion")


def _option(one: Any) -> str:
    return str(Opinion(one.opinion).label)
