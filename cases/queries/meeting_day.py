"""For which day is a case prepared: that of the meeting on whose list it stands, else the board's next?"""

from datetime import date, datetime

from cases.models import AgendaItem, Case, Meeting
from cases.vocabulary import ItemStatus


def day_of(case: Case, now: datetime) -> date:
    """Where the board sits; today when no meeting is planned."""
    meeting, _ = meeting_of(case, now)
    return day_at(case, meeting, now)


def day_at(case: Case, meeting: Meeting | None, now: datetime) -> date:
    return (meeting.starts_at if meeting else now).astimezone(case.board.zone).date()


def meeting_of(case: Case, now: datetime) -> tuple[Meeting | None, bool]:
    """The meeting, and whether the case stands on its list."""
    on_a_list = AgendaItem.objects.filter(case=case, status__in=[ItemStatus.PLANNED, ItemStatus.OPEN])
    if item := on_a_list.select_related("meeting").first():
        return item.meeting, True
    coming = Meeting.objects.upcoming(now=now).filter(board=case.board_id)
    return coming.order_by("starts_at").first(), False
