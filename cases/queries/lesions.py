"""Which lesions has this case had, and how large was each on every day that somebody looked?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Prefetch

from cases.domain import anatomy, labs, lirads
from cases.domain.lesions import State
from cases.models import Case, ImagingStudy, Lesion, LesionMeasurement
from cases.queries.lesion_rows import LesionRow, newest_first
from cases.queries.response import Response, response_of
from cases.vocabulary import Vessel, VesselContact

NEVER = date.min  # where a size without a day stands: before all others


@dataclass(frozen=True)
class Column:
    """One day on which the liver was looked at, with what."""

    on: date | None
    studies: tuple[ImagingStudy, ...]

    @property
    def modality(self) -> str:
        return ", ".join(dict.fromkeys(one.get_modality_display().partition(",")[0] for one in self.studies))


@dataclass(frozen=True)
class Cell:
    """One lesion on one day."""

    look: LesionMeasurement | None
    is_gone: bool = False

    @property
    def size(self) -> str:
        return labs.plain(self.look.long_axis_mm) if self.look else ""

    @property
    def viable(self) -> str:
        return labs.plain(self.look.viable_mm) if self.look and self.look.viable_mm is not None else ""

    @cached_property
    def category(self) -> lirads.Category | None:
        if self.look is None:
            return None
        features = {name: getattr(self.look, name) for name in lirads.FEATURES}
        return lirads.category(
            size_mm=self.look.long_axis_mm,
            own=self.look.li_rads,
            features=features,
            is_treated=_after_treatment(self.look),
        )


def _after_treatment(look: LesionMeasurement) -> bool:
    """What was seen before the treatment can still be read by the diagnostic table."""
    lesion = look.lesion
    if not (lesion.treated or lesion.treatments):
        return False
    return not (lesion.treated_on and look.measured_on and look.measured_on < lesion.treated_on)


@dataclass(frozen=True)
class GridRow:
    """A lesion through time; its cells stand as the columns do."""

    row: LesionRow
    cells: tuple[Cell, ...]

    @property
    def lesion(self) -> Lesion:
        return self.row.lesion

    @property
    def state(self) -> State:
        return self.row.state

    @property
    def where(self) -> str:
        return ", ".join(anatomy.ordered(self.lesion.segments))

    @property
    def vessels(self) -> str:
        return vessels_in_words(self.lesion)

    @property
    def nature(self) -> str:
        kinds = {"cystic": self.lesion.cystic, "calcified": self.lesion.calcified}
        return ", ".join(word for word, holds in kinds.items() if holds)


@dataclass(frozen=True)
class LesionGrid:
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    withdrawn: tuple[GridRow, ...]
    response: Response

    @property
    def drawn(self) -> list:
        return [one.row.drawn for one in self.rows]

    @property
    def targets(self) -> str:
        return ", ".join(one.lesion.label for one in self.rows if one.lesion.is_target)

    @property
    def sums(self) -> list[str]:
        """Of the targets, a column each; empty where one of them was not measured."""
        known = self.response.by_day
        return [labs.plain(known[one.on]) if one.on and one.on in known else "" for one in self.columns]

    def within(self, segment: str) -> list[GridRow]:
        """The rows that lie in a segment; all of them without one."""
        if not segment:
            return list(self.rows)
        return [one for one in self.rows if anatomy.lies_in(one.lesion.segments, segment)]


def lesion_grid(
    case: Case, *, plans: Mapping[Any, str], said: Mapping[str, Any], hepatocellular: bool
) -> LesionGrid:
    """`plans` maps a lesion's id to the code of the action decided for it; `said` as response_of takes it."""
    lesions = lesions_with_looks(case)
    standing = [one for one in lesions if not one.withdrawn_at]
    looks = looks_of(standing)
    columns = _columns(looks, studies_of(case))
    before_on = (*newest_first(one.measured_on for one in looks)[1:2], None)[0]
    rows = [_row(one, plans.get(one.pk, ""), columns, before_on) for one in lesions]
    return LesionGrid(
        columns=columns,
        rows=tuple(one for one in rows if one.state != State.WITHDRAWN),
        withdrawn=tuple(one for one in rows if one.state == State.WITHDRAWN),
        response=response_of(standing, said=said, hepatocellular=hepatocellular),
    )


def lesions_with_looks(case: Case) -> list[Lesion]:
    """Every lesion that the case ever had, withdrawn ones too, each with its looks, the oldest first."""
    by_day = (F("measured_on").asc(nulls_first=True), "created_at")
    looks = LesionMeasurement.objects.standing().order_by(*by_day).select_related("created_by", "study")
    found = Lesion.objects.filter(case=case).select_related("withdrawn_by", "created_by")
    return list(found.order_by("number").prefetch_related(Prefetch("measurements", queryset=looks)))


def looks_of(lesions: Iterable[Lesion]) -> list[LesionMeasurement]:
    return [look for lesion in lesions for look in lesion.measurements.all()]


def studies_of(case: Case) -> list[ImagingStudy]:
    """The studies that show the liver and stand, the oldest first."""
    standing = ImagingStudy.objects.standing().filter(case=case, covers_liver=True)
    return list(standing.order_by("performed_on", "created_at"))


def vessels_in_words(lesion: Lesion) -> str:
    """ "abutment of right hepatic vein"; how it touches which vessel, as far as it is known."""
    names = ", ".join(str(Vessel(code).label).lower() for code in lesion.vessels)
    if lesion.vessel_contact == VesselContact.NONE:
        return "touches no vessel"
    how = str(lesion.get_vessel_contact_display()).lower() if lesion.vessel_contact else ""
    if how and names:
        return f"{how}: {names}"
    return names or (f"vessel contact: {how}" if how else "")


def _columns(looks: Sequence[LesionMeasurement], studies: Sequence[ImagingStudy]) -> tuple[Column, ...]:
    days = {one.measured_on for one in looks} | {one.performed_on for one in studies}
    return tuple(
        Column(day, tuple(one for one in studies if one.performed_on == day))
        for day in sorted(days, key=lambda day: day or NEVER)
    )


def _row(lesion: Lesion, plan: str, columns: Sequence[Column], before_on: date | None) -> GridRow:
    looks = {one.measured_on: one for one in lesion.measurements.all()}
    newest = reversed(lesion.measurements.all())
    row = LesionRow.of(lesion, newest, plan=plan, before_on=before_on)
    cells = tuple(Cell(looks.get(one.on), is_gone=_is_gone(lesion, one.on, looks)) for one in columns)
    return GridRow(row, cells)


def _is_gone(lesion: Lesion, day: date | None, looks: Mapping[date | None, Any]) -> bool:
    since = lesion.disappeared_on
    return bool(since and day and day >= since and day not in looks)
