"""In which rooms does one board meet at a time, and is one of them taken?"""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import pairwise

from django.db import IntegrityError
from django.db.models import F
from django.db.models.functions import Lower, Trim
from django.utils import timezone

from cases.models import Hospital, Meeting, TumorBoard
from cases.vocabulary import MeetingStatus

ONE_AT_A_TIME = "a_room_holds_one_meeting_at_a_time"


def is_refused_by(error: IntegrityError) -> bool:
    told = getattr(error.__cause__, "diag", None)
    return getattr(told, "constraint_name", "") == ONE_AT_A_TIME


def taken(
    board: TumorBoard, starts_at: datetime, ends_at: datetime, place: str, *, but: Meeting | None = None
) -> str:
    """In words; which board meets there is not for everybody."""
    room = f"{board.hospital_id}:{place.strip().lower()}"
    standing = _standing().filter(room=room, starts_at__lt=ends_at, ends_at__gt=starts_at)
    other = standing.exclude(pk=but.pk if but else None).order_by("starts_at").first()
    if other is None:
        return f"{place.strip()} is taken at that time"
    return f"{place.strip()} is taken on {_when(other, board)}"


def overlapping(hospital: Hospital, names: Collection[str]) -> Iterator[str]:
    """What would stand against it that one board at a time meets in these rooms: meetings to come."""
    coming = _coming(hospital).annotate(where=Lower(Trim("place")))
    there = coming.filter(where__in={name.strip().lower() for name in names}).select_related("board")
    for one, next_one in pairwise(there.order_by("where", "starts_at", "pk")):
        if one.where == next_one.where and next_one.starts_at < one.ends_at:
            yield f"{one.place}: {one.board} and {next_one.board}, {_when(next_one, next_one.board)}"


def look_again(hospital: Hospital) -> None:
    """After the hospital's rooms were changed, the database finds those of the meetings to come anew."""
    _coming(hospital).update(place=F("place"))


def _coming(hospital: Hospital):
    return _standing().filter(board__hospital=hospital, ends_at__gt=timezone.now())


def _standing():
    return Meeting.objects.exclude(status=MeetingStatus.CANCELLED)


def _when(meeting: Meeting, board: TumorBoard) -> str:
    start, end = (at.astimezone(board.zone) for at in (meeting.starts_at, meeting.ends_at))
    return f"{start:%d-%b-%Y} from {start:%H:%M} to {end:%H:%M}"
