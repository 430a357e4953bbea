"""Can a coordinator see who owes what, look at the e-mails, send them, and note what was said?"""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import ChaseNote
from cases.services import chasing
from cases.vocabulary import CaseStatus, Role, Specialty
from tests.factories import a_case, agenda_item, board, meeting, member
from tests.factories.inputs import an_input
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db
PAGE = reverse("cases:chase")
SEND = reverse("cases:chase-send")


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here, client):
    someone = member(here, Role.COORDINATOR, given_name="Ann", family_name="Hollis")
    client.force_login(someone)
    return someone


@pytest.fixture
def surgeon(here):
    return member(here, given_name="Ivo", family_name="Duarte")


@pytest.fixture
def oncologist(here):
    return member(here, specialty=Specialty.ONCOLOGY, given_name="Kofi", family_name="Adeyemi")


def text(answer):
    return html.unescape(answer.content.decode())


def key(here, who):
    return f"{here.pk}-{who.pk}"


def note_of(one):
    return reverse("cases:chase-note", args=[one.pk])


def rows(answer):
    return re.findall(r'class="c-case"[^>]*><a href="/cases/[^"]*">([^<]+)</a>', text(answer))


def chased():
    return Message.objects.filter(kind="input.chased")


def test_what_is_owed_stands_by_meeting_the_next_first(client, here, coordinator, surgeon):
    later, soon = (meeting(here, timezone.now() + timedelta(days=days)) for days in (14, 7))
    cases = [a_case(here, CaseStatus.LISTED) for _ in range(2)] + [a_case(here)]
    agenda_item(later, cases[0])
    agenda_item(soon, cases[1])
    for case in cases:
        an_input(case, surgeon)

    answer = client.get(f"{PAGE}?who={surgeon.pk}")

    assert rows(answer) == [cases[1].number, cases[0].number, cases[2].number]
    assert "Not listed yet" in text(answer)
    assert "tb-identity" in text(answer)
    assert cases[0].patient.name in text(answer)


def test_filters_stand_in_the_address(client, here, coordinator, surgeon, oncologist):
    listed, other = a_case(here, CaseStatus.LISTED), a_case(here)
    coming = meeting(here)
    agenda_item(coming, listed)
    an_input(listed, surgeon, due_at=timezone.now() - timedelta(days=1))
    an_input(other, oncologist, Specialty.ONCOLOGY)

    def shown(query):
        return set(rows(client.get(f"{PAGE}?{query}")))

    assert shown(f"meeting={coming.pk}") == {listed.number}
    assert shown("meeting=none") == {other.number}
    assert shown("owed=ONCOLOGY") == {other.number}
    assert shown(f"who={surgeon.pk}") == {listed.number}
    assert shown(f"late=1&who={surgeon.pk}") == {listed.number}
    assert shown("late=1&owed=ONCOLOGY") == set()
    assert (
        shown(f"board={here.pk}") == shown("board=x&meeting=y&owed=z&who=w") == {listed.number, other.number}
    )


def test_an_empty_list_says_why(client, coordinator):
    assert "Nothing to chase" in text(client.get(PAGE))


def test_what_no_filter_fits_can_be_left(client, here, coordinator, surgeon):
    an_input(a_case(here), surgeon)

    answer = client.get(f"{PAGE}?late=1&who={surgeon.pk}")

    assert "Nothing to chase here" in text(answer)
    assert "Show everything" in text(answer)


def test_the_menu_counts_what_is_overdue(client, here, coordinator, surgeon):
    an_input(a_case(here), surgeon, due_at=timezone.now() - timedelta(days=1))
    an_input(a_case(here), surgeon, due_at=timezone.now() + timedelta(days=1))

    assert re.search(
        r'<a href="/chase/"[^>]*>Chase<span class="tb-count">1</span>', text(client.get("/cases/"))
    )


@pytest.mark.parametrize("role", [Role.MEMBER, Role.REFERRER, Role.OBSERVER])
def test_who_may_not_ask_has_neither_page_nor_entry(client, here, surgeon, role):
    one = an_input(a_case(here), surgeon)
    client.force_login(member(here, role))

    for address in (PAGE, SEND, reverse("cases:chase-mail", args=[here.pk, surgeon.pk])):
        assert client.get(address).status_code == 403
    assert client.post(SEND, {"people": key(here, surgeon)}).status_code == 403
    refused = {
        client.get(note_of(one)).status_code,
        client.post(note_of(one), {"words": "Soon."}).status_code,
    }
    assert refused == ({404} if role == Role.REFERRER else {403})
    assert 'href="/chase/"' not in text(client.get("/"))
    assert not chased()
    assert not ChaseNote.objects.exists()


def test_a_coordinator_of_another_board_chases_nobody_here(client, here, surgeon):
    one = an_input(a_case(here), surgeon)
    client.force_login(member(board(), Role.COORDINATOR))

    assert rows(client.get(PAGE)) == []
    assert client.get(note_of(one)).status_code == 404
    assert client.get(reverse("cases:chase-mail", args=[here.pk, surgeon.pk])).status_code == 404
    assert "Nothing is owed any more" in text(client.get(f"{SEND}?people={key(here, surgeon)}"))
    assert client.post(SEND, {"people": key(here, surgeon)}).status_code == 403
    assert not chased()


