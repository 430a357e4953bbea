"""Who may be ticked in, stand in for somebody, or be let in as a guest, in this meeting?"""

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from cases.models import Attendance, Meeting, Membership
from cases.models.board import SITTING, SPEAKING
from cases.queries.room import Person, person_on
from cases.queries.sitting import FEW, FOUND, called, seat_of

User = get_user_model()


def absent_speakers(meeting: Meeting) -> QuerySet:
    """Those who speak for a discipline on the board and are not in the room."""
    seats = Membership.objects.current().with_role(*SPEAKING).filter(board=meeting.board)
    return _not_there(meeting, seats.exclude(specialty=""))


def possible_deputies(meeting: Meeting) -> QuerySet:
    """People of the board, whoever refers to it included, who are not in the room."""
    return _not_there(meeting, Membership.objects.current().filter(board=meeting.board))


def _not_there(meeting: Meeting, seats: QuerySet) -> QuerySet:
    there = Attendance.objects.present().filter(meeting=meeting).values("user")
    return User.objects.active().filter(pk__in=seats.values("user")).exclude(pk__in=there).by_name()


def is_large(meeting: Meeting) -> bool:
    """So many seats that people are searched for and not listed."""
    return _sitting(meeting)[FEW:].exists()


def not_there(meeting: Meeting, typed: str) -> list[Person]:
    """Who sits on the board, is called so and is not in the room."""
    if not typed.strip():
        return []
    people = called(_not_there(meeting, _sitting(meeting)), typed)[:FOUND]
    seats = _sitting(meeting).filter(user__in=list(people)).select_related("user")
    in_order = seats.order_by("user__family_name", "user__given_name", "pk")
    return [person_on(seat_of(seat), {}) for seat in in_order]


def _sitting(meeting: Meeting) -> QuerySet:
    return Membership.objects.current().with_role(*SITTING).filter(board=meeting.board)


def last_check_in(user) -> Attendance | None:
    """Where this person is counted as there now."""
    mine = Attendance.objects.present().filter(user=user, meeting__status="RUNNING")
    return mine.select_related("meeting__board").order_by("-joined_at").first()
