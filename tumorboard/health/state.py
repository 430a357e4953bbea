"""Which part of the installation is not well?

Without the database or its tables nothing can be served: failing. Without the broker or the beat, mail and
deadlines wait but no page is lost: degraded. The answer names parts, never addresses or secrets.
"""

from datetime import datetime

import redis
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from tumorboard.notifications.models import Message

from .models import Heartbeat

LATE = 5 * 60  # a message that should have left five minutes ago
SILENT = 60  # the beat ticks every ten seconds
BROKER_PATIENCE = 0.5

_migrated: set[str] = set()  # databases seen complete: migrations do not vanish while a process runs


def state_of_the_whole() -> dict:
    now = timezone.now()
    try:
        if not tables_are_current():
            return {"status": "failing", "database": "ok", "migrations": "missing"}
        beat, oldest = _seconds_since(last_beat(), now), _seconds_since(Message.objects.oldest_due(now), now)
    except Error:
        return {"status": "failing", "database": "unreachable"}
    broker = broker_answers()
    well = broker and beat is not None and beat <= SILENT and (oldest or 0) <= LATE
    return {
        "status": "ok" if well else "degraded",
        "database": "ok",
        "migrations": "ok",
        "broker": "ok" if broker else "unreachable",
        "beat_seconds_ago": beat,
        "oldest_unsent_seconds": oldest,
    }


def tables_are_current() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(name)
    return True


def last_beat() -> datetime | None:
    return Heartbeat.objects.filter(name="beat").values_list("at", flat=True).first()


def broker_answers() -> bool:
    waits = {"socket_connect_timeout": BROKER_PATIENCE, "socket_timeout": BROKER_PATIENCE}
    try:
        with redis.Redis.from_url(settings.CELERY_BROKER_URL, **waits) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _seconds_since(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else max(0, round((now - moment).total_seconds()))
