"""How do the target lesions respond, by RECIST 1.1 and by mRECIST, and what is missing to say so?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cases.domain import labs, scores
from cases.domain import lesions as rules
from cases.domain import response as rule
from cases.domain.trends import Reading, Series, signed
from cases.models import Lesion, LesionMeasurement

ANSWERS = {
    "CR": "complete response",
    "PR": "partial response",
    "SD": "stable disease",
    "PD": "progressive disease",
}
LINES = {"recist_1_1": ("RECIST 1.1", "longest axes"), "mrecist_target": ("mRECIST", "viable parts")}
SAID_ELSEWHERE = {
    "non_target": "whether lesions that are not targets have changed",
    "new_lesion": "whether a lesion is new",
}


@dataclass(frozen=True)
class Line:
    """One of the two rules: its answer in words, its three sums, and what it lacks."""

    title: str
    of: str  # what is summed
    score: scores.Score
    sums: rule.Sums | None
    answer: str
    overall: str
    missing: tuple[str, ...]
    series: Series

    @property
    def has_chart(self) -> bool:
        return len(self.series.readings) > 1

    @property
    def figures(self) -> list[tuple[str, str, date | None, str]]:
        """Baseline, nadir and now: millimetres, day, and the change up to now."""
        if self.sums is None:
            return []
        s = self.sums
        return [
            ("Baseline", labs.plain(s.baseline), s.baseline_on, ""),
            ("Nadir", labs.plain(s.nadir), s.nadir_on, ""),
            ("Now", labs.plain(s.current), s.current_on, _changes(s)),
        ]


@dataclass(frozen=True)
class Response:
    targets: tuple[Lesion, ...]
    by_day: Mapping[date, Decimal]
    lines: tuple[Line, ...]
    doubts: tuple[tuple[str, str], ...]  # a target and what speaks against it
    new_since: tuple[str, ...]  # first seen after the baseline


def response_of(standing: Sequence[Lesion], *, said: Mapping[str, Any], hepatocellular: bool) -> Response:
    """`said` holds what is known of the rest of the disease: non_target, new_lesion.

    mRECIST is for HCC; where viable parts are measured all the same, what they sum to is told.
    """
    targets = [one for one in standing if one.is_target]
    days = [look.measured_on for one in standing for look in one.measurements.all() if look.measured_on]
    axes = _measured(targets, days, lambda look: look.long_axis_mm)
    parts = _measured(targets, days, lambda look: look.viable_mm)
    sums, viable = rule.target_sums(axes), rule.target_sums(parts)
    rest = {name: said.get(name) for name in SAID_ELSEWHERE}
    lines = [_line("recist_1_1", sums, rule.recist(sums, **rest), axes)]
    if hepatocellular or any(parts.values()):
        lines.append(_line("mrecist_target", viable, rule.mrecist(viable), parts))
    return Response(
        targets=tuple(targets),
        by_day=rule.sums_by_day(axes),
        lines=tuple(lines) if targets else (),
        doubts=tuple(_doubts(targets, sums)),
        new_since=_new_since(standing, sums),
    )


def _measured(
    targets: Sequence[Lesion], days: Sequence[date], part: Callable[[LesionMeasurement], Decimal | None]
) -> dict[str, dict[date, Decimal]]:
    return {
        one.label: rule.with_gone(_sizes(one, part), gone_on=one.disappeared_on, looked_on=days)
        for one in targets
    }


def _sizes(lesion: Lesion, part: Callable[[LesionMeasurement], Decimal | None]) -> dict[date, Decimal]:
    found = {one.measured_on: part(one) for one in lesion.measurements.all() if one.measured_on}
    return {day: size for day, size in found.items() if size is not None}


def _targets_alone(sums: rule.Sums | None) -> str:
    """What the targets answer does not hang on the rest of the disease."""
    return rule.recist(sums, non_target="not_evaluated", new_lesion=False).get("target", "")


def _line(score_id: str, sums: rule.Sums | None, result: dict, measured: Mapping[str, Mapping]) -> Line:
    title, of = LINES[score_id]
    target = result.get("target") or (_targets_alone(sums) if score_id == "recist_1_1" else "")
    readings = tuple(Reading(day, float(total)) for day, total in rule.sums_by_day(measured).items())
    return Line(
        title=title,
        of=of,
        score=scores.get(score_id),
        sums=sums,
        answer=ANSWERS.get(target, ""),
        overall=ANSWERS.get(result.get("overall", ""), ""),
        missing=tuple(_missing(sums, result, measured, of)),
        series=Series(f"Sum of {of} of the targets", "mm", readings),
    )


def _missing(sums: rule.Sums | None, result: dict, measured: Mapping[str, Mapping], of: str) -> Iterable[str]:
    if sums is None:
        yield f"two days on which the {of} of all targets are measured"
    elif result["status"] == "invalid":
        yield f"a {result['field'].replace('_', ' ')} that can be: check the sizes"
    for day, labels in list(rule.days_without_all(measured).items())[-3:]:
        yield f"{', '.join(labels)} on {day:%d-%b-%Y}"
    if sums is not None:
        yield from (words for name, words in SAID_ELSEWHERE.items() if name in result.get("missing", ()))


def _changes(s: rule.Sums) -> str:
    parts = (("baseline", s.from_baseline), ("nadir", s.from_nadir))
    known = (f"{signed(float(change))} % from the {name}" for name, change in parts if change is not None)
    return ", ".join(known)


def _doubts(targets: Sequence[Lesion], sums: rule.Sums | None) -> Iterable[tuple[str, str]]:
    for one in targets:
        baseline = _sizes(one, lambda look: look.long_axis_mm).get(sums.baseline_on) if sums else None
        yield from ((one.label, words) for words in rules.doubts_about_target(one, baseline_mm=baseline))


def _new_since(standing: Sequence[Lesion], sums: rule.Sums | None) -> tuple[str, ...]:
    if sums is None:
        return ()
    return tuple(one.label for one in standing if one.first_seen_on and one.first_seen_on > sums.baseline_on)
