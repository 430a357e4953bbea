"""Is the list put in order from its page, as suggested or by hand, and is every refusal said in its place?"""

import io
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from pypdf import PdfReader

from cases.models import AgendaItem, EarlyLeave, Meeting
from cases.services import meeting as service
from cases.vocabulary import Lane, Role, Specialty
from tests.factories import a_case, agenda_item, board, meeting, member
from tests.factories.inputs import a_signed_input, an_input

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
DISCUSSION, STANDARD = Lane.DISCUSSION, Lane.STANDARD


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


def listed(coming, **more):
    lane = more.pop("lane", DISCUSSION)
    return agenda_item(coming, a_case(coming.board, **more), lane=lane)


def as_sent(*pairs):
    return " ".join(f"{lane}:{item.pk}" for lane, item in pairs)


def order_of(coming):
    return list(coming.items.order_by("lane", "position").values_list("pk", flat=True))


def version_of(coming):
    return Meeting.objects.get(pk=coming.pk).version


def test_an_order_is_sent_as_a_whole(client, coming, coordinator):
    a, b = listed(coming), listed(coming)
    typed = {"version": version_of(coming), "order": as_sent((DISCUSSION, b), (STANDARD, a))}

    answer = client.post(address("reorder-agenda", coming.pk), typed, headers=HTMX)

    part = answer.content.decode()
    assert answer.status_code == 200
    assert part.index(b.case.number) < part.index(a.case.number)
    assert f'name="version" value="{version_of(coming)}"' in part
    a.refresh_from_db()
    assert a.lane == STANDARD


def test_who_is_slower_is_told_and_sees_the_list_as_it_is(client, coming, coordinator):
    a, b = listed(coming), listed(coming)
    seen = version_of(coming)
    service.move_item(item=b, up=True, by=coordinator)
    typed = {"version": seen, "order": as_sent((DISCUSSION, a), (STANDARD, b))}

    part = client.post(address("reorder-agenda", coming.pk), typed, headers=HTMX)
    page = client.post(address("reorder-agenda", coming.pk), typed, follow=True)

    assert part.status_code == 409
    for shown in (part.content.decode(), page.content.decode()):
        assert "The list was changed meanwhile" in shown
        assert f'name="version" value="{version_of(coming)}"' in shown
    assert order_of(coming) == [b.pk, a.pk]


def test_an_open_page_is_told_that_the_list_is_another(client, coming, coordinator):
    item = listed(coming)
    page = page_of(client, coming)
    asked = f"{address('agenda-changed', coming.pk)}?version={version_of(coming)}"
    assert f'hx-get="{asked}" hx-trigger="live:case from:body"' in page
    assert "has changed" not in client.get(asked).content.decode()

    service.plan_item(item=item, minutes=9, lane=DISCUSSION, by=coordinator)

    assert "The list has changed" in client.get(asked).content.decode()


@pytest.mark.parametrize("order", ["", "DISCUSSION", "ROOF:{}", "DISCUSSION:x", "{}"])
def test_what_cannot_be_read_is_refused(client, coming, coordinator, order):
    item = listed(coming)
    typed = {"version": 1, "order": order.format(item.pk)}

    answer = client.post(address("reorder-agenda", coming.pk), typed)

    assert answer.status_code == 422
    assert "The order could not be read" in answer.content.decode()


@pytest.mark.parametrize("minutes", ["", "{}:0", "{}:61", "{}:three", "x:3"])
def test_minutes_that_cannot_be_are_refused(client, coming, coordinator, minutes):
    item = listed(coming)
    typed = {"version": 1, "minutes": minutes.format(item.pk)}

    assert client.post(address("plan-minutes", coming.pk), typed).status_code == 422


def split(case, here):
    a_signed_input(case, member(here), Specialty.SURGERY)
    a_signed_input(case, member(here), Specialty.ONCOLOGY, opinion="SYSTEMIC")


def test_a_better_order_is_suggested_with_its_reasons_and_taken(client, here, coming, coordinator):
    plain, hard, seen = listed(coming), listed(coming), listed(coming)
    split(hard.case, here)
    an_input(seen.case, specialty=Specialty.RADIOLOGY)
    at = f"{(coming.starts_at + timedelta(minutes=7)).astimezone(here.zone):%H:%M}"
    client.post(address("leaves-early", coming.pk), {"specialty": "RADIOLOGY", "leaves_at": at})

    page = page_of(client, coming)

    assert f"Diagnostic radiology leaves at {at}" in page
    assert "complex: opinions split" in page
    assert page.count("will have left") == 1, "in the present order"
    taken = as_sent((DISCUSSION, seen), (DISCUSSION, hard), (DISCUSSION, plain))
    assert f'name="order" value="{taken}"' in page
    typed = {"version": version_of(coming), "order": taken, "is_suggested": "on", "break_after": "1"}
    client.post(address("reorder-agenda", coming.pk), typed)
    page = page_of(client, coming)
    assert "Suggested order" not in page
    assert "will have left" not in page
    assert order_of(coming) == [seen.pk, hard.pk, plain.pk]
    assert Meeting.objects.get(pk=coming.pk).break_after == 1


