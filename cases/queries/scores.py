"""How well does the liver work, by the published scores, and what is missing to say so?

Each score shows what it was made of. It is as old as its oldest input; what is missing is never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse

from cases.domain import labs, scores
from cases.models import Case, LabResult, LiverStatus
from cases.vocabulary import Known, Sex

SHOWN = ("child_pugh", "albi", "meld3")
FOR_CIRRHOSIS = {"child_pugh", "meld3"}
OF_LIVER = {
    "ascites": "ascites",
    "encephalopathy": "encephalopathy",
    "dialysis_twice_in_week": "dialysis in the past week, yes or no",
    "cirrhosis": "cirrhosis, yes or no",
}
SEX_FOR_MELD = {Sex.FEMALE: "female", Sex.MALE: "male"}
PLAIN_NUMBERS = {"inr"}


@dataclass(frozen=True)
class ScoreInput:
    name: str
    words: str
    on: date | None
    is_dated: bool = True  # sex has no day


@dataclass(frozen=True)
class MissingInput:
    name: str
    link: str


@dataclass(frozen=True)
class ScoreLine:
    title: str
    version: str
    source: str
    cautions: tuple[str, ...]
    value: str = ""
    meaning: str = ""
    inputs: tuple[ScoreInput, ...] = ()
    missing: tuple[MissingInput, ...] = ()
    not_applicable: str = ""
    refused: str = ""

    @property
    def on(self) -> date | None:
        """The day of the oldest input; None when the day of one is not known."""
        days = [one.on for one in self.inputs if one.is_dated]
        return min((day for day in days if day), default=None) if all(days) else None


def scores_of(case: Case) -> list[ScoreLine]:
    """For pages that have not loaded the facts already."""
    newest = LiverStatus.objects.standing().filter(case=case).order_by("-created_at").first()
    return score_lines(case, labs_now=latest_labs(case), liver=newest)


def latest_labs(case: Case) -> dict[str, LabResult]:
    standing = LabResult.objects.standing().filter(case=case)
    newest = standing.order_by("analyte", F("taken_on").desc(nulls_last=True)).distinct("analyte")
    return {one.analyte: one for one in newest}


def score_lines(
    case: Case, *, labs_now: Mapping[str, LabResult], liver: LiverStatus | None
) -> list[ScoreLine]:
    known = _Known(case, labs_now, liver)
    return [_line(scores.get(score_id), known) for score_id in SHOWN]


@dataclass(frozen=True)
class _Known:
    """The record as the scores ask for it."""

    case: Case
    labs: Mapping[str, LabResult]
    liver: LiverStatus | None

    def raw(self, name: str) -> Any:
        if name == "sex_for_meld":
            return SEX_FOR_MELD.get(Sex(self.case.patient.sex))
        if name == "dialysis_twice_in_week":
            answer = self.liver.dialysis_twice_in_week if self.liver else ""
            return None if answer in {"", Known.UNKNOWN} else answer == Known.YES
        if name in OF_LIVER:
            return getattr(self.liver, name, "") or None
        found = self.labs.get(name)
        if found is None or found.comparator:  # a bound is not a value
            return None
        return found.value if name in PLAIN_NUMBERS else {"value": found.value, "unit": found.unit}

    def shown(self, name: str) -> ScoreInput:
        if name == "sex_for_meld":
            return ScoreInput("sex", str(self.case.patient.get_sex_display()), None, is_dated=False)
        if name in OF_LIVER and self.liver:
            answer = str(getattr(self.liver, f"get_{name}_display")()).lower()
            return ScoreInput(OF_LIVER[name].partition(",")[0], answer, self.liver.assessed_on)
        found = self.labs[name]
        return ScoreInput(_name(name), labs.amount(found.value, found.unit), found.taken_on)

    def missing(self, name: str) -> MissingInput:
        if name == "sex_for_meld":
            return MissingInput("sex as the allocation policy asks for it", "")
        sheet = "liver" if name in OF_LIVER else "labs"
        found = self.labs.get(name)
        bound = f", only known as {found.comparator}{labs.amount(found.value, found.unit)}" if found else ""
        words = OF_LIVER.get(name) or f"{_name(name)}{bound}"
        return MissingInput(words, reverse(f"cases:record-{sheet}", args=[self.case.pk]))


def _name(analyte: str) -> str:
    name = labs.ANALYTES[analyte].name.partition(",")[0]
    return name if name[:2].isupper() else name.lower()


def _line(score: scores.Score, known: _Known) -> ScoreLine:
    bare = ScoreLine(score.title, score.version, score.source, score.cautions)
    cirrhosis = getattr(known.liver, "cirrhosis", "")
    if score.id in FOR_CIRRHOSIS and cirrhosis == Known.NO:
        return replace(bare, not_applicable="no cirrhosis")
    result = scores.compute(score.id, {one.name: known.raw(one.name) for one in score.inputs})
    missing = result.get("missing", [])
    if score.id in FOR_CIRRHOSIS and cirrhosis != Known.YES:
        missing = ["cirrhosis", *missing]
    given = tuple(known.shown(one.name) for one in score.inputs if known.raw(one.name) is not None)
    line = replace(bare, inputs=given, missing=tuple(known.missing(name) for name in missing))
    if missing:
        return line
    if result["status"] != "ok":
        return replace(line, refused=f"{_readable(result['field'])} cannot be used")
    shown = score.display(result)
    return replace(line, value=shown["score"], meaning=_meaning(score.id, shown))


def _readable(name: str) -> str:
    return _name(name) if name in labs.ANALYTES else name.replace("_", " ")


def _meaning(score_id: str, shown: Mapping[str, str]) -> str:
    if score_id == "child_pugh":
        return f"class {shown['class']}"
    return f"grade {shown['grade']}, mALBI {shown['malbi']}" if score_id == "albi" else ""
