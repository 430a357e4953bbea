"""How is everybody who owes an input reminded before a meeting, each once and of all that they owe?"""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, Subquery

from cases.models import AgendaItem, Meeting, Membership, SpecialistInput, TumorBoard
from cases.notices import specialist_input as notices
from cases.queries.board_days import REMINDER
from cases.services._moments import Due, each_board
from cases.services._post import owe
from cases.vocabulary import CaseStatus, ItemStatus

REMINDED_OF = (CaseStatus.PREPARING, CaseStatus.LISTED)

Owed = dict[UUID, list[SpecialistInput]]


def remind_awaiting(*, now: datetime) -> int:
    """Owe whatever reminder is due before a meeting of each board; returns how many messages."""
    return each_board(REMINDER, _remind, now=now)


def _remind(due: list[Due]) -> int:
    """What two meetings ask of one person at one moment stands in one message."""
    of_meeting = {one.meeting.pk: one for one in due}
    entries = []
    for owed in _owed_by_person(due).values():
        first = of_meeting[next(iter(owed))]
        entries.append(
            notices.reminder(
                recipient=owed[first.meeting.pk][0].asked_of,
                owed=[(of_meeting[pk].meeting, inputs) for pk, inputs in owed.items()],
                version=first.version,
                not_before=first.leaves_at,
            )
        )
    return len(owe(entries, now=due[0].now))


def _owed_by_person(due: list[Due]) -> dict[int, Owed]:
    """Who was asked after the moment has just been told."""
    board, now = due[0].meeting.board, due[0].now
    first = waits_for(board, now)
    rows = list(awaited(board, now))
    by_person: dict[int, Owed] = defaultdict(lambda: defaultdict(list))
    for one in due:
        for row in rows:
            if (row.listed_for or first) == one.meeting.pk and row.asked_at <= one.moment:
                by_person[row.asked_of_id][one.meeting.pk].append(row)
    return by_person


def waits_for(board: TumorBoard, now: datetime) -> UUID | None:
    """The meeting for which a case waits that is on no list yet: the next."""
    coming = board.meetings.upcoming(now=now).filter(starts_at__gt=now).order_by("starts_at")
    return coming.values_list("pk", flat=True).first()


def awaited(board: TumorBoard, now: datetime):
    """Amendments are nobody's debt."""
    coming = Meeting.objects.upcoming(now=now).filter(starts_at__gt=now)
    on_a_list = AgendaItem.objects.filter(
        case=OuterRef("case"), status=ItemStatus.PLANNED, meeting__in=coming.values("pk")
    )
    sitting = Membership.objects.current().filter(board=board).values("user")
    return (
        SpecialistInput.objects.awaited()
        .filter(case__board=board, case__status__in=REMINDED_OF, presentation=F("case__presentation"))
        .filter(amendment_reason="", asked_of__in=sitting)
        .annotate(listed_for=Subquery(on_a_list.values("meeting")[:1]))
        .select_related("case", "asked_of")
        .order_by("due_at", "case__number")
    )
