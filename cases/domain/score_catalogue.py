"""What is every score, as a reader wants it: inputs with units and ranges, version, source, what is open?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cases.domain import scores
from cases.domain.picture import NAMES
from cases.domain.score_codes import LABELS

FAMILIES: Mapping[str, str] = {
    "rule": "Rules",
    "fitness": "Fitness",
    "liver": "Liver function and fibrosis",
    "remnant": "Remnant",
    "anatomy": "Anatomy",
    "hcc": "Hepatocellular carcinoma",
    "crlm": "Colorectal liver metastases",
    "net": "Neuroendocrine tumours",
    "cca": "Cholangiocarcinoma",
    "response": "Response",
    "stage": "Stage",
    "therapy": "Liver-directed therapy",
    "outcome": "Outcome",
}


@dataclass(frozen=True)
class InputWords:
    name: str
    words: str
    kind: str
    range: str
    is_required: bool


@dataclass(frozen=True)
class Entry:
    id: str
    title: str
    version: str
    source: str
    cautions: tuple[str, ...]
    to_confirm: str
    inputs: tuple[InputWords, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    id: str
    title: str
    entries: tuple[Entry, ...]


def catalogue() -> tuple[Family, ...]:
    """Every registered score, by family."""
    entries = [(score.family, _entry(score)) for score in scores.all_scores()]
    return tuple(
        Family(family, title, found)
        for family, title in FAMILIES.items()
        if (found := tuple(entry for of, entry in entries if of == family))
    )


def entry(score_id: str) -> Entry:
    return _entry(scores.get(score_id))


def _entry(score: scores.Score) -> Entry:
    return Entry(
        score.id,
        score.title,
        score.version,
        score.source,
        score.cautions,
        score.to_confirm,
        tuple(_input(one.describe()) for one in score.inputs),
        tuple(LABELS.get(one.name, one.name.replace("_", " ")) for one in score.outputs),
    )


def _input(described: Mapping) -> InputWords:
    name = described["name"]
    words = NAMES[name].label if name in NAMES else name.replace("_", " ")
    return InputWords(name, words, _kind(described), described.get("range", ""), described["required"])


def _kind(described: Mapping) -> str:
    """What may be given: a unit, the codes, or the kind."""
    if "accepts" in described:
        return (
            f"in {described['unit']} (also {', '.join(_others(described))})"
            if _others(described)
            else (f"in {described['unit']}")
        )
    if "codes" in described:
        return "one of " + ", ".join(described["codes"])
    if "of" in described:
        return f"list of: {_kind(described['of'])}"
    return described["kind"]


def _others(described: Mapping) -> list[str]:
    return [unit for unit in described["accepts"] if unit != described["unit"]]


def as_markdown() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Scores and rules"
    yield ""
    yield "Written by `manage.py describe_scores --markdown`; a test holds that it is what the program has."
    yield "Decision support: every result is to be judged by the board. Nothing that is missing is guessed."
    for family in catalogue():
        yield ""
        yield f"## {family.title}"
        for one in family.entries:
            yield from _section(one)


def _section(one: Entry) -> Iterator[str]:
    yield ""
    yield f"### {one.title} (`{one.id}`, version {one.version})"
    yield ""
    yield f"Source: {one.source}."
    yield ""
    yield "| Input | What | Range | |"
    yield "|---|---|---|---|"
    for given in one.inputs:
        yield f"| {given.words} (`{given.name}`) | {given.kind} | {given.range} | {_needed(given)} |"
    yield ""
    yield f"Answers with: {', '.join(one.outputs)}."
    if one.cautions:
        yield ""
        yield from (f"- {caution}" for caution in one.cautions)
    if one.to_confirm:
        yield ""
        yield f"To be confirmed locally: {one.to_confirm}"


def _needed(given: InputWords) -> str:
    return "required" if given.is_required else "optional"
