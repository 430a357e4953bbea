"""Is it noticed, by whoever is alive, when the background work stands still?"""

import io
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cases.vocabulary import Role
from tests.factories import board, member, person
from tumorboard.health import alarms
from tumorboard.health.models import Alarm, Heartbeat, Lease
from tumorboard.health.tasks import tick
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db


def ago(seconds):
    return timezone.now() - timedelta(seconds=seconds)


@pytest.fixture
def seen():
    """When a beat ticked, a worker worked, and since when an e-mail waits; seconds ago."""

    def seen(*, beat=0, worker=0, owed=None):
        lease = {"holder": "host-a:7", "until": ago(-15), "ticked_at": ago(beat)}
        Lease.objects.update_or_create(name="beat", defaults=lease)
        Heartbeat.objects.update_or_create(name="worker", defaults={"at": ago(worker)})
        if owed is not None:
            words = {"kind": "agenda", "about": "meeting:1", "title": "Agenda", "text": "Ready."}
            outbox.put(recipient=person(), not_before=ago(owed), **words)

    return seen


WRONG = [
    ({}, []),
    ({"beat": 55, "worker": 55, "owed": 290}, []),
    ({"beat": 65}, ["BEAT"]),
    ({"beat": 65, "worker": 65}, ["BEAT"]),
    ({"worker": 65}, ["WORKER"]),
    ({"owed": 310}, ["OUTBOX"]),
    ({"beat": 400, "worker": 400, "owed": 310}, ["BEAT", "OUTBOX"]),
]


@pytest.mark.parametrize(("times", "wrong"), WRONG, ids=str)
def test_what_is_silent_or_late_is_noticed(seen, times, wrong):
    seen(**times)
    assert [alarm.what for alarm in alarms.look()] == wrong


def test_one_alarm_from_the_last_sign_of_life_until_all_is_well(seen):
    seen(beat=300)
    alarms.look(), alarms.look()
    [alarm] = Alarm.objects.all()
    assert (timezone.now() - alarm.began_at).total_seconds() == pytest.approx(300, abs=10)

    seen()
    assert alarms.look() == []
    alarm.refresh_from_db()
    assert (timezone.now() - alarm.ended_at).total_seconds() < 10

    seen(beat=100)
    alarms.look()
    assert Alarm.objects.count() == 2, "the next time is another row"


def test_a_worker_that_is_away_stays_so_while_nothing_is_asked_of_it(seen):
    seen(worker=300)
    alarms.look()
    seen(beat=65, worker=400)
    assert {alarm.what for alarm in alarms.look()} == {"BEAT", "WORKER"}

    seen(worker=500)
    assert [alarm.what for alarm in alarms.look()] == ["WORKER"]
    assert Alarm.objects.filter(what="WORKER").count() == 1, "the same one all the time"


@pytest.mark.parametrize(
    ("taken", "wrong"), [(None, ["OUTBOX"]), (700, ["OUTBOX"]), (60, [])], ids=["never", "before", "since"]
)
def test_a_relay_that_answers_and_takes_nothing_is_noticed(seen, taken, wrong):
    """One that takes others has a quarrel with this one alone, such as a full mailbox."""
    seen(owed=600)
    Message.objects.update(attempts=3, next_try_at=ago(-1800), last_error="530 5.7.0 Sign in first")
    if taken:
        seen(owed=900)
        other = Message.objects.exclude(attempts=3)
        other.update(state=State.SENT, sent_at=ago(taken), handover_at=ago(taken), to_address="b@x.example")
    assert [alarm.what for alarm in alarms.look()] == wrong


def test_an_installation_without_a_beat_is_told_so():
    assert [alarm.what for alarm in alarms.look()] == ["BEAT"]


def test_a_worker_that_ticks_looks_too(seen):
    seen(worker=300, owed=310)
    tick()
    assert [alarm.what for alarm in Alarm.objects.open()] == ["OUTBOX"]


@pytest.mark.django_db(transaction=True)
def test_many_who_look_at_once_write_one_row(seen):
    seen(beat=300)
    together = threading.Barrier(8)

    def look():
        together.wait(10)
        alarms.look()
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert Alarm.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_web_process_looks_without_anybody_asking(seen):
    seen(beat=300)
    stopped = threading.Event()
    watcher = threading.Thread(target=alarms.watch, args=[stopped, 0.01])
    watcher.start()
    try:
        for _ in range(500):
            if Alarm.objects.exists():
                break
            stopped.wait(0.02)
        assert Alarm.objects.exists()
    finally:
        stopped.set()
        watcher.join(10)


@pytest.mark.parametrize(("times", "status"), [({}, None), ({"beat": 65}, 2), ({"owed": 310}, 2)])
def test_a_monitor_is_told_by_the_exit_code(seen, times, status):
    seen(**times)
    said = io.StringIO()
    ended = None
    try:
        call_command("outbox_check", stdout=said)
    except SystemExit as end:
        ended = end.code
    assert ended == status
    assert [alarm.what for alarm in Alarm.objects.open()] == [] or str(Alarm.objects.get()) in said.getvalue()


def test_coordinators_and_administrators_see_it_on_every_page(client, seen):
    here = board()
    coordinator, surgeon = member(here, role=Role.COORDINATOR), member(here)
    administrator = person()
    administrator.is_staff = True
    administrator.save()
    seen(beat=300)
    alarms.look()

    def shows(user):
        client.force_login(user)
        return "has stopped" in client.get("/").content.decode()

    assert [shows(user) for user in (coordinator, administrator, surgeon)] == [True, True, False]
    seen()
    alarms.look()
    assert not shows(coordinator)


def test_the_page_of_the_machine_is_for_administrators(client, seen):
    user = person()
    client.force_login(user)
    assert client.get(reverse("health")).status_code == 404

    user.is_staff = True
    user.save()
    seen(beat=300, owed=310)
    alarms.look()
    said = client.get(reverse("health")).content.decode()
    for words in ("Silent", "host-a:7 leads", "Does not leave", "Still so", "Answers", "Waiting"):
        assert words in said, words

    seen()
    assert "Ticks" in client.get(reverse("health")).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"what": "TEA"}, {"ended_at": "2026-11-01T00:00Z"}, {"what": "OUTBOX"}], ids=str
)
def test_the_database_refuses_impossible_alarms(wrong):
    Alarm.objects.create(what="OUTBOX", began_at=ago(60))
    alarm = Alarm.objects.create(what="BEAT", began_at=ago(60))
    with pytest.raises(IntegrityError, match="alarm_"), transaction.atomic():
        Alarm.objects.filter(pk=alarm.pk).update(**wrong)
