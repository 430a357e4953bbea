"""Of several beats, which one ticks?

The one that holds the lease in PostgreSQL. The others stand by and take over when it has run out, after a
kill -9 too. Two that tick at once would do no harm, only noise: what a tick sets off takes its turn in the
database. Without PostgreSQL nobody ticks: there is nothing to look for.
"""

import logging
import os
import socket
import time
from datetime import timedelta

from celery.beat import Scheduler
from django.conf import settings
from django.db import Error, connection, connections

from .models import Lease

logger = logging.getLogger(__name__)

NAME = "beat"
LENGTH = 15.0  # seconds until another takes over


class LeasedScheduler(Scheduler):
    """Keeps nothing on disk: intervals count from the start, and what was missed stands in the database."""

    max_interval: float

    def __init__(self, *args, **kwargs):
        self.holder = f"{socket.gethostname()}:{os.getpid()}"
        self.length = float(getattr(settings, "BEAT_LEASE", LENGTH))
        self.leads = self.ticked = False
        self.look_again_at = self.surely_until = 0.0
        super().__init__(*args, **kwargs)
        self.max_interval = min(self.max_interval, self.length / 3)

    def tick(self, *args, **kwargs):
        """One turn of Celery's loop; returns how long it may sleep."""
        if time.monotonic() >= self.look_again_at:
            self._look()
        if not self.leads or time.monotonic() >= self.surely_until:
            return self.length / 3
        return super().tick(*args, **kwargs)

    def _look(self) -> None:
        began = time.monotonic()
        self.look_again_at = began + self.length / 3
        leads = self._hold()
        if leads:
            self.ticked, self.surely_until = False, began + self.length * 0.9
        if leads != self.leads:
            logger.info("this beat leads" if leads else "this beat stands by")
        self.leads = leads

    def _hold(self) -> bool:
        length = timedelta(seconds=self.length)
        try:
            return Lease.objects.hold(NAME, holder=self.holder, length=length, ticked=self.ticked)
        except Error as error:
            logger.warning("the database is away, the beat waits", extra={"kind": type(error).__name__})
            connection.close()
            return False

    def apply_async(self, *args, **kwargs):
        sent = super().apply_async(*args, **kwargs)
        self.ticked = True  # only what the broker took counts
        return sent

    def close(self) -> None:
        """Told to stop: the next one need not wait. Celery calls this from a signal handler, and twice."""
        if self.leads:
            self.leads = False
            own = connections.create_connection("default")
            try:
                Lease.objects.release(NAME, holder=self.holder, using=own)
            except Error:
                logger.warning("the lease was not given back, it runs out by itself")
            finally:
                own.close()
        super().close()
