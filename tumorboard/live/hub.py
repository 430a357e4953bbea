"""Who listens in this process, and what are they told?

One thread hears Redis for all of them. It starts with the first listener, so after the fork of a worker.
"""

import atexit
import json
import logging
import os
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from typing import NamedTuple

import redis
from django.conf import settings

from .channel import CHANNEL
from .timing import Timing, timing

logger = logging.getLogger(__name__)


class Message(NamedTuple):
    topic: str
    number: int = 0


CATCH_UP = Message("catch-up")  # something was missed: look at everything
AWAY = Message("away")  # nothing will be heard for a while


class Listener:
    """One open stream, and what it has not been told yet."""

    def __init__(self, room: str, backlog: int) -> None:
        self.room = room
        self.over = False
        self._backlog = backlog
        self._waiting: deque[Message] = deque()
        self._changed = threading.Condition()

    def tell(self, message: Message) -> None:
        with self._changed:
            if len(self._waiting) >= self._backlog:  # a slow line must not fill the memory
                self._waiting.clear()
                message = CATCH_UP
            self._waiting.append(message)
            self._changed.notify()

    def end(self) -> None:
        with self._changed:
            self.over = True
            self._changed.notify()

    def take(self, patience: float) -> list[Message]:
        """What there is to tell, as soon as there is something; nothing when patience or the stream ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self.over, patience)
            taken = list(self._waiting)
            self._waiting.clear()
        return taken


class Hub:
    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Also in a process that was forked: a child has neither the thread nor the listeners."""
        self.hears = threading.Event()
        self.is_over: Callable[[], bool] = lambda: False  # the app server says whether it is being stopped
        self._lock = threading.Lock()
        self._rooms: dict[str, set[Listener]] = defaultdict(set)
        self._thread: threading.Thread | None = None

    def join(self, room: str) -> Listener | None:
        """A new listener; None when there are as many as this process may have, or when it is ending."""
        with self._lock:
            if self.is_over() or self._count() >= settings.LIVE_STREAMS:
                return None
            listener = Listener(room, timing().backlog)
            self._rooms[room].add(listener)
            if not (self._thread and self._thread.is_alive()):
                self._thread = threading.Thread(target=self._run, name="live hub", daemon=True)
                self._thread.start()
        return listener

    def leave(self, listener: Listener) -> None:
        with self._lock:
            self._rooms[listener.room].discard(listener)
            if not self._rooms[listener.room]:
                del self._rooms[listener.room]

    def count(self) -> int:
        with self._lock:
            return self._count()

    def _count(self) -> int:
        return sum(map(len, self._rooms.values()))

    def _listeners(self, room: str | None = None) -> list[Listener]:
        with self._lock:
            rooms = self._rooms.values() if room is None else [self._rooms.get(room, set())]
            return [listener for some in rooms for listener in some]

    def end(self) -> None:
        """Nobody hears anything any more; the thread is not left behind."""
        self.is_over = lambda: True
        if self._thread:
            self._thread.join(2)

    # -- the thread ---------------------------------------------------------------------------------------

    def _run(self) -> None:
        limits, tries = timing(), 0
        while not self.is_over():
            try:
                self._hear(limits)
            except (redis.RedisError, OSError) as error:
                tries = 0 if self.hears.is_set() else tries + 1
                self._lost(error)
            self._pause(min(0.1 * 2 ** min(tries, 10), limits.again), limits)
        for listener in self._listeners():
            listener.end()

    def _pause(self, seconds: float, limits: Timing) -> None:
        until = time.monotonic() + seconds
        while not self.is_over() and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, limits.look))

    def _hear(self, limits: Timing) -> None:
        """Until the line breaks or the process ends. A line may be dead without an error, so it is tested."""
        heard = pinged = time.monotonic()
        with _line(limits) as client, client.pubsub() as messages:
            messages.psubscribe(f"{CHANNEL}*")
            while not self.is_over():
                message = messages.get_message(timeout=limits.look)
                now = time.monotonic()
                if message:
                    heard = now
                    self._take(message)
                elif now - heard > limits.deaf:
                    raise redis.ConnectionError("no answer")
                if now - pinged > limits.ping:
                    messages.ping()
                    pinged = now

    def _take(self, message: dict) -> None:
        if message["type"] == "psubscribe":
            self.hears.set()
            # Also those who came in while nothing was heard.
            for listener in self._listeners():
                listener.tell(CATCH_UP)
        elif message["type"] == "pmessage":
            told = Message(**json.loads(message["data"]))
            for listener in self._listeners(message["channel"].removeprefix(CHANNEL)):
                listener.tell(told)

    def _lost(self, error: Exception) -> None:
        if self.hears.is_set():
            logger.warning("open screens hear nothing for now", extra={"kind": type(error).__name__})
            self.hears.clear()
            for listener in self._listeners():
                listener.tell(AWAY)


def _line(limits: Timing) -> redis.Redis:
    """A connection of its own: it waits, while those that say something must not."""
    return redis.Redis.from_url(
        settings.CELERY_BROKER_URL,
        decode_responses=True,
        socket_connect_timeout=2,
        socket_timeout=limits.deaf,
        socket_keepalive=True,
        retry=None,
    )


hub = Hub()
os.register_at_fork(after_in_child=hub.begin)
atexit.register(hub.end)
