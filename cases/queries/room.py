"""Who is in the room, who has to be for this case and why, and who is missing now?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.utils import timezone

from cases.domain import quorum_rules
from cases.domain.quorum import Quorum, quorum
from cases.domain.quorum_rules import ALWAYS, BoardRule, Need
from cases.domain.ratifying import provisional_words as in_words
from cases.models import (
    AgendaItem,
    Attendance,
    Case,
    Guest,
    LesionPlan,
    Meeting,
    Recommendation,
    RecommendedAction,
)
from cases.queries.sitting import FEW, Sitting, seats_of
from cases.vocabulary import RatificationAnswer, Role, Specialty


@dataclass(frozen=True)
class Person:
    """Somebody who may be in the room."""

    user: Any
    what: str
    specialty: str
    attendance: Attendance | None

    @property
    def is_there(self) -> bool:
        return self.attendance is not None

    @property
    def stands_in_for(self) -> Any:
        """Whose deputy the person is in this meeting."""
        return self.attendance.deputy_for if self.attendance else None


@dataclass(frozen=True)
class Seat:
    """One discipline that this case needs: who speaks for it now, or whom one would ring."""

    need: Need
    here: tuple[str, ...]
    to_ring: tuple[str, ...]

    @property
    def specialty(self) -> Specialty:
        return self.need.specialty

    @property
    def is_here(self) -> bool:
        return bool(self.here)

    @property
    def to_ring_words(self) -> str:
        """Of very many, some."""
        some = ", ".join(self.to_ring[:FEW])
        return f"{some} and others" if len(self.to_ring) > FEW else some

    @property
    def is_always(self) -> bool:
        return self.need.why == ALWAYS

    @property
    def words(self) -> str:
        """“PATH (Dr Lowe), because the diagnosis is asked about”: missing, whom to ring, and why."""
        who = ", ".join(self.to_ring[:2]) or "nobody sits for it"
        why = "" if self.is_always else f", {self.need.in_short}"
        name = self.specialty.label.lower() if self.is_always else self.specialty.short
        return f"{name} ({who}){why}"


@dataclass(frozen=True)
class Room:
    """Who is there, and whether that is enough for a decision on the case before the board."""

    people: list[Person]
    guests: list[Person]  # with an account: who referred a case, deputies from elsewhere
    visitors: list[Guest]  # named for one case, there now
    seats: list[Seat]
    quorum: Quorum
    absent: str
    is_searched: bool  # too many sit on the board to list those who are not there

    @property
    def there(self) -> int:
        return sum(one.is_there for one in (*self.people, *self.guests)) + len(self.visitors)

    @property
    def missing(self) -> list[Seat]:
        return [seat for seat in self.seats if not seat.is_here]

    @property
    def missing_words(self) -> str:
        return f"Missing: {self.absent}"


def room_of(meeting: Meeting, items: Iterable[AgendaItem], *, item: AgendaItem | None = None) -> Room:
    """The room now. With a case, its own needs count; without one, what the board always needs."""
    now_there = Attendance.objects.present().filter(meeting=meeting).select_related("user", "deputy_for")
    there = {one.user_id: one for one in now_there}
    sitting = _sitting(meeting)
    is_large = len(sitting) > FEW
    people = [person_on(seat, there) for seat in sitting if not is_large or seat.user_id in there]
    others = _others(items, there, known={seat.user_id for seat in sitting})
    visitors = list(Guest.objects.present().filter(item=item).order_by("joined_at", "pk")) if item else []
    wanted = needs_of(item, planned=planned_of(item)) if item else _always(meeting)
    seats = [_seat(need, there.values(), visitors, sitting) for need in wanted]
    found = quorum(
        [need.specialty for need in wanted], [one.specialty for one in (*there.values(), *visitors)]
    )
    absent = _absent([one for one in seats if not one.is_here])
    return Room(people, others, visitors, seats, found, absent, is_searched=is_large)


def _always(meeting: Meeting) -> tuple[Need, ...]:
    return quorum_rules.needs(always=meeting.board.quorum_specialties)


def needs_of(item: AgendaItem, *, planned: Iterable[str] = ()) -> tuple[Need, ...]:
    """The disciplines that this case needs, each with its reason."""
    board, case = item.meeting.board, item.case
    return quorum_rules.needs(
        always=board.quorum_specialties,
        topics=case.topics,
        disease=_disease(case),
        planned=planned,
        rules=[
            BoardRule(rule.topic, rule.disease, tuple(rule.specialties)) for rule in board.quorum_rules.all()
        ],
    )


def _disease(case: Case) -> str:
    try:
        return case.diagnosis.primary_site
    except ObjectDoesNotExist:
        return ""


def planned_of(item: AgendaItem) -> list[str]:
    """What the decision of this case plans: the one being made, else the one that stands."""
    versions = Recommendation.objects.filter(item=item, superseded_at=None).order_by("-number")[:1]
    latest = versions.values("pk")
    actions = RecommendedAction.objects.filter(recommendation__in=latest).values_list("kind", flat=True)
    plans = LesionPlan.objects.filter(recommendation__in=latest).values_list("plan", flat=True)
    return list(actions.union(plans))


def there_for(item: AgendaItem, *, now: datetime) -> list[Attendance]:
    """Who was in the room when the discussion of this case ended, or is there now."""
    return there_at(item, item.closed_at or now)


def there_at(item: AgendaItem, moment: datetime) -> list[Attendance]:
    stretches = Attendance.objects.filter(_at(moment), meeting=item.meeting_id)
    return list(
        stretches.select_related("user", "deputy_for").order_by("joined_at", "user__family_name", "pk")
    )


def guests_for(item: AgendaItem, *, now: datetime) -> list[Guest]:
    """Who had come for this case alone, at the same moment."""
    return guests_at(item, item.closed_at or now)


def guests_at(item: AgendaItem, moment: datetime) -> list[Guest]:
    # A guest is there for one case; leaving before its discussion ended is leaving too early.
    return list(Guest.objects.filter(_at(moment), item=item).order_by("joined_at", "pk"))


def _at(moment: datetime) -> Q:
    return Q(joined_at__lte=moment) & (Q(left_at=None) | Q(left_at__gte=moment))


def quorum_missing(item: AgendaItem, there: Sequence[Attendance]) -> list[str]:
    """The disciplines that this case needs and nobody among those there, or its guests, speaks for."""
    return missing_among(item, there, guests_for(item, now=timezone.now()))


def missing_among(item: AgendaItem, there: Iterable[Attendance], guests: Iterable[Guest]) -> list[str]:
    present = {one.specialty for one in there} | {one.specialty for one in guests}
    wanted = needs_of(item, planned=planned_of(item))
    return [need.specialty.value for need in wanted if need.specialty not in present]


def provisional_words(recommendation: Recommendation) -> str:
    """What a page or a letter says while an absent discipline has not stood by the decision; else ""."""
    rows = list(recommendation.ratifications.values_list("specialty", "answer"))
    return in_words(
        waiting=[specialty for specialty, answer in rows if not answer],
        objected=[specialty for specialty, answer in rows if answer == RatificationAnswer.OBJECTED],
    )


# -- people -----------------------------------------------------------------------------------------------


def _sitting(meeting: Meeting) -> list[Sitting]:
    """By discipline, then by name."""
    order = {code: place for place, code in enumerate([*Specialty.values, ""])}
    seats = seats_of([meeting.board_id]).get(meeting.board_id, [])
    return sorted(seats, key=lambda seat: (order[seat.specialty], seat.family_name))


def person_on(seat: Sitting, there: dict[Any, Attendance]) -> Person:
    role = str(Role(seat.role).label)
    what = f"{seat.what}, {role.lower()}" if seat.specialty else role
    return Person(seat.user, what, seat.specialty if seat.speaks else "", there.get(seat.user_id))


def _others(items: Iterable[AgendaItem], there: dict[Any, Attendance], *, known: set) -> list[Person]:
    referrers = {item.case.referred_by for item in items if item.case.referred_by_id not in known}
    found = [Person(user, "referred a case", "", there.get(user.pk)) for user in referrers]
    left = {one.user for key, one in there.items() if key not in known} - referrers
    found += [Person(user, "guest", there[user.pk].specialty, there[user.pk]) for user in left]
    return sorted(found, key=lambda one: one.user.display_name)


def _seat(
    need: Need, there: Iterable[Attendance], visitors: Iterable[Guest], sitting: Iterable[Sitting]
) -> Seat:
    code = need.specialty
    here = [_as_there(one) for one in there if one.specialty == code]
    here += [f"{one.name}, guest" for one in visitors if one.specialty == code]
    speakers = (seat for seat in sitting if seat.speaks and seat.specialty == code)
    to_ring = tuple(seat.user.display_name for seat in islice(speakers, FEW + 1))
    return Seat(need, tuple(here), to_ring)


def _as_there(one: Attendance) -> str:
    name = one.user.display_name
    return f"{name} for {one.deputy_for.display_name}" if one.deputy_for else name


def _absent(missing: Sequence[Seat]) -> str:
    """Whom one would ring; many are named by their code, so that the lamp stays small."""
    if len(missing) > 2:
        return ", ".join(seat.specialty.short for seat in missing)
    if len(missing) == 1:
        return missing[0].words
    return ", ".join(
        f"{seat.specialty.short} ({', '.join(seat.to_ring[:2]) or 'nobody sits for it'})" for seat in missing
    )
