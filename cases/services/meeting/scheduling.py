"""When does the board meet?"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import permissions
from cases.domain import agenda as rules
from cases.domain.errors import Refused
from cases.models import Hospital, Meeting, TumorBoard
from cases.permissions import Permission
from cases.services.meeting import rooms
from cases.vocabulary import MeetingStatus
from tumorboard.audit import trail


@transaction.atomic
def schedule(*, board: TumorBoard, starts_at: datetime, ends_at: datetime, place: str, by) -> Meeting:
    permissions.require(by, Permission.SCHEDULE_MEETING, board=board)
    rules.require_span(starts_at=starts_at, ends_at=ends_at, now=timezone.now())
    hold_calendar(board)
    try:
        return put_down(board, starts_at, ends_at, place=place.strip(), by=by)
    except Refused as taken:
        raise Refused(f"{taken}. Choose another time.") from taken


def hold_calendar(board: TumorBoard) -> None:
    """The rows of the board and, for its rooms, of the hospital, until the transaction ends: meetings are put
    down one after the other.

    The constraint that keeps them apart would let two of one moment wait for each other, which is a deadlock.
    """
    TumorBoard.objects.select_for_update(no_key=True).get(pk=board.pk)
    Hospital.objects.select_for_update(no_key=True).get(pk=board.hospital_id)


def put_down(board: TumorBoard, starts_at: datetime, ends_at: datetime, *, by, **more: Any) -> Meeting:
    """Where the board is free; the caller has asked whether `by` may."""
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(
                board=board, starts_at=starts_at, ends_at=ends_at, created_by=by, **more
            )
    except IntegrityError as error:
        raise Refused(why_not(error, board, starts_at, ends_at, more.get("place", ""))) from error
    trail.record(actor=by, verb="meeting.scheduled", subject=meeting, about=meeting.about)
    return meeting


def why_not(
    error: IntegrityError,
    board: TumorBoard,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    *,
    but: Meeting | None = None,
) -> str:
    """Either the room is taken, or the board itself meets at that time."""
    if rooms.is_refused_by(error):
        return rooms.taken(board, starts_at, ends_at, place, but=but)
    return meets_already(board, starts_at, ends_at, but=but)


def meets_already(
    board: TumorBoard, starts_at: datetime, ends_at: datetime, *, but: Meeting | None = None
) -> str:
    standing = board.meetings.exclude(status=MeetingStatus.CANCELLED)
    standing = standing.exclude(pk=but.pk) if but else standing
    other = standing.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).order_by("starts_at").first()
    if other is None:
        return f"{board} meets at that time already"
    start, end = (at.astimezone(board.zone) for at in (other.starts_at, other.ends_at))
    return f"{board} meets already on {start:%d-%b-%Y} from {start:%H:%M} to {end:%H:%M}"
