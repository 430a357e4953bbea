"""How do an agenda, a letter and a patient's summary become a PDF?

Data travels to the template as JSON and is only ever shown, never run: text such as “#panic()” stays text.
The documents are tagged (PDF/UA-1), so that a screen reader can follow them.
"""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import fontpkg_noto_sans
import typst

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "documents"

# What the documents' font can draw: Latin, Greek, Cyrillic with their accents; punctuation, arrows, signs.
_UNDRAWABLE = re.compile(
    r"[^\n\x20-\x7e\xa0-\u036f\u0370-\u0377\u037a-\u037f\u0384-\u03ff\u0400-\u052f"
    r"\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u209c\u20ac\u2190-\u2193\u2212\u2260\u2264\u2265]"
)
# Unseen characters that turn or break a line, and could make a name read as another.
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_UNDRAWN = "\N{WHITE SQUARE}"


@dataclass(frozen=True)
class AgendaLesion:
    """One lesion of a case, as the room needs it beside the map; all in words."""

    label: str
    segments: str
    now: str = ""
    before: str = ""
    change: str = ""
    category: str = ""
    state: str = ""


@dataclass(frozen=True)
class LesionSheet:
    """The lesions of one case: the map as an SVG, what it shows in words, and the table."""

    drawing: str
    alternative: str
    lesions: tuple[AgendaLesion, ...]
    measured: str = ""  # on which days now and before were


@dataclass(frozen=True)
class AgendaRow:
    """One case on the agenda. Name and record number are printed only where the board allows it."""

    position: int
    case_number: str
    minutes: int
    lane: str
    question: str = ""
    primary_site: str = ""
    disease: str = ""
    readiness: str = ""
    ready: bool = False
    received: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    age_band: str = ""
    sex: str = ""
    urgency: str = ""
    name: str = ""
    record_number: str = ""
    sheet: LesionSheet | None = None


@dataclass(frozen=True)
class AgendaDocument:
    board: str
    starts_at: datetime
    time_zone: str
    place: str
    version: int
    published_at: datetime | None
    published_by: str
    quorum: tuple[str, ...]
    rows: tuple[AgendaRow, ...]
    minutes_available: int
    made_for: str
    made_at: datetime
    identifiable: bool = False
    break_after: int | None = None  # the position after which there is a break
    break_minutes: int = 0


@dataclass(frozen=True)
class PatientIdentity:
    """Who the letter is about; as it stands on the patient banner."""

    name: str
    born_on: date | None
    sex: str
    record_number: str
    case_number: str


@dataclass(frozen=True)
class LetterAction:
    number: int
    what: str
    owner: str = ""
    due_on: date | None = None
    condition: str = ""
    plan_b: str = ""


@dataclass(frozen=True)
class LetterDissent:
    who: str
    view: str
    reason: str = ""


@dataclass(frozen=True)
class LetterAmendment:
    number: int
    at: datetime
    by: str
    reason: str
    text: str


@dataclass(frozen=True)
class LetterDocument:
    hospital: str
    board: str
    title: str
    addressee: tuple[str, ...]  # the lines of the address
    dated: date
    patient: PatientIdentity
    discussed_on: date
    question: str
    present: tuple[str, ...]
    quorum: str
    recommendation: str
    intent: str
    actions: tuple[LetterAction, ...]
    wish: str
    contact: str
    version: int
    approved: bool
    made_for: str
    made_at: datetime
    time_zone: str
    signed_by: str = ""
    signed_at: datetime | None = None
    wish_weight: str = ""
    opening: str = ""
    closing: str = ""
    provisional: str = ""  # why the decision is not final, when it is not
    dissent: tuple[LetterDissent, ...] = ()
    amendments: tuple[LetterAmendment, ...] = ()
    copies_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class SummarySection:
    heading: str
    text: str
    stands_out: bool = False


@dataclass(frozen=True)
class PatientSummary:
    """The decision in plain words, for the patient. Its sentences are written and approved elsewhere."""

    hospital: str
    board: str
    title: str
    addressee: tuple[str, ...]
    dated: date
    salutation: str
    sections: tuple[SummarySection, ...]
    contact: str
    version: int
    approved: bool
    made_for: str
    made_at: datetime
    time_zone: str
    signed_by: str = ""


