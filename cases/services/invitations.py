"""Who is asked, some working days before a meeting, whether they come?"""

from datetime import datetime

from django.contrib.auth import get_user_model

from cases.models import Meeting
from cases.notices import invitation as notices
from cases.notices.meeting import invited
from cases.queries.board_days import INVITATION
from cases.services._moments import Due, each_board
from cases.services._post import owe
from tumorboard.audit import trail


def invite(*, now: datetime) -> int:
    """Everybody who sits on the board, once a meeting; returns how many messages were owed."""
    return each_board(INVITATION, _invite, now=now)


def _invite(due: list[Due]) -> int:
    return sum(_to(one) for one in due)


def _to(due: Due) -> int:
    """Who has the agenda has been told, and whoever was told of another day was told of the move."""
    untold = Meeting.objects.filter(pk=due.meeting.pk, invited_at=None, agenda_version=0)
    if not untold.update(invited_at=due.now):
        return 0
    meeting = due.meeting
    owed = owe(
        (
            notices.invited_to(seat.user, meeting, now=due.now, not_before=due.leaves_at)
            for seat in invited(meeting)
        ),
        now=due.now,
    )
    by = get_user_model().objects.the_system()
    trail.record(actor=by, verb="meeting.invited", subject=meeting, about=meeting.about, recipients=len(owed))
    return len(owed)
