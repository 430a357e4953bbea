"""Does the coordinator plan, list, order and send from the pages, and is every refusal said in its place?"""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cases.models import AgendaItem, Meeting
from cases.services import meeting as service
from cases.vocabulary import ItemStatus, Lane, Role
from tests.factories import a_case, a_diagnosis, a_patient, board, meeting, member, person
from tumorboard.audit.models import AuditEvent
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here, client):
    someone = member(here, Role.COORDINATOR, given_name="Cora", family_name="Ordinator")
    client.force_login(someone)
    return someone


@pytest.fixture
def coming(here):
    return meeting(here)


def address(name, pk):
    return reverse(f"cases:{name}", args=[pk])


def listed(coming, by, **more):
    return service.list_case(case=a_case(board=coming.board, **more), meeting=coming, by=by)


def form_of(here, **more):
    typed = {"board": here.pk, "day": "2027-01-12", "starts": "08:00", "ends": "09:30"}
    return typed | {"place": "Seminar room 2"} | more


def test_times_are_the_board_s(client, here, coordinator):
    here.time_zone = "America/New_York"
    here.save()

    answer = client.post(reverse("cases:schedule-meeting"), form_of(here))

    made = Meeting.objects.get()
    assert answer.url == address("meeting", made.pk)
    assert f"{made.starts_at:%Y-%m-%d %H:%M %Z}" == "2027-01-12 13:00 UTC"
    assert "12-Jan-2027 08:00–09:30" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ends": "07:00"}, "must end after it starts"),
        ({"day": "2020-01-07"}, "has passed"),
        ({"day": "2027-03-28", "starts": "01:30"}, "01:30 does not exist"),
        ({"starts": "noon"}, "Enter a valid time"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_what_was_typed(client, here, coordinator, changed, words):
    answer = client.post(reverse("cases:schedule-meeting"), form_of(here, **changed))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Seminar room 2" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_an_overlap_is_refused(client, here, coordinator):
    client.post(reverse("cases:schedule-meeting"), form_of(here))

    answer = client.post(reverse("cases:schedule-meeting"), form_of(here, starts="09:00", ends="10:00"))

    assert answer.status_code == 422
    assert "meets already on 12-Jan-2027 from 08:00 to 09:30" in answer.content.decode()


def test_members_do_not_plan(client, here):
    client.force_login(member(here))

    assert client.get(reverse("cases:schedule-meeting")).status_code == 403


@pytest.mark.parametrize("stranger", ["elsewhere", "referrer"])
def test_strangers_find_nothing(client, here, coming, stranger):
    by = member(here, Role.COORDINATOR)
    item = listed(coming, by)
    who = person() if stranger == "elsewhere" else member(here, Role.REFERRER)
    client.force_login(who)

    for name in ("meeting", "agenda-pdf", "hold-meeting", "publish-agenda"):
        assert client.get(address(name, coming.pk)).status_code == 404, name
    for name in (
        "list-case",
        "publish-agenda",
        "cancel-meeting",
        "open-meeting",
        "close-meeting",
        "join",
        "leave",
    ):
        assert client.post(address(name, coming.pk)).status_code == 404, name
    for name in ("plan-item", "move-item", "take-off-item", "open-case", "record-discussion", "defer-case"):
        assert client.post(address(name, item.pk)).status_code == 404, name


def test_a_member_reads_the_list_and_may_not_change_it(client, here, coming):
    item = listed(coming, member(here, Role.COORDINATOR))
    client.force_login(member(here))

    page = client.get(address("meeting", coming.pk)).content.decode()

    assert item.case.number in page
    assert "Take off" not in page
    assert client.post(address("take-off-item", item.pk)).status_code == 403
    assert client.post(address("publish-agenda", coming.pk), {"version": 1}).status_code == 403


def test_listing_and_ordering(client, here, coming, coordinator):
    first = listed(coming, coordinator)
    case = a_case(board=here)
    typed = {"case": case.pk, "minutes": "9", "lane": Lane.DISCUSSION}

    assert client.post(address("list-case", coming.pk), typed).status_code == 302
    second = AgendaItem.objects.get(case=case)
    assert second.minutes == 9
    part = client.post(address("move-item", second.pk), {"direction": "up"}, headers=HTMX).content.decode()
    assert part.index(case.number) < part.index(first.case.number)
    assert "<html" not in part
    client.post(address("plan-item", second.pk), {"minutes": "20", "lane": Lane.STANDARD}, headers=HTMX)
    client.post(address("take-off-item", first.pk))
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.minutes, second.lane, first.status) == (20, Lane.STANDARD, ItemStatus.TAKEN_OFF)


def test_a_late_case_is_asked_for_its_reason(client, here, coordinator):
    soon = meeting(here, starts_at=timezone.now() + timedelta(hours=5))
    case = a_case(board=here)
    typed = {"case": case.pk, "minutes": "7", "lane": Lane.DISCUSSION, "late_reason": ""}

    refused = client.post(address("list-case", soon.pk), typed)

    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Say why this case cannot wait" in page
    assert 'value="7"' in page
    client.post(address("list-case", soon.pk), typed | {"late_reason": "Jaundice since Monday"})
    assert "Jaundice since Monday" in client.get(address("meeting", soon.pk)).content.decode()


