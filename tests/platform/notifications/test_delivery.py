import email
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tumorboard.notifications import delivery, mime, outbox, sweep
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import Policy, State

pytestmark = pytest.mark.django_db


def now_of(message):
    message.refresh_from_db()
    return message


def test_sent_with_proof(owe, sink, settings):
    settings.MESSAGE_ID_HOST = "mdt.example"
    invitation = outbox.Parcel(
        "m.ics", "text/calendar; method=REQUEST; charset=utf-8", "BEGIN:VCALENDAR é".encode()
    )
    message = owe(
        title="Agenda für 9. März", text=".dot first\nGrüße", html="<p>Grüße</p>", attachments=[invitation]
    )

    assert delivery.drain() == {"SENT": 1}

    now_of(message)
    assert message.proof == "250 2.0.0 Ok: queued as 000001"
    assert (message.to_address, message.attempts, message.ambiguous) == ("ana@hospital.example", 1, False)
    [(address, mail)] = sink.taken
    mail = email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)
    assert (address, mail["To"], mail["Subject"]) == ("ana@hospital.example", address, "Agenda für 9. März")
    assert (mail["Message-ID"], mail["X-Tumorboard-Message"]) == (message.message_id, str(message.pk))
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_body(("plain",)).get_content().splitlines() == [".dot first", "Grüße"]
    assert mail.get_body(("html",)).get_content().strip() == "<p>Grüße</p>"
    [calendar] = mail.iter_attachments()
    assert (calendar.get_content_type(), calendar.get_filename()) == ("text/calendar", "m.ics")
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    assert calendar.get_content_charset() == "utf-8"
    assert calendar.get_payload(decode=True) == invitation.content


def test_the_same_bytes_every_time_with_the_right_line_ends(owe):
    message = owe(html="<p>x</p>", attachments=[outbox.Parcel("a.txt", "text/plain", b"a")])

    first = mime.write(message)

    assert first.count(b"\n") == first.count(b"\r\n")
    assert mime.write(message) == first


def test_refused_for_good_is_dead_and_says_why_without_the_address(owe, sink):
    sink.plan["ana@hospital.example"] = ["550"]
    message = owe()

    assert delivery.drain() == {"DEAD": 1}
    assert now_of(message).last_error == "550 5.1.1 <address>: no such user here"


def test_whose_address_was_refused_is_known_until_it_is_changed_or_a_message_arrives(owe, person, sink):
    sink.plan["ana@hospital.example"] = ["554", "550"]
    owe()
    delivery.drain()
    assert list(Message.objects.refused_addresses()) == [], "the words were refused, not the address"

    refused = owe(scope="board:1")
    delivery.drain()
    assert now_of(refused).to_address == "ana@hospital.example"
    assert list(Message.objects.refused_addresses()) == [person.pk]
    assert list(Message.objects.for_scope(["board:2"]).refused_addresses()) == []
    outbox.close(message=refused, reason="Told by phone.", by=person)
    assert list(Message.objects.refused_addresses()) == [person.pk], "told, but the address is as bad"

    person.email = "ana.new@hospital.example"
    person.save()
    assert list(Message.objects.refused_addresses()) == []
    person.email = "ana@hospital.example"
    person.save()
    owe()
    assert list(Message.objects.refused_addresses()) == [person.pk], "what only waits proves nothing"
    delivery.drain()
    assert list(Message.objects.refused_addresses()) == [], "the mailbox is there again"


@pytest.mark.parametrize(
    ("bounces", "back_to"), [("", "board@mdt.example"), ("bounces@mdt.example", "bounces@mdt.example")]
)
def test_undeliverable_mail_goes_back_to_whom_the_hospital_names(owe, sink, settings, bounces, back_to):
    settings.DEFAULT_FROM_EMAIL, settings.MAIL_BOUNCES = "Tumour board <board@mdt.example>", bounces
    owe()
    delivery.drain()
    assert sink.senders == [back_to]
    assert sink.taken[0][1]["From"] == "Tumour board <board@mdt.example>"


@pytest.mark.parametrize(
    ("answer", "minutes"), [("450", 5), ("451", 1), ("452", 30), ("552", 30), ("hang up", 1)]
)
def test_refused_for_now_waits_and_goes_then(owe, sink, make_due, answer, minutes):
    sink.plan["ana@hospital.example"] = [answer]
    message = owe()

    assert delivery.drain() == {"QUEUED": 1}
    waits = now_of(message).next_try_at - timezone.now()
    assert timedelta(minutes=minutes) * 0.7 < waits < timedelta(minutes=minutes) * 1.3
    assert (message.handover_at, message.ambiguous) == (None, False)

    make_due(message)
    assert delivery.drain() == {"SENT": 1}
    assert (now_of(message).attempts, len(sink.taken)) == (2, 1)


