"""Was the end of the trail cut off, or the trail written anew?

Once an hour the ends of all strands are written outside the database, to the log and, where one is named, to
a file, with a code that only the holder of the key can make. Whoever may alter the database may not alter
what has left it: the trail must still hold every end that was ever sealed.
"""

import hmac
import json
import logging
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from . import links, trail
from .links import Fault
from .models import AuditEvent, ChainEntry, ChainHead

logger = logging.getLogger(__name__)

ABOUT = "audit:seals"
TURN = 1635083370  # the advisory lock of whoever seals


@transaction.atomic
def seal_hour(*, now: datetime) -> bool:
    """Once an hour, however many ask; True for the one that did. Nothing without a key."""
    if not settings.AUDIT_SEAL_KEY or not _our_turn(now):
        return False
    text = json.dumps(signed(ends(now)), sort_keys=True)
    trail.record(actor=None, verb="audit.sealed", about=ABOUT)
    _write_out(text)
    return True


def _our_turn(now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [TURN])
        if not cursor.fetchone()[0]:
            return False
    hour = now.replace(minute=0, second=0, microsecond=0)
    return not AuditEvent.objects.filter(about=ABOUT, at__gte=hour).exists()


def ends(now: datetime) -> dict[str, Any]:
    head = ChainHead.objects.filter(pk=ChainHead.ONLY).values_list("number", "digest").first()
    return {
        "at": now.isoformat(timespec="seconds"),
        "strands": {str(strand): list(end) for strand, end in links.ends().items()},
        "decisions": list(head or (0, "")),
    }


def _write_out(text: str) -> None:
    logger.info("the ends of the trail", extra={"seal": text})
    if settings.AUDIT_SEAL_FILE:
        with open(settings.AUDIT_SEAL_FILE, "a", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())


def signed(ends: dict[str, Any]) -> dict[str, Any]:
    return ends | {"code": _code(ends)}


def _code(ends: dict[str, Any]) -> str:
    said = json.dumps(ends, sort_keys=True).encode()
    return hmac.new(settings.AUDIT_SEAL_KEY.encode(), said, sha256).hexdigest()


# -- compared ---------------------------------------------------------------------------------------------


def compare(lines: Iterable[str]) -> tuple[int, list[Fault]]:
    """How many seals these lines hold, and where the trail is not what it was; log lines are read too."""
    count, faults = 0, []
    for seal in _read(lines):
        count += 1
        faults += [Fault(f"seal of {seal.get('at')}", why) for why in _what_is_wrong(seal)]
    return count, faults


def _read(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        found = _object(line)
        found = _object(found["seal"]) if isinstance(found.get("seal"), str) else found
        if "strands" in found:
            yield found


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _what_is_wrong(seal: dict[str, Any]) -> Iterator[str]:
    code = seal.pop("code", "")
    if not hmac.compare_digest(str(code), _code(seal)):
        yield "it was not made with this key, or was altered"
        return
    stands = links.digests_at({int(strand): number for strand, (number, _) in seal["strands"].items()})
    for strand, (number, digest) in seal["strands"].items():
        if int(strand) not in stands:
            yield f"strand {strand} is cut off before number {number}"
        elif stands[int(strand)] != digest:
            yield f"strand {strand} was written anew at or before number {number}"
    number, digest = seal["decisions"]
    if number and not ChainEntry.objects.filter(number=number, digest=digest).exists():
        yield f"the chain of decisions is cut off or written anew before number {number}"
