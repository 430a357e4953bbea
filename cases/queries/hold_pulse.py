"""What has changed on the live screen since it was drawn?"""

from dataclasses import dataclass
from uuid import UUID

from cases.models import AgendaItem, Meeting
from cases.permissions import Permission, may
from cases.queries.agenda_rows import items_in_order
from cases.queries.hold import Room, room_of
from cases.vocabulary import ItemStatus


@dataclass(frozen=True)
class Pulse:
    room: Room
    open_item: AgendaItem | None
    has_moved: bool
    seen: AgendaItem | None
    has_changed: bool  # somebody recorded or opened the case that this screen shows
    follows: bool  # a screen on which nobody types goes along by itself


def pulse_of(meeting: Meeting, *, user, seen: UUID | None, version: int, goes_along: bool) -> Pulse:
    items = items_in_order(meeting)
    now_open = next((item for item in items if item.status == ItemStatus.OPEN), None)
    moved = now_open is not None and now_open.pk != seen
    follows = moved and goes_along and not may(user, Permission.RUN_MEETING, board=meeting.board)
    shown = next((item for item in items if item.pk == seen), None)
    changed = shown is not None and shown.version != version
    return Pulse(room_of(meeting, items), now_open, moved, shown, changed, follows)
