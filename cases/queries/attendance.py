"""Who may be ticked in, stand in for somebody, or be let in as a guest, in this meeting?"""

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from cases.models import Attendance, Meeting, Membership
from cases.models.board import SPEAKING

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


def last_check_in(user) -> Attendance | None:
    """Where this person is counted as there now."""
    mine = Attendance.objects.present().filter(user=user, meeting__status="RUNNING")
    return mine.select_related("meeting__board").order_by("-joined_at").first()