def test_the_email_is_looked_at_before_it_leaves(client, here, coordinator, surgeon):
    one = an_input(a_case(here), surgeon)
    [mail] = chasing.prepare(people={(here.pk, surgeon.pk)}, by=coordinator)

    looked = client.get(f"{SEND}?people={key(here, surgeon)}&late=1")
    assert not chased()
    assert mail.entry.title in text(looked)
    assert mail.entry.text in text(looked)
    seen = re.search(r'name="seen" value="(\w+)"', text(looked))[1]
    sent = client.post(SEND, {"people": key(here, surgeon), "seen": seen, "late": "1"})

    assert (sent.status_code, sent.url) == (302, f"{PAGE}?late=1")
    assert (chased().get().text, chased().get().html) == (mail.entry.text, mail.entry.html)
    after = text(client.get(PAGE))
    assert re.search(rf'<span class="w">Chased</span> <a href="/messages/{chased().get().pk}/">', after)
    assert one.case.number in after


def test_as_a_mail_program_shows_it_it_runs_nothing(client, here, coordinator, surgeon):
    an_input(a_case(here), surgeon)

    shown = client.get(reverse("cases:chase-mail", args=[here.pk, surgeon.pk]))

    assert "Dear I. Duarte" in text(shown)
    policy = shown["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert shown["X-Frame-Options"] == "SAMEORIGIN"


def test_who_was_chased_this_day_is_said_and_confirmed(client, here, coordinator, surgeon):
    an_input(a_case(here), surgeon)
    said = {"people": key(here, surgeon)}
    client.post(SEND, said)

    again = client.get(SEND, said)
    assert "Chased already" in text(again)
    assert "by A. Hollis" in text(again)
    refused = client.post(SEND, said)
    assert refused.status_code == 422
    assert "I. Duarte was chased at" in text(refused)
    assert chased().count() == 1

    assert client.post(SEND, said | {"again": key(here, surgeon)}).status_code == 302
    assert chased().count() == 2


def test_what_has_changed_since_is_looked_at_again(client, here, coordinator, surgeon):
    an_input(a_case(here), surgeon)

    answer = client.post(SEND, {"people": key(here, surgeon), "seen": "0" * 64})

    assert answer.status_code == 422
    assert "has changed since you looked" in text(answer)
    assert not chased()


@pytest.mark.parametrize("people", ["", "x-y", "17", "3-17-4"])
def test_who_is_nobody_leads_back_to_the_list(client, coordinator, people):
    for answer in (client.get(SEND, {"people": people}), client.post(SEND, {"people": people})):
        assert (answer.status_code, answer.url) == (302, PAGE)


def test_all_that_are_shown_are_chased_at_once(client, here, coordinator, surgeon, oncologist):
    for case in (a_case(here, referred_by=surgeon), a_case(here, referred_by=surgeon)):
        an_input(case, surgeon)
        an_input(case, oncologist, Specialty.ONCOLOGY)

    address = re.search(r'href="(/chase/send/[^"]*)">.*?Chase all 2 people', text(client.get(PAGE)), re.S)[1]
    client.post(SEND, {"people": re.findall(r"people=(\d+-\d+)", address)})

    assert {message.recipient for message in chased()} == {surgeon, oncologist}
    assert chased().count() == 2


def test_a_note_is_written_in_its_row(client, here, coordinator, surgeon):
    one = an_input(a_case(here), surgeon)
    htmx = {"headers": {"HX-Request": "true"}}

    assert "What came of it" in text(client.get(note_of(one), **htmx))
    refused = client.post(note_of(one), {"words": "x" * 301}, **htmx)
    assert refused.status_code == 422
    assert "x" * 301 in text(refused)
    noted = client.post(note_of(one), {"words": "Promised for Thursday."}, **htmx)

    assert (noted.status_code, ChaseNote.objects.get().created_by) == (200, coordinator)
    assert "Promised for Thursday." in text(noted)
    assert "<html" not in text(noted)
    assert "What came of it" not in text(client.get(f"{note_of(one)}?shut", **htmx))
    assert "Promised for Thursday." in text(client.get(PAGE))


def test_a_note_is_written_without_scripts(client, here, coordinator, surgeon):
    one = an_input(a_case(here), surgeon)

    assert "<html" in text(client.get(note_of(one)))
    assert "Say what came of it" in text(client.post(note_of(one), {"words": " "}))
    assert client.post(note_of(one), {"words": "On leave."}).url == PAGE


def test_queries_do_not_grow_with_rows(client, here, coordinator):
    used = []
    for n in (1, 3):
        people = [member(here) for _ in range(n)]
        for who in people:
            one = an_input(a_case(here), who)
            ChaseNote.objects.create(input=one, note="Soon.", created_by=coordinator)
        chosen = {"people": [key(here, who) for who in people]}
        client.post(SEND, chosen)
        counts = []
        for address, said in ((PAGE, {}), (SEND, chosen)):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address, said).status_code == 200
            counts.append(len(asked))
        used.append(counts)

    assert used[0] == used[1]
