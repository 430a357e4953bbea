"""What does each e-mail that is sent by itself before a meeting look like?"""

from django.utils import timezone

from cases.domain.readiness import Lack, Readiness
from cases.models import AgendaItem, TumorBoard
from cases.notices import cut_off, invitation, reading
from cases.notices.samples._invented import a_case, a_meeting, a_seat, sample
from cases.vocabulary import Lane, Specialty
from tumorboard.notifications.outbox import Entry


@sample("meeting.invited")
def invited(board: TumorBoard, user) -> Entry:
    return invitation.invited_to(user, a_meeting(board, agenda_version=0), now=timezone.now())


@sample("cutoff.passed")
def passed(board: TumorBoard, user) -> Entry:
    lack = Lack("invented")
    lacking = Readiness(blocking=(lack, lack), waiting=(lack,))
    listed = [
        cut_off.Standing(a_case(board, user), lacking),
        cut_off.Standing(a_case(board, user, 47), Readiness(stale=(lack,))),
        cut_off.Standing(a_case(board, user, 51), Readiness()),
    ]
    return cut_off.passed(user, a_meeting(board), listed, version=1)


@sample("reading.list")
def reading_list(board: TumorBoard, user) -> Entry:
    seat = a_seat(board, user)
    listed = [
        reading.ToRead(
            AgendaItem(case=a_case(board, user, number), lane=lane),
            frozenset({waits}),
        )
        for number, lane, waits in (
            (42, Lane.DISCUSSION, seat.specialty),
            (47, Lane.DISCUSSION, Specialty.PATHOLOGY),
            (51, Lane.STANDARD, ""),
        )
    ]
    return reading.reading_list(seat, a_meeting(board), listed, version=1)
