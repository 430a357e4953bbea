"""Do open screens hear of a change, through any process, until they may no longer?"""

import os
import signal

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests.factories import board, meeting, member, person
from tumorboard.live import announce
from tumorboard.live.hub import CATCH_UP, Listener, Message, hub

from .served import wait_until


@pytest.fixture
def held(transactional_db):
    return meeting(board())


@pytest.fixture
def surgeon(held):
    return member(held.board)


def of(held) -> str:
    return f"meeting:{held.pk}"


def test_a_change_reaches_the_clients_of_both_processes(web, our_redis, listen, held, surgeon):
    ears = []
    for _ in range(20):
        ears.append(listen(held, surgeon))
        ears[-1].wait_for("here")
        if len({web.serves(ear) for ear in ears}) == 2:
            break
    assert len({web.serves(ear) for ear in ears}) == 2

    announce("meeting:another", "said")
    announce(of(held), "case")
    for ear in ears:
        ear.wait_for("case")

    assert {tuple(ear.topics) for ear in ears} == {("case",)}


def test_open_streams_hold_no_connection_to_the_database(web, listen, held, surgeon):
    mine = "select count(*) from pg_stat_activity where datname = current_database() and state is not null"

    def connections() -> int:
        with connection.cursor() as cursor:
            cursor.execute(mine)
            return cursor.fetchone()[0]

    before = connections()
    for _ in range(10):
        listen(held, surgeon).wait_for("here")

    wait_until(lambda: connections() <= before + 2, what="connections given back")


def test_who_loses_the_seat_hears_nothing_more(web, our_redis, listen, held, surgeon):
    ear = listen(held, surgeon)
    ear.wait_for("here")
    surgeon.memberships.update(ended_at=timezone.now())
    ear.join(10)

    assert not ear.is_alive()


def signed_out(user):
    Session.objects.all().delete()


def locked(user):
    user.is_active = False
    user.save()


@pytest.mark.parametrize("ended", [signed_out, locked])
def test_who_is_signed_out_hears_nothing_more(web, our_redis, listen, held, surgeon, ended):
    ear = listen(held, surgeon)
    ear.wait_for("beat")
    ended(surgeon)
    ear.join(10)

    assert not ear.is_alive()


def test_a_redis_that_dies_is_told_and_so_is_its_return(web, our_redis, listen, held, surgeon):
    ear = listen(held, surgeon)
    ear.wait_for("here")
    ear.events.clear()
    our_redis.process.kill()
    our_redis.process.wait()
    ear.wait_for("away")
    late = listen(held, surgeon)
    late.wait_for("away")

    our_redis.start()
    ear.wait_for("catch-up")
    late.wait_for("catch-up")
    announce(of(held), "said")
    ear.wait_for("said")


def test_a_server_that_is_stopped_does_not_wait_for_open_screens(web, our_redis, listen, held, surgeon):
    ear = listen(held, surgeon)
    ear.wait_for("here")
    worker = web.serves(ear)
    os.kill(worker, signal.SIGTERM)
    ear.join(10)
    wait_until(lambda: worker not in web.workers(), what="the end of the worker")

    assert not ear.is_alive()
    assert b"WORKER TIMEOUT" not in web.log.read_bytes()


def test_for_a_stranger_there_is_nothing_to_hear(client, held):
    client.force_login(person())

    assert client.get(reverse("cases:live-meeting", args=[held.pk])).status_code == 404


def test_one_too_many_is_asked_to_come_back_later(client, held, surgeon, settings, our_redis):
    settings.LIVE_STREAMS = hub.count() + 1
    client.force_login(surgeon)
    address = reverse("cases:live-meeting", args=[held.pk])
    first = client.get(address)
    refused = client.get(address)
    why = client.head(address)
    first.close()
    again = client.get(address)
    again.close()

    assert [answer.status_code for answer in (first, refused, why, again)] == [200, 503, 200, 200]
    assert refused["Retry-After"]
    assert first["Content-Type"] == "text/event-stream"
    assert first["Cache-Control"] == "no-store"


def test_a_slow_client_hears_once_that_it_missed_something():
    listener = Listener("meeting:1", backlog=3)
    for number in range(1, 10):
        listener.tell(Message("said", number))
    taken = listener.take(0)

    assert taken[0] == CATCH_UP
    assert len(taken) <= 3
    assert taken[-1].number == 9 or taken[-1] == CATCH_UP