def test_a_suggestion_that_was_declined_does_not_come_again_until_it_changes(client, coming, coordinator):
    listed(coming)
    listed(coming, urgency="EMERGENCY")
    page = page_of(client, coming)
    key = page.split('name="key" value="')[1][:16]

    part = client.post(address("leave-order", coming.pk), {"key": key}, headers=HTMX)

    assert "Suggested order" not in part.content.decode()
    assert "Suggested order" not in page_of(client, coming)
    listed(coming, urgency="EMERGENCY")
    assert "Suggested order" in page_of(client, coming)


def test_only_who_plans_is_shown_a_suggestion(client, here, coming):
    listed(coming)
    listed(coming, urgency="EMERGENCY")
    client.force_login(member(here))

    assert "Suggested order" not in page_of(client, coming)
    assert client.post(address("leave-order", coming.pk), {"key": "x"}).status_code == 403


def test_minutes_follow_the_opinions_where_the_coordinator_takes_them(client, here, coming, coordinator):
    hard, plain = listed(coming), listed(coming)
    split(hard.case, here)

    page = page_of(client, coming)

    assert "1 of 2 agree, first discussion" in page
    assert "Take 9 min" in page
    assert "Take the suggested minutes of 1 case" in page
    typed = {"version": version_of(coming), "minutes": f"{hard.pk}:9"}
    part = client.post(address("plan-minutes", coming.pk), typed, headers=HTMX).content.decode()
    assert "15 of 120 minutes planned" in part
    assert "Take the suggested minutes" not in part
    assert AgendaItem.objects.get(pk=plain.pk).minutes == 6


def test_a_break_moves_the_times_after_it(client, coming, coordinator):
    listed(coming)
    second = listed(coming)

    answer = client.post(address("set-break", coming.pk), {"after": "1", "minutes": "10"}, headers=HTMX)

    part = answer.content.decode()
    zone = coming.board.zone
    assert "Break, 10 min" in part
    assert "22 of 120 minutes planned with a break of 10" in part
    row = part[part.index(f'id="item-{second.pk}"') :]
    assert f"{(coming.starts_at + timedelta(minutes=16)).astimezone(zone):%H:%M}" in row[:1500]
    refused = client.post(address("set-break", coming.pk), {"after": "2", "minutes": "7"})
    assert refused.status_code == 422
    assert "A break stands between two cases" in refused.content.decode()
    assert 'value="7"' in refused.content.decode()
    client.post(address("set-break", coming.pk), {"after": "", "minutes": "10"})
    assert Meeting.objects.get(pk=coming.pk).break_after is None


def test_the_break_stands_in_the_agenda_on_paper(client, coming, coordinator):
    listed(coming)
    listed(coming)
    service.set_break(meeting=coming, after=1, minutes=10, by=coordinator)

    answer = client.get(address("agenda-pdf", coming.pk))

    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    after = f"{(coming.starts_at + timedelta(minutes=16)).astimezone(coming.board.zone):%H:%M}"
    assert "Break, 10 minutes" in words
    assert after in words


def test_a_time_outside_the_meeting_is_refused_beside_its_field(client, coming, coordinator):
    typed = {"specialty": "PATHOLOGY", "leaves_at": f"{coming.starts_at.astimezone(coming.board.zone):%H:%M}"}

    answer = client.post(address("leaves-early", coming.pk), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Give a time between" in page
    assert '<option value="PATHOLOGY" selected>' in page
    assert client.post(address("leaves-early", coming.pk), typed | {"leaves_at": "noon"}).status_code == 422
    assert not EarlyLeave.objects.exists()


def test_who_stays_after_all_is_taken_off(client, coming, coordinator):
    EarlyLeave.objects.create(
        meeting=coming,
        specialty=Specialty.SURGERY,
        leaves_at=coming.starts_at + timedelta(minutes=9),
        created_by=coordinator,
    )

    client.post(address("leaves-early", coming.pk), {"specialty": "SURGERY"})

    assert not EarlyLeave.objects.exists()
