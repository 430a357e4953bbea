"""When does the board meet, and how is a meeting called off?"""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cases import permissions
from cases.domain import agenda as rules
from cases.domain.errors import Refused
from cases.models import Meeting, TumorBoard
from cases.notices import meeting as notices
from cases.permissions import Permission
from cases.services import agenda
from cases.services._post import owe
from cases.vocabulary import ItemStatus, MeetingStatus
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
        raise Refused(_overlap(board, starts_at, ends_at)) from error
    trail.record(actor=by, verb="meeting.scheduled", subject=meeting, about=meeting.about)
    return meeting


@transaction.atomic
def schedule_series(
    *, board: TumorBoard, spans: Sequence[tuple[datetime, datetime]], place: str, by
) -> list[Meeting]:
    """All of them or none, so that nobody has to find out which are missing."""
    return [schedule(board=board, starts_at=start, ends_at=end, place=place, by=by) for start, end in spans]


def _overlap(board: TumorBoard, starts_at: datetime, ends_at: datetime) -> str:
    standing = board.meetings.exclude(status=MeetingStatus.CANCELLED)
    other = standing.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).order_by("starts_at").first()
    if other is None:
        return f"{board} meets at that time already. Choose another time."
    start, end = (at.astimezone(board.zone) for at in (other.starts_at, other.ends_at))
    return (
        f"{board} meets already on {start:%d-%b-%Y} from {start:%H:%M} to {end:%H:%M}. Choose another time."
    )


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by) -> None:
    """Called off: its cases go back to preparation, and whoever was invited is told."""
    permissions.require(by, Permission.SCHEDULE_MEETING, board=meeting.board)
    if not reason.strip():
        raise Refused("Say why the meeting is called off; those invited are told.")
    meeting = agenda.changeable(meeting)
    if meeting.status != MeetingStatus.PLANNED:
        raise Refused("This meeting is running. Close it instead.")
    for item in meeting.items.filter(status=ItemStatus.PLANNED).order_by("position"):
        agenda.remove(item, by=by)
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.CANCELLED, version=F("version") + 1)
    agenda.withdraw_unsent(meeting, "the meeting is cancelled")
    if meeting.agenda_version:
        owe(notices.agenda_cancelled(meeting, reason=reason.strip(), now=timezone.now()))
    trail.record(actor=by, verb="meeting.cancelled", subject=meeting, about=meeting.about)
