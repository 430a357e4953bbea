"""Do you come? By the link without signing in, on the meeting's page, and for somebody else."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Meeting, MeetingReply
from cases.notices.reply_link import reply_links, token_for
from cases.vocabulary import MeetingStatus, Role, Specialty
from tests.factories import a_case, agenda_item, board, meeting, member

pytestmark = pytest.mark.django_db
S = Specialty


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def here():
    return board(name="Northern liver board")


@pytest.fixture
def coming(here):
    return meeting(here, place="Seminar room 2")


@pytest.fixture
def surgeon(here):
    return member(here, specialty=S.SURGERY, given_name="Ada", family_name="Lowe")


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


@pytest.fixture
def page(coming, surgeon):
    return reverse("cases:reply", args=[token_for(coming, surgeon)])


# -- by the link ------------------------------------------------------------------------------------------


def test_the_links_of_an_e_mail(coming, surgeon):
    links = reply_links(coming, surgeon)

    assert links["page"].startswith("http://localhost:8000/reply/")
    assert links["come"] == links["page"] + "?say=COMING"
    assert links["cannot"] == links["page"] + "?say=NOT_COMING"
    assert str(coming.pk) not in links["page"]


@pytest.mark.parametrize("say", ["", "?say=COMING", "?say=NOT_COMING", "?say=<script>"])
def test_opening_the_link_answers_nothing(client, page, say):
    assert client.get(page + say).status_code == 200
    assert client.head(page + say).status_code in {200, 405}
    assert not MeetingReply.objects.exists()


def test_pressing_the_button_answers_in_the_name_of_the_one_who_was_asked(client, page, surgeon):
    assert client.post(page, {"reply": "NOT_COMING"}).status_code == 302
    row = MeetingReply.objects.get()
    assert (row.user, row.reply, row.by_link, row.created_by) == (surgeon, "NOT_COMING", True, surgeon)
    assert "I cannot come" in client.get(page).content.decode()


def test_it_shows_board_day_time_and_place_and_nothing_else(client, here, coming, page, surgeon):
    case = a_case(here, question="Is a hepatectomy safe?")
    agenda_item(coming, case)
    shown = client.get(page).content.decode()

    assert "Northern liver board" in shown
    assert "Seminar room 2" in shown
    for hidden in (case.number, "hepatectomy", case.patient.family_name, surgeon.family_name, surgeon.email):
        assert hidden not in shown


def test_a_deputy_is_not_named_by_the_link(client, page, coordinator):
    answer = client.post(page, {"reply": "DEPUTY", "deputy": coordinator.pk})

    assert answer.status_code == 422
    assert client.post(page, {}).status_code == 422
    assert not MeetingReply.objects.exists()


def test_another_page_cannot_press_the_button(page):
    assert Client(enforce_csrf_checks=True).post(page, {"reply": "COMING"}).status_code == 403
    assert not MeetingReply.objects.exists()


def test_a_link_that_was_changed_leads_nowhere(client, page):
    for wrong in (page[:-3] + "xx/", "/reply/x/", "/reply/a:b:c/"):
        answer = client.get(wrong)
        assert (answer.status_code, "not good" in answer.content.decode()) == (404, True), wrong


def test_who_left_the_board_answers_no_more(client, page, surgeon):
    surgeon.memberships.update(ended_at=timezone.now())
    assert client.post(page, {"reply": "COMING"}).status_code == 404
    surgeon.memberships.update(ended_at=None)
    type(surgeon).objects.filter(pk=surgeon.pk).update(is_active=False)
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": MeetingStatus.CANCELLED}, "called off"),
        ({"status": MeetingStatus.CLOSED}, "is over"),
    ],
)
def test_a_meeting_that_asks_no_more_says_so(client, coming, page, change, words):
    Meeting.objects.filter(pk=coming.pk).update(**change)
    for answer in (client.get(page), client.post(page, {"reply": "COMING"})):
        assert (answer.status_code, words in answer.content.decode()) == (410, True)


def test_nobody_tries_tokens_without_end(client, page):
    answers = [client.post(page, {}).status_code for _ in range(21)]

    assert answers == [422] * 20 + [429]


# -- on the page of the meeting ---------------------------------------------------------------------------


def test_signed_in_one_names_who_comes_instead_of_the_same_discipline_first(client, here, coming, surgeon):
    radiologist = member(here, specialty=S.RADIOLOGY, family_name="Abel")
    second = member(here, specialty=S.SURGERY, family_name="Hope")
    client.force_login(surgeon)
    shown = client.get(reverse("cases:meeting", args=[coming.pk])).content.decode()
    assert shown.index(f'value="{second.pk}"') < shown.index(f'value="{radiologist.pk}"')
    assert "You have not answered" in shown

    address = reverse("cases:reply-meeting", args=[coming.pk])
    assert client.post(address, {"reply": "DEPUTY", "deputy": second.pk}).status_code == 302
    assert MeetingReply.objects.get().deputy == second
    assert "Somebody comes for you" in client.get(reverse("cases:meeting", args=[coming.pk])).content.decode()


def test_what_was_typed_stays_beside_what_is_wrong(client, coming, surgeon):
    client.force_login(surgeon)
    address = reverse("cases:reply-meeting", args=[coming.pk])
    answer = client.post(address, {"reply": "DEPUTY", "note": "from nine"})

    assert answer.status_code == 422
    assert "Choose who comes instead." in answer.content.decode()
    assert 'value="from nine"' in answer.content.decode()
    Meeting.objects.filter(pk=coming.pk).update(status="CANCELLED")
    assert client.post(address, {"reply": "COMING"}).status_code == 422


def test_a_coordinator_enters_what_was_said_by_telephone_and_a_member_cannot(
    client, coming, surgeon, coordinator
):
    address = reverse("cases:reply-for", args=[coming.pk])
    said = {"other-user": surgeon.pk, "other-reply": "COMING", "other-note": ""}
    client.force_login(coordinator)
    assert client.post(address, {}).status_code == 422
    assert client.post(address, said).status_code == 302
    row = MeetingReply.objects.get()
    assert (row.user, row.created_by, row.by_link) == (surgeon, coordinator, False)

    client.force_login(surgeon)
    assert client.post(address, said | {"other-user": coordinator.pk}).status_code == 403
    assert "by telephone" not in client.get(reverse("cases:meeting", args=[coming.pk])).content.decode()


def test_the_page_and_the_list_say_who_comes(client, here, coming, surgeon):
    client.force_login(surgeon)
    client.post(reverse("cases:reply-meeting", args=[coming.pk]), {"reply": "COMING"})
    for address in (reverse("cases:meeting", args=[coming.pk]), reverse("cases:meetings")):
        shown = client.get(address).content.decode()
        assert "1 comes, 0 do not, nothing heard from 0" in shown, address
        assert f"Missing: {S.RADIOLOGY.short}" in shown, address


def test_a_meeting_that_is_over_asks_nobody(client, coming, surgeon):
    start = timezone.now() - timedelta(hours=5)
    Meeting.objects.filter(pk=coming.pk).update(starts_at=start, ends_at=start + timedelta(hours=1))
    client.force_login(surgeon)

    assert "Who comes" not in client.get(reverse("cases:meeting", args=[coming.pk])).content.decode()
