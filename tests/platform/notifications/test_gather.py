import os
import signal
import threading
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tumorboard.notifications import delivery, digest, gather, outbox, sweep
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import Policy, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

FRAMED = "Dear Ana,\n\n{}\n\nhttps://mdt.example/reply/{}/\n\n-- \nNames no patient on purpose.\n"
HTML = "<html><p>Dear Ana,</p><!--words--><p>{}</p><a href='/{}'>Come</a><!--/words--><p>Bye</p></html>"
AGENDA = outbox.Parcel(name="agenda.pdf", mime="application/pdf", content=b"%PDF-1.7")
CALENDAR = outbox.Parcel(name="meeting.ics", mime="text/calendar", content=b"BEGIN:VCALENDAR")


@pytest.fixture
def wait(owe):
    """Owe one message that waits for others."""

    def wait(title="One", **changed):
        words = {"text": FRAMED.format(f"Words of {title}.", title), "html": HTML.format(title, title)}
        return owe(**({"gather": True, "scope": "board:1", "title": title} | words | changed))

    return wait


def now_of(message):
    message.refresh_from_db()
    return message


def summaries():
    return list(Message.objects.filter(kind="digest").order_by("scope"))


def later(seconds):
    return timezone.now() + timedelta(seconds=seconds)


def test_what_is_due_for_one_person_and_board_is_told_in_one(wait, sink):
    one, two = wait("One", attachments=[AGENDA, CALENDAR]), wait("Two <b>", attachments=[AGENDA])
    assert delivery.drain() == {}, "it does not leave by itself"

    assert sweep.sweep() == 1
    assert delivery.drain() == {"SENT": 1}

    [summary] = summaries()
    assert [(now_of(m).state, m.gathered_in, m.gather) for m in (one, two)] == [
        (State.GATHERED, summary, False)
    ] * 2
    assert (summary.title, summary.recipient, summary.scope) == (
        "2 messages: One and 1 more",
        one.recipient,
        "board:1",
    )
    [(_, mail)] = sink.taken
    assert [part.get_filename() for part in mail.walk() if part.get_filename()] == [
        "agenda.pdf",
        "meeting.ics",
    ]


def test_the_words_stand_under_their_titles_in_one_frame():
    texts = [("One", FRAMED.format("First words.", 1)), ("Two", FRAMED.format("More words.", 2))]
    assert digest.text_of(texts) == (
        "Dear Ana,\n\n"
        "One\n---\n\nFirst words.\n\nhttps://mdt.example/reply/1/\n\n\n"
        "Two\n---\n\nMore words.\n\nhttps://mdt.example/reply/2/\n"
        "\n-- \nNames no patient on purpose.\n"
    )
    assert digest.html_of([("A & B", HTML.format("x", 1)), ("C", HTML.format("y", 2))]) == (
        "<html><p>Dear Ana,</p><!--words-->\n"
        "<h2>A &amp; B</h2>\n<p>x</p><a href='/1'>Come</a>\n<h2>C</h2>\n<p>y</p><a href='/2'>Come</a>\n"
        "<!--/words--><p>Bye</p></html>"
    )


def test_words_without_a_frame_are_kept_whole():
    texts = [("One", "Bare words https://mdt.example/1/"), ("Two", FRAMED.format("Words.", 2))]
    told = digest.text_of(texts)
    assert all(words in told for words in ("Bare words https://mdt.example/1/", "Words.", "/reply/2/"))
    assert digest.html_of([("One", ""), ("Two", HTML.format("y", 2))]) == "", "the text alone tells all"


def test_a_fault_in_gathering_does_not_hold_up_what_leaves_alone(wait, owe, settings):
    settings.MAIL_GATHER_SECONDS = "two minutes"
    waits, alone, late = wait(), owe(), owe(expires_at=later(-1))
    assert sweep.sweep() == 1
    assert [now_of(m).state for m in (waits, alone, late)] == ["QUEUED", "QUEUED", "EXPIRED"]


def test_one_alone_goes_as_it_is(wait, sink):
    message = wait()
    assert sweep.sweep() == 1
    delivery.drain()
    assert (now_of(message).state, message.gathered_in, summaries()) == (State.SENT, None, [])


def test_not_with_another_person_or_board_or_day(wait, settings):
    settings.MAIL_GATHER_SECONDS = 120
    other = get_user_model().objects.create(email="other@hospital.example", password="!")
    alone = [wait(), wait(scope="board:2"), wait(recipient=other)]
    tomorrow = [wait(not_before=later(86_400)), wait(scope="board:3", not_before=later(60))]

    gather.gather()

    assert [(now_of(m).state, m.gather) for m in alone] == [(State.QUEUED, False)] * 3
    assert [(now_of(m).state, m.gather) for m in tomorrow] == [(State.QUEUED, True)] * 2


def test_what_comes_within_the_time_of_gathering_goes_along(wait, settings):
    settings.MAIL_GATHER_SECONDS = 120
    due, soon, much_later = wait(), wait(not_before=later(100)), wait(not_before=later(300))

    gather.gather()

    assert [now_of(m).state for m in (due, soon, much_later)] == ["GATHERED", "GATHERED", "QUEUED"]


