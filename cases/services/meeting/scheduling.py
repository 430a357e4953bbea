"""When does the board meet?"""

from collections.abc import Sequence
from datetime import datetime

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
        with transaction.atomic():
            meeting = Meeting.objects.create(
                board=board, starts_at=starts_at, ends_at=ends_at, place=place.strip(), created_by=by
            )
    except IntegrityError as error:
        raise Refused(overlap(board, starts_at, ends_at)) from error
    trail.record(actor=by, verb="meeting.scheduled", subject=meeting, about=meeting.about)
    return meeting


@transaction.atomic
def schedule_series(
    *, board: TumorBoard, spans: Sequence[tuple[datetime, datetime]], place: str, by
) -> list[Meeting]:
    """All of them or none, so that nobody has to find out which are missing."""
    return [schedule(board=board, starts_at=start, ends_at=end, place=place, by=by) for start, end in spans]


def overlap(board: TumorBoard, starts_at: datetime, ends_at: datetime, *, but: Meeting | None = None) -> str:
    standing = board.meetings.exclude(status=MeetingStatus.CANCELLED)
    standing = standing.exclude(pk=but.pk) if but else standing
    other = standing.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).order_by("starts_at").first()
    if other is None:
        return f"{board} meets at that time already. Choose another time."
    start, end = (at.astimezone(board.zone) for at in (other.starts_at, other.ends_at))
    return (
        f"{board} meets already on {start:%d-%b-%Y} from {start:%H:%M} to {end:%H:%M}. Choose another time."
    )
