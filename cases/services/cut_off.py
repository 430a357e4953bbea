"""What do the coordinators hear when the cut-off of a meeting has passed?"""

from datetime import datetime

from cases.models import Meeting, Membership
from cases.notices import cut_off as notices
from cases.queries.agenda_rows import items_in_order, meeting_day
from cases.queries.board_days import CUT_OFF
from cases.queries.readiness import readiness_of_all
from cases.services._moments import Due, each_board
from cases.services._post import owe
from cases.vocabulary import Role


def report(*, now: datetime) -> int:
    """One message a coordinator and meeting; returns how many were owed."""
    return each_board(CUT_OFF, _report, now=now)


def _report(due: list[Due]) -> int:
    return sum(_of(one) for one in due)


def _of(due: Due) -> int:
    listed = _listed(due.meeting, now=due.now)
    seats = Membership.objects.current().with_role(Role.COORDINATOR).filter(board=due.meeting.board_id)
    owed = owe(
        (
            notices.passed(seat.user, due.meeting, listed, version=due.version, not_before=due.leaves_at)
            for seat in seats.select_related("user").order_by("pk")
        ),
        now=due.now,
    )
    return len(owed)


def _listed(meeting: Meeting, *, now: datetime) -> list[notices.Standing]:
    cases = [item.case for item in items_in_order(meeting)]
    day = meeting_day(meeting)
    found = readiness_of_all(cases, days=dict.fromkeys((case.pk for case in cases), day), now=now)
    return [notices.Standing(case, found[case.pk]) for case in cases]
