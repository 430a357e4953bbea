"""Which vocabularies are there, and what is one code of one of them?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class System:
    name: str
    edition: str
    uri: str


SYSTEMS = {
    "icd10cm": System("ICD-10-CM", "April 2026", "http://hl7.org/fhir/sid/icd-10-cm"),
    "icd10who": System("ICD-10 (WHO)", "2019", "http://hl7.org/fhir/sid/icd-10"),
    "icdo3": System("ICD-O-3", "3.2", "http://terminology.hl7.org/CodeSystem/icd-o-3"),
    "loinc": System("LOINC", "2.8x", "http://loinc.org"),
    "snomed": System("SNOMED CT", "International", "http://snomed.info/sct"),
}


@dataclass(frozen=True)
class Code:
    system: str
    code: str
    display: str = ""
    confirmed: bool = True

    @property
    def vocabulary(self) -> System:
        return SYSTEMS[self.system]


@dataclass(frozen=True)
class NoCode:
    """There is none, for this reason."""

    reason: str


def cm(code: str, display: str = "", *, confirmed: bool = True) -> Code:
    return Code("icd10cm", code, display, confirmed)


def who(code: str, display: str = "", *, confirmed: bool = True) -> Code:
    return Code("icd10who", code, display, confirmed)


def both(code: str, display: str = "", *, confirmed: bool = True) -> tuple[Code, Code]:
    """The same code in the American edition and in that of the WHO."""
    return cm(code, display, confirmed=confirmed), who(code, display, confirmed=confirmed)


def icdo(code: str, display: str = "", *, confirmed: bool = False) -> Code:
    return Code("icdo3", code, display, confirmed)


def loinc(code: str, display: str = "", *, confirmed: bool = True) -> Code:
    return Code("loinc", code, display, confirmed)


def snomed(code: str, display: str = "", *, confirmed: bool = True) -> Code:
    return Code("snomed", code, display, confirmed)
