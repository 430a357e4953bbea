"""Who holds a message, and until when?

Each step here is one conditional UPDATE with its own commit. PostgreSQL's clock decides, since workers on
other machines have clocks of their own; a lock would not do, it falls when PostgreSQL restarts.
"""

import logging
import time
import uuid
from collections.abc import Callable
from datetime import timedelta

from django.db import InterfaceError, OperationalError, connection, models, transaction
from django.db.models import ExpressionWrapper, F, Func, Q
from django.db.models.functions import Now

from .models import Message, MessageQuerySet
from .states import Policy, State
from .timing import timing

logger = logging.getLogger(__name__)

FREE = {"lease_token": None, "lease_until": None}


class ClockTimestamp(Func):
    """The time at this very moment; `now()` is when the statement began, before it waited for a lock."""

    function = "clock_timestamp"
    template = "%(function)s()"
    output_field = models.DateTimeField()


def claim() -> tuple[uuid.UUID, list[Message]]:
    """Take what is due: a batch, or one alone that was there when a worker ended.

    A message that kills its worker would otherwise take its whole batch down with it, again and again.
    """
    fresh = Q(crashes=0)
    return _claim(fresh, timing().batch) or _claim(~fresh, 1) or (uuid.uuid4(), [])


def _claim(which: Q, at_most: int) -> tuple[uuid.UUID, list[Message]] | None:
    token = uuid.uuid4()
    with transaction.atomic(durable=True):
        due = Message.objects.due(Now()).filter(which).order_by("next_try_at", "id")
        ids = list(due.select_for_update(skip_locked=True).values_list("id", flat=True)[:at_most])
        Message.objects.filter(id__in=ids, state=State.QUEUED).update(
            state=State.SENDING,
            lease_token=token,
            lease_until=Now() + timedelta(seconds=timing().lease),
            handover_at=None,
            to_address="",
        )
    if not ids:
        return None
    is_late = ExpressionWrapper(Q(expires_at__lte=Now()), output_field=models.BooleanField())
    held = Message.objects.filter(id__in=ids, lease_token=token).annotate(is_late=is_late)
    held = held.order_by("next_try_at", "id")
    return token, list(held.select_related("recipient").prefetch_related("enclosures__attachment"))


def fence(message: Message) -> bool:
    """Mark that from now on the message may have gone; False when it is no longer ours to send."""
    margin = timedelta(seconds=timing().fence_margin)
    ours = _held(message).filter(lease_until__gt=ClockTimestamp() + margin)
    return ours.update(handover_at=ClockTimestamp(), to_address=message.recipient.email) == 1


def settle(message: Message, **outcome) -> bool:
    """Write down what became of it, insisting while PostgreSQL restarts; False when it is no longer ours."""
    written = insist(lambda: _held(message).update(**FREE, **outcome)) == 1
    if not written:
        logger.warning("a message was no longer ours to settle", extra={"row": str(message.pk)})
    return written


def give_back(token: uuid.UUID) -> int:
    """Return what was claimed and surely not handed over, as if it had never been claimed."""
    unsent = Message.objects.filter(lease_token=token, state=State.SENDING, handover_at=None)
    return insist(lambda: unsent.update(**FREE, state=State.QUEUED))


def reclaim() -> int:
    """Free what a worker held when it ended; returns how many."""
    perhaps_sent = Q(handover_at__isnull=False)
    ambiguous = ExpressionWrapper(perhaps_sent | Q(ambiguous=True), output_field=models.BooleanField())
    ended = {**FREE, "crashes": F("crashes") + 1, "ambiguous": ambiguous}
    dead = {"state": State.DEAD, "last_error": "Several workers ended while they were sending it."}

    def abandoned() -> MessageQuerySet:
        return Message.objects.abandoned(Now())

    return (
        abandoned().filter(crashes__gte=timing().crashes_allowed - 1).update(**ended, **dead)
        + abandoned().filter(perhaps_sent, policy=Policy.HOLD).update(**ended, state=State.HELD)
        + abandoned().update(**ended, state=State.QUEUED)
    )


def _held(message: Message) -> MessageQuerySet:
    return Message.objects.filter(pk=message.pk, state=State.SENDING, lease_token=message.lease_token)


def insist(write: Callable[[], int]) -> int:
    """Repeat a write while PostgreSQL is away: what the relay has said must not be forgotten."""
    give_up_at = time.monotonic() + timing().settle_patience
    while True:
        try:
            return write()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() >= give_up_at:
                raise
            connection.close()
            time.sleep(0.2)
