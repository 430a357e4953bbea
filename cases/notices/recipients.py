"""Is this person still to be told? Asked just before a message leaves."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cases.models import Absence, Membership, TumorBoard
from cases.models.board import SPEAKING
from cases.notices.deputies import copied_for, is_copy
from cases.notices.kinds import KINDS
from cases.queries.chase_log import CHASED
from cases.queries.chased_for import OF_SEATS, spoken_of
from tumorboard.notifications.models import Message

# What only people with a seat are told. Referrers and owners of actions may sit nowhere.
FOR_SEATS = frozenset(name for name, kind in KINDS.items() if kind.for_seats)


def reason_not_to_send(message: Message) -> str:
    """ "" when it may go. Whoever left the board since it was owed is told nothing more of it."""
    scope, _, board = message.scope.partition(":")
    if scope != "board":
        return ""
    seats = Membership.objects.current().filter(board=board, user=message.recipient_id)
    if is_copy(message.about):
        if not _stands_in(message, TumorBoard.objects.get(pk=board)):
            return "no longer stands in"
        return "" if seats.with_role(*SPEAKING).exists() else "no longer on the board"
    if seats.exists() or not _needs_seat(message):
        return ""
    return "no longer on the board"


def _needs_seat(message: Message) -> bool:
    """A chase does when anything in it is asked of members; referrers are chased as well."""
    if message.kind == CHASED:
        return not OF_SEATS.isdisjoint(spoken_of(message))
    return message.kind in FOR_SEATS


def _stands_in(copy: Message, board: TumorBoard) -> bool:
    """In the absence that the copy names, and until its last day is over on the board's clock."""
    today = timezone.now().astimezone(board.zone).date()
    standing = Absence.objects.standing().filter(last_day__gte=today)
    absences = standing.filter(pk=copied_for(copy.about))
    # Or for a deputy who is away as well.
    in_turn = standing.filter(user=OuterRef("deputy"), deputy=copy.recipient_id)
    return absences.filter(Q(deputy=copy.recipient_id) | Exists(in_turn)).exists()
