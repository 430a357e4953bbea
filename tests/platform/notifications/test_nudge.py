import json
import socket
import time

import pytest
import redis
from celery import Celery
from django.conf import settings
from django.db import transaction

from tumorboard.notifications import nudge
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broker_at(monkeypatch):
    """Publish to another broker, with a memory that has seen no failure yet."""

    def broker_at(url):
        elsewhere = Celery("elsewhere", set_as_current=False)
        elsewhere.config_from_object("django.conf:settings", namespace="CELERY")
        elsewhere.conf.update(broker_url=url, broker_write_url=url)
        monkeypatch.setattr(nudge, "app", elsewhere)
        monkeypatch.setattr(nudge, "_quiet_until", 0.0)

    return broker_at


def seconds(action):
    began = time.monotonic()
    action()
    return time.monotonic() - began


@pytest.fixture
def mute_broker():
    """Accepts the connection and never answers, like a machine that hangs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.mark.parametrize("broken", ["refuses", "is mute"])
def test_a_broken_broker_costs_a_commit_less_than_half_a_second(owe, broker_at, mute_broker, broken):
    broker_at(mute_broker if broken == "is mute" else "redis://127.0.0.1:1/0")

    def decide():
        with transaction.atomic():
            owe()

    first, second = seconds(decide), seconds(decide)

    assert Message.objects.counts()["QUEUED"] == 2
    assert first < 0.5, f"a broker that {broken} cost {first:.2f} s"
    assert second < 0.1, f"and once more {second:.2f} s, though it was known"
    assert nudge.drain() is False


def test_a_process_warms_up_whatever_the_broker_does(broker_at, broker):
    broker_at("redis://127.0.0.1:1/0")
    nudge.warm_up()
    broker_at(broker.url)
    nudge.warm_up()
    assert nudge.drain() is True


def test_many_in_one_decision_are_one_nudge_without_data(owe, broker_at, broker):
    broker_at(broker.url)
    with transaction.atomic():
        for _ in range(3):
            owe()

    queue = redis.from_url(broker.url)
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    [letter] = queue.lrange(f"{prefix}mail", 0, -1)
    queue.close()
    assert json.loads(letter)["headers"]["task"] == "notifications.drain"
    assert json.loads(letter)["headers"]["argsrepr"] == "()"
    assert nudge.drain() is True


def test_what_is_rolled_back_nudges_nobody(owe, broker_at, broker):
    broker_at(broker.url)
    with transaction.atomic():
        owe()
        transaction.set_rollback(True)

    queue = redis.from_url(broker.url)
    assert queue.keys("*mail") == []
    queue.close()
