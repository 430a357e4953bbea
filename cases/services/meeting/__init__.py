"""How does a board come together: a date, a list, an hour in the room?"""

from cases.services.agenda import list_case, move_item, plan_item, publish_agenda, take_off
from cases.services.meeting.attending import join, leave
from cases.services.meeting.holding import (
    close_meeting,
    defer,
    open_case,
    open_meeting,
    record_discussion,
    save_discussion,
)
from cases.services.meeting.scheduling import cancel, schedule, schedule_series

__all__ = [
    "cancel",
    "close_meeting",
    "defer",
    "join",
    "leave",
    "list_case",
    "move_item",
    "open_case",
    "open_meeting",
    "plan_item",
    "publish_agenda",
    "record_discussion",
    "save_discussion",
    "schedule",
    "schedule_series",
    "take_off",
]
