"""What is done once a day in each board's own morning, or once an hour from then on?"""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

from django.db import transaction

from cases.domain.sending import day_begun, morning_of
from cases.models import TumorBoard
from cases.queries.board_days import rules_of
from tumorboard.notifications.models import JobRun

logger = logging.getLogger(__name__)


def each_board_once(job: str, run: Callable[[TumorBoard, date], int], now: datetime) -> int:
    """In a board's morning, once a working day: the run and its messages are written together.

    What would fall on a day off falls on the next working day.
    """
    return sum(
        _in_turn(job, slot, board, partial(run, board, day))
        for board, day, slot in _due(job, now, hourly=False)
    )


def each_board_hourly(job: str, run: Callable[[TumorBoard, datetime], int], now: datetime) -> int:
    """For what can be done again at any time, and should not wait for the next morning."""
    return sum(
        _in_turn(job, slot, board, partial(run, board, now))
        for board, _day, slot in _due(job, now, hourly=True)
    )


def _in_turn(job: str, slot: str, board: TumorBoard, run: Callable[[], int]) -> int:
    """What fails for one board is undone and tried again a minute later; the others have theirs meanwhile."""
    try:
        with transaction.atomic():
            return run() if JobRun.objects.take(job=f"{job}:{board.pk}", slot=slot) else 0
    except Exception:
        logger.exception("a board's job failed", extra={"job": job, "row": str(board.pk)})
        return 0


def _due(job: str, now: datetime, *, hourly: bool) -> Iterator[tuple[TumorBoard, date, str]]:
    """Boards where it is day and that have not had their run: three queries a minute, mostly in vain."""
    boards = TumorBoard.objects.order_by("pk").prefetch_related("closed_days")
    day_of = day_begun if hourly else morning_of
    days = {board: day_of(now, rules_of(board)) for board in boards}
    slots = {
        board: day.isoformat() + (f"T{now.astimezone(board.zone):%H}" if hourly else "")
        for board, day in days.items()
        if day
    }
    done = set(
        JobRun.objects.filter(
            job__in=[f"{job}:{board.pk}" for board in slots], slot__in=list(slots.values())
        ).values_list("job", "slot")
    )
    for board, slot in slots.items():
        day = days[board]
        if day and (f"{job}:{board.pk}", slot) not in done:
            yield board, day, slot
