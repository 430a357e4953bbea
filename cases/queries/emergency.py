"""Which case is meant in an emergency, and which accesses wait for a privacy officer?"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from cases.domain import emergency as rules
from cases.models import Case, EmergencyAccess, Hospital, Membership
from cases.queries.board_days import rules_of
from cases.vocabulary import CaseStatus
from tumorboard.audit.models import AuditEvent
from tumorboard.database.identity import as_system

A_PAGE = 50
READS = {"case.viewed": "Case", "letter.read": "Letter", "minutes.read": "Minutes"}


def hospitals_of(user) -> QuerySet[Hospital]:
    """Where the person has a seat now, whatever their role."""
    seats = Membership.objects.current().filter(user=user)
    return Hospital.objects.filter(pk__in=seats.values("board__hospital")).order_by("name")


def meant(*, number: str, record_number: str, birth_date: date | None, by) -> Case | None:
    """The case of one of the person's hospitals that was named; of several of one patient, the latest."""
    if number:
        named = Q(number__iexact=number)
    elif record_number and birth_date:
        named = Q(patient__record_number__iexact=record_number, patient__birth_date=birth_date)
    else:
        return None
    known = Case.objects.filter(named, board__hospital__in=hospitals_of(by).values("pk"))
    referred = known.exclude(status=CaseStatus.DRAFT).select_related("board__hospital")
    with as_system("an emergency opens a case that is not the person's to see"):
        return referred.order_by("-referred_at", "-created_at").first()


@dataclass(frozen=True)
class Line:
    """One access as its reviewer reads it: what was opened, how often, and until when to look at it."""

    access: EmergencyAccess
    looked_at: list[tuple[str, int]] = field(default_factory=list)
    first_at: datetime | None = None
    last_at: datetime | None = None
    due_on: date | None = None
    is_overdue: bool = False
    is_own: bool = False


@dataclass(frozen=True)
class Reviews:
    waiting: list[Line]
    done: list[Line]


def reviews(user, *, now: datetime) -> Reviews:
    """What waits, the oldest first, and what was said lately."""
    rows = EmergencyAccess.objects.reviewable_by(user).select_related(
        "case__board__hospital", "user", "reviewed_by"
    )
    rows = rows.prefetch_related("case__board__closed_days")
    waiting = list(rows.unreviewed().order_by("begun_at", "pk")[:A_PAGE])
    done = list(rows.filter(reviewed_at__isnull=False).order_by("-reviewed_at", "pk")[:A_PAGE])
    events = events_of([*waiting, *done])
    return Reviews(
        [_line(one, events[str(one.pk)], user, now) for one in waiting],
        [_line(one, events[str(one.pk)], user, now) for one in done],
    )


def events_of(accesses: Iterable[EmergencyAccess]) -> dict[str, list[AuditEvent]]:
    """Everything that was read under each, in one query."""
    about = {one.case.about for one in accesses}
    found: dict[str, list[AuditEvent]] = defaultdict(list)
    for event in AuditEvent.objects.filter(about__in=about, details__has_key="emergency").order_by("at"):
        if event.verb in READS:
            found[event.details["emergency"]].append(event)
    return found


def _line(access: EmergencyAccess, events: list[AuditEvent], user, now: datetime) -> Line:
    board = access.case.board
    days = rules_of(board).days
    begun = access.begun_at.astimezone(board.zone).date()
    opened = Counter(event.details.get("page") or READS[event.verb] for event in events)
    return Line(
        access,
        looked_at=sorted(opened.items()),
        first_at=events[0].at if events else None,
        last_at=events[-1].at if events else None,
        due_on=days.after(begun, rules.REVIEW_DAYS),
        is_overdue=access.reviewed_at is None
        and rules.is_overdue(begun, today=now.astimezone(board.zone).date(), days=days),
        is_own=access.user_id == user.pk,
    )


def overdue(board, *, today: date) -> list[Any]:
    """Accesses to cases of a board that nobody has looked at in time."""
    days = rules_of(board).days
    rows = (
        EmergencyAccess.objects.unreviewed().filter(case__board=board).select_related("user", "case__board")
    )
    return [
        one
        for one in rows.order_by("begun_at", "pk")
        if rules.is_overdue(one.begun_at.astimezone(board.zone).date(), today=today, days=days)
    ]
