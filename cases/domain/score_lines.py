"""How does one score stand for this patient: its value, its inputs, and each input that is missing?

Whatever is missing is named with why it is missing and where it is recorded. A score that does not apply says
why. It is as old as its oldest input.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cases.domain import score_words, scores
from cases.domain.labs import plain
from cases.domain.panels import NEEDS_CIRRHOSIS, SHOWN_WITH
from cases.domain.picture import NAMES, STATE_WORDS, Features, Gap, Item, Picture, name_for

LISTED = 5  # missing inputs that are named in a list
Link = Callable[[str], str]
NEEDS = " (needs"  # how a label begins to say what a derived input is made of
LUNG_AS_USUAL = {
    "previous_lung_dose_gy": "earlier lung dose not recorded, so not counted",
    "lung_mass_kg": "lung mass taken as 1.0 kg",
}
UNUSABLE = "cannot be used together with the others"


def nowhere(place: str) -> str:
    return ""


@dataclass(frozen=True)
class Settings:
    """What a board has switched off, and what it has checked against its source."""

    switched_off: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()

    def open_point(self, what: str, words: str) -> str:
        """What is to be confirmed here; nothing once this hospital has."""
        return "" if what in self.confirmed else words


@dataclass(frozen=True)
class Missing:
    name: str
    words: str
    state: str  # "" for what nobody recorded, else pending, not tested, waived ...
    detail: str
    link: str = ""
    place: str = ""

    @property
    def told(self) -> str:
        return f"{self.words} ({self.detail})" if self.detail else self.words


@dataclass(frozen=True)
class Line:
    id: str
    title: str
    version: str
    source: str
    cautions: tuple[str, ...]
    to_confirm: str
    value: str = ""
    meaning: str = ""
    outputs: tuple[tuple[str, str], ...] = ()
    inputs: tuple[Item, ...] = ()
    missing: tuple[Missing, ...] = ()
    not_applicable: str = ""
    refused: str = ""
    about: str = ""  # the lesion, where a score is of one lesion
    result: Mapping[str, Any] = field(default_factory=dict)

    @property
    def on(self) -> date | None:
        """The day of the oldest input; None when the day of one is not known."""
        days = [one.on for one in self.inputs if one.is_dated]
        return min((day for day in days if day), default=None) if all(days) else None

    @property
    def is_mixed(self) -> bool:
        """Its inputs are of different days, or the day of one is not known."""
        return len({one.on for one in self.dated}) > 1

    @property
    def first_missing(self) -> tuple[Missing, ...]:
        """Enough for a list; the page of the score has all."""
        return said_once(self.missing[:LISTED])

    @property
    def more_missing(self) -> int:
        return max(len(self.missing) - LISTED, 0)

    @property
    def dated(self) -> tuple[Item, ...]:
        return tuple(one for one in self.inputs if one.is_dated)


def said_once(missing: tuple[Missing, ...]) -> tuple[Missing, ...]:
    """Why something is missing is said behind the last of those in a row for which it is the same."""
    following = (*missing[1:], None)
    return tuple(
        replace(one, detail="") if after and after.detail == one.detail else one
        for one, after in zip(missing, following, strict=True)
    )


def result_of(score_id: str, picture: Picture) -> dict[str, Any]:
    """What comes out, without regard to whether the score applies."""
    return scores.compute(score_id, picture.inputs_of(scores.get(score_id)))


def line_of(score_id: str, picture: Picture, *, settings: Settings, link: Link = nowhere) -> Line:
    score = scores.get(score_id)
    open_point = settings.open_point(score_id, score.to_confirm)
    bare = Line(score_id, score.title, score.version, score.source, score.cautions, open_point)
    if why := _not_applicable(score_id, picture):
        return replace(bare, not_applicable=why)
    result = scores.compute(score_id, picture.inputs_of(score))
    names = _missing(score_id, result, picture)
    line = replace(
        bare,
        inputs=_inputs(score, picture),
        missing=tuple(missing(name, picture, link) for name in names),
        result=result,
    )
    if names:
        return line
    if result["status"] == "invalid":
        return replace(line, refused=refused_because(score_id, result["field"]))
    told = score_words.told(score, result)
    meaning = "; ".join(filter(None, (told.meaning, _taken_as(score_id, picture))))
    outputs = tuple(score_words.outputs(score, result))
    return replace(line, value=told.value, meaning=meaning, outputs=outputs)


def refused_because(score_id: str, field: str) -> str:
    blamed = _label(name_for(score_id, field)).partition(NEEDS)[0]
    return f"{blamed[:1].upper()}{blamed[1:]} {UNUSABLE}. Check the values."


def _taken_as(score_id: str, picture: Picture) -> str:
    """Where a published score reads an open answer in one way, that is said."""
    if score_id == "bclc_2022" and picture.raw("ecog") in {1, 2} and picture.missing("ecog_cancer_related"):
        return "ECOG is taken as caused by the cancer: nobody recorded whether it is"
    if score_id == "y90_lung_dose":
        return "; ".join(words for name, words in LUNG_AS_USUAL.items() if picture.missing(name))
    if score_id == "flr" and not picture.missing("total_liver_volume") and picture.missing("tumour_volume"):
        return "tumour volume not known, so not taken off"
    return ""


def is_asked(score_id: str, picture: Picture) -> bool:
    """Nobody has to measure what they do not use: some scores wait for their own first input."""
    wanted = SHOWN_WITH.get(score_id, ())
    return not wanted or any(not picture.missing(name) or picture.gap(name).state for name in wanted)


def lesion_lines(picture: Picture, *, settings: Settings) -> list[Line]:
    """LI-RADS, a line for each lesion of which a feature is told."""
    told = [one for one in picture.lirads if len(one.inputs) > 1 or one.states]
    return [_of_lesion(one, settings) for one in told]


def _of_lesion(lesion: Features, settings: Settings) -> Line:
    score = scores.get("lirads_2018")
    result = scores.compute(score.id, dict(lesion.inputs))
    inputs = tuple(
        Item(name, value, _said(value), lesion.on, by=lesion.by) for name, value in lesion.inputs.items()
    )
    lacking = tuple(
        Missing(name, _label(name), lesion.states.get(name, ""), _state_words(lesion.states.get(name)))
        for name in result.get("missing", ())
    )
    read = f"the radiologist calls it {lesion.category}" if lesion.category else ""
    line = Line(
        score.id,
        score.title,
        score.version,
        score.source,
        score.cautions,
        settings.open_point(score.id, score.to_confirm),
        inputs=inputs,
        missing=lacking,
        about=f"L{lesion.number}",
        result=result,
    )
    if result["status"] != "ok":
        return line
    outputs = tuple(score_words.outputs(score, result))
    return replace(line, value=score_words.told(score, result).value, meaning=read, outputs=outputs)


def _said(value: Any) -> str:
    return score_words.in_words(value) if isinstance(value, bool) else f"{plain(value)} mm"


def _state_words(state: str | None) -> str:
    return STATE_WORDS.get(state, "") if state else ""


def missing(name: str, picture: Picture, link: Link) -> Missing:
    gap = picture.gap(name)
    place = _place(name, gap)
    words, detail = _label(name), _why(gap)
    return Missing(
        name, words.partition(NEEDS)[0] if detail else words, gap.state, detail, link(place), place
    )


def _place(name: str, gap: Gap) -> str:
    return gap.place or (NAMES[name].place if name in NAMES else "")


def _why(gap: Gap) -> str:
    """Nothing for what was simply not recorded."""
    if not gap.state:
        return gap.reason
    since = f", {gap.on:%d-%b-%Y}" if gap.on else ""
    return f"{gap.words}{since}"


def _inputs(score: scores.Score, picture: Picture) -> tuple[Item, ...]:
    names = dict.fromkeys(name_for(score.id, one.name) for one in score.inputs)
    return tuple(item for name in names if (item := picture.item(name)) is not None)


def _missing(score_id: str, result: Mapping[str, Any], picture: Picture) -> list[str]:
    names = [name_for(score_id, name) for name in result.get("missing", ())]
    if score_id in NEEDS_CIRRHOSIS and picture.missing("cirrhosis"):
        names.insert(0, "cirrhosis")
    return names


def _not_applicable(score_id: str, picture: Picture) -> str:
    if score_id in NEEDS_CIRRHOSIS and picture.raw("cirrhosis") is False:
        return "no cirrhosis"
    if score_id == "tnm_m_category" and picture.primary_site:
        return picture.gap("primary").reason if picture.missing("primary") else ""
    return ""


def _label(name: str) -> str:
    return NAMES[name].label if name in NAMES else name.replace("_", " ")
