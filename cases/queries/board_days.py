"""By which clock, on which days and at which hours does a board send its e-mail?"""

import logging
from datetime import datetime
from functools import cache

from cases.domain import agenda
from cases.domain.public_holidays import is_usable
from cases.domain.sending import Rules, WorkingDays, before_meeting, out_of_quiet
from cases.models import Meeting, TumorBoard
from tumorboard.audit.models import RowChange

logger = logging.getLogger(__name__)

# What is sent by itself before a meeting.
REMINDER, INVITATION, READING, CUT_OFF = "input.reminder", "meeting.invited", "reading.list", "cutoff.passed"
ONCE = {INVITATION: "invite", CUT_OFF: "cutoff", READING: "reading"}
PLANNED = (INVITATION, REMINDER, CUT_OFF, READING)


def rules_of(board: TumorBoard) -> Rules:
    """One query, for the days on which the board is closed; none when they were prefetched."""
    closed = frozenset(one.day for one in board.closed_days.all())
    if board.holidays and not is_usable(board.holidays):
        _say_once(board.pk, board.holidays)
    return Rules(
        zone=board.zone,
        days=WorkingDays(holidays=board.holidays, closed=closed),
        morning_at=board.morning_at,
        quiet_from=board.quiet_from,
        quiet_until=board.quiet_until,
    )


@cache
def _say_once(board: int, code: str) -> None:
    """Asked every minute, said once a process."""
    logger.error("a board's holidays are not known: only weekends are free", extra={"row": str(board)})


def reminders_asked_for(board: TumorBoard, *, at: datetime) -> set[str]:
    """By which settings a board sent e-mail at a moment that is over, from the past of its row."""
    changes = RowChange.objects.of([(board._meta.db_table, str(board.pk))]).filter(at__gt=at)
    before = list(changes.filter(operation="UPDATE").order_by("id").values_list("before", flat=True))

    def then(name: str) -> list[int]:
        return next((one[name] for one in before if name in one), getattr(board, name))

    hours, days = then("reminder_hours"), then("reminder_days")
    return {*ONCE.values(), *(f"h{one}" for one in hours), *(f"d{one}" for one in days)}


def moments_of(kind: str, meeting: Meeting, rules: Rules) -> dict[str, datetime]:
    """When something planned leaves before a meeting, by the setting that asks for it.

    Empty when the board does without it. A setting that says how often has a moment for each number.
    """
    board, starts_at = meeting.board, meeting.starts_at
    if kind == CUT_OFF:
        cut_off = agenda.cut_off(starts_at, board.cut_off_hours, zone=board.zone)
        morning = out_of_quiet(cut_off, rules)
        return {ONCE[kind]: morning if morning < starts_at else cut_off}
    if kind in ONCE:
        days = board.invite_days if kind == INVITATION else board.reading_days
        return {ONCE[kind]: before_meeting(starts_at, days=days, rules=rules)} if days else {}
    return {
        **{f"h{one}": before_meeting(starts_at, hours=one, rules=rules) for one in board.reminder_hours},
        **{f"d{one}": before_meeting(starts_at, days=one, rules=rules) for one in board.reminder_days},
    }
