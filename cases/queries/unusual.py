"""Which looks of a week were unusual, and which of them wait for a privacy officer?

The rules are in `cases.domain.unusual`; here is gathered what they ask for, in a number of queries that does
not grow with the week. Run by the clock, which sees all boards, or under `as_system`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from cases.domain import unusual as rules
from cases.domain.unusual import Name
from cases.models import (
    AgendaItem,
    Case,
    EmergencyAccess,
    Guest,
    Hospital,
    Letter,
    Meeting,
    Membership,
    RecommendedAction,
    SpecialistInput,
    UnusualAccess,
)
from cases.models.board import SITTING
from cases.queries.board_days import rules_of
from cases.queries.trail_asked import EXPORTS, READS
from cases.queries.trail_review import WHY, in_cases_of, zone_of
from cases.vocabulary import MeetingStatus, Role, UnusualRule
from tumorboard.audit.models import AuditEvent
from tumorboard.database.identity import as_system

LEADING = (Role.COORDINATOR, Role.CHAIR)
A_PAGE = 100


@dataclass
class Week:
    """Who looked at what, when; and what has to be known to judge it."""

    begins: datetime
    ends: datetime
    looks: dict[tuple[int, UUID], list[datetime]] = field(default_factory=lambda: defaultdict(list))
    cases: dict[UUID, Case] = field(default_factory=dict)
    people: dict[int, Any] = field(default_factory=dict)
    roles: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    sits: set[tuple[int, int]] = field(default_factory=set)
    concerned: set[tuple[int, UUID]] = field(default_factory=set)
    listed: dict[UUID, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    meetings: dict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))


def found(hospital: Hospital, *, week: date, zone: ZoneInfo) -> list[UnusualAccess]:
    """Not written yet. `week` is a Monday on the clock of the hospital."""
    seen = _week(hospital, week, zone)
    hits = [
        *_many(hospital, seen, zone),
        *_names(seen),
        *_out_of_hours(seen),
        *_without_task(seen),
        *_emergencies(hospital, seen),
    ]
    return [UnusualAccess(hospital=hospital, week=week, **hit) for hit in hits]


# -- the rules --------------------------------------------------------------------------------------------


def _many(hospital: Hospital, seen: Week, zone: ZoneInfo) -> Iterator[dict]:
    before = _patients_a_day(hospital, seen.begins - timedelta(weeks=rules.USUAL_WEEKS), seen.begins, zone)
    of_role: dict[str, list[int]] = defaultdict(list)
    for user, days in before.items():
        for role in seen.roles.get(user, ()):
            of_role[role] += days
    patients = defaultdict(set)
    for (user, case), looks in seen.looks.items():
        for at in looks:
            patients[user, at.astimezone(zone).date()].add(seen.cases[case].patient_id)
    for (user, day), read in patients.items():
        own = rules.usual(before.get(user, []))
        colleagues = max((rules.usual(of_role[one]) for one in seen.roles.get(user, ())), default=0.0)
        if rules.is_many(len(read), own=own, role=colleagues):
            at = datetime.combine(day, time(), zone)
            told = {"rule": UnusualRule.MANY, "user_id": user, "at": at, "times": len(read)}
            yield told | {"usual": round(own)}


def _patients_a_day(hospital, since: datetime, until: datetime, zone: ZoneInfo) -> dict[int, list[int]]:
    """Of each person, for each day with a read."""
    days = (
        _looks(hospital, since, until)
        .annotate(day=TruncDate("at", tzinfo=zone))
        .values("actor", "day")
        .annotate(number=Count("about", distinct=True))
    )
    found: dict[int, list[int]] = defaultdict(list)
    for actor, number in days.values_list("actor", "number"):
        found[actor].append(number)
    return found


def _names(seen: Week) -> Iterator[dict]:
    for (user, case), looks in seen.looks.items():
        person, patient = seen.people[user], seen.cases[case].patient
        names = (
            Name(person.given_name, person.family_name),
            Name(patient.given_name, patient.family_name),
        )
        if rules.is_own_name(*names):
            yield _hit(UnusualRule.OWN_NAME, user, case, looks)
        elif rules.has_surname_of(*names):
            yield _hit(UnusualRule.SURNAME, user, case, looks)


def _out_of_hours(seen: Week) -> Iterator[dict]:
    for (user, case), looks in seen.looks.items():
        board = seen.cases[case].board
        told = rules_of(board)
        late = [
            at
            for at in looks
            if rules.is_out_of_hours(
                at.astimezone(board.zone),
                days=told.days,
                quiet_from=board.quiet_from,
                quiet_until=board.quiet_until,
                meetings=seen.meetings[board.pk],
            )
        ]
        if late:
            yield _hit(UnusualRule.OUT_OF_HOURS, user, case, late)


def _without_task(seen: Week) -> Iterator[dict]:
    for (user, case), looks in seen.looks.items():
        concerned = (user, case) in seen.concerned
        listed = seen.listed[case] if (user, seen.cases[case].board_id) in seen.sits else []
        idle = [at for at in looks if rules.has_no_task(at, concerned=concerned, meetings=listed)]
        if idle:
            yield _hit(UnusualRule.NO_TASK, user, case, idle)


def _emergencies(hospital: Hospital, seen: Week) -> Iterator[dict]:
    begun = EmergencyAccess.objects.filter(
        case__board__hospital=hospital, begun_at__gte=seen.begins, begun_at__lt=seen.ends
    )
    for one in begun.order_by("begun_at", "pk"):
        looks = seen.looks.get((one.user_id, one.case_id), [])
        yield _hit(UnusualRule.EMERGENCY, one.user_id, one.case_id, [one.begun_at, *looks[1:]])


def _hit(rule: str, user: int, case: UUID, looks: list[datetime]) -> dict:
    return {"rule": rule, "user_id": user, "case_id": case, "at": looks[0], "times": len(looks)}


# -- what is known ----------------------------------------------------------------------------------------


def _looks(hospital: Hospital, since: datetime, until: datetime):
    return AuditEvent.objects.filter(
        READS | EXPORTS, in_cases_of([hospital]), at__gte=since, at__lt=until, actor__isnull=False
    )


def _week(hospital: Hospital, week: date, zone: ZoneInfo) -> Week:
    begins = datetime.combine(week, time(), zone)
    seen = Week(begins, datetime.combine(week + timedelta(days=7), time(), zone))
    looks = _looks(hospital, seen.begins, seen.ends).order_by("at", "id").values_list("actor", "about", "at")
    for user, about, at in looks.iterator():
        seen.looks[user, UUID(about.partition(":")[2])].append(at)
    cases = {case for _, case in seen.looks}
    rows = Case.objects.select_related("board", "patient").prefetch_related("board__closed_days")
    seen.cases = rows.in_bulk(cases)
    seen.people = get_user_model().objects.in_bulk({user for user, _ in seen.looks})
    for user, board, role in Membership.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=seen.begins), board__hospital=hospital
    ).values_list("user", "board", "role"):
        seen.roles[user].add(role)
        if role in SITTING:
            seen.sits.add((user, board))
        if role in LEADING:
            seen.concerned |= {(user, pk) for pk, case in seen.cases.items() if case.board_id == board}
    seen.concerned |= set(_concerned(cases, seen))
    _meetings(hospital, cases, seen)
    return seen


def _concerned(cases: set[UUID], seen: Week) -> Iterator[tuple[int, UUID]]:
    """Whoever was asked, referred it, has an action or a letter of it, came for it, or worked on it then."""
    inputs = SpecialistInput.objects.filter(case__in=cases)
    yield from inputs.values_list("asked_of", "case")
    yield from inputs.values_list("signed_by", "case")
    yield from ((case.referred_by_id, pk) for pk, case in seen.cases.items())
    actions = RecommendedAction.objects.filter(recommendation__case__in=cases)
    yield from actions.values_list("owner", "recommendation__case")
    yield from Letter.objects.filter(case__in=cases).values_list("recipient", "case")
    yield from Guest.objects.filter(item__case__in=cases).values_list("account", "item__case")
    abouts = [case.about for case in seen.cases.values()]
    worked = AuditEvent.objects.filter(about__in=abouts, at__gte=seen.begins, at__lt=seen.ends)
    for user, about in worked.exclude(READS | EXPORTS).values_list("actor", "about").distinct():
        yield user, UUID(about.partition(":")[2])


def _meetings(hospital: Hospital, cases: Iterable[UUID], seen: Week) -> None:
    first, last = seen.begins - rules.AFTER_A_MEETING, seen.ends + rules.BEFORE_A_MEETING
    held = Q(meeting__starts_at__gte=first, meeting__starts_at__lt=last)
    items = AgendaItem.objects.filter(held, case__in=cases).exclude(meeting__status=MeetingStatus.CANCELLED)
    for case, at in items.values_list("case", "meeting__starts_at"):
        seen.listed[case].append(at)
    meetings = Meeting.objects.filter(board__hospital=hospital, starts_at__gte=first, starts_at__lt=last)
    for board, at in meetings.exclude(status=MeetingStatus.CANCELLED).values_list("board", "starts_at"):
        seen.meetings[board].append(at)


# -- shown ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    access: UnusualAccess
    why: str


@dataclass(frozen=True)
class Page:
    waiting: list[Shown]
    done: list[Shown]
    more: int
    zone: ZoneInfo


def page(hospitals: Sequence[Hospital]) -> Page:
    zone = zone_of(hospitals)
    rows = UnusualAccess.objects.filter(hospital__in=hospitals).select_related("user", "looked_by", "case")
    with as_system(WHY):
        waits = rows.filter(looked_at=None)
        waiting = list(waits.order_by("-week", "rule", "at", "pk")[:A_PAGE])
        more = waits.count() - len(waiting) if len(waiting) == A_PAGE else 0
        done = list(rows.exclude(looked_at=None).order_by(F("looked_at").desc(), "pk")[:A_PAGE])
    return Page([Shown(one, why(one)) for one in waiting], [Shown(one, why(one)) for one in done], more, zone)


def why(one: UnusualAccess) -> str:
    """The reason in words, with what was counted."""
    looks = "once" if one.times == 1 else f"{one.times} times"
    usual = f"{one.usual} on a usual day" if one.usual else "no usual day is known yet"
    return {
        UnusualRule.MANY: f"Read of {one.times} patients in one day; {usual}.",
        UnusualRule.OWN_NAME: f"The patient has the reader’s own name. Looked {looks}.",
        UnusualRule.SURNAME: f"The patient has the reader’s surname. Looked {looks}.",
        UnusualRule.OUT_OF_HOURS: f"Looked {looks} by night or on a day off, with no meeting near.",
        UnusualRule.EMERGENCY: f"Opened in an emergency. Looked {looks}.",
        UnusualRule.NO_TASK: f"Nothing here for them to do, and on no list of theirs. Looked {looks}.",
    }[UnusualRule(one.rule)]
