"""Does the coordinator see what became of each e-mail, and can they put it right?"""

from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.notices.recipients import reason_not_to_send
from cases.queries.messages import boards_of, page
from cases.vocabulary import Role
from tests.factories import board, meeting, member, person
from tumorboard.audit.models import AuditEvent
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db


def owed(on, to, number=1, kind="agenda.published", **more):
    about = more.pop("about", f"meeting:{number}")
    return outbox.put(
        kind=kind, about=about, recipient=to, title="Agenda", text="A link.", scope=on.scope, **more
    )


def undeliverable(message, **more):
    said = {"state": State.DEAD, "last_error": "550 no such user"} | more
    Message.objects.filter(pk=message.pk).update(**said)
    message.refresh_from_db()
    return message


def shown_to(user, **asked):
    found = page(boards_of(user), asked=asked)
    return [line.message.pk for line in [*found.needing, *found.lines]]


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here, client):
    someone = member(here, role=Role.COORDINATOR)
    client.force_login(someone)
    return someone


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_messages(client, here, coordinator, n, django_assert_num_queries):
    for days in range(n):
        sitting = meeting(here, timezone.now() + timedelta(days=days))
        owed(here, member(here), about=sitting.about)
        undeliverable(owed(here, member(here), about=sitting.about, kind="agenda.cancelled"))

    with django_assert_num_queries(13):
        shown = client.get(reverse("cases:messages"))

    assert shown.content.decode().count("Not deliverable") >= n


def test_what_needs_a_person_comes_first_however_much_has_come_since(here, coordinator):
    old = undeliverable(owed(here, person()))
    new = [owed(here, person(), number) for number in (2, 3)]

    first = page(boards_of(coordinator), asked={}, most=2)

    assert [line.message.pk for line in first.needing] == [old.pk]
    assert {line.message.pk for line in first.lines} == {message.pk for message in new}


def test_pages_miss_nothing_and_repeat_nothing_though_all_were_owed_at_one_moment(here, coordinator):
    everything = {owed(here, person(), number).pk for number in range(7)}
    Message.objects.update(created_at=timezone.now())

    first = page(boards_of(coordinator), asked={}, most=3)
    second = page(boards_of(coordinator), asked=query_of(first.older), most=3)
    third = page(boards_of(coordinator), asked=query_of(second.older), most=3)
    back = page(boards_of(coordinator), asked=query_of(third.newer), most=3)

    found = [line.message.pk for one in (first, second, third) for line in one.lines]
    assert (len(found), set(found)) == (7, everything)
    assert (first.newer, third.older) == ("", "")
    assert [line.message.pk for line in back.lines] == [line.message.pk for line in second.lines]
    top = page(boards_of(coordinator), asked=query_of(back.newer), most=3)
    assert [line.message.pk for line in top.lines] == [line.message.pk for line in first.lines]


def test_what_is_owed_meanwhile_does_not_move_the_next_page(here, coordinator):
    for number in range(4):
        owed(here, person(), number)
    first = page(boards_of(coordinator), asked={}, most=2)
    before = [
        line.message.pk for line in page(boards_of(coordinator), asked=query_of(first.older), most=2).lines
    ]

    Message.objects.filter(pk=owed(here, person(), 9).pk).update(created_at=timezone.now())

    after = [
        line.message.pk for line in page(boards_of(coordinator), asked=query_of(first.older), most=2).lines
    ]
    assert after == before


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(address.removeprefix("?")))


def test_filters_by_state_kind_person_and_meeting(here, coordinator):
    ada, ben, sitting = member(here), member(here), meeting(here)
    agenda = owed(here, ada, about=sitting.about)
    dead = undeliverable(owed(here, ben, kind="letter.sent", about="letter:1"))

    assert shown_to(coordinator, state="DEAD") == [dead.pk]
    assert shown_to(coordinator, kind="agenda.published") == [agenda.pk]
    assert shown_to(coordinator, person=str(ben.pk)) == [dead.pk]
    assert shown_to(coordinator, meeting=str(sitting.pk)) == [agenda.pk]
    assert shown_to(coordinator, person=str(ada.pk), state="DEAD") == []


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "x", "kind": "y", "person": "²", "meeting": "z"},
        {"older": "yesterday", "newer": "x_y"},
        {"older": "2026-11-23T10:00:00_5"},
        {"person": "9" * 40},
    ],
)
def test_an_address_that_means_nothing_shows_everything(client, here, coordinator, asked):
    message = owed(here, person())

    shown = client.get(reverse("cases:messages"), asked)

    assert shown.status_code == 200
    assert str(message.pk) in shown.text


