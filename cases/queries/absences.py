"""Who is away on which day, who stands in, and who may see or say so?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from cases.domain import absences as rules
from cases.models import Absence, Membership, TumorBoard
from cases.models.board import SITTING, SPEAKING
from cases.models.calendar import AbsenceQuerySet
from cases.permissions import Permission, roles_granting
from cases.queries.covers import Cover, Days, covers_of
from cases.vocabulary import Specialty

WEEKS = 6  # of the strip


def away_on(users: Iterable[Any], day: date) -> dict[int, Absence]:
    """Of these people (or their keys), who is away on the day; one query."""
    keys = {getattr(user, "pk", user) for user in users}
    found = Absence.objects.on(day).filter(user__in=keys).select_related("user", "deputy") if keys else ()
    return {absence.user_id: absence for absence in found}


def boards_spoken_for(user) -> QuerySet[TumorBoard]:
    """Boards on which the person may say for others what these could say themselves."""
    seats = Membership.objects.current().with_role(*roles_granting(Permission.REPORT_FOR_OTHERS))
    return TumorBoard.objects.filter(pk__in=seats.filter(user=user).values("board"))


def colleagues(user) -> QuerySet:
    """People of the boards for which the person may speak, themselves included."""
    seats = Membership.objects.current().with_role(*SITTING).filter(board__in=boards_spoken_for(user))
    people = get_user_model().objects.filter(is_active=True)
    return people.filter(Q(pk__in=seats.values("user")) | Q(pk=user.pk)).by_name()


def possible_deputies(user) -> QuerySet:
    """Whoever speaks on a board on which the person sits."""
    boards = Membership.objects.current().with_role(*SITTING).filter(user=user).values("board")
    seats = Membership.objects.current().with_role(*SPEAKING).filter(board__in=boards)
    return get_user_model().objects.filter(is_active=True, pk__in=seats.values("user")).by_name()


def visible_to(user) -> AbsenceQuerySet:
    """One's own, those in which one stands in, and those of the people for whom one may speak."""
    if not user.is_authenticated or not user.is_active:
        return Absence.objects.none()
    theirs = Q(user__in=colleagues(user).order_by().values("pk"))
    return Absence.objects.filter(Q(user=user) | Q(deputy=user) | theirs)


def shared_boards(user, deputy) -> list[TumorBoard]:
    """Boards on which the deputy can stand in: both sit there, and speak for the same discipline if any."""
    fits = Q(pk__in=[])
    for seat in Membership.objects.current().with_role(*SITTING).filter(user=user):
        same = Q(specialty=seat.specialty) if seat.specialty else Q()
        fits |= Q(board=seat.board_id) & same
    seats = Membership.objects.current().with_role(*SPEAKING).filter(fits, user=deputy)
    return [seat.board for seat in seats.select_related("board").order_by("board__name")]


def why_not(user, deputy) -> str:
    """What keeps somebody from standing in; "" when nothing does."""
    if user == deputy:
        return "Nobody stands in for themselves. Choose somebody else, or nobody."
    if not deputy.is_active:
        return f"{deputy} no longer has access. Choose somebody else."
    if shared_boards(user, deputy):
        return ""
    seats = list(Membership.objects.current().filter(user=user).select_related("board").order_by("pk"))
    needed = [
        f"{Specialty(seat.specialty).label.lower()} on {seat.board}" if seat.specialty else str(seat.board)
        for seat in seats
    ]
    if not needed:
        return f"{user} sits on no board, so nobody can stand in there. Leave it empty."
    return f"{deputy} cannot stand in for {user}: that takes somebody for {' or '.join(needed)}."


def today_for(user, *, now: datetime) -> date:
    """The day on the wall of the first board on which the person sits."""
    seat = Membership.objects.current().filter(user=user).select_related("board").order_by("pk").first()
    return now.astimezone(seat.board.zone if seat else ZoneInfo(settings.TIME_ZONE)).date()


