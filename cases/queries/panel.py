"""Which scores, rules and notices are shown of a case, each with its inputs, its gaps and its source?

Decision support: nothing here hides a case, chooses a treatment or fills in what is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from cases.domain import panels, score_names, scores
from cases.domain.checklists import OF_DISEASE as CHECKLISTS
from cases.domain.checklists import Checklist
from cases.domain.flag_lines import Flag, Told, flag_of, notices_of, rule_line
from cases.domain.picture import Picture, assemble
from cases.domain.score_lines import Line, Settings, is_asked, lesion_lines, line_of
from cases.models import Case, TumorBoard
from cases.queries import picture as pictures

OPEN_AT_ONCE = frozenset({panels.LIVER.id, *(one.id for one in panels.OF_DISEASE.values())})
RULES = frozenset({"flag_resection", *panels.FLAG_OF_DISEASE.values()})
NOT_ON_ITS_OWN = "blocking_missing"  # readiness shows it


@dataclass(frozen=True)
class Panel:
    """One group of scores; those that can be told first."""

    id: str
    title: str
    lines: tuple[Line, ...]
    checklists: tuple[Checklist, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.id in OPEN_AT_ONCE

    @property
    def told(self) -> list[Line]:
        return [one for one in self.lines if one.value or one.refused]

    @property
    def lacking(self) -> list[Line]:
        return [one for one in self.lines if one.missing and not one.value]

    @property
    def not_applicable(self) -> list[Line]:
        return [one for one in self.lines if one.not_applicable]

    @property
    def brief(self) -> str:
        """What stands in the group, for whoever leaves it closed."""
        named = ((one.about or score_names.title(one.id, one.title), one) for one in self.told if one.value)
        told = [f"{name} {one.value}".strip() for name, one in named]
        lacking = len(self.lacking)
        if lacking:
            told.append(f"{lacking} incomplete")
        return "; ".join(told) or "does not apply"


@dataclass(frozen=True)
class Panels:
    panels: tuple[Panel, ...]
    flags: tuple[Flag, ...]
    notices: tuple[Told, ...]


def settings_of(board: TumorBoard) -> Settings:
    return Settings(frozenset(board.switched_off), frozenset(board.confirmed_locally))


def panels_of(case: Case, picture: Picture, *, sits: bool = True) -> Panels:
    """`sits`: whoever does not sit on the board is shown nothing that a discipline says or that follows."""
    settings = settings_of(case.board)
    if not sits:
        picture = without_inputs(picture)
    shown = [_panel(group, case, picture, sits=sits) for group in panels.groups_of(picture.primary_site)]
    link = partial(pictures.link, case=case, picture=picture)
    wanted = [one for one in panels.flags_of(picture.primary_site) if one not in settings.switched_off]
    return Panels(
        tuple(one for one in shown if one.lines or one.checklists),
        tuple(flag_of(one, picture, settings=settings, link=link) for one in wanted) if sits else (),
        notices_of(picture, settings=settings) if sits else (),
    )


def _panel(group: panels.Group, case: Case, picture: Picture, *, sits: bool) -> Panel:
    lines = [line for one in group.scores for line in lines_of(one, case, picture)]
    if not sits:
        lines = [one for one in lines if not _is_of_disciplines(one)]
    of_disease = panels.OF_DISEASE.get(picture.primary_site)
    lists = CHECKLISTS.get(picture.primary_site, ()) if group is of_disease else ()
    settings = settings_of(case.board)
    shown = tuple(
        replace(one, to_confirm=settings.open_point(one.id, one.to_confirm))
        for one in lists
        if one.id not in settings.switched_off
    )
    return Panel(group.id, group.title, tuple(lines), shown)


def lines_of(score_id: str, case: Case, picture: Picture) -> list[Line]:
    """One line, or one a lesion; none for what the board has switched off or nobody has begun to measure."""
    settings = settings_of(case.board)
    if score_id in settings.switched_off or not is_asked(score_id, picture):
        return []
    if score_id == "lirads_2018":
        return lesion_lines(picture, settings=settings)
    link = partial(pictures.link, case=case, picture=picture)
    return [line_of(score_id, picture, settings=settings, link=link)]


def without_inputs(picture: Picture) -> Picture:
    """What the case says of itself, without what a discipline judged."""
    sources = (one for one in picture.sources if not one.place.startswith("input:"))
    return assemble(sources, on=picture.on, lesions=picture.lesions)


def _is_of_disciplines(line: Line) -> bool:
    return any(one.place.startswith("input:") for one in line.missing)


def live_lines(specialty: str, case: Case, picture: Picture) -> tuple[list[Line], list[Flag]]:
    """The scores and rules that this discipline's answers enter."""
    settings = settings_of(case.board)
    wanted = panels.of_discipline(specialty, picture.primary_site)
    known = [one for one in wanted if one not in settings.switched_off]
    return (
        [line for one in known if one not in RULES for line in lines_of(one, case, picture)],
        [flag_of(one, picture, settings=settings) for one in known if one in RULES],
    )