def test_minutes_out_of_bounds_are_refused(client, coming, coordinator):
    item = listed(coming, coordinator)

    answer = client.post(address("plan-item", item.pk), {"minutes": "99", "lane": Lane.DISCUSSION})

    assert answer.status_code == 422
    assert 'value="99"' in answer.content.decode()


def test_a_press_that_comes_too_late_is_told(client, coming, coordinator):
    item = listed(coming, coordinator)
    service.take_off(item=item, by=coordinator)

    part = client.post(address("take-off-item", item.pk), headers=HTMX)
    page = client.post(address("take-off-item", item.pk), follow=True)

    assert part.status_code == 409
    assert "no longer waiting on the list" in part.content.decode()
    assert "no longer waiting on the list" in page.content.decode()


def test_over_capacity_and_blocked_cases_are_seen(client, here, coordinator):
    short = meeting(here, hours=0.1)
    listed(short, coordinator)
    listed(short, coordinator)

    page = client.get(address("meeting", short.pk)).content.decode()

    assert "12 of 6 minutes planned, 6 too many" in page
    assert "2 blocked" in page
    assert "nobody sits for it" in page


def test_sending_shows_first_what_goes_to_whom(client, here, coming, coordinator):
    listed(coming, coordinator)
    chair = member(here, Role.CHAIR, given_name="Carla", family_name="Chair")
    coming.refresh_from_db()

    preview = client.get(address("publish-agenda", coming.pk)).content.decode()
    assert "C. Chair" in preview
    assert "Send to 2 people" in preview
    assert "names no patient" in preview
    assert not Message.objects.exists()

    client.post(address("publish-agenda", coming.pk), {"version": coming.version})
    Message.objects.filter(recipient=chair).update(state=State.DEAD, last_error="550")

    page = client.get(address("meeting", coming.pk)).content.decode()
    assert "2 recipients: 0 sent, 1 waiting, 1 not deliverable" in page
    assert "Changed since then" not in page
    listed(coming, coordinator)
    assert "Changed since then" in client.get(address("meeting", coming.pk)).content.decode()


def test_the_mail_that_is_shown_before_is_text_and_not_a_page(client, coming, coordinator):
    listed(coming, coordinator)
    Meeting.objects.filter(pk=coming.pk).update(place="Room <b onclick=x>2</b>")

    preview = client.get(address("publish-agenda", coming.pk)).content.decode()

    assert "Room &lt;b onclick=x&gt;2&lt;/b&gt;" in preview
    assert "<b onclick" not in preview


def test_sending_an_older_list_is_refused_with_the_new_one_shown(client, coming, coordinator):
    listed(coming, coordinator)

    answer = client.post(address("publish-agenda", coming.pk), {"version": 1})

    coming.refresh_from_db()
    assert answer.status_code == 422
    assert "Look at it again before sending" in answer.content.decode()
    assert f'name="version" value="{coming.version}"' in answer.content.decode()


@pytest.mark.parametrize("named", [False, True])
def test_the_pdf_names_patients_only_where_the_board_says_so(client, here, coming, coordinator, named):
    here.identifies_patients_on_agenda = named
    here.save()
    case = a_case(board=here, patient=a_patient(family_name="Zephyrine", record_number="REC-998877"))
    a_diagnosis(case)
    service.list_case(case=case, meeting=coming, by=coordinator)

    answer = client.get(address("agenda-pdf", coming.pk))

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert case.number in text
    assert case.question[:20] in text
    assert ("ZEPHYRINE" in text, "REC-998877" in text) == (named, named)
    assert "no-store" in answer.headers["Cache-Control"]
    assert AuditEvent.objects.filter(verb="agenda.read", actor=coordinator, about=coming.about).exists()


def test_calling_off_keeps_a_refused_reason_beside_the_field(client, coming, coordinator):
    assert client.post(address("cancel-meeting", coming.pk), {"reason": ""}).status_code == 422

    answer = client.post(address("cancel-meeting", coming.pk), {"reason": "Strike"})

    assert answer.url == reverse("cases:meetings")
    assert "Cancelled" in client.get(answer.url).content.decode()


@pytest.mark.parametrize("n", [1, 3, 12])
def test_queries_do_not_grow_with_cases(client, here, coming, coordinator, n, django_assert_max_num_queries):
    for _ in range(n):
        a_diagnosis(listed(coming, coordinator).case)
        a_diagnosis(a_case(board=here))

    with django_assert_max_num_queries(29):
        page = client.get(address("meeting", coming.pk))

    assert page.content.decode().count("Take off") == n


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_meetings(client, here, coordinator, n, django_assert_max_num_queries):
    for week in range(n):
        listed(meeting(here, starts_at=timezone.now() + timedelta(days=7 * (week + 1))), coordinator)

    with django_assert_max_num_queries(14):
        page = client.get(reverse("cases:meetings")).content.decode()

    assert page.count("6 of 120") == n
