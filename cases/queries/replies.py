"""What has somebody answered for a meeting, and whom could they name to come instead?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cases.domain.coming import why_no_reply
from cases.models import Meeting, MeetingReply, Membership
from cases.models.board import SITTING, SPEAKING
from cases.queries.forecast import Forecast, forecast_of
from cases.queries.sitting import FEW, people_on, what


@dataclass(frozen=True)
class Searched:
    """People too many to choose from in a list: one is found by name."""

    people: QuerySet
    address: str  # what suggests them


People = list[tuple[Any, str]] | Searched


@dataclass(frozen=True)
class WhoComes:
    """The part of a meeting's page that says who comes."""

    forecast: Forecast | None
    mine: MeetingReply | None
    is_asked: bool  # whoever sits on the board, while an answer counts
    deputies: People
    people: People

    @property
    def is_searched(self) -> bool:
        return isinstance(self.people, Searched)


def who_comes(meeting: Meeting, *, user, now: datetime) -> WhoComes:
    sitting = Membership.objects.current().with_role(*SITTING).filter(board=meeting.board_id)
    in_order = sitting.order_by("user__family_name", "user__given_name", "pk")
    seats = list(in_order.select_related("user")[: FEW + 1])
    is_small = len(seats) <= FEW
    mine = seats if is_small else sitting.filter(user=user)
    own = next((seat for seat in mine if seat.user_id == user.pk), None)
    is_open = not why_no_reply(meeting.status, ends_at=meeting.ends_at, now=now)
    replies = MeetingReply.objects.filter(meeting=meeting, user=user).select_related("deputy", "created_by")
    return WhoComes(
        forecast=forecast_of([meeting]).get(meeting.pk) if is_open else None,
        mine=replies.first(),
        is_asked=is_open and own is not None,
        deputies=_deputies(seats, own, user) if is_small else _searched(meeting, user, *SPEAKING),
        people=_named(seats, user) if is_small else _searched(meeting, user, *SITTING),
    )


def _deputies(seats: list[Membership], own: Membership | None, user) -> list[tuple[Any, str]]:
    """Of the same discipline first."""
    could = [seat for seat in seats if seat.role in SPEAKING]
    mine = own.specialty if own else ""
    could.sort(key=lambda seat: not mine or seat.specialty != mine)
    return _named(could, user)


def _named(seats: list[Membership], user) -> list[tuple[Any, str]]:
    return [(seat.user, what(seat.specialty, seat.role)) for seat in seats if seat.user_id != user.pk]


def _searched(meeting: Meeting, user, *roles: str) -> Searched:
    address = reverse("cases:people-found", args=[meeting.pk])
    return Searched(people_on(meeting, *roles).exclude(pk=user.pk), address)
