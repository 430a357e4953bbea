"""Does the health page tell the truth about the parts?"""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from tumorboard.celery import app
from tumorboard.health import state
from tumorboard.health.models import Heartbeat, Lease
from tumorboard.health.tasks import tick

DEAD_BROKER = "redis://:secret-word@127.0.0.1:9/0"


@pytest.fixture
def ready(client, db):
    def ask():
        answer = client.get(reverse("health_ready"))
        return answer.status_code, answer.json()

    return ask


def test_live_asks_nobody(client):
    assert client.get(reverse("health_live")).json() == {"status": "ok"}


def a_beat_ticked(seconds_ago=0):
    now = timezone.now()
    lease = {"holder": "host-a:7", "until": now + timedelta(seconds=12), "ticked_at": now}
    lease["ticked_at"] -= timedelta(seconds=seconds_ago)
    Lease.objects.update_or_create(name="beat", defaults=lease)


def test_all_well(ready):
    a_beat_ticked()
    tick()
    code, told = ready()
    seconds = [told.pop(name) for name in ("beat_seconds_ago", "worker_seconds_ago")]
    assert max(seconds) < 10
    assert 0 < told.pop("beat_lease_seconds") <= 12
    assert (code, told) == (
        200,
        {
            "status": "ok",
            "database": "ok",
            "migrations": "ok",
            "broker": "ok",
            "beat_leader": "7830eb48",
            "oldest_unsent_seconds": None,
        },
    )


def test_a_beat_never_seen_or_silent_is_told(ready):
    tick()
    assert ready()[1]["status"] == "degraded"
    a_beat_ticked(300)
    code, told = ready()
    assert (code, told["status"], told["beat_seconds_ago"] // 10) == (200, "degraded", 30)


def test_a_worker_never_seen_or_silent_is_told(ready):
    a_beat_ticked()
    assert ready()[1]["status"] == "degraded"
    Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(minutes=5))
    assert (ready()[1]["status"], ready()[1]["worker_seconds_ago"] // 10) == ("degraded", 30)


@override_settings(CELERY_BROKER_URL=DEAD_BROKER)
def test_a_dead_broker_is_told_without_its_address(ready):
    a_beat_ticked()
    tick()
    code, told = ready()
    assert (code, told["status"], told["broker"]) == (200, "degraded", "unreachable")
    assert "secret-word" not in str(told)


def test_missing_tables_are_a_failure(ready, db):
    from django.db.migrations.recorder import MigrationRecorder

    state._migrated.clear()
    MigrationRecorder.Migration.objects.filter(app="health").delete()
    assert ready() == (503, {"status": "failing", "database": "ok", "migrations": "missing"})


def test_limits_of_sign_in_stand_in_the_database(db):
    """So that they hold while the broker is away."""
    cache.set("tries", 3)
    assert cache.get("tries") == 3


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_does_the_ticks(worker):
    import time

    app.tasks["platform.tick"].apply_async(queue="tick")  # the beat's part, once
    deadline = time.monotonic() + 10
    while not Heartbeat.objects.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
