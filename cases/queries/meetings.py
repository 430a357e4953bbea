"""Which meetings are there for somebody, and on which boards may they set one?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from cases.models import Meeting, Membership, TumorBoard
from cases.permissions import Permission, roles_granting
from cases.queries.forecast import forecast_of
from cases.vocabulary import ItemStatus, MeetingStatus

OVER = [MeetingStatus.CLOSED, MeetingStatus.CANCELLED]
SOON = 8  # meetings that are shown at once
ON_THE_LIST = Q(items__status__in=set(ItemStatus) - {ItemStatus.TAKEN_OFF})


@dataclass(frozen=True)
class Meetings:
    coming: Sequence[Any]
    past: Sequence[Any]
    may_schedule: list[TumorBoard]

    @property
    def soon(self) -> Sequence[Any]:
        return self.coming[:SOON]

    @property
    def later(self) -> Sequence[Any]:
        """A series makes half a year of them; whoever plans ahead unfolds them."""
        return self.coming[SOON:]


def meetings_of(user, *, now: datetime) -> Meetings:
    """Of all boards on which the person sits; the past ones newest first."""
    visible = (
        Meeting.objects.visible_to(user)
        .select_related("board")
        .prefetch_related("board__closed_days")
        .annotate(
            cases=Count("items", filter=ON_THE_LIST),
            planned=Coalesce(Sum("items__minutes", filter=ON_THE_LIST), 0),
        )
    )
    is_coming = Q(ends_at__gt=now) & ~Q(status__in=OVER) | Q(status=MeetingStatus.RUNNING)
    coming = list(visible.filter(is_coming).order_by("starts_at")[:60])
    forecasts = forecast_of(coming)
    for meeting in coming:
        meeting.forecast = forecasts.get(meeting.pk)
        meeting.closed = _closed_on(meeting)
    return Meetings(
        coming=coming,
        past=list(visible.exclude(is_coming).order_by("-starts_at")[:60]),
        may_schedule=boards_to_schedule(user),
    )


def _closed_on(meeting: Any) -> Any:
    """The closed day on which it falls; None on any other."""
    day = meeting.starts_at.astimezone(meeting.board.zone).date()
    return next((one for one in meeting.board.closed_days.all() if one.day == day), None)


def on_closed_days(board: TumorBoard, days: Iterable[date], *, now: datetime) -> list[Meeting]:
    """Meetings that were set before somebody said that the board is closed on their day."""
    coming = board.meetings.filter(status=MeetingStatus.PLANNED, starts_at__gt=now).order_by("starts_at")
    closed = set(days)
    return [one for one in coming if one.starts_at.astimezone(board.zone).date() in closed]


def boards_to_schedule(user) -> list[TumorBoard]:
    seats = Membership.objects.current().with_role(*roles_granting(Permission.SCHEDULE_MEETING))
    boards = TumorBoard.objects.filter(pk__in=seats.filter(user=user).values("board"), is_active=True)
    return list(boards.order_by("name"))
