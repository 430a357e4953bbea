"""How does a worker learn at once that something is owed?

By a message that says only "look now", at most with the id of the row to look at. It may be lost or doubled:
the sweep looks anyway. So a broker that is away must cost a web request next to nothing and never an error.
"""

import logging
import threading
import time
from contextvars import ContextVar

from tumorboard.celery import app

from .timing import timing

logger = logging.getLogger(__name__)

STALE_AFTER = 30  # seconds; by then the sweep has said it again

_quiet_until = 0.0

# Whether, within this request, a drain was asked for and no broker took the message.
unheard: ContextVar[bool] = ContextVar("unheard", default=False)


def drain() -> bool:
    """Ask for a drain of the outbox."""
    heard = ask("notifications.drain")
    if not heard:
        unheard.set(True)
    return heard


def ask(task: str, *ids: str) -> bool:
    """Ask a worker for a task; True when the broker took the message. Never raises, never waits long.

    What there is to do stands in the database, and a sweep must find it there too.
    """
    global _quiet_until  # noqa: PLW0603  one broker per process, one memory of its failure
    limits = timing()
    if time.monotonic() < _quiet_until:
        return False
    taken = threading.Event()
    # In a thread of its own: a broker that accepts and then stays silent would hold a request for seconds.
    sender = threading.Thread(target=_publish, args=[task, ids, taken], name="nudge", daemon=True)
    sender.start()
    sender.join(limits.nudge_wait)
    if not taken.is_set():
        _quiet_until = time.monotonic() + limits.nudge_pause
        logger.warning("the broker is away, the sweep will see to it")
    return taken.is_set()


def warm_up() -> None:
    """For a process that starts, in a thread: its first word takes longer than a request may wait."""
    _publish("notifications.drain", (), threading.Event())


def _publish(task: str, ids: tuple[str, ...], taken: threading.Event) -> None:
    try:
        # Our application by name: Celery's idea of the current one is per thread, and this thread is new.
        app.send_task(task, args=ids, expires=STALE_AFTER)
    except Exception as error:  # whatever the broker's client may raise
        logger.warning("nudge failed", extra={"kind": type(error).__name__})
    else:
        taken.set()
