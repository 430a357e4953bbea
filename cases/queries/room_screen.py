"""Does the screen of a meeting room still show its meeting, or is it locked, or over?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from cases.domain import room_screen as rules
from cases.models import AgendaItem, Attendance, Meeting, Recommendation, RoomSession
from cases.vocabulary import MeetingStatus
from tumorboard.audit.models import RowChange

ENDED = {MeetingStatus.CLOSED, MeetingStatus.CANCELLED}


@dataclass(frozen=True)
class Screen:
    room: RoomSession
    is_locked: bool

    @property
    def tries_left(self) -> int:
        return rules.tries_left(self.room.wrong_pins)


def standing_room(pk: UUID | str) -> RoomSession | None:
    found = RoomSession.objects.shown().filter(pk=pk)
    return found.select_related("meeting__board__hospital", "opened_by").first()


def is_over(room: RoomSession, *, now: datetime) -> bool:
    """The meeting has ended, its day has, or who opened the screen no longer sits on the board."""
    meeting = room.meeting
    zone = meeting.board.zone
    day, today = meeting.ends_at.astimezone(zone).date(), now.astimezone(zone).date()
    if rules.is_over(meeting_ended=meeting.status in ENDED, day=day, today=today):
        return True
    return not Meeting.objects.visible_to(room.opened_by).filter(pk=meeting.pk).exists()


def is_locked(room: RoomSession, *, now: datetime) -> bool:
    minutes = room.meeting.board.hospital.room_idle_minutes

    def locked(*moments: datetime | None) -> bool:
        return rules.is_locked(locked_at=room.locked_at, moments=moments, minutes=minutes, now=now)

    # The meeting's own last moment need not be looked up where the screen's is enough.
    return locked(room.last_at) and locked(room.last_at, last_change(room.meeting))


def last_change(meeting: Meeting) -> datetime | None:
    """When anything was last written in this meeting: its list, who is there, a decision."""
    rows: list[tuple[str, Any]] = [(Meeting._meta.db_table, str(meeting.pk))]
    for model, held in (
        (AgendaItem, {"meeting": meeting}),
        (Attendance, {"meeting": meeting}),
        (Recommendation, {"item__meeting": meeting}),
    ):
        keys = model._default_manager.filter(**held).values_list("pk", flat=True)
        rows += [(model._meta.db_table, str(key)) for key in keys]
    return RowChange.objects.of(rows).aggregate(last=Max("at"))["last"]


def rooms_of(meeting: Meeting, *, now: datetime) -> list[Screen]:
    """The screens that show this meeting now, for whoever runs it."""
    found = meeting.room_sessions.shown().select_related("meeting__board__hospital", "opened_by")
    return [
        Screen(room, is_locked(room, now=now))
        for room in found.order_by("entered_at")
        if not is_over(room, now=now)
    ]
