"""How does a board come together: a date, a list, an hour in the room?"""

from cases.services.agenda import list_case, move_item, plan_item, publish_agenda, take_off
from cases.services.meeting.arranging import (
    leaves_early,
    plan_minutes,
    pull_back,
    reorder,
    set_break,
    stays_to_the_end,
    take_order,
)
from cases.services.meeting.attending import check_in, join, leave
from cases.services.meeting.guests import admit_guest, guest_leaves, guests_leave
from cases.services.meeting.holding import (
    close_meeting,
    defer,
    open_case,
    open_meeting,
    record_discussion,
    save_discussion,
)
from cases.services.meeting.moving import cancel, merge, move
from cases.services.meeting.scheduling import schedule

__all__ = [
    "admit_guest",
    "cancel",
    "check_in",
    "close_meeting",
    "defer",
    "guest_leaves",
    "guests_leave",
    "join",
    "leave",
    "leaves_early",
    "list_case",
    "merge",
    "move",
    "move_item",
    "open_case",
    "open_meeting",
    "plan_item",
    "plan_minutes",
    "publish_agenda",
    "pull_back",
    "record_discussion",
    "reorder",
    "save_discussion",
    "schedule",
    "set_break",
    "stays_to_the_end",
    "take_off",
    "take_order",
]
