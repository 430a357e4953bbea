"""What is done once a day, in each board's own morning?"""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.db import transaction

from cases.domain import deadlines
from cases.models import TumorBoard
from tumorboard.notifications.models import JobRun


def each_board_once(job: str, run: Callable[[TumorBoard, date], int], now: datetime) -> int:
    """Once a board's morning has come, and once a day: the run and its messages are written together."""
    told = 0
    for board, day in _mornings(job, now):
        with transaction.atomic():
            if JobRun.objects.take(job=f"{job}:{board.pk}", slot=day.isoformat()):
                told += run(board, day)
    return told


def _mornings(job: str, now: datetime) -> Iterator[tuple[TumorBoard, date]]:
    """Boards where it is day and that have not had their run: two queries a minute, mostly in vain."""
    boards = list(TumorBoard.objects.order_by("pk"))
    days = {board: deadlines.day_of_digest(now, zone=board.zone) for board in boards}
    wanted = {(f"{job}:{board.pk}", day.isoformat()) for board, day in days.items() if day}
    done = set(
        JobRun.objects.filter(
            job__in=[name for name, _ in wanted], slot__in=[slot for _, slot in wanted]
        ).values_list("job", "slot")
    )
    for board, day in days.items():
        if day and (f"{job}:{board.pk}", day.isoformat()) not in done:
            yield board, day
