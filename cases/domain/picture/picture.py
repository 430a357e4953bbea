"""What is known of a case on the day of its meeting, under the names that scores and rules use?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cases.domain.picture import derivations, from_inputs
from cases.domain.picture.known import Known
from cases.domain.picture.lirads import Features, features_of
from cases.domain.picture.names import name_for
from cases.domain.picture.parts import WAIVED, Gap, Item, Source
from cases.domain.picture.seen import LesionSeen
from cases.domain.scores.readiness_rule import Anything
from cases.domain.scores.registry import Score

NEWEST_COUNTS = {"liver_imaging_date"}  # an older study that is being described does not hide a newer one


@dataclass(frozen=True)
class Picture:
    """Made by `assemble`; what is typed and not saved is laid over it by `with_items` or `with_input`."""

    items: Mapping[str, Item]
    gaps: Mapping[str, Gap]
    primary_site: str = ""  # as scores write it: "hcc"; "" when it is not recorded
    on: date = date.min  # the day for which it is true
    lesions: tuple[LesionSeen, ...] = ()
    sources: tuple[Source, ...] = ()
    input_ids: Mapping[str, Any] = field(default_factory=dict)  # specialty -> its input, for links

    def raw(self, name: str) -> Any:
        found = self.items.get(name)
        return None if found is None else found.value

    def item(self, name: str) -> Item | None:
        return self.items.get(name)

    def gap(self, name: str) -> Gap:
        return self.gaps.get(name) or Gap(name)

    def missing(self, name: str) -> bool:
        return name not in self.items

    def inputs_of(self, score: Score) -> dict[str, Any]:
        """What this score may be computed from, under its own names and in its own coding."""
        return {
            one.name: self._answer(one, name_for(score.id, one.name))
            for one in score.inputs
            if self._answer(one, name_for(score.id, one.name)) is not None
        }

    def _answer(self, wanted: Any, name: str) -> Any:
        if isinstance(getattr(wanted, "of", wanted), Anything) and name not in self.items:
            state = self.gap(name).state
            return WAIVED if state == WAIVED else None
        return self.raw(name)

    def oldest(self, names: Iterable[str]) -> date | None:
        """The day of the oldest of these items; None where the day of one is not known, or none has one."""
        found = [self.items[name] for name in names if name in self.items]
        days = [one.on for one in found if one.is_dated]
        return min((day for day in days if day), default=None) if all(days) else None

    @property
    def lirads(self) -> tuple[Features, ...]:
        """What LI-RADS asks of each lesion, one by one."""
        return features_of(self.lesions)

    def known(self) -> dict[str, Any]:
        """All values by name, as the automatic notices take them."""
        return {name: one.value for name, one in self.items.items()}

    def with_items(self, items: Iterable[Source]) -> "Picture":
        """The same with these laid over it, and with what follows from them."""
        laid_over = tuple(items)
        values = {one.name for one in laid_over if isinstance(one, Item)} - NEWEST_COUNTS
        answers = {(one.name, one.place) for one in laid_over}
        kept = tuple(
            one for one in self.sources if one.name not in values and (one.name, one.place) not in answers
        )
        return assemble((*kept, *laid_over), lesions=self.lesions, on=self.on, input_ids=self.input_ids)

    def with_input(self, specialty: str, said: Mapping[str, Any], *, by: str = "") -> "Picture":
        """What a discipline is writing, in the place of what it had signed."""
        place = from_inputs.place_of(specialty)
        kept = tuple(one for one in self.sources if one.place != place)
        bare = replace(self, sources=kept)
        return bare.with_items(from_inputs.items_of(specialty, said, on=self.on, by=by))


def assemble(
    sources: Iterable[Source],
    *,
    on: date,
    lesions: tuple[LesionSeen, ...] = (),
    input_ids: Mapping[str, Any] | None = None,
) -> Picture:
    sources = tuple(sources)
    known = Known(on=on, lesions=lesions)
    known.hear(sources)
    known.derive(derivations.RULES)
    gaps = {name: gap for name, gap in known.gaps.items() if name not in known.items}
    site = known.value("primary_site") or ""
    return Picture(known.items, gaps, site, on, lesions, sources, input_ids or {})
