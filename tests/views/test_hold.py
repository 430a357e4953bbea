"""Does the live screen show one case to everybody, and keep what is typed?"""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import PatientWish
from cases.services import meeting as service
from cases.vocabulary import CaseStatus, ItemStatus, MeetingStatus, Role, Specialty
from tests.factories import a_case, a_diagnosis, a_lesion, agenda_item, board, lab, meeting, member
from tumorboard.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def here():
    return board(quorum_specialties=[Specialty.SURGERY])


@pytest.fixture
def coordinator(here, client):
    someone = member(here, Role.COORDINATOR)
    client.force_login(someone)
    return someone


@pytest.fixture
def running(here):
    return meeting(here, starts_at=timezone.now() + timedelta(minutes=5), status=MeetingStatus.RUNNING)


def waiting(running, **more):
    return agenda_item(running, a_case(board=running.board, status=CaseStatus.LISTED, **more))


def opened(running, by, **more):
    item = waiting(running, **more)
    service.open_case(item=item, by=by)
    item.refresh_from_db()
    return item


def address(name, pk):
    return reverse(f"cases:{name}", args=[pk])


def screen(client, running, query=""):
    return client.get(address("hold-meeting", running.pk) + query).content.decode()


def test_the_screen_shows_the_case_before_the_board(client, running, coordinator):
    other = waiting(running, question="Another question?")
    item = opened(running, coordinator, question="Is ablation of L1 enough?", why_now="CEA is rising.")
    case = item.case
    a_diagnosis(case, primary_site="COLORECTAL", extrahepatic_disease="NONE")
    a_lesion(case, 1, ["6"], mm=31)
    lab(case, "bilirubin", 11, "umol/L")
    PatientWish.objects.create(case=case, words="Home by Christmas.", created_by=coordinator)

    page = screen(client, running)

    for words in (
        "Is ablation of L1 enough?",
        "CEA is rising.",
        "Home by Christmas.",
        "31 mm",
        "Bilirubin 11",
    ):
        assert words in page, words
    assert "Another question?" not in page
    assert "case 2 of 2 today" in page
    assert "Another question?" in screen(client, running, f"?item={other.pk}")
    assert AuditEvent.objects.filter(verb="case.viewed", about=case.about, actor=coordinator).exists()


def test_lesions_that_are_gone_or_dead_are_not_counted_and_scores_say_their_day(client, running, coordinator):
    item = opened(running, coordinator)
    a_diagnosis(item.case, primary_site="COLORECTAL")
    a_lesion(item.case, 1, ["6"], mm=31)
    a_lesion(item.case, 2, ["7"], mm=64, disappeared_on=date(2026, 11, 2))
    a_lesion(item.case, 3, ["8"], mm=52, viable="NO")
    lab(item.case, "bilirubin", 11, "umol/L", date(2026, 10, 5))
    lab(item.case, "albumin", 39, "g/L", date(2026, 11, 12))

    page = screen(client, running)
    assert "1 of 3 lesions counted, largest 31\N{NO-BREAK SPACE}mm" in page
    assert "grade 1 (oldest value 05-Oct-2026)" in page


def test_opening_going_on_and_closing(client, here, coordinator):
    today = meeting(here, starts_at=timezone.now() + timedelta(hours=1))
    first, second = waiting(today), waiting(today)
    assert "Open the meeting" in screen(client, today)

    client.post(address("open-meeting", today.pk))
    client.post(address("open-case", first.pk))
    first.refresh_from_db()
    typed = {"version": first.version, "discussion": "Resect in one step."}
    client.post(address("record-discussion", first.pk), typed)
    client.post(address("close-meeting", today.pk))
    today.refresh_from_db()
    assert today.status == MeetingStatus.RUNNING
    client.post(address("defer-case", second.pk), {"reason": "No MRI."})
    client.post(address("close-meeting", today.pk))

    for row in (today, first, second):
        row.refresh_from_db()
    assert (today.status, first.status, second.status) == (
        MeetingStatus.CLOSED,
        ItemStatus.DISCUSSED,
        ItemStatus.DEFERRED,
    )
    assert "Resect in one step." in screen(client, today, f"?item={first.pk}")


def test_a_meeting_of_next_week_is_not_opened_and_says_why(client, here, coordinator):
    answer = client.post(address("open-meeting", meeting(here).pk), follow=True)

    assert "not earlier than 12 hours" in answer.content.decode()


