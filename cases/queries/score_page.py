"""What is one score of one case made of, how did it move, and into which decisions did it enter?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.domain import score_catalogue, score_history, scores
from cases.domain.flag_lines import Flag, flag_of
from cases.domain.picture import Picture, from_facts
from cases.domain.picture.from_labs import of_labs
from cases.domain.picture.parts import Item, Source
from cases.domain.score_lines import Line
from cases.domain.trends import Series
from cases.models import Case, LabResult, LiverStatus, Recommendation
from cases.queries import picture as pictures
from cases.queries.meeting_day import day_of
from cases.queries.panel import RULES, one_line, settings_of, without_inputs

OF_THE_LIVER = frozenset({"child_pugh", "meld", "meld3", "meld_na"})


@dataclass(frozen=True)
class Decided:
    """What the score said when a decision was signed."""

    on: datetime
    pk: Any
    value: str
    meaning: str
    version: str


@dataclass(frozen=True)
class ScorePage:
    case: Case
    entry: score_catalogue.Entry
    lines: tuple[Line, ...]
    flag: Flag | None
    trend: Series | None
    decided: tuple[Decided, ...]
    day: date
    is_switched_off: bool
    to_confirm: str

    @property
    def title(self) -> str:
        """A rule is named after its question, not after one of its answers."""
        return f"Published rule: {self.flag.title}" if self.flag else self.entry.title


def score_page(case: Case, score_id: str, *, user, sits: bool, now: datetime) -> ScorePage:
    day, settings = day_of(case, now), settings_of(case.board)
    picture = pictures.picture_of(case, on=day)
    if not sits:
        picture = without_inputs(picture)
    entry = score_catalogue.entry(score_id)
    return ScorePage(
        case=case,
        entry=entry,
        lines=tuple(one_line(score_id, case, picture)),
        flag=_flag(score_id, case, picture),
        trend=_trend(score_id, case, picture),
        decided=tuple(_decided(score_id, case, user)),
        day=day,
        is_switched_off=score_id in settings.switched_off,
        to_confirm=settings.open_point(score_id, entry.to_confirm),
    )


def _flag(score_id: str, case: Case, picture: Picture) -> Flag | None:
    if score_id not in RULES:
        return None

    def link(place: str) -> str:
        return pictures.link(place, case, picture)

    return flag_of(score_id, picture, settings=settings_of(case.board), link=link)


def _trend(score_id: str, case: Case, picture: Picture) -> Series | None:
    if score_id not in score_history.DRAWN:
        return None
    past = _liver_by_day(case) if score_id in OF_THE_LIVER else []
    taken = _labs_by_day(case, score_id)

    def of_day(day: date) -> Iterable[Source]:
        yield from _age(case, day)
        for on, sources in past:
            if on <= day:
                yield from sources

    return score_history.series_of(score_id, picture, taken=taken, of_day=of_day)


def _labs_by_day(case: Case, score_id: str) -> dict[date, list[Source]]:
    wanted = [one.name for one in scores.get(score_id).inputs]
    known = LabResult.objects.standing().filter(case=case, analyte__in=wanted, taken_on__isnull=False)
    by_day: dict[date, list[dict[str, Any]]] = {}
    for one in known.order_by("taken_on", "created_at"):
        by_day.setdefault(one.taken_on, []).append(_row(one))
    return {day: of_labs(rows) for day, rows in by_day.items()}


def _liver_by_day(case: Case) -> list[tuple[date, list[Source]]]:
    """Every judgement of the liver, the oldest first, so that of those by a day the newest counts."""
    known = LiverStatus.objects.standing().filter(case=case, assessed_on__isnull=False)
    return [
        (one.assessed_on, from_facts.of_liver({**_row(one), "assessed_on": one.assessed_on}))
        for one in known.order_by("assessed_on", "created_at")
        if one.assessed_on
    ]


def _row(one: LabResult | LiverStatus) -> dict[str, Any]:
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


def _age(case: Case, day: date) -> Iterator[Item]:
    born = case.patient.birth_date
    if born:
        years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        yield Item("age_years", years, f"{years} y", is_dated=False, said_on=date.max)


def _decided(score_id: str, case: Case, user) -> Iterator[Decided]:
    signed = Recommendation.objects.visible_to(user).filter(case=case, signed_at__isnull=False)
    for one in signed.order_by("-signed_at"):
        for kept in _kept(one.snapshot, score_id):
            yield Decided(
                one.signed_at,
                one.pk,
                kept.get("value") or kept.get("status", "").replace("_", " "),
                kept.get("meaning", ""),
                kept.get("version", ""),
            )


def _kept(snapshot: Mapping[str, Any], score_id: str) -> list[Mapping[str, Any]]:
    """Snapshots of the first schema kept only the versions."""
    found = snapshot.get("scores") or []
    if isinstance(found, Mapping):
        version = found.get(score_id)
        return [{"version": version, "status": "not kept"}] if version else []
    return [one for one in found if one.get("id") == score_id]
