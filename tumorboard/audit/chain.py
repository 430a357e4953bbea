"""Has a sealed line of the trail, or what it sealed, been altered since?

Each seal is a digest over the seal before it, the line itself and what the line is about. Whoever alters one
of them breaks every seal from there on, also with the rights of the database's owner; and a seal that was
printed or sent cannot be called back. What may be sealed is told here by the app that it belongs to.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from .models import AuditEvent, ChainEntry, ChainHead

BEGINNING = "0" * 64


@dataclass(frozen=True)
class Content:
    """What a line sealed, as it stands now, and the seal that stands beside it."""

    what: Mapping[str, Any]
    seal: str


@dataclass(frozen=True)
class Verdict:
    """How many seals were looked at; the number of the first that does not hold, and why."""

    looked_at: int
    broken: int | None = None
    why: str = ""


_contents: dict[str, Callable[[AuditEvent], Content | None]] = {}


def tells(verb: str, content_of: Callable[[AuditEvent], Content | None]) -> None:
    """From which rows the content of such lines is told anew; None when they are gone."""
    _contents[verb] = content_of


@transaction.atomic
def append(event: AuditEvent, content: Mapping[str, Any]) -> str:
    """Seal one line; the head of the chain is held until the caller's transaction ends."""
    ChainHead.objects.get_or_create(pk=ChainHead.ONLY)
    head = ChainHead.objects.select_for_update().get(pk=ChainHead.ONLY)
    event.refresh_from_db()
    content_digest = digest_of(content)
    entry = ChainEntry.objects.create(
        number=head.number + 1,
        event=event,
        previous=head.digest,
        content=content_digest,
        digest=_seal(head.digest, event, content_digest),
    )
    ChainHead.objects.filter(pk=head.pk).update(number=entry.number, digest=entry.digest)
    return entry.digest


def verify() -> Verdict:
    """Walk the whole chain; the first seal that does not hold ends it."""
    number, digest = 0, BEGINNING
    for entry in _entries():
        if why := _what_is_wrong(entry, number + 1, digest):
            return Verdict(number, min(entry.number, number + 1), why)
        number, digest = entry.number, entry.digest
    head = ChainHead.objects.filter(pk=ChainHead.ONLY).first()
    if (head.number, head.digest) != (number, digest) if head else number:
        return Verdict(number, number + 1, "the end of the chain is missing")
    return Verdict(number)


def _entries() -> Iterator[ChainEntry]:
    return ChainEntry.objects.select_related("event").order_by("number").iterator(chunk_size=500)


def _what_is_wrong(entry: ChainEntry, number: int, previous: str) -> str:
    if entry.number != number:
        return "a seal is missing"
    if entry.previous != previous:
        return "it does not follow from the seal before it"
    if entry.digest != _seal(previous, entry.event, entry.content):
        return "the line of the trail was altered"
    return _what_is_wrong_inside(entry)


def _what_is_wrong_inside(entry: ChainEntry) -> str:
    content_of = _contents.get(entry.event.verb)
    if content_of is None:
        return ""
    content = content_of(entry.event)
    if content is None:
        return "what was sealed is gone"
    if digest_of(content.what) != entry.content:
        return "what was sealed was altered"
    return "" if content.seal == entry.digest else "the seal beside what was sealed is another"


def digest_of(content: Mapping[str, Any]) -> str:
    return sha256(_canonical(content)).hexdigest()


def _seal(previous: str, event: AuditEvent, content_digest: str) -> str:
    line = {
        "id": event.pk,
        "at": event.at.astimezone(UTC).isoformat(),
        "transaction": event.transaction,
        "actor": event.actor_id,
        "verb": event.verb,
        "subject_type": event.subject_type,
        "subject_id": event.subject_id,
        "about": event.about,
        "details": event.details,
    }
    return sha256(previous.encode() + _canonical(line) + content_digest.encode()).hexdigest()


def _canonical(what: Mapping[str, Any]) -> bytes:
    """The same things in the same bytes, in whichever order they were put together."""
    text = json.dumps(what, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder)
    return text.encode()
