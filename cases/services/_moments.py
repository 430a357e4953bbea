"""What is done before each meeting at its planned moment: once, and not when it is of no more use?"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from itertools import groupby
from operator import or_

from django.db import transaction
from django.db.models import Q, QuerySet

from cases.domain.sending import Rules, is_late, leaves_at, newest_due
from cases.models import Meeting, TumorBoard
from cases.queries.board_days import CUT_OFF, INVITATION, PLANNED, moments_of, reminders_asked_for, rules_of
from cases.vocabulary import MeetingStatus
from tumorboard.notifications.models import JobRun

logger = logging.getLogger(__name__)

# Nothing is planned longer before a meeting: at most 60 working days, 30 working days or 336 hours.
AHEAD = {INVITATION: timedelta(days=120), CUT_OFF: timedelta(days=15)}
USUALLY_AHEAD = timedelta(days=60)
TO_COME = "to come:"
# What a message before a meeting says of it.
SEEN = ("starts_at", "ends_at", "place", "calendar_sequence")


@dataclass(frozen=True)
class Due:
    """Of one sort of message before one meeting: the setting whose moment is the newest that has come."""

    meeting: Meeting
    moments: Mapping[str, datetime]
    setting: str
    rules: Rules
    now: datetime

    @property
    def moment(self) -> datetime:
        return self.moments[self.setting]

    @property
    def slot(self) -> str:
        return self.slot_of(self.setting)

    def slot_of(self, setting: str) -> str:
        """By the beginning: what was done for the old time of a moved meeting is not done for the new.

        And by the setting, not by the moment: another morning, or a day off more, sends nothing twice.
        """
        return f"{self.meeting.pk}:{self.meeting.starts_at:%Y%m%dT%H%MZ}:{setting}"

    @property
    def older_slot(self) -> str:
        """Under which a reminder so many hours before was done until slots knew the beginning."""
        return f"{self.meeting.pk}:{self.setting.removeprefix('h')}"

    @property
    def version(self) -> int:
        """Of its messages: each move of a meeting, and each setting, has its own."""
        number = int("".join(filter(str.isdigit, self.setting)) or 1)
        return self.meeting.calendar_sequence * 10_000 + (5_000 if self.setting[0] == "d" else 0) + number

    def take(self, kind: str) -> bool:
        """Once, however often and on however many machines the clock ticks.

        What is past with it is done as well. What is still to come is noted, so that what is asked for only
        later, when its time is over, can be told from what is late.
        """
        if not JobRun.objects.take(job=kind, slot=self.slot):
            return False
        others = [
            self.slot_of(name if moment <= self.now else TO_COME + name)
            for name, moment in self.moments.items()
            if name != self.setting
        ]
        JobRun.objects.bulk_create([JobRun(job=kind, slot=slot) for slot in others], ignore_conflicts=True)
        return True

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
                past.take(kind)
            # What was done before slots knew the beginning, was done for the old one.
            JobRun.objects.filter(job=kind, slot__regex=rf"^{meeting.pk}:\d+$").delete()


def setting_of(version: int) -> str:
    """Which hours or days before asked for a reminder of this version."""
    number = version % 10_000
    return f"d{number - 5_000}" if number >= 5_000 else f"h{number}"


def were_done(kind: str, board: TumorBoard, *, now: datetime) -> list[Meeting]:
    """A board's meetings to come before which the newest moment of this kind has been, the next first."""
    coming = _coming(now, AHEAD.get(kind, USUALLY_AHEAD)).filter(board=board)
    due = _of_board(kind, board, coming, now)
    taken = _taken(kind, Q(slot__in=[one.slot for one in due]))
    return [one.meeting for one in due if one.slot in taken]


def done(kind: str, meeting: Meeting, *, now: datetime) -> Due | None:
    """What was due last before one meeting, when it has been done."""
    due = next(_due(kind, meeting, rules_of(meeting.board), now), None)
    return due if due and _taken(kind, Q(slot=due.slot)) else None


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
    moments = moments_of(kind, meeting, rules)
    setting = newest_due(moments, now=now)
    if setting and now < meeting.starts_at:
        yield Due(meeting, moments, setting, rules, now)


def _not_yet(kind: str, due: list[Due]) -> list[Due]:
    slots = [slot for one in due for slot in (one.slot, one.older_slot)]
    done = _taken(kind, Q(slot__in=slots))
    left = [one for one in due if not done & {one.slot, one.older_slot}]
    late = [one for one in left if is_late(one.moment, now=one.now)]
    if not late:
        return left
    begun = reduce(or_, (Q(slot__startswith=one.slot_of("")) for one in late))
    known = _taken(kind, begun)
    return [one for one in left if one not in late or _was_asked_in_time(one, known)]


def _was_asked_in_time(due: Due, known: set[str]) -> bool:
    """With the first message before a meeting, the moments to come were noted: no other was meant then.

    And before the first, what the board asks for only since its moment is over is not meant either.
    """
    was_there = due.meeting.created_at <= due.moment
    if was_there and due.setting not in reminders_asked_for(due.meeting.board, at=due.moment):
        return False
    is_first = not any(slot.startswith(due.slot_of("")) for slot in known)
    return is_first or due.slot_of(TO_COME + due.setting) in known


def _taken(kind: str, of: Q) -> set[str]:
    return set(JobRun.objects.filter(of, job=kind).values_list("slot", flat=True))


def _in_turn(kind: str, due: list[Due], run: Callable[[list[Due]], int]) -> int:
    """Slot and messages are written together; what fails is undone, tried again, and keeps nobody waiting."""
    try:
        with transaction.atomic():
            mine = [one for one in _still_so(due) if one.take(kind)]
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