def test_withdrawn_or_too_late_before_the_summary_it_is_not_in_it(wait):
    stays, withdrawn, late = wait("One"), wait("Gone", about="meeting:9"), wait("Late", expires_at=later(-1))
    outbox.withdraw(about="meeting:9", reason="Moved.")
    another = wait("Two")

    sweep.sweep()

    assert [now_of(m).state for m in (stays, withdrawn, late, another)] == [
        "GATHERED",
        "CANCELLED",
        "EXPIRED",
        "GATHERED",
    ]
    [summary] = summaries()
    assert "Gone" not in summary.text
    assert "Late" not in summary.text


def is_on_board_1(message):
    return "" if message.scope == "board:1" or message.kind == "for.all" else "no longer on the board"


def test_who_may_hear_none_of_it_any_more_gets_no_summary(wait, sink, settings):
    settings.NOTIFICATIONS_RECIPIENT_CHECK = f"{__name__}.is_on_board_1"
    for scope in ("board:1", "board:2"):
        wait(scope=scope, kind="a"), wait(scope=scope, kind="a")
    gather.gather()

    delivery.drain()

    assert [s.state for s in summaries()] == ["SENT", "CANCELLED"]
    assert not Message.objects.to_gather(timezone.now()).exists()


def test_a_person_sends_a_summary_or_a_part_of_it_again(wait, person):
    part = wait("One")
    wait("Two")
    gather.gather()
    [summary] = summaries()
    Message.objects.filter(pk=summary.pk).update(state=State.DEAD, last_error="550 no such user")

    again = outbox.resend(message=summary, by=person)
    alone = outbox.resend(message=now_of(part), by=person)

    assert (again.kind, again.about, again.resend_no, again.text) == (
        "digest",
        summary.about,
        1,
        summary.text,
    )
    assert (alone.text, alone.gather, now_of(part).state) == (part.text, False, State.GATHERED)


def test_more_than_a_hundred_make_several(wait, monkeypatch):
    monkeypatch.setattr(gather, "MOST_PARTS", 2)
    for number in range(5):
        wait(str(number))
    assert gather.gather() == 5
    assert (len(summaries()), Message.objects.due(timezone.now()).count()) == (2, 3)


def test_many_people_at_once(owe_many, monkeypatch):
    monkeypatch.setattr(gather, "PEOPLE_AT_ONCE", 3)
    first = owe_many(8, gather=True)
    outbox.put_many(
        outbox.Entry(kind="b", about="x:1", recipient=m.recipient, title="B", text="b", gather=True)
        for m in first
    )
    assert gather.gather() == 16
    assert len(summaries()) == 8


@pytest.mark.parametrize("impossible", [{"state": State.GATHERED}, {"policy": Policy.HOLD}])
def test_the_database_refuses_half_a_summary(wait, impossible):
    message = wait()
    with pytest.raises(IntegrityError, match=r"message_(gathered|to_gather)"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**impossible)


@pytest.mark.django_db(transaction=True)
def test_ten_sweeps_at_once_make_one_summary(wait, sink):
    parts = [wait(str(number)) for number in range(12)]
    together = threading.Barrier(10)

    def sweep_now():
        together.wait(10)
        gather.gather()
        delivery.drain()
        connection.close()

    threads = [threading.Thread(target=sweep_now) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    delivery.drain()

    assert (len(summaries()), len(sink.taken)) == (1, 1)
    assert {now_of(part).state for part in parts} == {State.GATHERED}


@pytest.mark.django_db(transaction=True)
def test_gathering_waits_for_nobody_who_withdraws(wait):
    one, leaves, two = wait("One"), wait("Leaves", about="meeting:9"), wait("Two")

    def gather_now(done):
        done.append(gather.gather())
        connection.close()

    with transaction.atomic():
        outbox.withdraw(about="meeting:9", reason="Moved.")
        thread = threading.Thread(target=gather_now, args=[done := []])
        thread.start()
        thread.join(5)
        assert done == [2]

    assert [now_of(m).state for m in (one, leaves, two)] == ["GATHERED", "CANCELLED", "GATHERED"]


@pytest.mark.django_db(transaction=True)
def test_killed_while_it_writes_a_summary_nothing_is_lost_or_doubled(wait, sink, processes, until):
    parts = [wait(str(number), attachments=[AGENDA]) for number in range(6)]
    with transaction.atomic():  # a summary is written by now, its parts are not
        with connection.cursor() as cursor:
            cursor.execute("lock table notifications_enclosure in exclusive mode")
        killed = processes.outbox_run("--once", relay=sink.url)
        until(_somebody_waits_for_a_lock, say=processes.last_words)
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait(10)
    until(lambda: not _somebody_waits_for_a_lock())
    assert (summaries(), len(sink.taken)) == ([], 0)

    processes.outbox_run("--once", relay=sink.url).wait(20)

    assert (len(summaries()), len(sink.taken)) == (1, 1), processes.last_words()
    assert {now_of(part).state for part in parts} == {State.GATHERED}


def _somebody_waits_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_locks"
            " where relation = 'notifications_enclosure'::regclass and not granted)"
        )
        return cursor.fetchone()[0]
