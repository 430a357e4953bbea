"""Does somebody notice when the machinery stands still, though it is the machinery that would tell?

Whoever is alive looks: each web process once a minute, the worker with each tick, the fallback and the
monitor's command. Nobody needs the broker or the mail relay for it.
"""

import logging
import threading
from datetime import datetime

from django.db import Error, connection
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from tumorboard.notifications.models import Message

from .beat import NAME
from .models import Alarm, Heartbeat, Lease, Matter

logger = logging.getLogger(__name__)

LATE = 5 * 60  # a message that should have left five minutes ago
SILENT = 60  # the beat ticks every ten seconds
EVERY = 60.0  # seconds between two looks of a web process


def look() -> list[Alarm]:
    """Write down what has begun and what has ended; returns what is wrong now."""
    wrong = found(timezone.now())
    for what, since in wrong.items():
        Alarm.objects.begin(what, since)
    unknown = [Matter.WORKER.value] if Matter.BEAT.value in wrong else []  # of it nothing is known then
    over = Alarm.objects.open().exclude(what__in=[*wrong, *unknown])
    over.update(ended_at=Greatest("began_at", Now()))
    return list(Alarm.objects.open())


def found(now: datetime) -> dict[str, datetime]:
    """What is wrong, and since when; what never was there is missed from now on."""
    wrong = {}
    ticked, worked, oldest = last_tick(), last_work(), Message.objects.oldest_due(now)
    if _older(ticked, SILENT, now):
        wrong[Matter.BEAT] = ticked or now
    elif _older(worked, SILENT, now):  # without ticks a worker has nothing to show
        wrong[Matter.WORKER] = worked or now
    if oldest and _older(oldest, LATE, now):
        wrong[Matter.OUTBOX] = oldest
    return {what.value: since for what, since in wrong.items()}


def last_tick() -> datetime | None:
    """When a beat last handed something to the broker."""
    return Lease.objects.filter(name=NAME).values_list("ticked_at", flat=True).first()


def last_work() -> datetime | None:
    """When a worker last did what a beat had asked for."""
    return Heartbeat.objects.filter(name="worker").values_list("at", flat=True).first()


def _older(moment: datetime | None, seconds: float, now: datetime) -> bool:
    return moment is None or (now - moment).total_seconds() > seconds


def watch(stopped: threading.Event, every: float = EVERY) -> None:
    """For a thread of a web process, until it is told to stop."""
    while not stopped.wait(every):
        try:
            look()
        except Error as error:
            logger.warning("nobody could look", extra={"kind": type(error).__name__})
        finally:
            connection.close()
