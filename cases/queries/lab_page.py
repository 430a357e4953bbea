"""How has every laboratory value of a case moved? All of them, the wrong ones too, in the reader's units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.domain import lab_units, labs
from cases.domain.lab_units import System
from cases.domain.trends import Reading, Series
from cases.models import Case, LabResult


@dataclass(frozen=True)
class Row:
    """One value; `recorded` is how it was written, where it is shown in another unit."""

    result: LabResult
    value: str
    recorded: str

    @property
    def is_withdrawn(self) -> bool:
        return self.result.withdrawn_at is not None


@dataclass(frozen=True)
class Line:
    """One analyte: its rows, the newest first, and its curve."""

    code: str
    name: str
    unit: str
    rows: tuple[Row, ...]
    series: Series

    @property
    def newest(self) -> Row | None:
        return next((row for row in self.rows if not row.is_withdrawn), None)

    @property
    def has_curve(self) -> bool:
        return len(self.series.readings) > 1

    @property
    def note(self) -> str:
        """Whether mass was made of activity, or the reverse."""
        if self.code != "afp":
            return ""
        crossed = any(row.result.unit.endswith("IU/mL") or row.result.unit == "kIU/L" for row in self.rows)
        return lab_units.AFP_NOTE if crossed and any(row.recorded for row in self.rows) else ""


def lab_page(case: Case, *, system: System) -> list[Line]:
    found: dict[str, list[LabResult]] = {}
    results = LabResult.objects.filter(case=case).select_related("created_by", "withdrawn_by")
    for one in results.order_by("-taken_on", "-created_at"):
        found.setdefault(one.analyte, []).append(one)
    return [_line(code, found[code], system) for code in labs.ANALYTES if code in found]


def _line(code: str, results: Sequence[LabResult], system: System) -> Line:
    dated_last = sorted(results, key=lambda one: one.taken_on or date.min, reverse=True)
    standing = [one for one in dated_last if one.withdrawn_at is None]
    unit = lab_units.unit_in(system, code, recorded=(standing or dated_last)[0].unit)
    label = labs.UNIT_LABELS.get(unit, unit)
    return Line(
        code=code,
        name=labs.ANALYTES[code].name,
        unit=label,
        rows=tuple(_row(one, unit) for one in dated_last),
        series=Series(labs.ANALYTES[code].name, label, _readings(standing, unit), high=_limit(standing)),
    )


def _row(result: LabResult, unit: str) -> Row:
    shown = lab_units.converted(result.analyte, result.value, result.unit, unit)
    recorded = f"{result.comparator}{labs.amount(result.value, result.unit)}"
    return Row(result, f"{result.comparator}{labs.plain(shown)}", recorded if result.unit != unit else "")


def _readings(results: Iterable[LabResult], unit: str) -> tuple[Reading, ...]:
    return tuple(
        Reading(
            one.taken_on,
            float(lab_units.converted(one.analyte, one.value, one.unit, unit)),
            one.comparator,
        )
        for one in results
        if one.taken_on
    )


def _limit(newest_first: Iterable[LabResult]) -> float | None:
    """The upper limit of normal that was told last. Enzymes have one unit only."""
    return next((float(one.upper_limit) for one in newest_first if one.upper_limit), None)
