"""What follows when a meeting is moved or called off, who is told, and where could its list go?"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from cases.domain import agenda as rules
from cases.models import Meeting, Membership
from cases.notices.meeting import told_before
from cases.queries.board_days import rules_of
from cases.vocabulary import ItemStatus, MeetingStatus

WAITING = Q(items__status=ItemStatus.PLANNED)


@dataclass(frozen=True)
class Moving:
    """The meeting as it stands, before anything is done with it."""

    meeting: Meeting
    told: list[Membership]
    cases: int
    minutes: int
    leaves: int
    replies: int


def moving(meeting: Meeting, *, until: datetime | None = None) -> Moving:
    """`until`: without those for whom all that they are owed waits for a later hour."""
    counted = meeting.items.filter(status=ItemStatus.PLANNED).aggregate(
        cases=Count("pk"), minutes=Coalesce(Sum("minutes"), 0)
    )
    return Moving(
        meeting,
        told_before(meeting, by=until),
        leaves=meeting.early_leaves.count(),
        replies=meeting.replies.count(),
        **counted,
    )


def targets(meeting: Meeting, *, now: datetime):
    """The other meetings of the board that are still to come, with how full they are."""
    others = Meeting.objects.filter(board=meeting.board, status=MeetingStatus.PLANNED, ends_at__gt=now)
    others = others.exclude(pk=meeting.pk).select_related("board").order_by("starts_at")
    return others.annotate(planned=Coalesce(Sum("items__minutes", filter=WAITING), 0))


def words_of(target: Meeting, *, with_minutes: int) -> str:
    """As a line of a choice: when, and how full with the list that would come."""
    start = target.starts_at.astimezone(target.board.zone)
    planned = target.planned + with_minutes  # type: ignore[attr-defined]
    full = rules.Capacity(planned, target.minutes)
    return f"{start:%a %d-%b-%Y %H:%M}: {full.words} then"


@dataclass(frozen=True)
class Afterwards:
    """The new time, as the board's rules see it."""

    starts_at: datetime
    ends_at: datetime
    cut_off: datetime
    is_late: bool
    is_day_off: bool
    taken: Meeting | None
    over: int  # minutes that the list is too long


def afterwards(found: Moving, starts_at: datetime, ends_at: datetime, *, now: datetime) -> Afterwards:
    board = found.meeting.board
    cut_off = rules.cut_off(starts_at, board.cut_off_hours, zone=board.zone)
    others = board.meetings.exclude(status=MeetingStatus.CANCELLED).exclude(pk=found.meeting.pk)
    length = int((ends_at - starts_at).total_seconds() // 60)
    return Afterwards(
        starts_at,
        ends_at,
        cut_off,
        is_late=now >= cut_off,
        is_day_off=not rules_of(board).is_working(starts_at),
        taken=others.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).order_by("starts_at").first(),
        over=max(0, found.minutes - length),
    )
