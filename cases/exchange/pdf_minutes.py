"""How do the minutes of a meeting become a PDF?"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cases.exchange import pdf


@dataclass(frozen=True)
class Stretch:
    """From when to when; without an end: to the end."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Present:
    name: str
    what: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class MinutedAction:
    number: str
    what: str
    owner: str
    due_on: date | None


@dataclass(frozen=True)
class MinutedCase:
    """One case of the list. Name and record number are printed only where the board allows it."""

    position: int
    case_number: str
    lane: str
    outcome: str
    question: str
    is_sampled: bool = False
    talked: Stretch | None = None
    guests: tuple[str, ...] = ()
    said: str = ""
    read_back: str = ""
    version: str = ""
    actions: tuple[MinutedAction, ...] = ()
    dissents: tuple[str, ...] = ()
    quorum: str = ""
    ratifications: tuple[str, ...] = ()
    name: str = ""
    record_number: str = ""


@dataclass(frozen=True)
class MinutedMatter:
    case_number: str
    what: str
    said: str
    settled: str = ""


@dataclass(frozen=True)
class Minutes:
    hospital: str
    board: str
    planned: Stretch
    place: str
    is_final: bool
    present: tuple[Present, ...]
    cases: tuple[MinutedCase, ...]
    matters: tuple[MinutedMatter, ...]
    version: int
    made_for: str
    made_at: datetime
    time_zone: str
    identifiable: bool = False


def minutes(document: Minutes) -> bytes:
    """The minutes on A4; identity leaves here unless the board allows it."""
    zone = ZoneInfo(document.time_zone)
    data = asdict(document) | {
        "day": pdf.day(document.planned.since.astimezone(zone).date()),
        "time": _from_to(document.planned, zone),
        "present": [
            {
                "name": one.name,
                "what": one.what,
                "when": ", ".join(_from_to(stretch, zone) for stretch in one.stretches),
            }
            for one in document.present
        ],
        "cases": [_case(one, zone, identifiable=document.identifiable) for one in document.cases],
    }
    return pdf.compiled("minutes.typ", data, made_for=document.made_for, made_at=document.made_at, zone=zone)


def _case(one: MinutedCase, zone: ZoneInfo, *, identifiable: bool) -> dict:
    shown = asdict(one) | {"talked": _from_to(one.talked, zone) if one.talked else ""}
    if not identifiable:
        shown |= {"name": "", "record_number": ""}
    for row, action in zip(shown["actions"], one.actions, strict=True):
        row["due_on"] = pdf.day(action.due_on) if action.due_on else ""
    return shown


def _from_to(stretch: Stretch, zone: ZoneInfo) -> str:
    until = f"{stretch.until.astimezone(zone):%H:%M}" if stretch.until else ""
    return f"{stretch.since.astimezone(zone):%H:%M}–{until}"
