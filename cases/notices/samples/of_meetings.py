"""What does each e-mail about a meeting look like?"""

from datetime import timedelta

from django.utils import timezone

from cases.models import TumorBoard
from cases.notices import meeting
from cases.notices.samples._invented import a_case, a_meeting, a_seat, sample
from tumorboard.notifications.outbox import Entry

PDF = b"%PDF-1.7 an invented agenda"


@sample("agenda.published")
def agenda_published(board: TumorBoard, user) -> Entry:
    return meeting.agenda_to(user, a_meeting(board), pdf=PDF, now=timezone.now())


@sample("agenda.cancelled")
def agenda_cancelled(board: TumorBoard, user) -> Entry:
    told = {"to": [a_seat(board, user)], "reason": "The room is flooded.", "now": timezone.now()}
    return meeting.agenda_cancelled(a_meeting(board), **told)[0]


@sample("meeting.moved")
def meeting_moved(board: TumorBoard, user) -> Entry:
    old, new = a_meeting(board), a_meeting(board, place="Seminar room 5")
    new.starts_at += timedelta(hours=2)
    new.ends_at += timedelta(hours=2)
    told = {"to": [a_seat(board, user)], "reason": "The room is taken.", "now": timezone.now()}
    return meeting.meeting_moved(new, old, **told)[0]


@sample("case.pulled_back")
def pulled_back(board: TumorBoard, user) -> Entry:
    return meeting.pulled_back_to(user, a_meeting(board), a_case(board, user))
