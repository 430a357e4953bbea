"""How does an agenda reach everybody on a board, however many sit there, while the page answers at once?

That it is to be sent stands in a row of its own, written with the version of the agenda. A few people are
written to in the same breath; for many a worker goes through the seats, a batch in each transaction, and
whoever finds the row unfinished goes on from the last seat. One who cannot be written to is logged and passed
over: the others are not to wait.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from cases.domain.errors import Refused
from cases.models import Meeting, Membership, Publication
from cases.models.board import SITTING
from cases.notices.meeting import agenda_to
from cases.queries.agenda_document import agenda_for_mail
from cases.services._post import owe
from cases.vocabulary import MeetingStatus
from tumorboard.notifications import nudge

logger = logging.getLogger(__name__)

AT_ONCE = 60  # seats; more of them are written to by a worker
BATCH = 200
AT_A_STRETCH = 40.0  # seconds; less than a task may take
TASK = "cases.announce"


def announce(meeting: Meeting, *, by) -> int:
    """In the transaction that publishes; returns how many people will be told."""
    seats = _seats(meeting.board_id).count()
    row = Publication.objects.create(
        meeting=meeting,
        version=meeting.agenda_version,
        pdf=agenda_for_mail(meeting),
        seats=seats,
        created_by=by,
    )
    if seats <= AT_ONCE:
        _write_batch(row, now=timezone.now())
        _finish(row)
        return row.told
    transaction.on_commit(lambda: nudge.ask(TASK, str(row.pk)), robust=True)
    return seats


def go_on(*, now: datetime) -> int:
    """Ask for a worker wherever one has not come to the end; returns for how many."""
    waiting = Publication.objects.under_way().order_by("created_at").values_list("pk", flat=True)
    return sum(nudge.ask(TASK, str(key)) for key in waiting)


def carry_out(key: str) -> None:
    """As many batches as fit into one stretch; whoever finds it held by another leaves it to them."""
    until = time.monotonic() + AT_A_STRETCH
    while time.monotonic() < until:
        with transaction.atomic():
            row = _held(key)
            if row is None:
                return
            if not _still_stands(row) or not _write_batch(row, now=timezone.now()):
                _finish(row)
    nudge.ask(TASK, key)


def require_told(meeting: Meeting) -> None:
    """A time or a place does not change while half of the board has been told of the old one."""
    if Publication.objects.under_way().filter(meeting=meeting).exists():
        raise Refused("The agenda is still on its way to everybody. Try again in a minute.")


def _held(key: str) -> Publication | None:
    """The row, and before it its meeting: nobody calls it off or publishes anew while a batch is written.

    Whoever publishes holds them in the same order. The row is read afresh once the meeting is held.
    """
    waiting = Publication.objects.under_way().filter(pk=key)
    meetings = Meeting.objects.filter(pk__in=waiting.values("meeting"))
    if meetings.select_for_update(of=("self",)).first() is None:
        return None
    rows = waiting.select_related("meeting__board")
    return rows.select_for_update(of=("self",), skip_locked=True).first()


def _still_stands(row: Publication) -> bool:
    return row.meeting.status == MeetingStatus.PLANNED and row.meeting.agenda_version == row.version


def _write_batch(row: Publication, *, now: datetime) -> int:
    """Owe the next seats theirs; owed twice they are owed once. Returns how many there were."""
    seats = list(_seats(row.meeting.board_id).filter(pk__gt=row.reached).order_by("pk")[:BATCH])
    if not seats:
        return 0
    row.reached, row.told = seats[-1].pk, row.told + _owe_each(row, seats, now=now)
    Publication.objects.filter(pk=row.pk).update(reached=row.reached, told=row.told)
    return len(seats)


def _owe_each(row: Publication, seats: Sequence[Membership], *, now: datetime) -> int:
    """All in one; if that fails, each for itself. Returns how many are told."""
    try:
        return _owe(row, seats, now=now)
    except (OperationalError, InterfaceError):
        raise  # the database, not the seat
    except Exception as error:
        if len(seats) > 1:
            told = sum(_owe_each(row, [seat], now=now) for seat in seats)
            if told == 0:
                raise  # nobody's own fault: it is tried again
            return told
        logger.error("an agenda cannot be written to a seat", extra={"row": str(seats[0].pk)}, exc_info=error)
        return 0


def _owe(row: Publication, seats: Sequence[Membership], *, now: datetime) -> int:
    pdf = bytes(row.pdf)
    with transaction.atomic():
        return len(owe([agenda_to(seat.user, row.meeting, pdf=pdf, now=now) for seat in seats], now=now))


def _finish(row: Publication) -> None:
    Publication.objects.filter(pk=row.pk).update(done_at=timezone.now())


def _seats(board: int):
    return (
        Membership.objects.current()
        .with_role(*SITTING)
        .filter(board=board)
        .select_related("user__mail_settings")
    )
