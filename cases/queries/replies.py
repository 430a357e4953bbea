"""What has somebody answered for a meeting, and whom could they name to come instead?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.domain.coming import why_no_reply
from cases.models import Meeting, MeetingReply, Membership
from cases.models.board import SITTING, SPEAKING
from cases.queries.forecast import Forecast, forecast_of
from cases.vocabulary import Specialty


@dataclass(frozen=True)
class WhoComes:
    """The part of a meeting's page that says who comes."""

    forecast: Forecast | None
    mine: MeetingReply | None
    is_asked: bool  # whoever sits on the board, while an answer counts
    deputies: list[tuple[Any, str]]
    people: list[tuple[Any, str]]


def who_comes(meeting: Meeting, *, user, now: datetime) -> WhoComes:
    seats = list(
        Membership.objects.current()
        .with_role(*SITTING)
        .filter(board=meeting.board_id)
        .select_related("user")
        .order_by("user__family_name", "user__given_name", "pk")
    )
    own = next((seat for seat in seats if seat.user_id == user.pk), None)
    is_open = not why_no_reply(meeting.status, ends_at=meeting.ends_at, now=now)
    replies = MeetingReply.objects.filter(meeting=meeting, user=user).select_related("deputy", "created_by")
    return WhoComes(
        forecast=forecast_of([meeting]).get(meeting.pk) if is_open else None,
        mine=replies.first(),
        is_asked=is_open and own is not None,
        deputies=_deputies(seats, own, user),
        people=[(seat.user, _what(seat)) for seat in seats if seat.user_id != user.pk],
    )


def _deputies(seats: list[Membership], own: Membership | None, user) -> list[tuple[Any, str]]:
    """Of the same discipline first."""
    could = [seat for seat in seats if seat.role in SPEAKING and seat.user_id != user.pk]
    mine = own.specialty if own else ""
    could.sort(key=lambda seat: not mine or seat.specialty != mine)
    return [(seat.user, _what(seat)) for seat in could]


def _what(seat: Membership) -> str:
    return str(Specialty(seat.specialty).label) if seat.specialty else seat.get_role_display().lower()