def agenda(document: AgendaDocument) -> bytes:
    """The agenda on A4 landscape: what goes on the screen, and on paper when the network fails."""
    zone = ZoneInfo(document.time_zone)
    data = asdict(document)
    data["rows"] = _agenda_rows(document, zone)
    data["lanes"] = list(dict.fromkeys(row["lane"] for row in data["rows"]))
    pause = document.break_minutes if document.break_after else 0
    data["minutes_planned"] = sum(row.minutes for row in document.rows) + pause
    data["day"] = _long_day(document.starts_at.astimezone(zone).date())
    data["time"] = _clock(document.starts_at, zone)
    data["published"] = moment(document.published_at, zone) if document.published_at else ""
    return compiled("agenda.typ", data, made_for=document.made_for, made_at=document.made_at, zone=zone)


def letter(document: LetterDocument) -> bytes:
    """The outcome letter on A4. It names the patient, so it is only for people who are signed in."""
    zone = ZoneInfo(document.time_zone)
    data = asdict(document)
    data["dated"] = day(document.dated)
    data["discussed_on"] = day(document.discussed_on)
    data["patient"]["born_on"] = day(document.patient.born_on) if document.patient.born_on else "not known"
    data["signed"] = moment(document.signed_at, zone) if document.signed_at else ""
    for row, action in zip(data["actions"], document.actions, strict=True):
        row["due_on"] = day(action.due_on) if action.due_on else ""
    for row, amendment in zip(data["amendments"], document.amendments, strict=True):
        row["at"] = moment(amendment.at, zone)
    return compiled("letter.typ", data, made_for=document.made_for, made_at=document.made_at, zone=zone)


def patient_summary(document: PatientSummary) -> bytes:
    """The plain-language summary on A4, in large type. It names the patient."""
    zone = ZoneInfo(document.time_zone)
    data = asdict(document) | {"dated": day(document.dated)}
    return compiled(
        "patient_summary.typ", data, made_for=document.made_for, made_at=document.made_at, zone=zone
    )


def _agenda_rows(document: AgendaDocument, zone: ZoneInfo) -> list[dict]:
    """Rows with the time at which each is expected; identity leaves here unless the board allows it."""
    rows, minutes = [], 0
    for row in sorted(document.rows, key=lambda one: one.position):
        shown = asdict(row)
        if not document.identifiable:
            shown |= {"name": "", "record_number": ""}
        shown["expected_at"] = _clock(document.starts_at + timedelta(minutes=minutes), zone)
        rows.append(shown)
        minutes += row.minutes
        minutes += document.break_minutes if row.position == document.break_after else 0
    return rows


def compiled(template: str, data: dict, *, made_for: str, made_at: datetime, zone: ZoneInfo) -> bytes:
    """Try the text as it is; where no font on this machine has a letter, draw a box and say so."""
    data["made"] = f"Made for {made_for}, {moment(made_at, zone)}"
    text = json.dumps(data, default=str)
    text = json.dumps(_each_text(json.loads(text), lambda s: _UNSEEN.sub(" ", s)))
    try:
        return _typeset(template, text, made_at)
    except typst.TypstError:
        boxed = _each_text(json.loads(text), lambda s: _UNDRAWABLE.sub(_UNDRAWN, s))
        boxed["undrawn"] = True
        return _typeset(template, json.dumps(boxed), made_at)


def _typeset(template: str, text: str, made_at: datetime) -> bytes:
    return typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[_fonts()],
        sys_inputs={"data": text},
        pdf_standards=["ua-1"],
        timestamp=int(made_at.timestamp()),
    )


@cache
def _fonts() -> str:
    return str(Path(fontpkg_noto_sans.__file__).parent / "files")


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same structure with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each_text(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _each_text(item, change) for key, item in value.items()}
    return value


def day(day: date) -> str:
    return day.strftime("%d-%b-%Y")


def _long_day(day: date) -> str:
    return day.strftime("%A %d-%b-%Y")


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%H:%M")


def moment(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%d-%b-%Y %H:%M")
