"""What must a referral say before a board can take it in, and is this patient known already?

What a referrer cannot know (laboratory, staging, segments) does not stop a referral: it is asked for while
the case is prepared.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from cases.domain.errors import PossibleDuplicate, Refused
from cases.vocabulary import Analyte, PrimaryControl, PrimarySite

REQUIRED = {
    "board": "Choose the board.",
    "record_number": "Give the record number.",
    "family_name": "Give the family name.",
    "given_name": "Give the given name.",
    "birth_date": "Give the birth date.",
    "sex": "Choose the sex.",
    "question": "Say what you ask the board.",
    "primary_site": "Choose where the tumour began, or that it is not known.",
    "ecog": "Choose the performance status, or that it is not known.",
}

PANEL = (
    Analyte.BILIRUBIN,
    Analyte.ALBUMIN,
    Analyte.INR,
    Analyte.CREATININE,
    Analyte.SODIUM,
    Analyte.PLATELETS,
)

MARKERS = {
    PrimarySite.COLORECTAL: Analyte.CEA,
    PrimarySite.HCC: Analyte.AFP,
    PrimarySite.ICCA: Analyte.CA19_9,
    PrimarySite.PCCA: Analyte.CA19_9,
    PrimarySite.PANCREATIC: Analyte.CA19_9,
    PrimarySite.NET_GEP: Analyte.CGA,
    PrimarySite.BREAST: Analyte.CA15_3,
    PrimarySite.PROSTATE: Analyte.PSA,
    PrimarySite.MELANOMA: Analyte.LDH,
}

OLDEST_BIRTH_YEAR = 1900


class RecordNumberTaken(Refused):
    """The record number is another person's."""


class OpenCaseExists(Refused):
    """The board is working on a case of this patient already."""

    def __init__(self, message: str, *, case: Any):
        super().__init__(message)
        self.case = case


class LooksLikeSomeone(PossibleDuplicate):
    """Name and birth date are those of a patient under another record number."""

    def __init__(self, message: str, *, patients: Sequence[Any]):
        super().__init__(message)
        self.patients = tuple(patients)


class Incomplete(Refused):
    """Required parts are missing; `missing` maps each field to what to do."""

    def __init__(self, missing: Mapping[str, str]):
        super().__init__(" ".join(missing.values()))
        self.missing = dict(missing)


@dataclass(frozen=True, kw_only=True)
class PatientDetails:
    record_number: str
    authority: str = ""
    family_name: str = ""
    given_name: str = ""
    birth_date: date | None = None
    sex: str = ""


@dataclass(frozen=True, kw_only=True)
class Lab:
    """One measured value. `confirmed`: a person has looked at it again because it is unusual."""

    analyte: str
    value: Decimal
    unit: str
    taken_on: date | None = None
    comparator: str = ""
    confirmed: bool = False
    upper_limit: Decimal | None = None  # of normal, in the laboratory that measured it


@dataclass(frozen=True, kw_only=True)
class LesionSeen:
    """A lesion on one day; without `number` it is a new one.

    What is None or empty was not looked at, and what the record says of it stays.
    """

    segments: Sequence[str] = ()
    long_axis_mm: Decimal | None = None
    viable_mm: Decimal | None = None
    measured_on: date | None = None
    note: str = ""
    number: int | None = None
    li_rads: str = ""
    nonrim_aphe: str = ""
    washout: str = ""
    capsule: str = ""
    threshold_growth: str = ""
    vessels: Sequence[str] | None = None
    vessel_contact: str = ""
    is_target: bool | None = None
    cystic: bool | None = None
    calcified: bool | None = None
    disappeared: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Referral:
    """Everything that a referrer says at once. A part that is None was left empty.

    `same_as` names the patient whom the referrer recognises, `not_same_as` those who are somebody else.
    `key` becomes the case's id, so that the same form sent twice is one referral.
    """

    board: Any
    patient: PatientDetails
    question: str
    why_now: str = ""
    topics: Sequence[str] = ()
    urgency: str = "ROUTINE"
    gp_name: str = ""
    gp_address: str = ""
    stated_age: int | None = None
    diagnosis: Mapping[str, Any] = field(default_factory=dict)
    fitness: Mapping[str, Any] | None = None
    liver_status: Mapping[str, Any] | None = None
    symptoms: Mapping[str, Any] | None = None
    wish: Mapping[str, Any] | None = None
    imaging: Mapping[str, Any] | None = None
    labs: Sequence[Lab] = ()
    lesions: Sequence[LesionSeen] = ()
    same_as: UUID | None = None
    not_same_as: frozenset[UUID] = frozenset()
    key: UUID | None = None


def missing(referral: Referral) -> dict[str, str]:
    """Everything that is missing, all at once, in the order of the page."""
    person = referral.patient
    said = {
        "board": referral.board,
        "record_number": person.record_number,
        "family_name": person.family_name.strip(),
        "given_name": person.given_name.strip(),
        "birth_date": person.birth_date or referral.stated_age,
        "sex": person.sex,
        "question": referral.question.strip(),
        "primary_site": referral.diagnosis.get("primary_site"),
        "ecog": referral.fitness is not None,
    }
    return {name: REQUIRED[name] for name in REQUIRED if not said[name]}


def normal_number(text: str) -> str:
    """A record number as it is kept: no spaces around it or within, whatever the case of its letters."""
    return re.sub(r"\s+", "", text)


def plain_words(text: str) -> str:
    """For comparing names: no accents, no capitals, one space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def same_person(known: Any, said: PatientDetails) -> bool:
    """Whether nothing that is known of a patient contradicts what is said now."""
    names = all(
        not getattr(known, part) or plain_words(getattr(known, part)) == plain_words(getattr(said, part))
        for part in ("family_name", "given_name")
    )
    return names and (known.birth_date is None or known.birth_date == said.birth_date)


def usual_control(primary_site: str) -> str:
    """The liver's own tumours have no primary elsewhere to control."""
    if primary_site and PrimarySite(primary_site).is_primary_liver:
        return PrimaryControl.NOT_APPLICABLE
    return ""


def marker_for(primary_site: str) -> Analyte | None:
    return MARKERS.get(PrimarySite(primary_site)) if primary_site else None
