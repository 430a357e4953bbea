"""How many requests of one process work at once, and on which connection to PostgreSQL?

Threads are many, because each open screen keeps one; Python runs one of them at a time. So requests wait
their turn, and a turn comes with one of few connections, which are kept. Otherwise each thread would keep its
own, and one message to forty screens would ask the database for forty at once. Only the app server sets this
up: under another server every thread has its own connection as usual.
"""

import queue
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.http import HttpResponse

PATIENCE = 20.0  # seconds
BUSY = "The server is busy. Try again in a moment."


class NoTurn(Exception):
    pass


class Turns:
    def __init__(self) -> None:
        self._free: queue.LifoQueue | None = None

    def open(self, many: int) -> None:
        self._free = queue.LifoQueue()
        for _ in range(many):
            kept = connections.create_connection(DEFAULT_DB_ALIAS)
            kept.inc_thread_sharing()  # one thread after the other, never two at once
            self._free.put(kept)

    @contextmanager
    def turn(self) -> Iterator[None]:
        if self._free is None:
            yield
            return
        try:
            kept = self._free.get(timeout=PATIENCE)
        except queue.Empty:
            raise NoTurn from None
        try:
            kept.close_if_unusable_or_obsolete()
            connections[DEFAULT_DB_ALIAS] = kept
            yield
        finally:
            del connections[DEFAULT_DB_ALIAS]
            kept.close_if_unusable_or_obsolete()
            self._free.put(kept)

    @contextmanager
    def short_turn(self) -> Iterator[None]:
        """For a thread that goes on waiting afterwards: it keeps no connection, under whatever server."""
        with self.turn():
            yield
        if not connection.in_atomic_block:  # a test may hold one around everything
            connection.close()


turns = Turns()


class TurnsMiddleware:
    """After the static files, which need no turn. What is streamed later is no longer part of the turn."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            with turns.turn():
                return self.get_response(request)
        except NoTurn:
            return HttpResponse(BUSY, status=503, content_type="text/plain", headers={"Retry-After": "5"})
