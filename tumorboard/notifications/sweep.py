"""What has been left lying, and who is told to go on?

Runs every few seconds. It is what makes every other message in this machinery dispensable.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from . import apart, gather, lease, nudge
from .models import Attachment, Enclosure, JobRun, Message
from .states import FINAL, State
from .timing import timing

logger = logging.getLogger(__name__)

KEEP_WORDS = timedelta(days=90)
PURGED_AT_ONCE = 1000
MOST_NUDGES = 4


def sweep() -> int:
    """Free what dead workers held, end what is too late, write summaries, purge; returns how many are due."""
    lease.reclaim()
    expire()
    _gather()
    with transaction.atomic():
        if JobRun.objects.take(job="notifications.purge", slot=timezone.now().date().isoformat()):
            purge()
    return Message.objects.due(Now()).count()


def sweep_and_nudge() -> int:
    """Sweep, then ask for as many drains as there is work for; returns how many were asked for."""
    batches = -(-sweep() // timing().batch)
    return sum(nudge.drain() for _ in range(min(batches, MOST_NUDGES)))


def _gather() -> None:
    """What cannot be put together stays as it is; everything else must leave all the same."""
    try:
        gather.gather()
    except Exception:  # without a database the next step says so
        logger.exception("summaries could not be written")


def expire() -> int:
    """A reminder never leaves after the meeting has begun, not even when the relay comes back late."""
    apart.expire()
    return Message.objects.filter(state=State.QUEUED, expires_at__lte=Now()).update(state=State.EXPIRED)


def purge() -> int:
    """Remove the words and attachments of what was settled long ago; that it was sent stays known."""
    now = timezone.now()
    old = Message.objects.filter(state__in=FINAL, purged_at=None, created_at__lt=now - KEEP_WORDS)
    ids = list(old.order_by("created_at").values_list("pk", flat=True)[:PURGED_AT_ONCE])
    enclosures = Enclosure.objects.filter(message__in=ids)
    hashes = set(enclosures.values_list("attachment_id", flat=True))
    enclosures.delete()
    still_used = Q(sha256__in=Enclosure.objects.values("attachment_id"))
    Attachment.objects.filter(sha256__in=hashes).exclude(still_used).delete()
    return Message.objects.filter(pk__in=ids).update(text="", html="", purged_at=now)
