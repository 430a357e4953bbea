"""For which day is a case prepared: that of the meeting on whose list it stands, else the board's next?"""

from datetime import date, datetime

from cases.models import AgendaItem, Case, Meeting
from cases.vocabulary import ItemStatus


def day_of(case: Case, now: datetime) -> date:
    """Where the board sits; today when no meeting is planned."""
    on_a_list = AgendaItem.objects.filter(case=case, status__in=[ItemStatus.PLANNED, ItemStatus.OPEN])
    item = on_a_list.select_related("meeting").first()
    meeting = item.meeting if item else _next(case, now)
    return (meeting.starts_at if meeting else now).astimezone(case.board.zone).date()


def _next(case: Case, now: datetime) -> Meeting | None:
    return Meeting.objects.upcoming(now=now).filter(board=case.board_id).order_by("starts_at").first()