def test_what_was_typed_and_not_recorded_comes_back(client, running, coordinator):
    item = opened(running, coordinator)
    draft = reverse("cases:save-draft", args=["discussion", item.pk])

    client.post(draft, {"discussion": "Enlarge the right side fi", "version": item.version})

    assert "Enlarge the right side fi" in screen(client, running)


def test_a_conflict_shows_both_texts(client, running, coordinator):
    item = opened(running, coordinator)
    service.record_discussion(item=item, version=item.discussion_version, discussion="Ablate.", by=coordinator)

    answer = client.post(
        address("record-discussion", item.pk), {"version": item.version, "discussion": "Resect."}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Recorded meanwhile:</b> Ablate." in page
    assert ">Resect.</textarea>" in page


def test_what_was_typed_about_a_case_that_went_on_meanwhile_is_shown(client, running, coordinator):
    item = opened(running, coordinator)
    service.defer(item=item, reason="The MRI is missing.", by=coordinator)

    typed = {"version": item.version, "discussion": "Resect after the MRI."}
    answer = client.post(address("record-discussion", item.pk), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "You had typed:</b> Resect after the MRI." in page
    assert 'role="alert"' in page


def test_empty_words_and_reasons_are_refused_in_their_place(client, running, coordinator):
    item = opened(running, coordinator)

    silent = client.post(address("record-discussion", item.pk), {"version": item.version, "discussion": ""})
    idle = client.post(address("defer-case", item.pk), {"reason": ""})

    assert (silent.status_code, idle.status_code) == (422, 422)
    assert "Write down in a sentence" in silent.content.decode()
    assert "Say why, in a sentence." in idle.content.decode()


def test_attendance_lights_the_lamp(client, here, running, coordinator):
    waiting(running)
    surgeon = member(here, specialty=Specialty.SURGERY, given_name="Sofia", family_name="Surgeon")
    assert "hepatobiliary surgery (S. Surgeon)" in screen(client, running)

    part = client.post(address("join", running.pk), {"user": surgeon.pk}, headers=HTMX)

    assert "1 here" in part.content.decode()
    assert part.headers["HX-Trigger"] == '{"attendance": true}'
    assert "Quorate" in client.get(address("hold-pulse", running.pk)).content.decode()
    client.post(address("leave", running.pk), {"user": surgeon.pk})
    assert "Not quorate" in client.get(address("hold-pulse", running.pk)).content.decode()


def test_nobody_is_ticked_in_who_does_not_belong_there(client, running, coordinator):
    elsewhere = member(board())

    part = client.post(address("join", running.pk), {"user": elsewhere.pk}, headers=HTMX)
    odd = client.post(address("join", running.pk), {"user": "x"})

    assert part.status_code == 409
    assert "Only people of the board" in part.content.decode()
    assert odd.status_code == 404


def test_a_screen_where_nobody_types_goes_along(client, here, running, coordinator):
    first = opened(running, coordinator)
    second = opened(running, coordinator)
    pulse = f"{address('hold-pulse', running.pk)}?item={first.pk}&version={first.version}"

    told = client.get(f"{pulse}&along")
    assert f"The board is on {second.case.number} now" in told.content.decode()
    client.force_login(member(here))
    assert client.get(f"{pulse}&along").headers["HX-Redirect"] == address("hold-meeting", running.pk)
    assert "HX-Redirect" not in client.get(pulse).headers


def test_a_screen_is_told_when_somebody_else_records(client, running, coordinator):
    item = opened(running, coordinator)
    pulse = f"{address('hold-pulse', running.pk)}?item={item.pk}&version={item.version}"
    assert "Somebody has changed" not in client.get(pulse).content.decode()

    service.record_discussion(item=item, version=item.discussion_version, discussion="Ablate.", by=coordinator)

    assert f"Somebody has changed {item.case.number}" in client.get(pulse).content.decode()


def test_members_see_the_screen_and_do_not_run_it(client, here, running):
    item = waiting(running)
    client.force_login(member(here))

    page = screen(client, running)

    assert item.case.question in page
    for action in ("Open this case", "Postpone", "Next case"):
        assert action not in page
    assert client.post(address("open-case", item.pk)).status_code == 403


@pytest.mark.parametrize("n", [1, 3, 12])
def test_queries_do_not_grow(client, running, coordinator, n, django_assert_max_num_queries):
    for number in range(n):
        item = waiting(running)
        a_diagnosis(item.case)
        a_lesion(item.case, number + 1, mm=12)
        member(running.board)

    with django_assert_max_num_queries(23):
        screen(client, running)
    with django_assert_max_num_queries(6):
        client.get(address("hold-pulse", running.pk))
