"""Which part of the installation is not well?

Without the database or its tables nothing can be served: failing. Without the broker or the beat, mail and
deadlines wait but no page is lost: degraded. The answer names parts, never addresses or secrets.
"""

import hashlib
from datetime import datetime

import redis
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from tumorboard.notifications.models import Message

from .alarms import LATE, SILENT, last_work
from .beat import NAME
from .models import Lease

BROKER_PATIENCE = 0.5

_migrated: set[str] = set()  # databases seen complete: migrations do not vanish while a process runs


def state_of_the_whole() -> dict:
    try:
        if not tables_are_current():
            return {"status": "failing", "database": "ok", "migrations": "missing"}
        parts = background()
    except Error:
        return {"status": "failing", "database": "unreachable"}
    broker = broker_answers()
    alive = [parts["beat_seconds_ago"], parts["worker_seconds_ago"]]
    well = broker and all(ago is not None and ago <= SILENT for ago in alive)
    return {
        "status": "ok" if well and (parts["oldest_unsent_seconds"] or 0) <= LATE else "degraded",
        "database": "ok",
        "migrations": "ok",
        "broker": "ok" if broker else "unreachable",
        **parts,
    }


def background() -> dict:
    """Of the beat, its leader and the workers: seconds, and a mark that changes with the leader."""
    now = timezone.now()
    lease = Lease.objects.filter(name=NAME).first()
    return {
        "beat_seconds_ago": _seconds_since(lease.ticked_at if lease else None, now),
        "beat_leader": lease and hashlib.sha256(lease.holder.encode()).hexdigest()[:8],
        "beat_lease_seconds": lease and round((lease.until - now).total_seconds()),
        "worker_seconds_ago": _seconds_since(last_work(), now),
        "oldest_unsent_seconds": _seconds_since(Message.objects.oldest_due(now), now),
    }


def tables_are_current() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(name)
    return True


def broker_answers() -> bool:
    waits = {"socket_connect_timeout": BROKER_PATIENCE, "socket_timeout": BROKER_PATIENCE}
    try:
        with redis.Redis.from_url(settings.CELERY_BROKER_URL, **waits) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _seconds_since(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else max(0, round((now - moment).total_seconds()))
