"""Who sits on a board, read without a model for each: a board may have thousands of seats."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from cases.models import Meeting, Membership
from cases.models.board import SITTING, SPEAKING
from cases.vocabulary import Role, Specialty

NAMES = ("title", "given_name", "family_name", "email")
FEW = 60  # seats of which all are named and offered in a list; of more, one is searched for
FOUND = 12  # people offered while a name is being typed


class Sitting(NamedTuple):
    """One seat, and what its holder is called."""

    board_id: Any
    user_id: int
    specialty: str
    role: str
    title: str
    given_name: str
    family_name: str
    email: str

    @property
    def speaks(self) -> bool:
        return self.role in SPEAKING

    @property
    def user(self):
        """As far as a name needs it."""
        return person(self.user_id, self[4:])

    @property
    def what(self) -> str:
        return what(self.specialty, self.role)

    @property
    def role_and_what(self) -> str:
        role = str(Role(self.role).label)
        return f"{role}, {self.what.lower()}" if self.specialty else role


def seat_of(membership: Membership) -> Sitting:
    """The same of a row that is at hand."""
    user = membership.user
    names = (getattr(user, name) for name in NAMES)
    return Sitting(membership.board_id, user.pk, membership.specialty, membership.role, *names)


def person(pk: int, names: Iterable[str]):
    return get_user_model()(pk=pk, **dict(zip(NAMES, names, strict=True)))


def what(specialty: str, role: str) -> str:
    return str(Specialty(specialty).label) if specialty else str(Role(role).label).lower()


def seats_of(boards: Iterable[Any]) -> dict[Any, list[Sitting]]:
    """By board, in the order of names."""
    seats = Membership.objects.current().with_role(*SITTING).filter(board__in=set(boards))
    rows = seats.order_by("user__family_name", "user__given_name", "pk").values_list(
        "board", "user", "specialty", "role", *(f"user__{name}" for name in NAMES)
    )
    found: dict[Any, list[Sitting]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(Sitting(*row))
    return found


def people_on(meeting: Meeting, *roles: str) -> QuerySet:
    """Who sits on its board, in the order of names."""
    seats = Membership.objects.current().with_role(*(roles or SITTING)).filter(board=meeting.board_id)
    return get_user_model()._default_manager.filter(pk__in=seats.values("user")).by_name()


def called(people: QuerySet, typed: str) -> QuerySet:
    """Whose name or address has every word that was typed."""
    for word in typed.split()[:6]:
        people = people.filter(
            Q(family_name__icontains=word) | Q(given_name__icontains=word) | Q(email__icontains=word)
        )
    return people


def found(meeting: Meeting, typed: str) -> list[tuple[Any, str]]:
    """Some people of its board who are called so, each with what they are there for."""
    if not typed.strip():
        return []
    people = list(called(people_on(meeting), typed)[:FOUND])
    seats = Membership.objects.current().with_role(*SITTING).filter(board=meeting.board_id, user__in=people)
    known = {seat.user_id: what(seat.specialty, seat.role) for seat in seats}
    return [(one, known[one.pk]) for one in people]