def results_for_snapshot(case: Case, picture: Picture) -> list[dict[str, Any]]:
    """Every score and rule that is shown, as it stood: for the record of a decision."""
    return [_kept(line) for line in _shown(case, picture)]


def _shown(case: Case, picture: Picture) -> Iterator[Line]:
    for group in panels.groups_of(picture.primary_site):
        for score_id in group.scores:
            yield from lines_of(score_id, case, picture)
    settings = settings_of(case.board)
    for flag_id in panels.flags_of(picture.primary_site):
        if flag_id not in settings.switched_off:
            yield rule_line(flag_id, picture, settings=settings)


def _kept(line: Line) -> dict[str, Any]:
    status = "not_applicable" if line.not_applicable else "incomplete" if line.missing else None
    result = dict(line.result)
    return {
        "id": line.id,
        "title": line.title,
        "version": line.version,
        "about": line.about,
        "status": status or result.pop("status", ""),
        "value": line.value,
        "meaning": line.meaning,
        "outputs": {name: value for name, value in result.items() if name not in {"status", "missing"}},
        "inputs": [
            {"name": one.name, "value": one.value, "words": one.words, "on": one.on} for one in line.inputs
        ],
        "missing": [one.name for one in line.missing],
    }


def is_known(score_id: str) -> bool:
    """Whether there is a page for it."""
    return score_id != NOT_ON_ITS_OWN and score_id in {one.id for one in scores.all_scores()}


def one_line(score_id: str, case: Case, picture: Picture) -> list[Line]:
    """For a page of its own: shown also where nobody has begun to measure."""
    if score_id in RULES:
        return [rule_line(score_id, picture, settings=settings_of(case.board))]
    if score_id == "lirads_2018":
        return lesion_lines(picture, settings=settings_of(case.board))
    link = partial(pictures.link, case=case, picture=picture)
    return [line_of(score_id, picture, settings=settings_of(case.board), link=link)]


def short_words(case: Case, picture: Picture, *wanted: str) -> list[str]:
    """Scores that can be told, in a few words each, with their day: for the live screen and lists."""
    told = [line for one in wanted for line in lines_of(one, case, picture) if line.value]
    days = [_of_day(one) for one in told]
    is_last = [day not in days[place + 1 : place + 2] for place, day in enumerate(days)]
    return [_short(one) + (day if last else "") for one, day, last in zip(told, days, is_last, strict=True)]


def _of_day(one: Line) -> str:
    if not one.dated:
        return ""
    which = "oldest value " if one.is_mixed and one.on else ""
    return f" ({which}{one.on:%d-%b-%Y})" if one.on else " (day not known)"


def _short(one: Line) -> str:
    told = f"{score_names.title(one.id, one.title)} {one.value}".strip()
    return f"{told}, {one.meaning.partition(',')[0]}" if one.meaning else told
