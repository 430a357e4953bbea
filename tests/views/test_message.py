"""Does the page of one message tell what became of it, and show it without giving its keys away?"""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from cases.notices.kinds import KINDS
from cases.vocabulary import Role
from tests.factories import board, member, person
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message
from tumorboard.notifications.outbox import Parcel
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db
PDF = Parcel("agenda.pdf", "application/pdf", b"%PDF-1.7" + b"x" * 2040)


@pytest.fixture
def here():
    return board(time_zone="Europe/Berlin")


@pytest.fixture
def coordinator(here, client):
    someone = member(here, role=Role.COORDINATOR)
    client.force_login(someone)
    return someone


def owed(here, **more):
    said = {"kind": "agenda.published", "about": "meeting:1", "title": "Agenda", "text": "Dear Ada"}
    return outbox.put(**said | {"recipient": person(), "scope": here.scope, "html": "<p>Dear Ada</p>"} | more)


def read(client, message) -> str:
    return client.get(reverse("cases:message", args=[message.pk])).text


def become(message, **more) -> Message:
    Message.objects.filter(pk=message.pk).update(**more)
    return message


NOON = timezone.now().replace(hour=12, minute=5)
BECAME = {
    State.SENDING: (
        {"lease_token": "7b0ab6b5-8a6c-4b6f-9d38-000000000000", "lease_until": NOON},
        ["Being sent"],
    ),
    State.SENT: (
        {
            "handover_at": NOON,
            "sent_at": NOON,
            "to_address": "ada@example.org",
            "proof": "250 queued as 9",
        },
        ["Handed over", "Taken by the mail server", "250 queued as 9", "ada@example.org"],
    ),
    State.DEAD: (
        {"attempts": 3, "last_error": "550 5.1.1 unknown"},
        ["3 tries", "Given up", "550 5.1.1 unknown", "Send again"],
    ),
    State.HELD: (
        {"ambiguous": True, "policy": "HOLD", "handover_at": NOON},
        ["may have arrived", "nobody knows whether"],
    ),
    State.CANCELLED: (
        {"reason": "The input is signed."},
        ["Withdrawn before it left", "The input is signed."],
    ),
    State.EXPIRED: ({"expires_at": NOON}, ["Too late"]),
}


@pytest.mark.parametrize("state", BECAME)
def test_what_became_of_it_is_told(client, here, coordinator, state):
    more, words = BECAME[state]

    page = read(client, become(owed(here), state=state, **more))

    assert [word for word in words if word not in page] == []


def test_what_waits_says_until_when_on_the_clock_of_the_board(client, here, coordinator):
    planned = timezone.now() + timedelta(days=3)

    page = read(client, owed(here, not_before=planned))

    assert "Not before" in page
    assert f"{planned.astimezone(here.zone):%d-%b-%Y %H:%M}" in page


def test_what_was_closed_says_by_whom_and_how(client, here, coordinator):
    message = become(owed(here), state=State.DEAD, last_error="550")
    outbox.close(message=message, reason="told by telephone", by=coordinator)

    page = read(client, message)

    assert "Closed by hand" in page
    assert f"{coordinator.display_name}: told by telephone" in page


def test_a_summary_names_what_it_carries_and_each_part_its_summary(client, here, coordinator):
    part = owed(here)
    summary = owed(here, kind="digest", about=f"digest:{part.pk}", title="2 messages")
    become(part, state=State.GATHERED, gathered_in=summary)

    assert reverse("cases:message", args=[part.pk]) in read(client, summary)
    assert "Told in this summary" in read(client, summary)
    assert reverse("cases:message", args=[summary.pk]) in read(client, part)


def test_the_same_message_on_its_other_ways_is_linked(client, here, coordinator):
    first = become(owed(here), state=State.DEAD, last_error="550")
    again = outbox.resend(message=first, by=coordinator)

    assert reverse("cases:message", args=[again.pk]) in read(client, first)
    assert f"sent again by {coordinator.display_name}" in read(client, again)


def test_attachments_and_the_message_id_are_named(client, here, coordinator):
    message = owed(here, attachments=[PDF])

    page = read(client, message)

    assert "agenda.pdf" in page
    assert "2.0" in page  # KB
    assert message.message_id.strip("<>") in page


def test_words_that_are_no_longer_kept_are_said_to_be_gone(client, here, coordinator):
    page = read(client, become(owed(here), text="", html="", purged_at=timezone.now()))

    assert "kept no longer" in page
    assert "<iframe" not in page


