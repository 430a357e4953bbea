"""How does a coordinator put right what did not arrive?"""

from django.db import transaction

from cases.domain.errors import Refused
from cases.models import TumorBoard
from cases.permissions import Permission, require
from tumorboard.audit import trail
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message


@transaction.atomic
def resend(*, message: Message, by) -> Message:
    """Send it again, to the address the person has now."""
    board = _board_of(message, by)
    try:
        again = outbox.resend(message=message, by=by)
    except outbox.OutboxError as error:
        raise Refused(str(error)) from error
    trail.record(actor=by, verb="message.resent", subject=again, about=board.scope, kind=message.kind)
    return again


@transaction.atomic
def close(*, message: Message, reason: str, by) -> None:
    """The person was told in another way; how is in the reason."""
    board = _board_of(message, by)
    try:
        outbox.close(message=message, reason=reason, by=by)
    except outbox.OutboxError as error:
        raise Refused(str(error)) from error
    trail.record(actor=by, verb="message.closed", subject=message, about=board.scope, kind=message.kind)


def _board_of(message: Message, by) -> TumorBoard:
    board = TumorBoard.objects.get(pk=int(message.scope.removeprefix("board:")))
    require(by, Permission.SEE_MESSAGES, board=board)
    return board
