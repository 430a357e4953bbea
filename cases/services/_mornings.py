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
    due = [(board, *found) for board in boards if (found := _run_of(job, board, now, hourly=hourly))]
    done = set(
        JobRun.objects.filter(
            job__in=[f"{job}:{board.pk}" for board, _, _ in due], slot__in=[slot for _, _, slot in due]
        ).values_list("job", "slot")
    )
    yield from (one for one in due if (f"{job}:{one[0].pk}", one[2]) not in done)


def _run_of(job: str, board: TumorBoard, now: datetime, *, hourly: bool) -> tuple[date, str] | None:
    """The day and the slot; none by night, and none for a board whose clock cannot be read."""
    try:
        day = (day_begun if hourly else morning_of)(now, rules_of(board))
        hour = f"T{now.astimezone(board.zone):%H}" if hourly else ""
    except Exception:
        logger.exception("a board's days are not known", extra={"job": job, "row": str(board.pk)})
        return None
    return (day, day.isoformat() + hour) if day else None