@pytest.mark.parametrize("parts", [1, 3])
def test_queries_do_not_grow_with_what_a_summary_carries(
    client, here, coordinator, parts, django_assert_num_queries
):
    summary = owed(here, kind="digest", about="digest:1")
    for number in range(parts):
        become(owed(here, about=f"meeting:{number}"), state=State.GATHERED, gathered_in=summary)

    with django_assert_num_queries(11):
        read(client, summary)


# -- the mail in its frame ---------------------------------------------------------------------------------


def policy_of(answer) -> dict[str, str]:
    said = answer["Content-Security-Policy"].split(";")
    return {name: value for name, _, value in (part.strip().partition(" ") for part in said)}


@pytest.mark.parametrize("of", ["message", "kind"])
def test_the_html_of_a_mail_may_do_nothing(client, here, coordinator, of):
    address = {
        "message": reverse("cases:message-html", args=[owed(here).pk]),
        "kind": reverse("cases:message-kind-html", query={"kind": "letter.sent"}),
    }

    answer = client.get(address[of])

    assert policy_of(answer) == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
        "sandbox": "",
    }
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_only_the_pages_that_show_a_mail_may_frame_and_only_ours(client, here, coordinator):
    message = owed(here)
    shows = [reverse("cases:message", args=[message.pk]), reverse("cases:message-kinds")]

    assert [policy_of(client.get(page)).get("frame-src") for page in shows] == ["'self'", "'self'"]
    assert "frame-src" not in policy_of(client.get(reverse("cases:messages")))
    assert all("<iframe" in (page := client.get(one).text) and " sandbox " in page for one in shows)


def test_who_looks_after_the_post_cannot_use_the_keys_of_others(client, here, coordinator):
    """The link to answer with asks for no password: it is for its reader alone."""
    token = signing.dumps(["7b0ab6b58a6c4b6f9d38000000000000", 4711], salt="any")
    link = f"https://board.example:8443/answer/{token}/"
    message = owed(here, text=f"Answer: {link}", html=f'<a href="{link}">Answer</a> {link}')

    shown = [read(client, message), client.get(reverse("cases:message-html", args=[message.pk])).text]

    assert all(token not in one and token.split(":")[2] not in one for one in shown)
    assert all("https://board.example:8443/answer/…/" in one for one in shown)


# -- every sort --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_sort_has_a_page_that_says_when_it_is_sent(client, here, coordinator, kind):
    page = client.get(reverse("cases:message-kinds"), {"kind": kind}).text

    assert KINDS[kind].label in page
    assert KINDS[kind].to.people in page
    assert (
        "{"
        not in client.get(reverse("cases:message-kind-html"), {"kind": kind}).text.partition("</style>")[2]
    )
    assert not Message.objects.exists()


def test_the_rules_of_this_board_are_said(client, here, coordinator):
    here.reminder_hours, here.reminder_days = [24, 72], [5]
    here.quiet_from, here.quiet_until = "21:15", "07:00"
    here.save()

    page = client.get(reverse("cases:message-kinds")).text

    assert "5 working days, 72 hours and 24 hours before a meeting" in page
    assert "Nothing leaves between 21:15 and 07:00" in page


def test_a_sort_that_there_is_not_is_not_found(client, here, coordinator):
    assert client.get(reverse("cases:message-kinds"), {"kind": "nonsense"}).status_code == 404


def test_what_is_withdrawn_from_a_summary_that_did_not_arrive_is_seen_in_both(client, here, coordinator):
    parts = [owed(here, about=f"meeting:{number}") for number in (1, 2)]
    summary = owed(here, kind="digest", about=f"digest:{parts[0].pk}", title="2 messages")
    for part in parts:
        become(part, state=State.GATHERED, gathered_in=summary)
    become(summary, state=State.DEAD, last_error="550 5.1.1 unknown")
    outbox.withdraw(about="meeting:1", reason="The meeting is cancelled.")

    assert "withdrawn since: The meeting is cancelled." in read(client, summary)
    told = read(client, parts[0])
    assert "Withdrawn, since the summary had not arrived" in told
    assert "The summary: not deliverable" in told
    assert "withdrawn since" in client.get(reverse("cases:messages")).text
    again = client.post(reverse("cases:resend-message", args=[summary.pk]), follow=True).text
    assert "Something in this summary was withdrawn since." in again
