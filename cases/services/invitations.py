"""Who is asked, some working days before a meeting, whether they come?"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from cases.domain.sending import leaves_at
from cases.models import Meeting, Membership
from cases.models.board import SITTING
from cases.notices import invitation as notices
from cases.notices.meeting import invited
from cases.queries.board_days import INVITATION, rules_of
from cases.services._moments import Due, each_board
from cases.services._post import owe
from cases.vocabulary import MeetingStatus
from tumorboard.audit import trail
from tumorboard.notifications.models import Message

logger = logging.getLogger(__name__)

# Who was sent one of these, in whatever state it is, knows of the meeting as it stands.
TOLD = ("meeting.invited", "meeting.moved", "agenda.published")


def invite(*, now: datetime) -> int:
    """Everybody who sits on the board, once a meeting; returns how many messages were owed.

    Whoever is given a seat later is asked then.
    """
    owed = each_board(INVITATION, _invite, now=now)
    return owed + sum(_joined(meeting, now) for meeting in _with_newcomers(now))


def _invite(due: list[Due]) -> int:
    return sum(_to(one) for one in due)


def _to(due: Due) -> int:
    """Who has the agenda has been told, and whoever was told of another day was told of the move."""
    untold = Meeting.objects.filter(pk=due.meeting.pk, invited_at=None, agenda_version=0)
    if not untold.update(invited_at=due.now):
        return 0
    return _ask(due.meeting, invited(due.meeting), now=due.now, leaves=due.leaves_at)


def _with_newcomers(now: datetime) -> QuerySet[Meeting]:
    """One query a minute, mostly in vain."""
    about = Concat(Value("meeting:"), Cast(OuterRef("meeting"), TextField()))
    told = Message.objects.filter(about=about, kind__in=TOLD, recipient=OuterRef("user"))
    seats = Membership.objects.current().with_role(*SITTING).annotate(meeting=OuterRef("pk"))
    untold = seats.filter(~Exists(told), board=OuterRef("board"))
    return _to_come(now).filter(Exists(untold)).order_by("pk")


def _to_come(now: datetime) -> QuerySet[Meeting]:
    asked = Meeting.objects.filter(status=MeetingStatus.PLANNED, invited_at__isnull=False)
    return asked.filter(starts_at__gt=now, board__is_active=True)


def _joined(meeting: Meeting, now: datetime) -> int:
    """What fails for one meeting is tried again a minute later, and keeps no other waiting."""
    try:
        with transaction.atomic():
            held = _to_come(now).select_for_update(of=("self",)).select_related("board")
            return _ask_newcomers(held.get(pk=meeting.pk), now)
    except Meeting.DoesNotExist:
        return 0  # it was moved or called off meanwhile
    except Exception:
        logger.exception("an invitation failed", extra={"job": INVITATION, "row": str(meeting.board_id)})
        return 0


def _ask_newcomers(meeting: Meeting, now: datetime) -> int:
    told = Message.objects.filter(about=meeting.about, kind__in=TOLD).values_list("recipient", flat=True)
    seats = [seat for seat in invited(meeting) if seat.user_id not in set(told)]
    if not seats or meeting.invited_at is None:
        return 0
    at = leaves_at(meeting.invited_at, now=now, until=meeting.starts_at, rules=rules_of(meeting.board))
    return _ask(meeting, seats, now=now, leaves=at)


def _ask(meeting: Meeting, seats: Iterable[Membership], *, now: datetime, leaves: datetime) -> int:
    owed = owe(
        (notices.invited_to(seat.user, meeting, now=now, not_before=leaves) for seat in seats), now=now
    )
    by = get_user_model().objects.the_system()
    trail.record(actor=by, verb="meeting.invited", subject=meeting, about=meeting.about, recipients=len(owed))
    return len(owed)
