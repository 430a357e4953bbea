"""How is it said that something has changed? After the commit, in one word, and to whoever listens.

A message carries no data: a room, a topic and a running number. It may be lost on the way, because whoever
missed one sees a gap in the numbers and looks at everything again; one that Redis did not take is said later.
So a Redis that is away, or slow for a moment, costs a web request little.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import redis
from django.conf import settings
from django.db import transaction
from redis.backoff import NoBackoff
from redis.retry import Retry

from .owed import owed_by
from .timing import timing

logger = logging.getLogger(__name__)

CHANNEL = "tumorboard:live:"
NUMBER = "tumorboard:live-number:"

# One step, so that numbers and messages have the same order. A room begins at the time of day, in
# milliseconds: should Redis forget everything, the numbers are higher than before nevertheless.
SAY = """
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('SET', KEYS[1], ARGV[1]) end
local number = redis.call('INCR', KEYS[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
local words = '{"number": ' .. string.format('%.0f', number) .. ', "topic": ' .. cjson.encode(ARGV[4]) .. '}'
redis.call('PUBLISH', ARGV[3], words)
return number
"""

_quiet_until = 0.0


def announce(room: str, topic: str) -> None:
    """Tell the screens of a room, once the transaction is through, what they should look at again."""
    transaction.on_commit(lambda: _say(room, topic), robust=True)


def number_of(room: str) -> int | None:
    """The number of the last message of a room, 0 before the first, None while Redis is away.

    Read it *before* what it stands for: then what was read is at least as new as the number says.
    """
    found = _within(lambda: line().get(NUMBER + room) or "0")
    return None if found is None else int(found)


def _say(room: str, topic: str) -> None:
    if _within(lambda: _publish(room, topic)) is None:
        _owed.add(room, topic)


def _publish(room: str, topic: str) -> int:
    start, kept = int(time.time() * 1000), timing().number_kept
    told: Any = line().eval(SAY, 1, NUMBER + room, start, kept, CHANNEL + room, topic)
    return int(told)


def _say_later(room: str, topic: str) -> bool:
    """No request waits for it, so Redis is asked whatever it did a moment ago."""
    answer: list[int] = []
    _ask(lambda: _publish(room, topic), answer)
    return bool(answer)


_owed = owed_by(_say_later)


@cache
def line() -> redis.Redis:
    """To say and to ask. Tried twice at most: after a restart of Redis the connections kept are dead."""
    wait = timing().say_wait
    return redis.Redis.from_url(
        settings.CELERY_BROKER_URL,
        decode_responses=True,
        socket_timeout=wait,
        socket_connect_timeout=wait,
        retry=Retry(NoBackoff(), 1),
    )


def _within(ask: Callable[[], Any]) -> Any:
    """What Redis answers, or None: it is away, too slow, or was so a moment ago."""
    global _quiet_until  # noqa: PLW0603  one Redis per process, one memory of its failure
    if time.monotonic() < _quiet_until:
        return None
    limits = timing()
    answer: list[Any] = []
    # In a thread of its own: looking up the name of a host that is gone would hold the request for seconds.
    asking = threading.Thread(target=_ask, args=[ask, answer], name="live line", daemon=True)
    asking.start()
    asking.join(limits.say_wait)
    if not answer:
        _quiet_until = time.monotonic() + limits.say_pause
        logger.warning("Redis is away, open screens look for themselves")
        return None
    return answer[0]


def _ask(ask: Callable[[], Any], answer: list) -> None:
    try:
        answer.append(ask())
    except (redis.RedisError, OSError) as error:
        logger.warning("a live message was not passed on", extra={"kind": type(error).__name__})
