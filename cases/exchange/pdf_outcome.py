"""How does an outcome letter, kept paragraph by paragraph, become a PDF?"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cases.exchange import pdf


@dataclass(frozen=True)
class Part:
    """The paragraphs under one heading. `listed`: numbered, since people refer to them by number."""

    heading: str
    paragraphs: tuple[str, ...]
    listed: bool = False
    stands_out: bool = False


@dataclass(frozen=True)
class Outcome:
    hospital: str
    board: str
    title: str
    addressee: tuple[str, ...]
    dated: date
    patient: pdf.PatientIdentity
    discussed_on: date
    parts: tuple[Part, ...]
    present: tuple[str, ...]
    quorum: str
    contact: str
    version: int
    approved: bool
    made_for: str
    made_at: datetime
    time_zone: str
    signed_by: str = ""
    signed_at: datetime | None = None
    decision_version: int = 1
    copies_to: tuple[str, ...] = ()


def outcome(document: Outcome) -> bytes:
    """The outcome letter on A4. It names the patient, so it is only for people who may know."""
    zone = ZoneInfo(document.time_zone)
    born = document.patient.born_on
    data = asdict(document) | {
        "dated": pdf.day(document.dated),
        "discussed_on": pdf.day(document.discussed_on),
        "signed": pdf.moment(document.signed_at, zone) if document.signed_at else "",
    }
    data["patient"]["born_on"] = pdf.day(born) if born else "not known"
    return pdf.compiled("outcome.typ", data, made_for=document.made_for, made_at=document.made_at, zone=zone)
