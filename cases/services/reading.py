"""What is each discipline sent to read before a meeting?"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import F

from cases.models import Meeting, SpecialistInput
from cases.models.board import SPEAKING
from cases.notices import reading as notices
from cases.notices.meeting import invited
from cases.queries.agenda_rows import items_in_order
from cases.queries.board_days import READING
from cases.services._moments import Due, done, each_board
from cases.services._post import owe


def send(*, now: datetime) -> int:
    """To everybody who speaks for a discipline, once a meeting, also when its list changes later."""
    return each_board(READING, _send, now=now)


def again(meeting: Meeting, *, people: Collection[int], now: datetime) -> int:
    """To these only, for the new time of a moved meeting; while its moment is to come, to nobody yet."""
    due = done(READING, meeting, now=now) if people else None
    return _of(due, only=people) if due else 0


def _send(due: list[Due]) -> int:
    return sum(_of(one) for one in due)


def _of(due: Due, *, only: Collection[int] | None = None) -> int:
    listed = _listed(due.meeting)
    if not listed:
        return 0
    seats = [seat for seat in invited(due.meeting) if seat.role in SPEAKING and seat.specialty]
    seats = [seat for seat in seats if only is None or seat.user_id in only]
    owed = owe(
        (
            notices.reading_list(seat, due.meeting, listed, version=due.version, not_before=due.leaves_at)
            for seat in seats
        ),
        now=due.now,
    )
    return len(owed)


def _listed(meeting: Meeting) -> list[notices.ToRead]:
    items = items_in_order(meeting)
    awaited = SpecialistInput.objects.awaited().filter(
        case__in=[item.case_id for item in items], presentation=F("case__presentation"), amendment_reason=""
    )
    waits = defaultdict(set)
    for case, specialty in awaited.values_list("case", "specialty"):
        waits[case].add(specialty)
    return [notices.ToRead(item, frozenset(waits[item.case_id])) for item in items]
