"""How is everybody who owes an input reminded before a meeting, each once and of all that they owe?"""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import F

from cases.domain.reminders import Reminder, due_reminder
from cases.models import Meeting, Membership, SpecialistInput
from cases.notices import specialist_input as notices
from cases.services._post import owe
from cases.vocabulary import CaseStatus, MeetingStatus
from tumorboard.notifications.models import JobRun

REMINDED_OF = (CaseStatus.PREPARING, CaseStatus.LISTED)


def remind_awaiting(*, now: datetime) -> int:
    """Owe whatever reminder is due for the next meeting of each board; returns how many messages."""
    return sum(_remind_for(meeting, now=now) for meeting in _next_meetings(now))


def _next_meetings(now: datetime) -> list[Meeting]:
    return list(
        Meeting.objects.filter(status=MeetingStatus.PLANNED, starts_at__gt=now, board__is_active=True)
        .order_by("board_id", "starts_at")
        .distinct("board_id")
        .select_related("board")
    )


def _remind_for(meeting: Meeting, *, now: datetime) -> int:
    board = meeting.board
    reminder = due_reminder(meeting.starts_at, board.reminder_hours, zone=board.zone, now=now)
    return _remind(meeting, reminder) if reminder else 0


@transaction.atomic
def _remind(meeting: Meeting, reminder: Reminder) -> int:
    # Once for each of the board's hours, however often and on however many machines the clock ticks.
    if not JobRun.objects.take(job="input.reminder", slot=f"{meeting.pk}:{reminder.hours}"):
        return 0
    entries = [
        notices.reminder(meeting, owed, hours=reminder.hours)
        for owed in _owed_by_person(meeting.board, asked_before=reminder.moment).values()
    ]
    return len(owe(entries))


def _owed_by_person(board, *, asked_before: datetime) -> dict[int, list[SpecialistInput]]:
    """Amendments are nobody's debt; who was asked after the moment has just been told."""
    sitting = Membership.objects.current().filter(board=board).values("user")
    owed = (
        SpecialistInput.objects.awaited()
        .filter(case__board=board, case__status__in=REMINDED_OF, presentation=F("case__presentation"))
        .filter(amendment_reason="", asked_of__in=sitting, asked_at__lte=asked_before)
        .select_related("case", "asked_of")
        .order_by("due_at", "case__number")
    )
    by_person = defaultdict(list)
    for one in owed:
        by_person[one.asked_of_id].append(one)
    return by_person
