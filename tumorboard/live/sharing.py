"""How do forty screens that ask for the same part cost one rendering?"""

import threading
import time
from collections.abc import Callable

KEPT = 5.0  # seconds
MOST = 64  # texts


class _Text:
    def __init__(self) -> None:
        self.until = time.monotonic() + KEPT
        self.made = threading.Event()
        self.text: str | None = None


_lock = threading.Lock()
_kept: dict[tuple[str, int], _Text] = {}


def shared(key: str, number: int | None, make: Callable[[], str]) -> str:
    """What `make` returns, made once in this process for a key and the room's `number_of`, for a few seconds.

    The key must name everything the text depends on. Only for what is the same for everyone who may see it.
    Read the number before anything else; without one (Redis is away) nothing is kept.
    """
    if number is None:
        return make()
    text, is_new = _entry(key, number)
    if is_new:
        try:
            text.text = make()
        finally:
            if text.text is None:
                _kept.pop((key, number), None)
            text.made.set()
    else:
        text.made.wait(KEPT)
    return make() if text.text is None else text.text


def _entry(key: str, number: int) -> tuple[_Text, bool]:
    now = time.monotonic()
    with _lock:
        if (found := _kept.get((key, number))) and found.until > now:
            return found, False
        for old in [name for name, text in _kept.items() if text.until <= now]:
            del _kept[old]
        while len(_kept) >= MOST:
            del _kept[next(iter(_kept))]
        text = _kept[key, number] = _Text()
        return text, True
