"""Who stands in for whom on which days, on which boards, and who does while that one is away as well?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.models import Absence, Membership
from cases.models.board import SITTING, SPEAKING

Days = tuple[date, date]


@dataclass(frozen=True)
class Cover:
    """Somebody stands in, on the boards on which they can answer in the other's place.

    While the deputy is away as well, their own deputy does; no further than that.
    """

    absence: Absence
    deputy: Any
    scopes: frozenset[str]
    first_day: date
    last_day: date
    away: tuple[Days, ...] = ()  # whoever stands in is away too

    def counts(self, scope: str, day: date) -> bool:
        is_here = not any(first <= day <= last for first, last in self.away)
        return scope in self.scopes and self.first_day <= day <= self.last_day and is_here

    @property
    def is_direct(self) -> bool:
        return self.deputy == self.absence.deputy


def covers_of(users: Iterable[int], *, first: date, last: date) -> dict[int, list[Cover]]:
    """Who stands in for these people on any of these days; four queries at most."""
    absences = [one for one in _away(users, first, last) if one.deputy and one.deputy.is_active]
    theirs = _by_user(_away({one.deputy.pk for one in absences}, first, last) if absences else [])
    second: set[int] = {one.deputy_id for mine in theirs.values() for one in mine if one.deputy_id}
    thirds = _by_user(_away(second, first, last) if second else [])
    seats = _seats({one.user_id for one in absences} | {one.deputy.pk for one in absences} | second)

    def cover(absence: Absence, deputy, within: Absence, away: Sequence[Absence]) -> Cover:
        return Cover(
            absence,
            deputy,
            _covered(seats.get(absence.user_id, ()), seats.get(deputy.pk, ())),
            first_day=max(absence.first_day, within.first_day),
            last_day=min(absence.last_day, within.last_day),
            away=tuple((one.first_day, one.last_day) for one in away),
        )

    found: dict[int, list[Cover]] = {}
    for one in absences:
        too = theirs.get(one.deputy_id, [])
        found.setdefault(one.user_id, []).append(cover(one, one.deputy, one, too))
        found[one.user_id] += [
            cover(one, other.deputy, other, thirds.get(other.deputy_id, ()))
            for other in too
            if other.deputy and other.deputy.is_active and other.deputy_id != one.user_id
        ]
    return found


def _away(users: Iterable[int], first: date, last: date) -> list[Absence]:
    away = Absence.objects.standing().filter(user__in=users, first_day__lte=last, last_day__gte=first)
    return list(away.select_related("user", "deputy").order_by("first_day", "pk"))


def _by_user(absences: Iterable[Absence]) -> dict[Any, list[Absence]]:
    found: dict[Any, list[Absence]] = {}
    for one in absences:
        found.setdefault(one.user_id, []).append(one)
    return found


def _seats(users: set[int]) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = {}
    seats = Membership.objects.current().filter(user__in=users).select_related("board") if users else ()
    for seat in seats:
        found.setdefault(seat.user_id, []).append(seat)
    return found


def _covered(absent: Iterable[Membership], deputy: Iterable[Membership]) -> frozenset[str]:
    """The boards of `shared_boards`, by the key under which a board's messages are kept."""
    speaks = {seat.board_id: seat for seat in deputy if seat.role in SPEAKING}
    return frozenset(
        seat.board.scope
        for seat in absent
        if seat.role in SITTING
        and seat.board_id in speaks
        and seat.specialty in ("", speaks[seat.board_id].specialty)
    )