def test_the_menu_counts_what_needs_a_person(client, here, coordinator):
    undeliverable(owed(here, person()))

    assert client.get(reverse("cases:messages")).context["shell"].counts.messages == 1


def test_an_address_that_is_refused_for_good_is_named(client, here, coordinator):
    ada = member(here, email="gone@example.org")
    message = undeliverable(owed(here, ada), to_address="gone@example.org")

    shown = client.get(reverse("cases:messages")).text
    assert "Address refused" in shown
    assert reverse("cases:resend-message", args=[message.pk]) not in shown, "it would be refused again"
    assert (
        "<b>gone@example.org</b> is refused" in client.get(reverse("cases:message", args=[message.pk])).text
    )

    ada.email = "there@example.org"
    ada.save()
    assert "Address refused" not in client.get(reverse("cases:messages")).text


def test_what_was_withdrawn_is_not_offered_again(client, here, coordinator):
    message = owed(here, person())
    outbox.withdraw(about="meeting:1", reason="The input is signed.")

    shown = client.get(reverse("cases:message", args=[message.pk])).text

    assert "The input is signed." in shown
    assert reverse("cases:resend-message", args=[message.pk]) not in shown


def test_an_undeliverable_message_is_sent_again(client, here, coordinator):
    message = undeliverable(owed(here, person()))
    resend = reverse("cases:resend-message", args=[message.pk])
    assert resend in client.get(reverse("cases:messages")).text

    answer = client.post(resend, {"back": "list"})

    again = Message.objects.get(resend_no=1)
    assert answer.url == reverse("cases:messages")
    assert (again.state, again.resent_by) == (State.QUEUED, coordinator)
    assert AuditEvent.objects.filter(verb="message.resent", actor=coordinator).exists()


def test_closing_needs_to_say_how_and_keeps_what_was_typed(client, here, coordinator):
    message = undeliverable(owed(here, person()))
    close = reverse("cases:close-message", args=[message.pk])

    refused = client.post(close, {"reason": ""})
    too_long = client.post(close, {"reason": "told by telephone " * 12})
    client.post(close, {"reason": "told by phone"})

    message.refresh_from_db()
    assert (refused.status_code, too_long.status_code) == (422, 422)
    assert "Say how the person was told" in refused.text
    assert "told by telephone told by telephone" in too_long.text
    assert (message.state, message.reason, message.closed_by) == (State.CLOSED, "told by phone", coordinator)


def test_only_who_looks_after_the_post_sees_it(client, here, coordinator):
    elsewhere = board()
    foreign = owed(elsewhere, person(), html="<p>A link.</p>")
    assert client.post(reverse("cases:resend-message", args=[foreign.pk])).status_code == 404
    for name in ("message", "message-html"):
        assert client.get(reverse(f"cases:{name}", args=[foreign.pk])).status_code == 404
    for name in ("message-kinds", "message-kind-html"):
        assert client.get(reverse(f"cases:{name}"), {"board": elsewhere.pk}).status_code == 404

    client.force_login(member(here))
    for name in ("messages", "message-kinds", "message-kind-html"):
        assert client.get(reverse(f"cases:{name}")).status_code == 403


def test_who_left_the_board_is_not_told_of_its_agenda(here):
    seated, gone = member(here), member(here)
    gone.memberships.update(ended_at=timezone.now())

    assert reason_not_to_send(owed(here, seated)) == ""
    assert reason_not_to_send(owed(here, gone)) == "no longer on the board"
    assert reason_not_to_send(owed(here, person(), kind="letter.sent")) == ""
