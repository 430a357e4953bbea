"""What has been done to this case, by whom, and what was changed from what to what?

The trail says what was done; the rows' own past says what it changed. Both are read through the case: who may
see the case may see its past, but a referrer who does not sit on the board reads no opinions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator

from cases.models import (
    ActionLesion,
    ActionUpdate,
    AgendaItem,
    Amendment,
    Case,
    CaseFile,
    ChaseNote,
    ComorbidityReview,
    Diagnosis,
    Dissent,
    EmergencyAccess,
    Fitness,
    Guest,
    ImagingStudy,
    LabResult,
    Lesion,
    LesionMeasurement,
    LesionPlan,
    Letter,
    LiverStatus,
    Matter,
    Patient,
    PatientWish,
    Ratification,
    Recommendation,
    RecommendedAction,
    SpecialistInput,
    StatusChange,
    SymptomReport,
    TreatmentCourse,
    Waiver,
)
from cases.models.specialist_input import (
    DETAILS,
    AddendumRequest,
    BiomarkerResult,
    LesionAccess,
    NodeFinding,
    SystemicLine,
)
from cases.queries.sealing import Seal, seal_of
from tumorboard.audit import trail
from tumorboard.audit.changes import Change, changes_of
from tumorboard.audit.models import AuditEvent

A_PAGE = 60
READ = "case.viewed"
LOOKS = (READ, "case.found")
A_MOMENT = timedelta(seconds=5)  # a step and its event are written together, by two clocks

# Every tracked table of a case, and how its rows are found from the case.
OF_CASE: dict[Any, str] = {
    Case: "pk",
    Patient: "cases",
    Diagnosis: "case",
    Fitness: "case",
    LiverStatus: "case",
    SymptomReport: "case",
    PatientWish: "case",
    LabResult: "case",
    ImagingStudy: "case",
    CaseFile: "case",
    Lesion: "case",
    LesionMeasurement: "lesion__case",
    ComorbidityReview: "case",
    TreatmentCourse: "case",
    Waiver: "case",
}
OF_BOARD: dict[Any, str] = {
    SpecialistInput: "case",
    **dict.fromkeys(DETAILS.values(), "input__case"),
    **dict.fromkeys((SystemicLine, BiomarkerResult, NodeFinding, LesionAccess), "details__input__case"),
    AddendumRequest: "case",
    ChaseNote: "input__case",
    AgendaItem: "case",
    Guest: "item__case",
    Recommendation: "case",
    RecommendedAction: "recommendation__case",
    ActionLesion: "action__recommendation__case",
    LesionPlan: "recommendation__case",
    Dissent: "recommendation__case",
    Ratification: "recommendation__case",
    Matter: "case",
    Amendment: "recommendation__case",
    ActionUpdate: "action__recommendation__case",
    Letter: "case",
    EmergencyAccess: "case",
}
OF_OTHERS = {"case_id", "lesion_id", "input_id", "details_id"}
LEFT_OUT = frozenset({*OF_OTHERS, "pdf", "snapshot", "stored_as", "scan_next_at", "updated_at"})

# What a referrer from outside the board does not read: opinions, discussion, letters in the making.
_OF_BOARD = ("input.", "decision.", "meeting.", "letter.", "agenda.", "ratification.", "emergency.")

WORDS = {
    READ: "read the case",
    "case.found": "found the case by searching",
    "case.referred": "referred the case",
    "case.returned": "returned the case to the referrer",
    "case.accepted": "accepted the case",
    "case.listed": "put the case on a list",
    "case.taken off the list": "took the case off the list",
    "case.discussed": "recorded the discussion",
    "case.deferred": "deferred the case",
    "case.decided": "brought the decision into force",
    "case.closed": "closed the case",
    "case.re-presented": "brought the case again",
    "case.withdrawn": "withdrew the case",
    "case.imported": "imported the case",
    "addendum.asked": "asked the source hospital for an addendum",
    "addendum.answered": "gave the source hospital’s addendum",
    "input.asked": "asked for an input",
    "input.drafted": "saved a draft of an input",
    "input.signed": "signed an input",
    "input.amended": "began to amend an input",
    "input.amendment_given_up": "gave up amending an input",
    "input.not_needed": "marked an input as not needed",
    "input.chased": "chased somebody for what they owe",
    "input.chase_noted": "noted what came of asking for an input",
    "decision.begun": "began the decision",
    "decision.drafted": "wrote the decision",
    "decision.confirmed": "confirmed the decision as read back",
    "decision.signed": "signed the decision",
    "decision.amendment_begun": "began a new version of the decision",
    "decision.amended": "amended the decision",
    "action.reported": "reported on an action",
    "comorbidity.recorded": "recorded other illnesses",
    "course.recorded": "recorded the course after a treatment",
    "item.waived": "said that an item is not needed",
    "diagnosis.amended": "changed the diagnosis",
    "emergency.begun": "opened the case in an emergency",
    "emergency.ended": "ended the emergency access",
    "emergency.reviewed": "reviewed an emergency access",
    "fact.withdrawn": "withdrew a fact as wrong",
    "file.added": "added a file",
    "file.viewed": "looked at a file",
    "file.saved": "saved a file on their computer",
    "file.withdrawn": "withdrew a file as wrong",
    "file.scanned": "had a file looked at by the virus scanner",
    "fitness.recorded": "recorded the fitness",
    "imaging.recorded": "recorded imaging",
    "labs.recorded": "recorded laboratory values",
    "lesions.recorded": "recorded lesions",
    "lesion.described": "described a lesion",
    "lesion.measured": "measured a lesion",
    "liver_status.recorded": "recorded the state of the liver",
    "symptoms.recorded": "recorded symptoms",
    "wish.recorded": "recorded the patient’s wish",
    "letter.drafted": "drafted a letter",
    "letter.edited": "edited a letter",
    "minutes.read": "read the minutes",
    "letter.renewed": "brought a letter up to date",
    "case.gp_named": "named the general practitioner",
    "letter.approved": "approved a letter",
    "letter.sent": "sent a letter",
    "meeting.case_carried": "put the case on the list of another meeting",
    "meeting.discussion_recorded": "wrote down the discussion",
    "meeting.guest_joined": "recorded a guest for the discussion",
    "meeting.guest_left": "recorded that a guest left",
    "ratification.asked": "asked an absent discipline to ratify the decision",
    "ratification.answered": "answered for a discipline that was absent",
    "question.described": "said what the question is about",
}


@dataclass
class Entry:
    """One moment: who did what, and what it changed. Reads of a day are one entry."""

    at: datetime
    who: str
    what: str
    detail: str = ""
    changes: list[Change] = field(default_factory=list)
    times: int = 1
    is_read: bool = False


@dataclass(frozen=True)
class History:
    page: Page
    with_reads: bool
    reads: int


def history(case: Case, *, user, sits: bool, with_reads: bool = True, page: str = "1") -> History:
    """An opinion that is sealed from this person is sealed in its past too."""
    zone = case.board.zone
    events = [one for one in trail.of(case.about) if sits or not one.verb.startswith(_OF_BOARD)]
    reads = [one for one in events if one.verb in LOOKS]
    rows = _rows(case, sits=sits, seal=seal_of(case, user=user))
    done = list(_done(case, (one for one in events if one.verb not in LOOKS), rows))
    entries = [*done, *(_folded(reads, zone) if with_reads else [])]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return History(Paginator(entries, A_PAGE).get_page(page), with_reads, len(reads))


def _folded(reads: Iterable[AuditEvent], zone: ZoneInfo) -> list[Entry]:
    """One line for each person, day and way of reading; the newest read gives it its time."""
    found: dict[tuple, Entry] = {}
    for one in reads:
        key = (one.actor_id, one.verb, one.at.astimezone(zone).date())
        if key in found:
            found[key].times += 1
        else:
            found[key] = Entry(one.at, _name(one.actor), WORDS[one.verb], is_read=True)
    return list(found.values())


def _done(case: Case, events: Iterable[AuditEvent], rows: list[Any]) -> Iterator[Entry]:
    """What one person did in one transaction is one entry; then the changes that no event explains."""
    steps = list(StatusChange.objects.filter(case=case).exclude(reason=""))
    changes = _changes_by_transaction(rows)
    for key, together in _by_transaction(events).items():
        yield _entry(together, changes.pop(key, []), steps)
    for left in changes.values():
        who = "Outside the application" if left[0].outside else _name(left[0].by)
        records = ", ".join(dict.fromkeys(one.record for one in left))
        yield Entry(left[0].at, who, f"{left[0].kind} {records}", changes=left)


def _entry(events: list[AuditEvent], changes: list[Change], steps: Iterable[StatusChange]) -> Entry:
    """`events` are the newest first, as the trail gives them."""
    in_order = events[::-1]
    what = "; ".join(dict.fromkeys(_words(one) for one in in_order))
    details = [_reason(one, steps) or _detail(one) for one in in_order]
    detail = "; ".join(dict.fromkeys(filter(None, details)))
    return Entry(events[0].at, _name(events[0].actor), what, detail, changes)


def _reason(event: AuditEvent, steps: Iterable[StatusChange]) -> str:
    """Why a step was taken: the words are with the case, since the trail holds no clinical text."""
    same = (s for s in steps if f"case.{s.step}" == event.verb and abs(s.at - event.at) < A_MOMENT)
    return next((one.reason for one in same), "")


def _by_transaction(events: Iterable[AuditEvent]) -> dict[tuple, list[AuditEvent]]:
    found: dict[tuple, list[AuditEvent]] = {}
    for one in events:
        found.setdefault(_key(one, one.actor), []).append(one)
    return found


def _rows(case: Case, *, sits: bool, seal: Seal) -> list[Any]:
    rows: list[Any] = []
    for model, path in (OF_CASE | OF_BOARD if sits else OF_CASE).items():
        rows += model._default_manager.filter(**{path: case.pk})
    return [one for one in rows if not (isinstance(one, SpecialistInput) and seal.hides(one))]


def _changes_by_transaction(rows: list[Any]) -> dict[tuple, list[Change]]:
    found: dict[tuple, list[Change]] = {}
    for one in changes_of(*rows, leaving_out=LEFT_OUT):
        found.setdefault(_key(one, one.by), []).append(one)
    return found


def _key(one: AuditEvent | Change, who: Any) -> tuple:
    """The day as well: a restored database counts its transactions anew."""
    return one.transaction, one.at.date(), who.pk if who else None


def _words(event: AuditEvent) -> str:
    known = WORDS.get(event.verb)
    return known or event.verb.partition(".")[2].replace("_", " ") or event.verb


def _detail(event: AuditEvent) -> str:
    """Codes and numbers that say more: of which discipline, which revision."""
    told = {name: event.details.get(name) for name in ("specialty", "revision", "what", "report")}
    return ", ".join(f"{name} {value}".lower() for name, value in told.items() if value)


def _name(person: Any) -> str:
    return person.display_name if person else "The system"
