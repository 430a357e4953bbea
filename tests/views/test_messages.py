"""Does the coordinator see what became of each e-mail, and can they put it right?"""

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.notices.recipients import reason_not_to_send
from cases.queries.messages import page
from cases.vocabulary import Role
from tests.factories import board, member, person
from tumorboard.audit.models import AuditEvent
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db


def owed(on, to, number=1, kind="agenda.published"):
    return outbox.put(
        kind=kind, about=f"meeting:{number}", recipient=to, title="Agenda", text="A link.", scope=on.scope
    )


def undeliverable(message):
    Message.objects.filter(pk=message.pk).update(state=State.DEAD, last_error="550 no such user")
    message.refresh_from_db()
    return message


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here, client):
    someone = member(here, role=Role.COORDINATOR)
    client.force_login(someone)
    return someone


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_messages(client, here, coordinator, n, django_assert_max_num_queries):
    for number in range(n):
        owed(here, person(), number)

    with django_assert_max_num_queries(9):
        shown = client.get(reverse("cases:messages"))

    assert shown.content.decode().count("Waiting") >= n


def test_what_needs_a_person_comes_first_however_much_has_come_since(here, coordinator):
    old = undeliverable(owed(here, person()))
    for number in (2, 3):
        owed(here, person(), number)

    assert page(coordinator, limit=2).lines[0].message.pk == old.pk


def test_what_was_withdrawn_is_not_offered_again(here, coordinator):
    owed(here, person())
    outbox.withdraw(about="meeting:1", reason="The input is signed.")

    assert [line.may_resend for line in page(coordinator).lines] == [False]


def test_an_undeliverable_message_is_sent_again(client, here, coordinator):
    message = undeliverable(owed(here, person()))

    client.post(reverse("cases:resend-message", args=[message.pk]))

    again = Message.objects.get(resend_no=1)
    assert (again.state, again.resent_by) == (State.QUEUED, coordinator)
    assert AuditEvent.objects.filter(verb="message.resent", actor=coordinator).exists()


def test_closing_needs_to_say_how_and_keeps_what_was_typed(client, here, coordinator):
    message = undeliverable(owed(here, person()))
    close = reverse("cases:close-message", args=[message.pk])

    refused = client.post(close, {"reason": ""})
    client.post(close, {"reason": "told by phone"})

    message.refresh_from_db()
    assert refused.status_code == 422
    assert "Say how the person was told" in refused.content.decode()
    assert (message.state, message.reason, message.closed_by) == (State.CLOSED, "told by phone", coordinator)


def test_only_who_looks_after_the_post_sees_it(client, here, coordinator):
    elsewhere = board()
    foreign = owed(elsewhere, person())
    client.force_login(member(here))

    assert client.get(reverse("cases:messages")).status_code == 403

    client.force_login(coordinator)
    assert client.post(reverse("cases:resend-message", args=[foreign.pk])).status_code == 404


def test_who_left_the_board_is_not_told_of_its_agenda(here):
    seated, gone = member(here), member(here)
    gone.memberships.update(ended_at=timezone.now())

    assert reason_not_to_send(owed(here, seated)) == ""
    assert reason_not_to_send(owed(here, gone)) == "no longer on the board"
    assert reason_not_to_send(owed(here, person(), kind="letter.sent")) == ""
