"""By which clock, on which days and at which hours does a board send its e-mail?"""

from cases.domain.sending import Rules, WorkingDays
from cases.models import TumorBoard


def rules_of(board: TumorBoard) -> Rules:
    """One query, for the days on which the board is closed; who needs it often keeps it."""
    closed = frozenset(board.closed_days.values_list("day", flat=True))
    return Rules(
        zone=board.zone,
        days=WorkingDays(holidays=board.holidays, closed=closed),
        morning_at=board.morning_at,
        quiet_from=board.quiet_from,
        quiet_until=board.quiet_until,
    )
