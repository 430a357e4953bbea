"""When does the board meet?"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import permissions
from cases.domain import agenda as rules
from cases.domain.errors import Refused
from cases.models import Meeting, TumorBoard
from cases.permissions import Permission
from cases.vocabulary import MeetingStatus
from tumorboard.audit import trail


@transaction.atomic
def schedule(*, board: TumorBoard, starts_at: datetime, ends_at: datetime, place: str, by) -> Meeting:
    permissions.require(by, Permission.SCHEDULE_MEETING, board=board)
    rules.require_span(starts_at=starts_at, ends_at=ends_at, now=timezone.now())
    try:
        return put_down(board, starts_at, ends_at, place=place.strip(), by=by)
    except Refused as taken:
        raise Refused(f"{taken}. Choose another time.") from taken


def put_down(board: TumorBoard, starts_at: datetime, ends_at: datetime, *, by, **more: Any) -> Meeting:
    """Where the board is free; the caller has asked whether `by` may."""
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(
                board=board, starts_at=starts_at, ends_at=ends_at, created_by=by, **more
            )
    except IntegrityError as error:
        raise Refused(meets_already(board, starts_at, ends_at)) from error
    trail.record(actor=by, verb="meeting.scheduled", subject=meeting, about=meeting.about)
    return meeting


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
