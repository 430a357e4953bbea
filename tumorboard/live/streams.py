"""What does one open screen hear, and for how long?

Server-sent events: the response stays open and a line is added whenever something has changed. The thread
that serves it waits without a database connection.
"""

import random
import select
import socket
import time
from collections.abc import Callable, Generator, Iterator

from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from tumorboard.signed_in import limits
from tumorboard.turns import NoTurn, turns

from .channel import number_of
from .hub import AWAY, CATCH_UP, Listener, Message, hub
from .timing import timing

KIND = "text/event-stream"
AGAIN = b"retry: 1000\n\n"
BEAT = b"event: beat\ndata: -\n\n"
FULL = "Too many open screens; this one looks for itself."


def stream(
    request: HttpRequest, room: str, *, may_still: Callable[[], bool], needs_person: bool = True
) -> HttpResponseBase:
    """The events of a room, for as long as this person is signed in and `may_still` listen.

    An open stream is no work, so a sign-in that times out meanwhile ends it. Without a person `may_still`
    alone decides.
    """
    if request.method == "HEAD":  # a client that was refused asks why
        return HttpResponse(content_type=KIND)
    listener = hub.join(room)
    if listener is None:
        return HttpResponse(FULL, status=503, content_type="text/plain", headers={"Retry-After": "15"})
    session = request.session
    events = Events(
        listener,
        may_still=lambda: (not needs_person or limits.still_good(session)) and may_still(),
        hung_up=_hung_up(request.META.get("gunicorn.socket")),
    )
    # Neither kept nor held back on the way.
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(events, content_type=KIND, headers=headers)


class Events:
    """An iterator with an end: the app server closes it whether or not it was begun."""

    def __init__(self, listener: Listener, *, may_still: Callable[[], bool], hung_up: Callable[[], bool]):
        self.listener = listener
        self.may_still = may_still
        self.hung_up = hung_up
        self._told = self._tell()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._told)

    def close(self) -> None:
        hub.leave(self.listener)
        self._told.close()

    def _tell(self) -> Generator[bytes, None, None]:
        limits = timing()
        with turns.short_turn():
            pass  # whatever the request has used is given back before the long wait
        yield AGAIN + _as_bytes(self._first(limits.hearing_wait))
        began = said = asked = time.monotonic()
        ends = began + limits.lifetime * random.uniform(1, 1.5)  # noqa: S311  so that they do not all come at once
        while not self.listener.over and time.monotonic() < ends:
            news = self.listener.take(min(limits.hang_up_look, limits.beat))
            now = time.monotonic()
            if now - asked >= limits.may_still:
                if not self._may_still():
                    return
                asked = now
            if news:
                yield b"".join(map(_as_bytes, news))
                said = now
            elif self.hung_up():
                return
            elif now - said >= limits.beat:
                yield BEAT
                said = now

    def _first(self, patience: float) -> Message:
        """With the number of the room, by which a client knows whether it has missed anything."""
        if not hub.hears.wait(patience):
            return AWAY
        number = number_of(self.listener.room)
        return AWAY if number is None else Message("here", number)

    def _may_still(self) -> bool:
        try:
            with turns.short_turn():
                return self.may_still()
        except (Error, NoTurn):
            return False  # the client comes back, and is asked properly


def _as_bytes(message: Message) -> bytes:
    if message in (CATCH_UP, AWAY) or message.topic == "here":
        return f"event: {message.topic}\ndata: {message.number}\n\n".encode()
    return f"event: told\ndata: {message.number} {message.topic}\n\n".encode()


def _hung_up(line: socket.socket | None) -> Callable[[], bool]:
    """Has the client gone? A closed line is readable and empty. Only the app server lets us see it."""

    def look() -> bool:
        if line is None:
            return False
        try:
            waiting = select.poll()
            waiting.register(line, select.POLLIN)
            return bool(waiting.poll(0)) and not line.recv(1, socket.MSG_PEEK)
        except (OSError, ValueError):
            return True

    return look
