"""What do scores and rules say with what a discipline is writing, before it is signed?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.domain.flag_lines import Flag
from cases.domain.labs import plain
from cases.domain.picture import Picture, assemble, from_facts
from cases.domain.radiation import bed10
from cases.domain.referral import LesionSeen
from cases.domain.remnant import remnant_percent
from cases.domain.score_lines import Line
from cases.domain.scores.units import half_up
from cases.domain.typed_lesions import overlaid
from cases.models import SpecialistInput
from cases.queries import panel
from cases.queries.picture import drawn
from cases.queries.recorded import Recorded

AS_TYPED = "as typed"


@dataclass(frozen=True)
class Computed:
    lines: tuple[Line, ...]
    flags: tuple[Flag, ...]
    notes: tuple[str, ...]
    day: date

    @property
    def told(self) -> list[Line]:
        return [one for one in self.lines if one.value or one.refused]

    @property
    def lacking(self) -> list[Line]:
        return [one for one in self.lines if one.missing and not one.value]

    @property
    def not_applicable(self) -> list[Line]:
        return [one for one in self.lines if one.not_applicable]


def computed(
    asked: SpecialistInput, said: Mapping[str, Any], *, facts: Mapping[str, Any], found: Recorded, day: date
) -> Computed:
    """`said` is the discipline's own part with its rows, `facts` what it says of the case itself.

    `found` is what stands of the case.
    """
    case = asked.case
    seen = _with_lesions(drawn(found, on=day), said.get("lesions") or ())
    seen = _with_facts(seen.with_input(asked.specialty, said, by=AS_TYPED), facts)
    lines, flags = panel.live_lines(asked.specialty, case, seen)
    return Computed(tuple(lines), tuple(flags), tuple(_notes(said)), day)


def _with_facts(picture: Picture, facts: Mapping[str, Any]) -> Picture:
    """The newest fact counts as a whole: what is left open in it is not known."""
    if not facts.get("liver"):
        return picture
    return picture.with_items(from_facts.of_liver(facts["liver"], by=AS_TYPED))


def _with_lesions(picture: Picture, rows: Iterable[Any]) -> Picture:
    """Rows that stand in the record already say nothing new."""
    typed = [one for one in rows if isinstance(one, LesionSeen)]
    if not typed:
        return picture
    seen = overlaid(picture.lesions, typed, on=picture.on, by=AS_TYPED)
    return assemble(picture.sources, on=picture.on, lesions=seen, input_ids=picture.input_ids)


def _notes(said: Mapping[str, Any]) -> Iterator[str]:
    """What follows from the form alone, without being a score."""
    remnant, total, tumour = (
        said.get(f"{one}_ml") for one in ("flr_volume", "total_liver_volume", "tumour_volume")
    )
    share = remnant_percent(remnant=remnant, total=total, tumour=tumour)
    if share is not None and remnant is not None and total is not None:
        without = "less its tumour" if tumour is not None else "tumour volume not known"
        yield (
            f"Measured remnant {half_up(share, 1)} %: {plain(remnant)} mL of {plain(total)} mL, {without}; "
            "not standardised to body surface."
        )
    dose, fractions = said.get("dose_gy"), said.get("fractions")
    effective = bed10(dose_gy=dose, fractions=fractions)
    if effective is not None and dose is not None:
        yield f"BED10 {plain(effective)} Gy: {plain(dose)} Gy in {fractions} fractions."
