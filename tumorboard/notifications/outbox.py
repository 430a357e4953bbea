"""How does the application come to owe someone an e-mail, or stop owing it?

The only way in. Everything happens in the caller's transaction: the decision and the messages it sets off are
written together or not at all. Whoever calls keeps patients out: no name, birth date or record number.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from psycopg.errors import DeadlockDetected

from . import apart, nudge
from .models import Attachment, Enclosure, Message, MessageQuerySet
from .states import NEEDS_A_PERSON, UNSENT, Policy, State

__all__ = ["Entry", "OutboxError", "Parcel", "Policy", "close", "put", "put_many", "resend", "withdraw"]


TRIES = 3  # of a withdrawal


class OutboxError(Exception):
    """What was asked cannot be done with this message; the text is for the person who asked."""


@dataclass(frozen=True)
class Parcel:
    """A file to send along. `mime` may carry parameters: text/calendar; method=REQUEST; charset=utf-8."""

    name: str
    mime: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One message to owe. The first five fields below make it this message and no other."""

    kind: str
    about: str
    version: int = 1
    recipient: Any  # the application's user model, whichever that is
    resend_no: int = 0
    title: str
    text: str
    html: str = ""
    scope: str = ""
    not_before: datetime | None = None
    expires_at: datetime | None = None
    attachments: Sequence[Parcel] = field(default=())
    policy: Policy = Policy.RESEND
    gather: bool = False  # not by itself: in one message with the others of this person and scope
    resent_by: Any = None

    @property
    def key(self) -> tuple:
        return self.kind, self.about, self.version, self.recipient.pk, self.resend_no

    @property
    def message_id(self) -> str:
        """The same for the same message on every machine; it tells a reader nothing."""
        salt, key = "tumorboard.notifications.message-id", "|".join(map(str, self.key))
        digest = salted_hmac(salt, key, algorithm="sha256").hexdigest()
        return f"<{digest[:40]}@{settings.MESSAGE_ID_HOST}>"


def put(
    *,
    kind: str,
    about: str,
    recipient,
    title: str,
    text: str,
    html: str = "",
    version: int = 1,
    resend_no: int = 0,
    scope: str = "",
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    attachments: Sequence[Parcel] = (),
    policy: Policy = Policy.RESEND,
    gather: bool = False,
) -> Message:
    """Owe one message. The same kind, about, version, recipient and resend_no are only ever owed once."""
    entry = Entry(
        kind=kind,
        about=about,
        version=version,
        recipient=recipient,
        resend_no=resend_no,
        title=title,
        text=text,
        html=html,
        scope=scope,
        not_before=not_before,
        expires_at=expires_at,
        attachments=attachments,
        policy=policy,
        gather=gather,
    )
    return put_many([entry])[0]


@transaction.atomic
def put_many(entries: Iterable[Entry]) -> list[Message]:
    """Owe many at once, in one statement however many; what is owed already stays as it is."""
    wanted = {entry.key: entry for entry in entries}
    if not wanted:
        return []
    now = timezone.now()
    rows = {key: _row(entry, now) for key, entry in wanted.items()}
    # In one order for everybody: two publications at once wait for each other and do not deadlock.
    Message.objects.bulk_create([rows[key] for key in sorted(rows)], ignore_conflicts=True)
    owed = _owed(rows)
    _enclose([entry for key, entry in wanted.items() if owed[key].pk == rows[key].pk], owed)
    _nudge_after_commit()
    return [owed[key] for key in wanted]


def _owed(keys: Iterable[tuple]) -> dict[tuple, Message]:
    """What stands there now. Not looked up by Message-ID, whose secret or host may have changed since."""
    kinds, abouts, versions, recipients, resend_nos = map(set, zip(*keys, strict=True))
    standing = Message.objects.filter(
        kind__in=kinds,
        about__in=abouts,
        version__in=versions,
        recipient__in=recipients,
        resend_no__in=resend_nos,
    )
    return {(m.kind, m.about, m.version, m.recipient_id, m.resend_no): m for m in standing}


def _row(entry: Entry, now: datetime) -> Message:
    not_before = entry.not_before or now
    return Message(
        kind=entry.kind,
        about=entry.about,
        version=entry.version,
        recipient=entry.recipient,
        resend_no=entry.resend_no,
        message_id=entry.message_id,
        scope=entry.scope,
        policy=entry.policy,
        gather=entry.gather,
        title=entry.title,
        text=entry.text,
        html=entry.html,
        not_before=not_before,
        next_try_at=not_before,
        expires_at=entry.expires_at,
        resent_by=entry.resent_by,
    )


