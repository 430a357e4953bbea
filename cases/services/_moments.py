"""What is done before each meeting at its planned moment: once, and not when it is of no more use?"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import QuerySet

from cases.domain.sending import Rules, leaves_at, newest_due
from cases.models import Meeting, TumorBoard
from cases.queries.board_days import CUT_OFF, INVITATION, PLANNED, moments_of, rules_of
from cases.vocabulary import MeetingStatus
from tumorboard.notifications.models import JobRun

logger = logging.getLogger(__name__)

# Nothing is planned longer before a meeting: at most 60 working days, 30 working days or 336 hours.
AHEAD = {INVITATION: timedelta(days=120), CUT_OFF: timedelta(days=15)}
USUALLY_AHEAD = timedelta(days=60)
# What a message before a meeting says of it.
SEEN = ("starts_at", "ends_at", "place", "calendar_sequence")


@dataclass(frozen=True)
class Due:
    """The newest moment that has come, of one sort of message before one meeting."""

    meeting: Meeting
    moment: datetime
    rules: Rules
    now: datetime

    @property
    def slot(self) -> str:
        """With the beginning: what was done for the old time of a moved meeting is not done for the new."""
        return f"{self.meeting.pk}:{self.meeting.starts_at:%Y%m%dT%H%MZ}:{self.moment:%Y%m%dT%H%MZ}"

    @property
    def version(self) -> int:
        """Of its messages: each move of a meeting, and each moment before it, has its own."""
        before = self.meeting.starts_at - self.moment
        return self.meeting.calendar_sequence * 1_000_000 + before // timedelta(minutes=1)

    @property
    def leaves_at(self) -> datetime:
        return leaves_at(self.moment, now=self.now, until=self.meeting.starts_at, rules=self.rules)


def each_board(kind: str, run: Callable[[list[Due]], int], *, now: datetime) -> int:
    """For what is due before a board's meetings, together; returns how many messages were owed."""
    coming = groupby(_coming(now, AHEAD.get(kind, USUALLY_AHEAD)), lambda meeting: meeting.board)
    due = _not_yet(kind, [one for board, meetings in coming for one in _of_board(kind, board, meetings, now)])
    return sum(_in_turn(kind, list(mine), run) for _, mine in groupby(due, lambda one: one.meeting.board_id))


def moved(meeting: Meeting, *, now: datetime) -> None:
    """What was sent before the old time is not sent at once for the new, but at its next moment."""
    rules = rules_of(meeting.board)
    for kind in PLANNED:
        if JobRun.objects.filter(job=kind, slot__startswith=f"{meeting.pk}:").exists():
            for past in _due(kind, meeting, rules, now):
                JobRun.objects.take(job=kind, slot=past.slot)


def _coming(now: datetime, ahead: timedelta) -> QuerySet[Meeting]:
    return (
        Meeting.objects.filter(status=MeetingStatus.PLANNED, board__is_active=True)
        .filter(starts_at__gt=now, starts_at__lt=now + ahead)
        .order_by("board_id", "starts_at")
        .select_related("board")
        .prefetch_related("board__closed_days")
    )


def _of_board(kind: str, board: TumorBoard, meetings: Iterable[Meeting], now: datetime) -> list[Due]:
    """A board whose days cannot be reckoned keeps no other waiting."""
    try:
        rules = rules_of(board)
        return [one for meeting in meetings for one in _due(kind, meeting, rules, now)]
    except Exception:
        logger.exception("a board's days are not known", extra={"job": kind, "row": str(board.pk)})
        return []


def _due(kind: str, meeting: Meeting, rules: Rules, now: datetime) -> Iterator[Due]:
    moment = newest_due(moments_of(kind, meeting, rules), now=now)
    if moment and now < meeting.starts_at:
        yield Due(meeting, moment, rules, now)


def _not_yet(kind: str, due: list[Due]) -> list[Due]:
    slots = [one.slot for one in due]
    done = set(JobRun.objects.filter(job=kind, slot__in=slots).values_list("slot", flat=True))
    return [one for one in due if one.slot not in done]


def _in_turn(kind: str, due: list[Due], run: Callable[[list[Due]], int]) -> int:
    """Slot and messages are written together; what fails is undone, tried again, and keeps nobody waiting."""
    try:
        with transaction.atomic():
            # Once, however often and on however many machines the clock ticks.
            mine = [one for one in _still_so(due) if JobRun.objects.take(job=kind, slot=one.slot)]
            return run(mine) if mine else 0
    except Exception:
        logger.exception("a planned message failed", extra={"job": kind, "row": str(due[0].meeting.board_id)})
        return 0


def _still_so(due: list[Due]) -> list[Due]:
    """Whoever moves or calls off a meeting from here on waits; what they did before is found next minute."""
    meetings = Meeting.objects.select_for_update(of=("self",)).filter(status=MeetingStatus.PLANNED)
    held = {one.pk: one for one in meetings.filter(pk__in=[one.meeting.pk for one in due]).order_by("pk")}
    return [one for one in due if _same(one.meeting, held.get(one.meeting.pk))]


def _same(seen: Meeting, held: Meeting | None) -> bool:
    return held is not None and all(getattr(seen, name) == getattr(held, name) for name in SEEN)
