from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tumorboard.notifications import outbox
from tumorboard.notifications.models import Attachment, JobRun, Message
from tumorboard.notifications.states import Policy, State
from tumorboard.notifications.sweep import KEEP_WORDS, purge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

AGENDA = outbox.Parcel(name="agenda.pdf", mime="application/pdf", content=b"%PDF-1.7")


def walked_to(message, state, **more):
    """A row in a state that otherwise only a delivery reaches; the database's own rules still hold."""
    Message.objects.filter(pk=message.pk).update(state=state, **more)
    message.refresh_from_db()
    return message


def test_the_same_is_owed_once(owe):
    first = owe(about="meeting:1", text="one", attachments=[AGENDA])
    again = owe(about="meeting:1", text="two", attachments=[AGENDA, AGENDA])

    assert (again.pk, again.text, again.enclosures.count()) == (first.pk, "one", 1)


@pytest.mark.parametrize(
    "other", [{"kind": "moved"}, {"about": "meeting:2"}, {"version": 2}, {"resend_no": 1}]
)
def test_anything_that_differs_makes_it_another(owe, other):
    assert owe(about="meeting:1").message_id != owe(**({"about": "meeting:1"} | other)).message_id
    assert Message.objects.count() == 2


def test_message_id_can_be_foretold_only_with_the_secret(owe, person, settings):
    settings.MESSAGE_ID_HOST = "mdt.example"
    message = owe(about="meeting:1")
    same = outbox.Entry(kind="agenda", about="meeting:1", recipient=person, title="Another", text="")

    assert message.message_id == same.message_id
    assert message.message_id.endswith("@mdt.example>")
    settings.SECRET_KEY = "another" * 10
    assert message.message_id != same.message_id
    assert outbox.put_many([same]) == [message], "a new secret does not owe anything twice"


def test_listed_twice_it_is_one_message(owe, person):
    twice = [
        outbox.Entry(kind="k", about="a", recipient=person, title="t", text="", attachments=[AGENDA])
    ] * 2

    assert len(set(outbox.put_many(twice))) == 1
    assert outbox.put_many([]) == []


def test_what_is_decided_and_what_is_owed_stand_or_fall_together(owe):
    def decide():
        owe()
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        transaction.atomic(decide)()

    assert not Message.objects.exists()


def test_a_publication_takes_as_many_queries_for_forty_as_for_one(owe_many):
    def queries(number):
        with CaptureQueriesContext(connection) as captured:
            owe_many(number, attachments=[AGENDA])
        return len(captured)

    assert queries(1) == queries(40)
    assert (Message.objects.count(), Attachment.objects.count()) == (41, 1)


def test_withdrawing_reaches_what_has_not_gone(owe, person):
    waiting, reminder, other = (
        owe(about="meeting:1"),
        owe(about="meeting:1", kind="reminder"),
        owe(about="meeting:2"),
    )
    gone = owe(about="meeting:1", version=2)
    walked_to(gone, State.SENT, sent_at=timezone.now(), handover_at=timezone.now(), to_address="a@b.example")

    assert outbox.withdraw(about="meeting:1", reason="Moved.", kinds=["reminder"], recipient=person) == 1
    assert outbox.withdraw(about="meeting:1", reason="Moved.") == 1

    states = {m.pk: m.state for m in Message.objects.all()}
    assert [states[m.pk] for m in (waiting, reminder, other, gone)] == [
        "CANCELLED",
        "CANCELLED",
        "QUEUED",
        "SENT",
    ]


def test_sent_again_it_carries_the_same_and_counts_on(owe, person):
    dead = walked_to(owe(attachments=[AGENDA], scope="board:1"), State.DEAD, last_error="550 no such user")

    again, twice = (outbox.resend(message=dead, by=person) for _ in range(2))

    assert again == twice
    assert (again.resend_no, again.text, again.scope, again.resent_by) == (1, dead.text, "board:1", person)
    assert [e.attachment_id for e in again.enclosures.all()] == [AGENDA.sha256]
    dead.refresh_from_db()
    assert (dead.state, dead.reason, dead.closed_by) == (State.CLOSED, "Sent again.", person)


