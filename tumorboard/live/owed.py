"""What becomes of a word that could not be said at once? It is said as soon as Redis answers again.

Otherwise a screen whose own line is well would show old things: a message never sent leaves no gap in
the numbers. Kept in the memory of this process, once for each room and topic, since it carries no data.
"""

import os
import threading
import time
from collections.abc import Callable

from .timing import timing

Word = tuple[str, str]  # a room and a topic


class Owed:
    def __init__(self, say: Callable[[str, str], bool]) -> None:
        self._say = say
        self.begin()

    def begin(self) -> None:
        """Also in a process that was forked: a child has no thread, and its parent says its own words."""
        self._lock = threading.Lock()
        self._words: dict[Word, None] = {}  # in the order in which they came
        self._thread: threading.Thread | None = None

    def add(self, room: str, topic: str) -> None:
        with self._lock:
            self._words[room, topic] = None
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="live words owed", daemon=True)
                self._thread.start()

    def waits(self) -> bool:
        with self._lock:
            return self._thread is not None

    def _run(self) -> None:
        while True:
            time.sleep(timing().say_again)
            with self._lock:
                words, self._words = self._words, {}
            unsaid = [word for word in words if not self._say(*word)]
            with self._lock:
                self._words = dict.fromkeys(unsaid) | self._words
                if not self._words:
                    self._thread = None
                    return


def owed_by(say: Callable[[str, str], bool]) -> Owed:
    owed = Owed(say)
    os.register_at_fork(after_in_child=owed.begin)
    return owed
