"""Is this person still to be told? Asked just before a message leaves."""

import re

from cases.models import Membership
from tumorboard.notifications.models import Message

# What only people with a seat are told. Referrers and owners of actions may sit nowhere.
FOR_SEATS = re.compile(
    r"^(addendum\.answered|agenda|input|case\.(referred|pulled_back|not_re_presented)|action\.(escalated|crossed|overtaken|ownerless)|ratification)"
)


def reason_not_to_send(message: Message) -> str:
    """ "" when it may go. Whoever left the board since it was owed is told nothing more of it."""
    scope, _, board = message.scope.partition(":")
    if scope != "board" or not FOR_SEATS.match(message.kind):
        return ""
    if Membership.objects.current().filter(board=board, user=message.recipient_id).exists():
        return ""
    return "no longer on the board"