def test_what_is_on_its_way_or_too_late_is_not_sent_again(owe, person):
    with pytest.raises(outbox.OutboxError, match="still on its way"):
        outbox.resend(message=owe(), by=person)

    late = walked_to(owe(expires_at=timezone.now() - timedelta(minutes=1)), State.EXPIRED)
    with pytest.raises(outbox.OutboxError, match="too late"):
        outbox.resend(message=late, by=person)


def test_told_by_telephone(owe, person):
    dead = walked_to(owe(), State.DEAD, last_error="550")

    with pytest.raises(outbox.OutboxError, match="Say how"):
        outbox.close(message=dead, reason=" ", by=person)
    outbox.close(message=dead, reason="Told by phone.", by=person)

    assert (dead.state, dead.reason, dead.closed_by) == (State.CLOSED, "Told by phone.", person)
    with pytest.raises(outbox.OutboxError, match="Reload"):
        outbox.close(message=dead, reason="Told by phone.", by=person)


def test_what_a_page_asks(owe):
    now = timezone.now()
    old = owe(scope="board:1", not_before=now - timedelta(minutes=9))
    owe(scope="board:2", not_before=now + timedelta(days=1))
    walked_to(owe(scope="board:3"), State.DEAD, last_error="550")

    messages = Message.objects
    assert list(messages.due(now)) == [old]
    assert messages.oldest_due(now) == old.not_before
    assert messages.for_scope(["board:2", "board:3"]).counts() == dict.fromkeys(State.values, 0) | {
        "QUEUED": 1,
        "DEAD": 1,
    }
    assert messages.needing_a_person().count() == 1


IMPOSSIBLE = [
    ("message_state_known", {"state": "LOST"}),
    ("message_policy_known", {"policy": "MAYBE"}),
    ("message_leased_exactly_while_sending", {"state": State.SENDING}),
    ("message_sent_has_time_and_address", {"state": State.SENT}),
    ("message_held_only_when_ambiguous", {"state": State.HELD, "policy": Policy.HOLD}),
    ("message_dead_says_why", {"state": State.DEAD}),
    ("message_cancelled_says_why", {"state": State.CANCELLED}),
    ("message_expired_had_a_limit", {"state": State.EXPIRED}),
    ("message_closed_at_and_by_together", {"state": State.CLOSED, "reason": "By phone."}),
    ("message_never_before_its_time", {"next_try_at": timezone.now() - timedelta(days=9)}),
]


@pytest.mark.parametrize(("name", "change"), IMPOSSIBLE, ids=[name for name, _ in IMPOSSIBLE])
def test_the_database_refuses_impossible_states(owe, name, change):
    message = owe()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**change)


def test_old_words_go_and_the_fact_stays(owe, person):
    old, held = (
        owe(attachments=[AGENDA]),
        owe(attachments=[outbox.Parcel("a.ics", "text/calendar", b"BEGIN")]),
    )
    walked_to(
        old, State.CANCELLED, reason="Moved.", created_at=timezone.now() - KEEP_WORDS - timedelta(days=1)
    )
    walked_to(held, State.DEAD, last_error="550", created_at=timezone.now() - KEEP_WORDS - timedelta(days=1))

    assert purge() == 1

    old.refresh_from_db()
    assert (old.text, old.enclosures.count(), old.title) == ("", 0, "Agenda")
    assert [a.pk for a in Attachment.objects.all()] == [e.attachment_id for e in held.enclosures.all()]
    with pytest.raises(outbox.OutboxError, match="no longer kept"):
        outbox.resend(message=old, by=person)


def test_a_job_has_one_taker_per_slot():
    asked = [JobRun.objects.take(job="digest", slot=slot) for slot in ("monday", "monday", "tuesday")]

    assert asked == [True, False, True]
