"""What does the pathologist say, and which markers came out how?"""

from collections.abc import Iterable, Mapping
from typing import Any

from cases.domain.biomarkers import MARKERS, WORDS
from cases.domain.picture.parts import ABSENT, NOT_RECORDED, Gap, Source
from cases.domain.picture.telling import Telling, decimal, shown

ANSWERS = (
    "positive_biopsy_or_cytology",
    "microvascular_invasion",
    "aneuploidy",
    "transperitoneal_biopsy_done",
    "primary_node_positive",
)
# The names that rules use for a marker, each with the markers that answer it, the first one first.
ASKED_FOR: Mapping[str, tuple[str, ...]] = {
    "braf": ("BRAF",),
    "msi": ("MSI",),
    "er": ("ER",),
    "pr": ("PR",),
    "her2": ("HER2",),
    "egfr": ("EGFR",),
    "alk": ("ALK",),
    "fgfr2": ("FGFR2",),
    "idh1": ("IDH1",),
    "kras": ("KRAS",),
    "nras": ("NRAS",),
    "pdl1": ("PDL1_CPS", "PDL1_TPS"),
}


KIT_OR_PDGFRA = ("KIT_EXON", "PDGFRA")


def of_pathology(signed: Telling) -> list[Source]:
    told = signed.when(signed.said.get("specimen_on"))
    found = [one for name in ANSWERS for one in told.truth(name)]
    found += told.choice("differentiation")
    found += told.number("ki67_percent", unit="%")
    found += told.number("mitoses_per_2mm2", unit="per 2 mm²")
    found += told.choice("pn", "pn", _with_edition(signed.said))
    found += _histology(told)
    return [*found, *_markers(told, told.said.get("biomarkers") or ())]


def _with_edition(said: Mapping[str, Any]) -> dict[str, str]:
    """A stage is not read without the edition that it is of."""
    edition = said.get("tnm_edition") or ""
    of = f"TNM edition {edition}" if edition and edition not in ABSENT else "TNM edition not recorded"
    return {one: f"{one} ({of})" for one in ("N0", "N1", "N2")}


def _histology(told: Telling) -> list[Source]:
    code, note = told.said.get("morphology") or "", told.said.get("morphology_note") or ""
    if not note and (not code or code in ABSENT or code == "OTHER"):
        return []
    words = note or f"ICD-O-3 {code}"
    return [told.item("histology_or_accepted_imaging_diagnosis", words, words)]


def _markers(told: Telling, results: Iterable[Mapping[str, Any]]) -> list[Source]:
    by_marker = {one["marker"]: one for one in results if one.get("result")}
    found: list[Source] = []
    for name, markers in ASKED_FOR.items():
        for marker in markers:
            if marker in by_marker:
                found.append(_marker(told, name, by_marker[marker]))
    return [*found, *_kit_or_pdgfra(told, by_marker)]


def _kit_or_pdgfra(told: Telling, by_marker: Mapping[str, Mapping[str, Any]]) -> list[Source]:
    """One gene with a mutation answers for both; wild type answers only when both are."""
    given = [by_marker[one] for one in KIT_OR_PDGFRA if one in by_marker]
    results = [_marker(told, "kit_pdgfra", one) for one in given]
    mutated = [result for result, one in zip(results, given, strict=True) if _is_mutated(one["result"])]
    if mutated or not given:
        return mutated[:1]
    if gaps := [one for one in results if isinstance(one, Gap)]:
        return [gaps[0]]
    if len(given) < len(KIT_OR_PDGFRA):
        other = next(MARKERS[one].name for one in KIT_OR_PDGFRA if one not in by_marker)
        return [told.gap("kit_pdgfra", NOT_RECORDED, f"without {other}")]
    return results[:1]


def _is_mutated(result: str) -> bool:
    return result != "wild_type" and result not in ABSENT


def _marker(told: Telling, name: str, one: Mapping[str, Any]) -> Source:
    tested = told.when(one.get("tested_on"))
    result, figure = one["result"], decimal(one.get("figure"))
    if result in ABSENT:
        return tested.gap(name, result)
    said = [] if result == "measured" else [WORDS.get(result, result)]
    number = [] if figure is None else [f"{shown(figure)} {MARKERS[one['marker']].figure}".strip()]
    words = ", ".join([*said, *number, *([one["variant"]] if one.get("variant") else [])])
    return tested.item(name, result, words or "measured")
