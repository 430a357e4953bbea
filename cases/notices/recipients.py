"""Is this person still to be told? Asked just before a message leaves."""

from cases.models import Absence, Membership
from cases.notices.deputies import copied_for
from cases.notices.kinds import KINDS
from tumorboard.notifications.models import Message

# What only people with a seat are told. Referrers and owners of actions may sit nowhere.
FOR_SEATS = frozenset(name for name, kind in KINDS.items() if kind.for_seats)


def reason_not_to_send(message: Message) -> str:
    """ "" when it may go. Whoever left the board since it was owed is told nothing more of it."""
    scope, _, board = message.scope.partition(":")
    absent = copied_for(message.about)
    if absent and not Absence.objects.standing().filter(user=absent, deputy=message.recipient_id).exists():
        return "no longer stands in"
    if scope != "board" or (message.kind not in FOR_SEATS and not absent):
        return ""
    if Membership.objects.current().filter(board=board, user=message.recipient_id).exists():
        return ""
    return "no longer on the board"
