import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tumorboard.health.models import Heartbeat, Lease
from tumorboard.notifications import tasks
from tumorboard.notifications.models import JobRun, Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def beat():
    """The background work runs."""
    now = timezone.now()
    Lease.objects.create(name="beat", holder="a", until=now, ticked_at=now)
    Heartbeat.objects.create(name="worker", at=now)


def test_check_is_content_while_things_move(owe, quiet, beat):
    owe()
    owe(not_before=timezone.now() + timedelta(days=1))
    said = io.StringIO()

    call_command("outbox_check", stdout=said)

    assert "queued 2, sending 0, sent 0, dead 0" in said.getvalue()


@pytest.mark.parametrize("stuck", ["waiting", "with a dead worker"])
def test_check_fails_when_something_is_stuck(owe, quiet, beat, stuck):
    long_ago = timezone.now() - timedelta(minutes=6)
    message = owe(not_before=long_ago)
    if stuck == "with a dead worker":
        lease = {"lease_token": message.pk, "lease_until": long_ago}
        Message.objects.update(state=State.SENDING, **lease)

    with pytest.raises(SystemExit) as ended:
        call_command("outbox_check", stdout=io.StringIO())

    assert ended.value.code == 2


def test_the_tasks_need_no_arguments(owe, sink):
    message = owe()

    tasks.sweep()
    tasks.drain()

    message.refresh_from_db()
    assert message.state == State.SENT
    assert JobRun.objects.filter(job="notifications.purge").count() == 1


def test_administrators_see_what_was_sent_but_not_the_words(owe, quiet, admin_client):
    message = owe(text="Nobody else's business.")

    listed = admin_client.get(reverse("admin:notifications_message_changelist"))
    shown = admin_client.get(reverse("admin:notifications_message_change", args=[message.pk]))

    assert (listed.status_code, shown.status_code) == (200, 200)
    assert "Nobody else" not in shown.content.decode()
    assert admin_client.get(reverse("admin:notifications_message_add")).status_code == 403
    assert (
        admin_client.post(reverse("admin:notifications_message_delete", args=[message.pk])).status_code == 403
    )
