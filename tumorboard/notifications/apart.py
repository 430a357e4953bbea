"""What becomes of the messages in a summary that cannot leave as it was written?

One of them is withdrawn, its reader may no longer hear it, or its time is over: the summary ends, and what
still holds waits anew, for the next sweep to write another. A summary ends with the earliest limit in it.
Each step is in the caller's transaction and conditional, so that a drain hands the summary over at the
same moment either finds it ended, or had it first and then nothing is taken back.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Greatest, Now

from .models import Message, MessageQuerySet
from .states import State

KIND = "digest"
STILL_HERE = Q(state=State.QUEUED) | Q(state=State.SENDING, handover_at=None)


def parts_of(summary: Message) -> MessageQuerySet:
    """What it tells; of one that was sent again by hand, what the first one told."""
    return Message.objects.filter(
        state=State.GATHERED,
        gathered_in__kind=KIND,
        gathered_in__about=summary.about,
        gathered_in__version=summary.version,
    )


def take(told: MessageQuerySet, *, reason: str) -> int:
    """End the summaries that have not left and tell any of these; returns how many.

    Called in a transaction.
    """
    among = told.filter(
        state=State.GATHERED, gathered_in__about=OuterRef("about"), gathered_in__version=OuterRef("version")
    )
    standing = Message.objects.filter(STILL_HERE, Exists(among), kind=KIND)
    return _end(standing, state=State.CANCELLED, reason=f"Taken apart: {reason}")


def mark(told: MessageQuerySet, *, reason: str) -> int:
    """Of a summary that did not arrive: what is withdrawn stays in it and says why; it is not sent again."""
    return told.filter(state=State.GATHERED, reason="", gathered_in__state=State.DEAD).update(reason=reason)


@transaction.atomic
def expire() -> int:
    """End what is too late, though most of it may still be of use; returns how many."""
    late = Message.objects.filter(kind=KIND, state=State.QUEUED, expires_at__lte=Now())
    return _end(late, state=State.EXPIRED)


def release(summary: Message, unwanted: Mapping[UUID, str] | None = None) -> None:
    """Of a summary that has just ended, let wait anew what still holds. `unwanted`: which not, and why.

    Unless it had left before and was only being sent again: then everything in it has been told.
    """
    family = Message.objects.filter(kind=KIND, about=summary.about, version=summary.version)
    if family.filter(state=State.SENT).exists():
        return
    for pk, reason in (unwanted or {}).items():
        parts_of(summary).filter(pk=pk).update(state=State.CANCELLED, gathered_in=None, reason=reason)
    parts_of(summary).update(
        state=State.QUEUED, gather=True, gathered_in=None, next_try_at=Greatest("not_before", Now())
    )


def _end(summaries: MessageQuerySet, **ending: Any) -> int:
    rows = list(summaries.select_for_update(of=("self",)).order_by("pk"))
    free = {"lease_token": None, "lease_until": None}
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(**free, **ending)
    for summary in rows:
        release(summary)
    return len(rows)