@dataclass(frozen=True)
class Line:
    absence: Absence
    what: str  # for which disciplines the person speaks
    is_now: bool
    may_withdraw: bool
    gaps: tuple[str, ...] = ()  # who stands in is away as well, and who does then

    @property
    def days(self) -> str:
        return rules.span(self.absence.first_day, self.absence.last_day)


@dataclass(frozen=True)
class Row:
    """One person's next weeks, each in words."""

    person: Any
    weeks: tuple[str, ...]


@dataclass(frozen=True)
class AbsencesPage:
    mine: list[Line]
    others: list[Line]
    mondays: list[date]
    strip: list[Row]
    speaks_for_others: bool


def absences_page(user, *, now: datetime) -> AbsencesPage:
    today = today_for(user, now=now)
    rows = visible_to(user).standing().filter(last_day__gte=today).select_related("user", "deputy")
    absences = list(rows.order_by("first_day", "user__family_name", "pk"))
    known = set(colleagues(user).values_list("pk", flat=True))
    disciplines = _disciplines(absences)
    until = max((one.last_day for one in absences), default=today)
    covers = covers_of({one.user_id for one in absences}, first=today, last=until)
    lines = [
        Line(
            absence=one,
            what=", ".join(disciplines.get(one.user_id, ())),
            is_now=one.first_day <= today,
            may_withdraw=one.user_id in known,
            gaps=_gaps([cover for cover in covers.get(one.user_id, ()) if cover.absence == one]),
        )
        for one in absences
    ]
    mondays = [today - timedelta(days=today.weekday()) + timedelta(weeks=week) for week in range(WEEKS)]
    return AbsencesPage(
        mine=[line for line in lines if line.absence.user_id == user.pk],
        others=[line for line in lines if line.absence.user_id != user.pk],
        mondays=mondays,
        strip=_strip(absences, mondays),
        speaks_for_others=len(known) > 1,
    )


def _gaps(covers: Sequence[Cover]) -> tuple[str, ...]:
    """In words: on which of the days the deputy is away too, and whether somebody stands in then."""
    direct = next((one for one in covers if one.is_direct), None)
    if direct is None:
        return ()
    within = [(max(one, direct.first_day), min(two, direct.last_day)) for one, two in direct.away]
    return tuple(
        f"{direct.deputy} is away too {rules.span(*days)}: {_who_then(covers, direct, days)} then"
        for days in within
        if days[0] <= days[1]
    )


def _who_then(covers: Sequence[Cover], direct: Cover, days: Days) -> str:
    every = [days[0] + timedelta(days=n) for n in range((days[1] - days[0]).days + 1)]
    for one in covers:
        if not one.is_direct and all(one.counts(scope, day) for scope in direct.scopes for day in every):
            return f"{one.deputy} stands in"
    return "nobody stands in"


def _disciplines(absences: Sequence[Absence]) -> dict[int, list[str]]:
    seats = Membership.objects.current().with_role(*SITTING).exclude(specialty="")
    found: dict[int, list[str]] = {}
    for key, code in (
        seats.filter(user__in={one.user_id for one in absences})
        .order_by("pk")
        .values_list("user", "specialty")
    ):
        known = found.setdefault(key, [])
        if (label := str(Specialty(code).label)) not in known:
            known.append(label)
    return found


def _strip(absences: Sequence[Absence], mondays: Sequence[date]) -> list[Row]:
    """Who misses something of the next weeks, a line each."""
    by_person: dict[Any, list[Absence]] = {}
    for one in absences:
        by_person.setdefault(one.user, []).append(one)
    rows = [
        Row(
            person,
            tuple(
                ", ".join(
                    filter(
                        None,
                        (
                            rules.in_week(monday, first_day=one.first_day, last_day=one.last_day)
                            for one in theirs
                        ),
                    )
                )
                for monday in mondays
            ),
        )
        for person, theirs in by_person.items()
    ]
    return [row for row in rows if any(row.weeks)]
