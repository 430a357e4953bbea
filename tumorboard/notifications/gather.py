"""Which messages leave together in one, and how is none of them lost or told twice?

The summary and the rows that it tells of change in one transaction: a worker that dies in the middle leaves
everything as it was. One sweep gathers at a time, so that two do not each make a summary of a half.
"""

from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.db import connection, transaction
from django.db.models import BooleanField, ExpressionWrapper, Max, Q
from django.db.models.functions import Now

from . import digest, outbox
from .apart import KIND
from .models import Enclosure, Message
from .states import State

GATHERING = 0x6D61696C  # the advisory lock that this step holds; any number that nobody else uses
PEOPLE_AT_ONCE = 100
MOST_PARTS = 100  # of one summary: what is more stands in the next


def gather() -> int:
    """Put together what is due for the same person and scope; returns how many need not wait longer."""
    total = 0
    while done := _gather_some():
        total += done
    return total


@transaction.atomic
def _gather_some() -> int:
    if not Message.objects.to_gather(Now()).exists() or not _alone():
        return 0
    due = Message.objects.to_gather(Now()).order_by("recipient")
    people = list(due.values_list("recipient", flat=True).distinct()[:PEOPLE_AT_ONCE])
    groups = groupby(_locked(people), key=lambda part: (part.recipient_id, part.scope))
    return sum(_together(list(group)) for _, group in groups)


def _alone() -> bool:
    """Until the end of the transaction; falls by itself when this process dies."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [GATHERING])
        return cursor.fetchone()[0]


def _locked(people: list) -> list[Message]:
    """What is due for these people, and what is almost: otherwise each of ten in a minute would go alone.

    What somebody is withdrawing at this moment is left to them, without waiting.
    """
    soon = Now() + timedelta(seconds=getattr(settings, "MAIL_GATHER_SECONDS", 0))
    waiting = Message.objects.to_gather(soon).filter(recipient__in=people)
    rows = waiting.filter(Q(expires_at=None) | Q(expires_at__gt=Now())).select_related("recipient")
    is_due = ExpressionWrapper(Q(next_try_at__lte=Now()), output_field=BooleanField())
    in_order = rows.annotate(is_due=is_due).order_by("recipient", "scope", "created_at", "id")
    return list(in_order.select_for_update(skip_locked=True, of=("self",)))


def _together(waiting: list) -> int:
    """The messages of one person and scope; returns how many of them need not wait longer."""
    if not any(part.is_due for part in waiting):
        return 0
    parts = waiting[:MOST_PARTS]
    rows = Message.objects.filter(pk__in=[part.pk for part in parts])
    if len(parts) == 1:
        return rows.update(gather=False)
    [summary] = outbox.put_many([_summary(parts)])
    _carry_along(summary, parts)
    return rows.update(state=State.GATHERED, gather=False, gathered_in=summary)


def _summary(parts: list[Message]) -> outbox.Entry:
    about = f"{KIND}:{parts[0].pk}"
    before = Message.objects.filter(kind=KIND, about=about).aggregate(at=Max("version"))["at"]
    return outbox.Entry(
        kind=KIND,
        about=about,
        version=(before or 0) + 1,  # an earlier one that began with the same message has been taken apart
        recipient=parts[0].recipient,
        title=digest.title_of([part.title for part in parts]),
        text=digest.text_of([(part.title, part.text) for part in parts]),
        html=digest.html_of([(part.title, part.html) for part in parts]),
        scope=parts[0].scope,
        expires_at=min((part.expires_at for part in parts if part.expires_at), default=None),
    )


def _carry_along(summary: Message, parts: list[Message]) -> None:
    """Everything that was attached; the same file under the same name once."""
    enclosed = Enclosure.objects.filter(message__in=parts).order_by(
        "message__created_at", "message", "position"
    )
    files = dict.fromkeys(enclosed.values_list("attachment_id", "name", "mime"))
    Enclosure.objects.bulk_create(
        Enclosure(message=summary, position=position, attachment_id=sha, name=name, mime=mime)
        for position, (sha, name, mime) in enumerate(files)
    )
