"""What does a published rule say of this patient: met, not met and unknown items, and what people are told?

A rule suggests a conversation. That it is not met never means that a case should not be discussed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cases.domain import automatic_notices, flag_words, score_words, scores
from cases.domain.picture import Picture, name_for
from cases.domain.score_lines import (
    Line,
    Link,
    Missing,
    Settings,
    line_of,
    missing,
    nowhere,
    refused_because,
    result_of,
)
from cases.domain.scores.rule_items import CANNOT_TELL, COULD_BE_CONSIDERED, NOT_SUGGESTED

SHAPES = {COULD_BE_CONSIDERED: "scale", NOT_SUGGESTED: "na", CANNOT_TELL: "ask"}
WORDS = {
    COULD_BE_CONSIDERED: "could be considered",
    NOT_SUGGESTED: "this published rule is not met",
    CANNOT_TELL: "cannot tell yet",
}

# Where the things that a rule names beside it are found: a score, an item, or an output of the rule.
BESIDE = {
    "Oslo score": "oslo_score",
    "Tumour Burden Score": "tbs",
    "metabolic tumour volume": "crlm_mtv",
    "side of the primary": "primary_side",
    "N stage of the primary": "primary_node_positive",
    "Ki-67 of primary and metastasis": "ki67_percent",
    "which sets it is within": "within",
    "MELD 3.0": "meld3",
    "portal hypertension": "portal_hypertension",
    "number of tumours": "lesion_count",
}


@dataclass(frozen=True)
class RuleItem:
    """One item; `state` is met, unmet or unknown."""

    state: str
    words: str
    source: str
    to_confirm: bool


@dataclass(frozen=True)
class Told:
    """A message or an automatic notice."""

    words: str
    source: str
    to_confirm: bool


@dataclass(frozen=True)
class Beside:
    """What is worth looking at next to a rule, and how it stands."""

    words: str
    value: str


@dataclass(frozen=True)
class Flag:
    line: Line
    title: str
    sentence: str
    outcome: str
    items: tuple[RuleItem, ...]
    beside: tuple[Beside, ...]
    messages: tuple[Told, ...]
    missing: tuple[Missing, ...]

    @property
    def id(self) -> str:
        return self.line.id

    @property
    def shape(self) -> str:
        return SHAPES.get(self.outcome, "due")

    @property
    def word(self) -> str:
        return WORDS.get(self.outcome, self.line.refused)

    def of(self, state: str) -> tuple[RuleItem, ...]:
        return tuple(one for one in self.items if one.state == state)

    @property
    def met(self) -> tuple[RuleItem, ...]:
        return self.of("met")

    @property
    def unmet(self) -> tuple[RuleItem, ...]:
        return self.of("unmet")

    @property
    def unknown(self) -> tuple[RuleItem, ...]:
        return self.of("unknown")


def flag_of(flag_id: str, picture: Picture, *, settings: Settings, link: Link = nowhere) -> Flag:
    line = rule_line(flag_id, picture, settings=settings)
    result, title = line.result, flag_words.FLAGS[flag_id].title
    beside = _beside(flag_id, result, picture, settings)
    if result["status"] != "ok":
        return Flag(line, title, line.refused, "", (), beside, (), ())
    items = tuple(
        RuleItem(one.state, one.words, one.source, one.to_confirm and flag_id not in settings.confirmed)
        for one in flag_words.lines(flag_id, result)
    )
    return Flag(
        line=line,
        title=title,
        sentence=flag_words.sentence(flag_id, result),
        outcome=result["flag"],
        items=items,
        beside=beside,
        messages=_told(flag_words.messages(flag_id, result, _for_messages(picture, settings)), settings),
        missing=_missing(flag_id, result, picture, link),
    )


def _beside(
    flag_id: str, result: Mapping[str, Any], picture: Picture, settings: Settings
) -> tuple[Beside, ...]:
    named = flag_words.beside(flag_id, picture.primary_site)
    return tuple(Beside(words, _how(BESIDE.get(words, ""), result, picture, settings)) for words in named)


def _how(name: str, result: Mapping[str, Any], picture: Picture, settings: Settings) -> str:
    """A score's value, an item's words, or a list that the rule itself gives."""
    if name in result:
        return score_words.in_words(result[name])
    if name in settings.switched_off:
        return "switched off by this board"
    if name in {one.id for one in scores.all_scores()}:
        line = line_of(name, picture, settings=settings)
        return line.value or line.not_applicable or "inputs missing"
    item = picture.item(name)
    return item.words if item else picture.gap(name).words


def rule_line(flag_id: str, picture: Picture, *, settings: Settings) -> Line:
    """A rule has no figure: only its inputs, version and source, and its result."""
    score, result = scores.get(flag_id), result_of(flag_id, picture)
    names = dict.fromkeys(name_for(flag_id, one.name) for one in score.inputs)
    refused = ""
    if result["status"] == "invalid":
        refused = refused_because(flag_id, result["field"])
    return Line(
        flag_id,
        score.title,
        score.version,
        score.source,
        score.cautions,
        settings.open_point(flag_id, score.to_confirm),
        value="" if refused else WORDS[result["flag"]],
        inputs=tuple(item for name in names if (item := picture.item(name)) is not None),
        refused=refused,
        result=result,
    )


def _missing(flag_id: str, result: Mapping[str, Any], picture: Picture, link: Link) -> tuple[Missing, ...]:
    """The inputs that are missing, where an item is unknown because of them."""
    if not result["unknown"]:
        return ()
    names = dict.fromkeys(name_for(flag_id, one.name) for one in scores.get(flag_id).inputs)
    return tuple(missing(name, picture, link) for name in names if picture.missing(name))


def _for_messages(picture: Picture, settings: Settings) -> dict[str, Any]:
    is_hcc = picture.primary_site == "hcc"
    sets = _result("hcc_transplant_criteria", picture, settings) if is_hcc else {}
    eligible = sets.get("unos_downstaging_eligible")
    return {"primary_site": picture.primary_site, "unos_downstaging_eligible": eligible}


def notices_of(picture: Picture, *, settings: Settings) -> tuple[Told, ...]:
    """What people are reminded of; nothing fires on what is missing."""
    known = picture.known() | {"primary_site": picture.primary_site} | _figures(picture, settings)
    return _told(automatic_notices.notices(known), settings)


def _figures(picture: Picture, settings: Settings) -> dict[str, Any]:
    """What scores gave, under the names that notices ask for."""
    y90, meld = _result("y90_lung_dose", picture, settings), line_of("meld3", picture, settings=settings)
    shown = bool(meld.value) and "meld3" not in settings.switched_off
    return {
        "meld3": meld.result.get("score") if shown else None,
        "exceeds_30_single": y90.get("exceeds_30_single"),
        "exceeds_50_cumulative": y90.get("exceeds_50_cumulative"),
        "flag_resection": _result("flag_resection", picture, settings),
        "mayo_pcca": _result("mayo_pcca", picture, settings),
    }


def _result(score_id: str, picture: Picture, settings: Settings) -> dict[str, Any]:
    """Nothing follows from what the board has switched off."""
    return {} if score_id in settings.switched_off else result_of(score_id, picture)


def _told(notices: Iterable[automatic_notices.Notice], settings: Settings) -> tuple[Told, ...]:
    return tuple(
        Told(one.words, one.source, one.to_confirm and one.id not in settings.confirmed)
        for one in notices
        if one.id not in settings.switched_off
    )
