"""How does a message that is owed reach the mail relay, and never twice if that can be helped?

Claim, offer, fence, hand over, settle. The one gap that no program can close lies between the relay's "250"
and our commit: a worker that dies there leaves a message that may have gone. It is known as such
(`ambiguous`), goes again under the same Message-ID, or is held for a person when its policy says so.
"""

import logging
import random
import time
from collections import Counter
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from . import apart, lease, mime, retry
from .models import Message
from .relay import LostError, NoAnswerError, RefusedError, Relay, RelayAwayError
from .states import Policy, State
from .timing import timing

logger = logging.getLogger(__name__)

NOT_OURS = "NOT_OURS"
RELAY_AWAY = "RELAY_AWAY"


def drain(*, stop: Callable[[], bool] = lambda: False) -> Counter[str]:
    """Send what is due until nothing is, time is up or `stop` says so; returns how many ended how."""
    limits, tally = timing(), Counter[str]()
    stop_at = time.monotonic() + limits.drain_budget

    def over() -> bool:
        return stop() or time.monotonic() >= stop_at

    if not Message.objects.due(Now()).exists():
        return tally
    with Relay(timeout=limits.smtp_timeout) as relay:
        try:
            relay.connect()  # before anything is claimed: a relay that is down costs nobody a lease
            while not over() and _send_batch(relay, over, tally):
                pass
        except RelayAwayError as away:
            tally[RELAY_AWAY] += 1
            logger.warning("the mail relay is away", extra={"kind": str(away)})
    return tally


def _send_batch(relay: Relay, over: Callable[[], bool], tally: Counter[str]) -> int:
    token, messages = lease.claim()
    try:
        for message in messages:
            if over():
                break
            tally[_deliver(message, relay)] += 1
    finally:
        lease.give_back(token)
    return len(messages)


class _Unsendable(Exception):
    def __init__(self, state: State, unwanted: dict[UUID, str] | None = None, /, **outcome):
        super().__init__(state)
        self.state, self.unwanted, self.outcome = state, unwanted, outcome


def _deliver(message: Message, relay: Relay) -> str:
    """One message, from claimed to settled; returns how it ended."""
    try:
        content = _prepare(message)
    except _Unsendable as decision:
        return _end_unsent(message, decision)
    except DatabaseError:
        raise
    except Exception as error:  # a fault around one message must not hold up the others
        logger.exception("a message could not be prepared", extra={"row": str(message.pk)})
        return _try_later(message, f"It could not be prepared: {type(error).__name__}.")
    return _send(message, relay, content)


def _send(message: Message, relay: Relay, content: bytes) -> str:
    try:
        relay.offer(sender=mime.sender(), recipient=message.recipient.email)
        if not lease.fence(message):
            return NOT_OURS
        proof = relay.hand_over(content)
    except RefusedError as refused:
        return _refused(message, refused)
    except LostError:
        return _try_later(message, "The connection to the mail relay broke.")
    except NoAnswerError:
        return _perhaps_sent(message)
    kept = proof[: retry.LONGEST_NOTE]
    return _end(message, State.SENT, sent_at=Now(), proof=kept, attempts=message.attempts + 1)


def _prepare(message: Message) -> bytes:
    """The bytes to send, unless by now it should not or cannot be sent."""
    if vars(message)["is_late"]:  # by PostgreSQL's clock, when it was claimed
        raise _Unsendable(State.EXPIRED)
    if reason := _unwanted(message):
        raise _Unsendable(State.CANCELLED, reason=reason)
    if unwanted := _unwanted_parts(message):
        reason = f"Taken apart: {next(iter(unwanted.values()))}"
        raise _Unsendable(State.CANCELLED, unwanted, reason=reason)
    try:
        return mime.write(message)
    except mime.NotAnEmailError as error:
        why = f"This cannot be sent as an e-mail: {error}."
        raise _Unsendable(State.DEAD, last_error=why) from error


def _unwanted(message: Message) -> str:
    """Why this person should not get it any more; empty when they should."""
    if not message.recipient.is_active:
        return "The account is closed."
    return "" if message.kind == apart.KIND else _reason(message)  # a summary is what it tells


def _unwanted_parts(message: Message) -> dict[UUID, str]:
    """What a summary tells that this person should not hear any more, and why."""
    if message.kind != apart.KIND:
        return {}
    reasons = {part.pk: _reason(part) for part in apart.parts_of(message)}
    return {pk: reason for pk, reason in reasons.items() if reason}


def _reason(message: Message) -> str:
    check = getattr(settings, "NOTIFICATIONS_RECIPIENT_CHECK", None)
    return import_string(check)(message) if check else ""


def _refused(message: Message, refused: RefusedError) -> str:
    words = retry.note(f"{refused.code} {refused.words}")
    sort = retry.sort_of(code=refused.code, words=refused.words, about_recipient=refused.about_recipient)
    bad_address = refused.at_address and sort is retry.Sort.NEVER
    return _try_later(message, words, sort, to_address=message.recipient.email if bad_address else "")


def _try_later(message: Message, words: str, sort=retry.Sort.LINE, to_address="") -> str:
    """Surely not sent: wait and try again, or give up."""
    return _again(message, sort, last_error=words, handover_at=None, to_address=to_address)


def _perhaps_sent(message: Message) -> str:
    """The relay may have it. Again under the same Message-ID, or never again without a person."""
    known = {"ambiguous": True, "last_error": "The mail relay's answer was lost."}
    if message.policy == Policy.HOLD:
        return _end(message, State.HELD, attempts=message.attempts + 1, **known)
    return _again(message, retry.Sort.LINE, **known)


def _again(message: Message, sort: retry.Sort, **known) -> str:
    known["attempts"] = attempts = message.attempts + 1
    jitter = random.uniform(-1, 1)  # noqa: S311  spreads load, guards nothing
    verdict = retry.judge(sort, attempts=attempts, jitter=jitter)
    if verdict.wait is None:
        return _end(message, State.DEAD, **known)
    return _end(message, State.QUEUED, next_try_at=Now() + verdict.wait, **known)


def _end_unsent(message: Message, decision: _Unsendable) -> str:
    """Of a summary that is too late or tells too much, the rest waits anew."""
    rest_holds = message.kind == apart.KIND and (decision.state == State.EXPIRED or decision.unwanted)
    with transaction.atomic():
        ended = _end(message, decision.state, **decision.outcome)
        if rest_holds and ended != NOT_OURS:
            apart.release(message, decision.unwanted)
    return ended


def _end(message: Message, state: State, **outcome) -> str:
    return state.value if lease.settle(message, state=state, **outcome) else NOT_OURS
