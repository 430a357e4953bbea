"""How does each lesion stand beside the map: its newest size, the one before, what is planned?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Prefetch

from cases.domain import anatomy, labs, liver_map
from cases.domain.lesions import State, state_of
from cases.domain.trends import MINUS
from cases.models import Case, Lesion, LesionMeasurement
from cases.vocabulary import Absent, Known, LocalTreatment


@dataclass(frozen=True)
class LesionRow:
    """One lesion with its newest size and the one before; `plan` is the code of the decided action."""

    lesion: Lesion
    now: LesionMeasurement | None
    before: LesionMeasurement | None
    plan: str = ""
    is_new: bool = False

    @classmethod
    def of(cls, lesion: Lesion, looks: Iterable[LesionMeasurement], *, plan: str, before_on: date | None):
        """`looks` from the newest; new is what was first seen after the last look but one."""
        now, before = (*list(looks)[:2], None, None)[:2]
        is_new = bool(lesion.first_seen_on and before_on and lesion.first_seen_on > before_on)
        return cls(lesion, now, before, plan, is_new)

    @property
    def segments(self) -> str:
        return ", ".join(anatomy.ordered(self.lesion.segments))

    @property
    def state(self) -> State:
        return state_of(self.lesion, is_new=self.is_new)

    @property
    def is_gone(self) -> bool:
        return self.state == State.GONE

    @property
    def treatments(self) -> str:
        return ", ".join(str(LocalTreatment(code).label) for code in self.lesion.treatments)

    @property
    def li_rads(self) -> str:
        """The radiologist's category of the newest look, as its code."""
        found = self.now.li_rads if self.now else ""
        return "" if found in set(Absent) else found

    @property
    def now_mm(self) -> str:
        return labs.plain(self.now.long_axis_mm) if self.now and not self.is_gone else ""

    @property
    def before_mm(self) -> str:
        before = self.now if self.is_gone else self.before
        return labs.plain(before.long_axis_mm) if before else ""

    @property
    def change(self) -> str:
        if not self.now or not self.before or self.is_gone:
            return ""
        return percent(before=self.before.long_axis_mm, now=self.now.long_axis_mm)

    @property
    def has_plan(self) -> bool:
        return bool(self.plan)

    @property
    def plan_words(self) -> str:
        return self.drawn.plan_label

    @property
    def drawn(self) -> liver_map.Lesion:
        return liver_map.Lesion(
            number=self.lesion.number,
            segments=anatomy.ordered(self.lesion.segments),
            size_mm=float(self.now.long_axis_mm) if self.now else None,
            plan=self.plan,
            viable=self.lesion.viable != Known.NO,
            treated=self.lesion.treated,
            new=self.is_new,
            gone=self.is_gone,
            note=self.lesion.note,
        )


@dataclass(frozen=True)
class Lesions:
    rows: tuple[LesionRow, ...]
    now_on: date | None = None
    before_on: date | None = None

    @property
    def drawn(self) -> list[liver_map.Lesion]:
        return [row.drawn for row in self.rows]

    @property
    def told(self) -> list[tuple[str, str]]:
        """How many are new, gone and treated, as far as there are any."""
        groups = (
            ("New", {State.NEW}),
            ("No longer seen", {State.GONE}),
            ("Treated", {State.DEAD, State.TREATED}),
        )
        named = ((words, [row.lesion for row in self.rows if row.state in those]) for words, those in groups)
        return [(words, ", ".join(one.label for one in found)) for words, found in named if found]

    @property
    def total(self) -> str:
        """The sum of the lesions that were measured on both days, with its change."""
        here = [row for row in self.rows if not row.is_gone]
        both = [row for row in here if row.now and row.before]
        if not both:
            measured = [row.now.long_axis_mm for row in here if row.now]
            return f"{labs.plain(sum(measured, Decimal(0)))} mm" if measured else ""
        now = sum((row.now.long_axis_mm for row in both if row.now), Decimal(0))
        before = sum((row.before.long_axis_mm for row in both if row.before), Decimal(0))
        return f"{labs.plain(now)} mm, {percent(before=before, now=now)}"


def percent(*, before: Decimal, now: Decimal) -> str:
    if not before:
        return ""
    change = round((now / before - 1) * 100)
    return f"{'+' if change > 0 else MINUS if change < 0 else ''}{abs(change)} %"


def lesions_of(case: Case, *, plans: Mapping[Any, str]) -> Lesions:
    """`plans` maps a lesion's id to the code of the action decided for it."""
    return lesions_of_all([case], plans=plans)[case.pk]


def lesions_of_all(cases: Iterable[Case], *, plans: Mapping[Any, str]) -> dict[Any, Lesions]:
    """The same for many cases in two queries."""
    ids = [case.pk for case in cases]
    newest = LesionMeasurement.objects.standing().order_by(
        F("measured_on").desc(nulls_last=True), "-created_at"
    )
    standing = Lesion.objects.standing().filter(case__in=ids).order_by("number")
    by_case: dict[Any, list[Lesion]] = {pk: [] for pk in ids}
    for one in standing.prefetch_related(Prefetch("measurements", queryset=newest)):
        by_case[one.case_id].append(one)
    return {pk: in_rows(found, plans=plans) for pk, found in by_case.items()}


def in_rows(found: list[Lesion], *, plans: Mapping[Any, str]) -> Lesions:
    """Of lesions in their order, each loaded with its measurements, the newest first."""
    days = {one.measured_on for lesion in found for one in lesion.measurements.all()}
    now_on, before_on = (*newest_first(days)[:2], None, None)[:2]
    rows = tuple(
        LesionRow.of(one, one.measurements.all(), plan=plans.get(one.pk, ""), before_on=before_on)
        for one in found
    )
    return Lesions(rows, now_on, before_on)


def newest_first(days: Iterable[date | None]) -> list[date]:
    return sorted({day for day in days if day}, reverse=True)