def test_one_refusal_in_a_batch_does_not_touch_the_others(owe_many, sink):
    messages = owe_many(5)
    sink.plan[messages[1].recipient.email] = ["550"]
    sink.plan[messages[2].recipient.email] = ["554"]
    sink.plan[messages[3].recipient.email] = ["hang up"]

    assert delivery.drain() == {"SENT": 2, "DEAD": 2, "QUEUED": 1}


def test_a_lost_answer_is_sent_again_under_the_same_message_id(owe, sink, make_due):
    sink.plan["ana@hospital.example"] = ["cut"]
    message = owe()

    delivery.drain()
    assert (now_of(message).state, message.ambiguous) == (State.QUEUED, True)
    make_due(message)
    delivery.drain()

    assert (now_of(message).state, message.ambiguous) == (State.SENT, True)
    assert {mail["Message-ID"] for _, mail in sink.taken} == {message.message_id}
    assert len(sink.taken) == 2


def test_a_lost_answer_holds_what_must_never_come_twice(owe, sink):
    sink.plan["ana@hospital.example"] = ["cut"]
    message = owe(kind="password", policy=Policy.HOLD)

    delivery.drain()
    delivery.drain()

    assert (now_of(message).state, len(sink.taken)) == (State.HELD, 1)


def test_a_relay_that_is_away_costs_nobody_a_try(owe, sink, settings):
    message = owe()
    settings.EMAIL_PORT = 9

    assert delivery.drain() == {"RELAY_AWAY": 1}
    assert (now_of(message).state, message.attempts) == (State.QUEUED, 0)
    settings.EMAIL_PORT = sink.port
    assert delivery.drain() == {"SENT": 1}


def test_not_before_its_time_and_not_after(owe, sink):
    soon = owe(not_before=timezone.now() + timedelta(hours=1))
    late, very_late = (owe(expires_at=timezone.now() - timedelta(seconds=1)) for _ in range(2))

    assert delivery.drain() == {"EXPIRED": 2}
    Message.objects.filter(pk=very_late.pk).update(state=State.QUEUED)
    assert sweep.expire() == 1

    assert [now_of(m).state for m in (soon, late, very_late)] == ["QUEUED", "EXPIRED", "EXPIRED"]
    assert sink.taken == []


def not_a_member(message):
    return "Not on the board any more." if message.scope == "board:2" else ""


def fails(message):
    raise LookupError


def test_nobody_gets_what_they_should_not_see_any_more(owe, person, sink, settings):
    settings.NOTIFICATIONS_RECIPIENT_CHECK = f"{__name__}.not_a_member"
    left, stays = owe(scope="board:2"), owe(scope="board:1")
    delivery.drain()
    assert (now_of(left).state, left.reason) == (State.CANCELLED, "Not on the board any more.")
    assert now_of(stays).state == State.SENT

    person.is_active = False
    person.save()
    closed = owe()
    delivery.drain()
    assert (now_of(closed).state, closed.reason) == (State.CANCELLED, "The account is closed.")


def test_a_fault_around_one_message_does_not_hold_up_the_others(owe, person, sink, settings):
    settings.NOTIFICATIONS_RECIPIENT_CHECK = f"{__name__}.fails"
    message = owe()
    delivery.drain()
    assert (now_of(message).state, message.last_error) == ("QUEUED", "It could not be prepared: LookupError.")

    settings.NOTIFICATIONS_RECIPIENT_CHECK = None
    broken = owe(title="two\nlines")
    delivery.drain()
    assert (now_of(broken).state, broken.last_error[:37]) == ("DEAD", "This cannot be sent as an e-mail: Val")


@pytest.mark.django_db(transaction=True)
def test_two_drains_at_once_send_everything_once(owe_many, sink):
    owe_many(120)

    def drain():
        delivery.drain()
        connection.close()

    threads = [threading.Thread(target=drain) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Message.objects.counts()["SENT"] == 120
    assert len(sink.taken) == len(sink.ids) == 120


def test_told_to_stop_it_gives_back_what_it_has_not_sent(owe_many, sink):
    owe_many(5)

    assert delivery.drain(stop=lambda: len(sink.taken) == 2) == {"SENT": 2}

    counts = Message.objects.counts()
    assert (counts["SENT"], counts["QUEUED"], counts["SENDING"]) == (2, 3, 0)
    assert not Message.objects.filter(crashes__gt=0).exists()