def _enclose(new: list[Entry], owed: dict[tuple, Message]) -> None:
    """Attach to what was really new; a message that was owed before keeps its own attachments."""
    parcels = {parcel.sha256: parcel for entry in new for parcel in entry.attachments}
    Attachment.objects.bulk_create(
        [Attachment(sha256=sha, content=parcels[sha].content) for sha in sorted(parcels)],
        ignore_conflicts=True,
    )
    Enclosure.objects.bulk_create(
        Enclosure(
            message=owed[entry.key],
            position=position,
            attachment_id=parcel.sha256,
            name=parcel.name,
            mime=parcel.mime,
        )
        for entry in new
        for position, parcel in enumerate(entry.attachments)
    )


def _nudge_after_commit() -> None:
    """Once per transaction, however many messages it owes. Lost or refused, the next sweep finds the rows."""
    if not any(entry[1] is nudge.drain for entry in connection.run_on_commit):
        transaction.on_commit(nudge.drain, robust=True)


def withdraw(*, about: str, reason: str, kinds: Sequence[str] | None = None, recipient=None) -> int:
    """Stop owing what has not gone yet; returns how many. What the relay has cannot be called back.

    A summary that has not left is ended, and what else it tells waits for the next one. Of two that wait for
    each other, because the same summary was just being written, one begins again.
    """
    messages = Message.objects.filter(about=about)
    if kinds is not None:
        messages = messages.filter(kind__in=kinds)
    if recipient is not None:
        messages = messages.filter(recipient=recipient)
    for _ in range(TRIES - 1):
        try:
            return _withdraw(messages, reason)
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
    return _withdraw(messages, reason)


@transaction.atomic
def _withdraw(messages: MessageQuerySet, reason: str) -> int:
    """Within another transaction a savepoint: what it holds is let go when it begins again."""
    withdrawn = _cancel(messages, reason)
    # Looked at afterwards: what was being gathered, or taken out of a summary, while we waited for it.
    while apart.take(messages, reason=reason) or messages.filter(apart.STILL_HERE).exists():
        withdrawn += _cancel(messages, reason)
    return withdrawn + apart.mark(messages, reason=reason)


def _cancel(messages: MessageQuerySet, reason: str) -> int:
    """In one order for everybody."""
    still_here = messages.filter(apart.STILL_HERE)
    held = still_here.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True)
    free = {"lease_token": None, "lease_until": None}
    return Message.objects.filter(pk__in=list(held)).update(state=State.CANCELLED, reason=reason, **free)


@transaction.atomic
def resend(*, message: Message, by) -> Message:
    """Owe the same words and attachments once more; pressed twice, still once more."""
    message = Message.objects.select_related("recipient").get(pk=message.pk)
    _require_resendable(message, now=timezone.now())
    if message.state in NEEDS_A_PERSON:
        close(message=message, reason="Sent again.", by=by)
    return put_many([_same_again(message, by)])[0]


def _require_resendable(message: Message, *, now: datetime) -> None:
    if message.state in UNSENT:
        raise OutboxError("This message is still on its way.")
    if message.purged_at:
        raise OutboxError("The words of this message are no longer kept.")
    if message.state == State.CANCELLED or (message.state == State.GATHERED and message.reason):
        raise OutboxError("This message was withdrawn.")
    if apart.parts_of(message).exclude(reason="").exists():
        raise OutboxError("Something in this summary was withdrawn since. Send the rest again, one by one.")
    if message.expires_at and message.expires_at <= now:
        raise OutboxError("It is too late for this message.")


def _same_again(message: Message, by) -> Entry:
    enclosures = message.enclosures.select_related("attachment").order_by("position")
    return Entry(
        kind=message.kind,
        about=message.about,
        version=message.version,
        recipient=message.recipient,
        resend_no=message.resend_no + 1,
        title=message.title,
        text=message.text,
        html=message.html,
        scope=message.scope,
        expires_at=message.expires_at,
        attachments=[Parcel(e.name, e.mime, bytes(e.attachment.content)) for e in enclosures],
        policy=Policy(message.policy),
        resent_by=by,
    )


def close(*, message: Message, reason: str, by) -> None:
    """A person has dealt with a message that did not get through, such as by telephone."""
    if not reason.strip():
        raise OutboxError("Say how it was dealt with.")
    closed = Message.objects.filter(pk=message.pk, state__in=NEEDS_A_PERSON).update(
        state=State.CLOSED, reason=reason.strip(), closed_at=timezone.now(), closed_by=by
    )
    if not closed:
        raise OutboxError("This message does not wait for anybody. Reload the page.")
    message.refresh_from_db()
