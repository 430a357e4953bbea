"""How does the whole book of codes read, for a person who has to check it?"""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.domain.biomarkers import MARKERS
from cases.domain.codes.book import BY_CHOICE, WHOLE
from cases.domain.codes.disease import LIVER_METASTASIS, NET_LIVER_METASTASIS, UVEAL
from cases.domain.codes.findings import MEASURED
from cases.domain.codes.mcode import PREFIX, PROFILES, WITHOUT_PROFILE
from cases.domain.codes.systems import Code, NoCode

TITLES = {
    "PrimarySite": "Primary",
    "MetastaticSite": "Disease outside the liver",
    "Aetiology": "Cause of the liver disease",
    "Comorbidity": "Comorbidity",
    "Symptom": "Symptoms",
    "Complication": "Complications",
    "Intent": "Intent",
    "Response": "Response",
    "Segment": "Segments of the liver",
    "Vessel": "Vessels",
    "Morphology": "Histology",
    "Analyte": "Laboratory",
    "Marker": "Biomarkers",
}


@dataclass(frozen=True)
class Line:
    words: str
    codes: tuple[Code, ...] = ()
    why_not: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    lines: tuple[Line, ...]


def groups(labels: dict[str, dict[str, str]]) -> list[Group]:
    """`labels`: for each list of choices its codes in words, as the program shows them."""
    labels = labels | {"Marker": {one.code: one.name for one in MARKERS.values()}}
    found = [Group(title, tuple(_lines(name, labels[name]))) for name, title in TITLES.items()]
    return [Group("In the liver", tuple(_in_the_liver())), *found, Group("Measured", tuple(_measured()))]


def _lines(name: str, labels: dict[str, str]) -> Iterator[Line]:
    for value, entry in BY_CHOICE[name].items():
        if isinstance(entry, NoCode):
            yield Line(labels[value], why_not=entry.reason)
        else:
            yield Line(labels[value], entry)


def _in_the_liver() -> Iterator[Line]:
    yield Line("Metastasis", LIVER_METASTASIS)
    yield Line("Metastasis of a neuroendocrine tumour", NET_LIVER_METASTASIS)
    yield Line("Primary of a uveal melanoma", UVEAL)


def _measured() -> Iterator[Line]:
    for name, code in MEASURED.items():
        yield Line(name[:1].upper() + name[1:], (code,))


def without_codes() -> list[tuple[str, str]]:
    """Whole lists that have none: their names, by reason."""
    reasons: dict[str, list[str]] = {}
    for name, none in WHOLE.items():
        reasons.setdefault(none.reason, []).append(name)
    return [(reason, ", ".join(sorted(names))) for reason, names in reasons.items()]


def profiles() -> list[tuple[str, str]]:
    """As which mCODE profile each kind of record would leave."""
    known = [(kind, PREFIX + profile) for kind, profile in PROFILES.items()]
    return [*known, (", ".join(WITHOUT_PROFILE), "none: Observation with a code of its own")]
