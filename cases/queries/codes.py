"""Which codes does the program use, and which are those of one case?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cases import vocabulary
from cases.domain import codes
from cases.domain.codes import listing
from cases.models import Case
from cases.models.specialist_input.oncology import Response
from cases.models.specialist_input.pathology import Morphology

LISTS = (
    *(vocabulary.PrimarySite, vocabulary.MetastaticSite, vocabulary.Aetiology, vocabulary.Comorbidity),
    *(vocabulary.Symptom, vocabulary.Complication, vocabulary.Intent, vocabulary.Segment),
    *(vocabulary.Vessel, vocabulary.Analyte, Response, Morphology),
)


def book() -> list[listing.Group]:
    return listing.groups({one.__name__: {code: str(words) for code, words in one.choices} for one in LISTS})


@dataclass(frozen=True)
class CodeLine:
    what: str
    words: str
    codes: tuple[codes.Code, ...]
    why_not: str = ""


def codes_of_case(case: Case, *, inputs: Iterable[Any]) -> list[CodeLine]:
    """The primary, what is in the liver, what is elsewhere, and the tissue, each with its codes.

    `inputs` are those that count, the newest first.
    """
    known = getattr(case, "diagnosis", None)
    if known is None or not known.primary_site:
        return []
    primary = codes.primary(known.primary_site, melanoma_type=known.melanoma_type)
    why_not = codes.reason_for_none("PrimarySite", known.primary_site)
    lines = [CodeLine("Primary", known.get_primary_site_display(), primary, why_not)]
    if not vocabulary.PrimarySite(known.primary_site).is_primary_liver:
        in_the_liver = codes.liver_disease(known.primary_site)
        lines.append(CodeLine("In the liver", "Metastasis", in_the_liver))
    for site in known.extrahepatic_sites:
        label = vocabulary.MetastaticSite(site).label
        lines.append(_line("Elsewhere", "MetastaticSite", site, label))
    if morphology := _morphology(inputs):
        lines.append(_line("Tissue", "Morphology", morphology, Morphology(morphology).label))
    return lines


def _line(what: str, choices: str, value: str, label: str) -> CodeLine:
    found = codes.codes_of(choices, value)
    return CodeLine(what, label, found, codes.reason_for_none(choices, value))


def _morphology(inputs: Iterable[Any]) -> str:
    """What the newest signed pathology says, where it says a histology."""
    signed = (one.pathologyinput for one in inputs if one.signed_at and hasattr(one, "pathologyinput"))
    return next((one.morphology for one in signed if one.morphology in Morphology.values), "")


def as_markdown() -> str:
    """The book as a page of the documentation."""
    parts = [
        "# Codes",
        "",
        "Written by `./dev manage describe_codes`; a test holds that it is up to date.",
        "",
    ]
    systems = [f"{one.name} ({one.edition})" for one in codes.SYSTEMS.values()]
    parts += [f"Vocabularies: {', '.join(systems)}. Codes in italics are to be confirmed locally.", ""]
    for group in book():
        parts += [f"## {group.title}", "", "| Words | Codes |", "|---|---|"]
        parts += [f"| {line.words} | {_in_markdown(line)} |" for line in group.lines]
        parts.append("")
    parts += ["## Lists without codes", "", "| Why | Lists |", "|---|---|"]
    parts += [f"| {reason} | {names} |" for reason, names in listing.without_codes()]
    parts += ["", "## mCODE profiles (STU4)", "", "| Record | Profile |", "|---|---|"]
    parts += [f"| {kind} | {profile} |" for kind, profile in listing.profiles()]
    return "\n".join([*parts, ""])


def _in_markdown(line: listing.Line) -> str:
    if line.why_not:
        return f"none: {line.why_not}"
    said = [" ".join(filter(None, [one.vocabulary.name, one.code, one.display])) for one in line.codes]
    marked = zip(line.codes, said, strict=True)
    return "<br>".join(words if one.confirmed else f"*{words}*" for one, words in marked)
