"""How do messages get out when neither broker nor worker is there?"""

import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from tumorboard.notifications import delivery
from tumorboard.notifications.sweep import sweep
from tumorboard.notifications.timing import timing
from tumorboard.notifications.watch import look

LOOK_EVERY = 60.0  # seconds


class Command(BaseCommand):
    help = "Send what is due from the outbox. Needs the database and the mail relay, no broker and no worker."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="end when nothing is due any more")
        parser.add_argument("--every", type=float, default=10, help="seconds between looks (default 10)")

    def handle(self, *, once, every, **options):
        self.stopped, self.looked_at = threading.Event(), -LOOK_EVERY
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, lambda *_: self.stopped.set())
        while not self.stopped.is_set():
            sent_some = self._look()
            if once and not sent_some:
                return
            if not sent_some:
                self.stopped.wait(every)

    def _look(self) -> bool:
        """One sweep and one drain; True when it is worth looking again at once."""
        close_old_connections()
        # A frozen process must not wake up after its lease and go on: the kernel's alarm ends it first.
        signal.setitimer(signal.ITIMER_REAL, timing().hard_limit)
        try:
            due = sweep()
            tally = delivery.drain(stop=self.stopped.is_set)
            self._watch()
        except OperationalError as error:
            self.stderr.write(f"database away: {type(error).__name__}")
            return False
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if tally:
            self.stdout.write(", ".join(f"{ending.lower()} {n}" for ending, n in sorted(tally.items())))
        return bool(due) and delivery.RELAY_AWAY not in tally

    def _watch(self) -> None:
        """While others are dead, it is this process that notices."""
        if time.monotonic() >= self.looked_at + LOOK_EVERY:
            self.looked_at = time.monotonic()
            look()
