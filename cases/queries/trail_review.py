"""Who did what, when, from which board? For those who answer for privacy in a hospital, and of it alone.

The trail is read by time, newest first, a page at a time from a key and never by counting past rows. A line
belongs to a hospital by what it is about: one of its cases, meetings, boards, or people who have sat there.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db.models import BigIntegerField, Exists, Func, OuterRef, Q, QuerySet, UUIDField

from cases.models import Case, Hospital, Meeting, Membership, Patient, TumorBoard
from cases.queries.history import WORDS
from cases.queries.trail_asked import EXPORT_VERBS, EXPORTS, READ_VERBS, READS, Asked
from tumorboard.audit.models import AuditEvent
from tumorboard.database.identity import as_system

A_PAGE = 50
WHY = "who answers for privacy reads the trail of all boards of the hospital"

OTHER_WORDS = {
    "case.found": "found the case by searching",
    "letter.read": "took a letter as PDF",
    "agenda.read": "took the agenda as PDF",
    "minutes.read": "took the minutes as PDF",
    "trail.viewed": "read the trail",
    "trail.exported": "took the trail as a file",
    "sign_in.done": "signed in",
    "sign_in.ended": "signed out",
    "sign_in.failed": "a sign-in failed",
    "sign_in.locked": "sign-in was locked after failures",
    "sign_in.confirmed": "confirmed who they are",
    "password.changed": "changed the password",
    "password.reset": "set a new password",
    "password.reset_requested": "a new password was asked for",
    "person.changed": "changed a person’s details",
    "unusual.looked_at": "looked at an unusual access",
}


class _KeyOf(Func):
    """The key behind "case:" and its like; null where the text is about something else."""

    arity = 1

    def __init__(self, expression, *, kind: str, pattern: str, cast: str, **more):
        template = (
            f"CASE WHEN %(expressions)s ~ '^{kind}:{pattern}$' "
            f"THEN split_part(%(expressions)s, ':', 2)::{cast} END"
        )
        super().__init__(expression, template=template, **more)


def _uuid_of(kind: str) -> _KeyOf:
    return _KeyOf(
        OuterRef("about"), kind=kind, pattern="[0-9a-f-]{36}", cast="uuid", output_field=UUIDField()
    )


def in_cases_of(hospitals: Sequence[Hospital]) -> Q:
    return Q(Exists(Case.objects.filter(pk=_uuid_of("case"), board__hospital__in=hospitals)))


def _of(hospitals: Sequence[Hospital]) -> Q:
    """What concerns these hospitals. Each line costs one look at a primary key."""
    boards = TumorBoard.objects.filter(hospital__in=hospitals)
    person = _KeyOf(
        OuterRef("about"), kind="user", pattern="[0-9]{1,18}", cast="bigint", output_field=BigIntegerField()
    )
    return (
        in_cases_of(hospitals)
        | Q(Exists(Meeting.objects.filter(pk=_uuid_of("meeting"), board__hospital__in=hospitals)))
        | Q(Exists(Membership.objects.filter(user=person, board__hospital__in=hospitals)))
        | Q(about__in=[*(one.scope for one in hospitals), *(one.scope for one in boards)])
    )


# -- what is shown ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str
    case: str = ""
    board: str = ""
    detail: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.at.isoformat(timespec="seconds"), *list(vars(self).values())[1:])


@dataclass(frozen=True)
class Trail:
    lines: list[Line]
    older: str
    zone: ZoneInfo
    people: list[tuple[int, str]]


def mine(user) -> list[Hospital]:
    """The hospitals whose trail this person reads; none for almost everybody."""
    return list(Hospital.objects.overseen_by(user).order_by("name"))


def zone_of(hospitals: Sequence[Hospital]) -> ZoneInfo:
    board = TumorBoard.objects.filter(hospital__in=hospitals).order_by("pk").first()
    return board.zone if board else ZoneInfo("UTC")


def patient_of(hospitals: Sequence[Hospital], pk: uuid.UUID) -> Patient | None:
    with as_system(WHY):
        return _patients(hospitals).filter(pk=pk).first()


def patients_like(hospitals: Sequence[Hospital], words: str) -> list[Patient]:
    """By record number, by surname, or by surname and given name in either order."""
    first, _, rest = words.replace(",", " ").strip().partition(" ")
    rest = rest.strip()
    named = Q(record_number__iexact=words) | Q(family_name__iexact=words)
    if rest:
        named |= Q(family_name__iexact=first, given_name__iexact=rest)
        named |= Q(given_name__iexact=first, family_name__iexact=rest)
    with as_system(WHY):
        return list(_patients(hospitals).filter(named).order_by("family_name", "given_name", "pk")[:20])


def _patients(hospitals: Sequence[Hospital]) -> QuerySet[Patient]:
    return Patient.objects.filter(
        Exists(Case.objects.filter(patient=OuterRef("pk"), board__hospital__in=hospitals))
    )


def events(
    hospitals: Sequence[Hospital], asked: Asked, zone: ZoneInfo, patient: Patient | None = None
) -> QuerySet[AuditEvent]:
    """Newest first. To be read as the system: see `page` and `rows`."""
    found = AuditEvent.objects.select_related("actor").order_by("-at", "-id")
    if patient is not None:
        cases = Case.objects.filter(patient=patient, board__hospital__in=hospitals)
        found = found.filter(about__in=[case.about for case in cases])
    else:
        found = found.filter(_of(hospitals))
    return asked.among(found, zone)


def page(hospitals: Sequence[Hospital], asked: Asked, patient: Patient | None = None) -> Trail:
    zone = zone_of(hospitals)
    with as_system(WHY):
        found = list(events(hospitals, asked, zone, patient)[: A_PAGE + 1])
        shown = found[:A_PAGE]
        lines = list(lines_of(shown))
    older = asked.after(shown[-1]).address if len(found) > A_PAGE else ""
    return Trail(lines, older, zone, _people(hospitals))


def rows(hospitals: Sequence[Hospital], asked: Asked, patient: Patient | None, *, most: int) -> list[Line]:
    """The same for a file: all lines that were asked for, up to so many."""
    with as_system(WHY):
        return list(lines_of(list(events(hospitals, asked, zone_of(hospitals), patient)[:most])))


def _people(hospitals: Sequence[Hospital]) -> list[tuple[int, str]]:
    seats = Membership.objects.filter(board__hospital__in=hospitals)
    people = get_user_model().objects.filter(pk__in=seats.values("user")).by_name()
    return [(one.pk, one.get_full_name() or one.email) for one in people]


def lines_of(found: Iterable[AuditEvent]) -> Iterator[Line]:
    """Three queries, however many lines: their cases, their meetings, and whom they are about."""
    found = list(found)
    cases = _bulk(Case.objects.select_related("board"), found, "case")
    meetings = _bulk(Meeting.objects.select_related("board"), found, "meeting")
    people = _bulk(get_user_model().objects, found, "user")
    boards = {one.scope: one.name for one in TumorBoard.objects.all()}
    for event in found:
        about = cases.get(event.about) or meetings.get(event.about)
        yield Line(
            at=event.at,
            who=_who(event, people),
            what=words(event.verb),
            case=about.number if isinstance(about, Case) else "",
            board=about.board.name if about else boards.get(event.about, ""),
            detail=_detail(event, people),
        )


def _bulk(rows: Any, found: Iterable[AuditEvent], kind: str) -> dict[str, Any]:
    keys = {one.about.partition(":")[2] for one in found if one.about.startswith(f"{kind}:")}
    return {f"{kind}:{pk}": row for pk, row in rows.in_bulk(keys).items()} if keys else {}


def _who(event: AuditEvent, people: Mapping[str, Any]) -> str:
    if event.actor:
        return event.actor.get_full_name() or event.actor.email
    meant = people.get(event.about)
    return f"Somebody, as {meant.get_full_name()}" if meant else "The system"


def _detail(event: AuditEvent, people: Mapping[str, Any]) -> str:
    about = people.get(event.about)
    told = [
        about.get_full_name() if about and event.actor and about.pk != event.actor_id else "",
        f"from {event.details['address']}" if "address" in event.details else "",
        "in an emergency" if "emergency" in event.details else "",
    ]
    return ", ".join(filter(None, told))


def words(verb: str) -> str:
    return OTHER_WORDS.get(verb) or WORDS.get(verb) or verb.replace(".", ": ").replace("_", " ")


# -- who looked at one patient ----------------------------------------------------------------------------


@dataclass
class Looked:
    """One person, for the patient who asks: how often, first, last, and what of it was a document."""

    who: str
    board: str
    first: datetime
    last: datetime
    reads: int = 0
    documents: int = 0
    emergencies: int = 0


def who_looked(hospitals: Sequence[Hospital], patient: Patient) -> list[Looked]:
    """Every person who read of the patient, who read last first; two queries."""
    found: dict[tuple[int | None, str], Looked] = {}
    with as_system(WHY):
        cases = Case.objects.filter(patient=patient, board__hospital__in=hospitals).select_related("board")
        boards = {case.about: case.board.name for case in cases}
        looks = AuditEvent.objects.filter(READS | EXPORTS, about__in=list(boards)).select_related("actor")
        for event in looks.order_by("-at", "-id"):
            board = boards[event.about]
            line = found.setdefault(
                (event.actor_id, board), Looked(_who(event, {}), board, event.at, event.at)
            )
            line.first = event.at
            line.reads += event.verb in READ_VERBS
            line.documents += event.verb in EXPORT_VERBS
            line.emergencies += "emergency" in event.details
    return list(found.values())
