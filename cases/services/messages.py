"""How does a coordinator put right what did not arrive?"""

from datetime import datetime, timedelta

from django.db import transaction

from cases.domain.errors import Refused
from cases.models import Meeting, MeetingReply, TumorBoard
from cases.notices.meeting import OF_DAY, OF_DAY_AND_PLACE
from cases.permissions import Permission, require
from cases.queries.message_subjects import told_of
from cases.vocabulary import MeetingStatus
from tumorboard.audit import trail
from tumorboard.notifications import apart, outbox
from tumorboard.notifications.models import Message, MessageQuerySet

MOVED = "The meeting was moved or cancelled since. Send the newer message again instead."
CHANGED = ("meeting.moved", "agenda.cancelled")
# A change of place owes the waiting agendas anew, moments before it tells everybody else.
TOGETHER = timedelta(seconds=5)


@transaction.atomic
def resend(*, message: Message, by) -> Message:
    """Send it again, to the address the person has now."""
    board = _board_of(message, by)
    for told in [*apart.parts_of(message), message]:
        _require_still_so(told)
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


def _require_still_so(message: Message) -> None:
    """Words are final: sent again, they would tell of a day and a place that have changed since.

    To whomever the change was told: it is true for everybody.
    """
    about = told_of(message.about)
    if about.startswith("reply:"):
        about = _require_named(message, about)
    if not about.startswith("meeting:") or message.kind not in OF_DAY_AND_PLACE:
        return
    if message.kind in OF_DAY:
        _require_same_day(message, about)
        return
    since = _written_at(message) + TOGETHER
    # What a person sent again says nothing new.
    newer = Message.objects.filter(about=about, resent_by=None, created_at__gt=since)
    if newer.filter(kind__in=CHANGED).exists():
        raise Refused(MOVED)
    agendas = newer.filter(kind="agenda.published", version__gt=message.version)
    if message.kind == "agenda.published" and agendas.exists():
        raise Refused("A newer agenda was published since. Send that one again instead.")


def _require_named(message: Message, about: str) -> str:
    """The meeting to which somebody comes for another; a move takes the replies with it."""
    replies = MeetingReply.objects.filter(pk=about.removeprefix("reply:")).select_related("meeting")
    reply = replies.first()
    told = Message.objects.filter(about=about, recipient=message.recipient_id, version__gt=message.version)
    if reply is None or told.exists():
        raise Refused("The meeting was moved, or somebody else was named since.")
    return reply.meeting.about


def _require_same_day(message: Message, about: str) -> None:
    """They name no place, and are of use until the meeting begins that they were written for."""
    planned = Meeting.objects.filter(pk=about.removeprefix("meeting:"), status=MeetingStatus.PLANNED)
    if message.expires_at is None or not planned.filter(starts_at=message.expires_at).exists():
        raise Refused(MOVED)


def _written_at(message: Message) -> datetime:
    """When its words were: of one that a person sent again, the first time."""
    return _ways_of(message).filter(resent_by=None).latest("resend_no").created_at


def _ways_of(message: Message) -> MessageQuerySet:
    """The same message, and what it was sent again from."""
    return Message.objects.filter(
        kind=message.kind,
        about=message.about,
        version=message.version,
        recipient=message.recipient_id,
        resend_no__lte=message.resend_no,
    )


def _board_of(message: Message, by) -> TumorBoard:
    board = TumorBoard.objects.get(pk=int(message.scope.removeprefix("board:")))
    require(by, Permission.SEE_MESSAGES, board=board)
    return board
