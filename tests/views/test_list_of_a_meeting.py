"""Does the list of a meeting say what became of its cases: pulled back, drawn, postponed, come back?"""

from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import AgendaItem, Meeting
from cases.services import meeting as service
from cases.vocabulary import CaseStatus, ItemStatus, Lane, MatterKind, MeetingStatus, Role
from tests.factories import a_case, agenda_item, board, meeting, member
from tests.factories.decisions import a_room

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
STANDARD = Lane.STANDARD


@pytest.fixture
def here():
    return board(quorum_specialties=[])


@pytest.fixture
def coordinator(here, client):
    someone = member(here, Role.COORDINATOR)
    client.force_login(someone)
    return someone


@pytest.fixture
def coming(here):
    return meeting(here)


def address(name, pk):
    return reverse(f"cases:{name}", args=[pk])


def page_of(client, coming):
    return unescape(client.get(address("meeting", coming.pk)).content.decode())


def listed(coming, lane):
    return agenda_item(coming, a_case(coming.board), lane=lane)


def test_a_member_pulls_a_case_back_and_says_why(client, here, coming):
    item = listed(coming, STANDARD)
    surgeon = member(here, given_name="Sara", family_name="Surgeon")
    client.force_login(surgeon)
    assert "Have it discussed" in page_of(client, coming)
    assert "data-handle" not in page_of(client, coming)

    refused = client.post(address("pull-back-item", item.pk), {"reason": ""})
    assert refused.status_code == 422
    assert "Say why, in a sentence." in refused.content.decode()
    client.post(address("pull-back-item", item.pk), {"reason": "The remnant is small."})

    page = page_of(client, coming)
    assert "To be discussed, S. Surgeon: The remnant is small." in page
    assert "Have it discussed" not in page
    again = client.post(address("pull-back-item", item.pk), {"reason": "Once more"}, headers=HTMX)
    assert (again.status_code, "no longer waiting among those" in again.content.decode()) == (422, True)


def test_pulling_back_from_the_live_screen_leads_back_there(client, here, coming):
    item = listed(coming, STANDARD)
    Meeting.objects.filter(pk=coming.pk).update(status=MeetingStatus.RUNNING)
    client.force_login(member(here))

    answer = client.post(address("pull-back-item", item.pk), {"reason": "Two opinions.", "back": "hold"})

    assert answer.url == address("hold-meeting", coming.pk)


def test_observers_pull_nothing_back(client, here, coming):
    item = listed(coming, STANDARD)
    client.force_login(member(here, Role.OBSERVER))

    assert "Have it discussed" not in page_of(client, coming)
    assert client.post(address("pull-back-item", item.pk), {"reason": "Hm."}).status_code == 403


def test_what_is_drawn_for_audit_is_shown_when_it_is_done_and_not_before(client, coming, coordinator):
    item = listed(coming, STANDARD)
    AgendaItem.objects.filter(pk=item.pk).update(audit_sample=True)
    assert "Drawn for audit" not in page_of(client, coming)

    AgendaItem.objects.filter(pk=item.pk).update(status=ItemStatus.DISCUSSED)

    assert "Drawn for audit" in page_of(client, coming)


def test_matters_arising_stand_below_the_list(client, here, coming, coordinator):
    signed = a_room(here).decide()
    action = signed.actions.get()
    coming.matters.create(case=signed.case, kind=MatterKind.OVERDUE, action=action, created_by=coordinator)

    page = page_of(client, coming)

    assert "Overdue, nothing heard" in page
    assert signed.case.number in page
    assert action.owner.display_name in page


def test_a_case_that_was_postponed_says_why_wherever_it_is_prepared(client, here, coming, coordinator):
    running = meeting(here, starts_at=timezone.now(), status=MeetingStatus.RUNNING)
    item = agenda_item(running, a_case(here, CaseStatus.LISTED))
    service.defer(item=item, reason="The MRI is not here yet.", by=coordinator)

    for page in (
        page_of(client, coming),
        client.get(reverse("cases:worklist")).content.decode(),
        client.get(address("case", item.case_id)).content.decode(),
    ):
        assert "Postponed" in page
        assert "The MRI is not here yet." in page

    client.force_login(item.case.referred_by)
    assert "MRI is not here" not in client.get(reverse("cases:worklist")).content.decode()
    assert "MRI is not here" not in client.get(address("case", item.case_id)).content.decode()
