"""Does the live screen show one case to everybody, and keep what is typed?"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import Draft, PatientWish
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
    typed = {"version": first.discussion_version, "discussion": "Resect in one step."}
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


def test_what_was_typed_and_came_too_late_comes_back(client, running, coordinator):
    item = opened(running, coordinator)
    draft = reverse("cases:save-draft", args=["discussion", item.pk])

    client.post(draft, {"discussion": "Enlarge the right side fi", "version": item.discussion_version})

    assert "data-mine>Enlarge the right side fi</p>" in screen(client, running)


def test_a_conflict_shows_both_texts(client, running, coordinator):
    item = opened(running, coordinator)
    service.record_discussion(
        item=item, version=item.discussion_version, discussion="Ablate.", by=coordinator
    )

    answer = client.post(
        address("record-discussion", item.pk), {"version": item.discussion_version, "discussion": "Resect."}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Recorded meanwhile:</b> Ablate." in page
    assert ">Resect.</textarea>" in page


def test_what_was_typed_about_a_case_that_went_on_meanwhile_is_shown(client, running, coordinator):
    item = opened(running, coordinator)
    service.defer(item=item, reason="The MRI is missing.", by=coordinator)

    typed = {"version": item.discussion_version, "discussion": "Resect after the MRI."}
    answer = client.post(address("record-discussion", item.pk), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "You had typed:</b> Resect after the MRI." in page
    assert 'role="alert"' in page


def test_empty_words_and_reasons_are_refused_in_their_place(client, running, coordinator):
    item = opened(running, coordinator)

    silent = client.post(
        address("record-discussion", item.pk), {"version": item.discussion_version, "discussion": ""}
    )
    idle = client.post(address("defer-case", item.pk), {"reason": ""})

    assert (silent.status_code, idle.status_code) == (422, 422)
    assert "Write down in a sentence" in silent.content.decode()
    assert "Say why, in a sentence." in idle.content.decode()


def test_attendance_lights_the_lamp(client, here, running, coordinator, django_capture_on_commit_callbacks):
    waiting(running)
    surgeon = member(here, specialty=Specialty.SURGERY, given_name="Sofia", family_name="Surgeon")
    assert "hepatobiliary surgery (S. Surgeon)" in screen(client, running)

    with django_capture_on_commit_callbacks(execute=True):
        ticked = client.post(address("join", running.pk), {"user": surgeon.pk}, headers=HTMX)

    assert "1 here" in ticked.content.decode()
    assert "Quorate" in part(client, running, "room").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("leave", running.pk), {"user": surgeon.pk})
    assert "Not quorate" in part(client, running, "room").content.decode()


def test_nobody_is_ticked_in_who_does_not_belong_there(client, running, coordinator):
    elsewhere = member(board())

    refused = client.post(address("join", running.pk), {"user": elsewhere.pk}, headers=HTMX)
    odd = client.post(address("join", running.pk), {"user": "x"})

    assert refused.status_code == 409
    assert "Only people of the board" in refused.content.decode()
    assert odd.status_code == 404


def part(client, running, name, query=""):
    return client.get(reverse("cases:hold-part", args=[running.pk, name]) + query)


def test_a_screen_that_shows_what_was_open_goes_along(client, here, running, coordinator):
    first = opened(running, coordinator)
    second = opened(running, coordinator)

    assert second.case.question in part(client, running, "stage", f"?seen={first.pk}").content.decode()
    chosen = part(client, running, "stage", f"?item={first.pk}").content.decode()
    assert first.case.question in chosen
    assert f"The board is on {second.case.number} now" in chosen
    told = part(client, running, "head", f"?item={first.pk}").content.decode()
    assert f"The board is on {second.case.number} now" in told
    assert f"data-case-number>{first.case.number}" in told


def test_a_recorded_case_stays_on_the_screen_until_the_next_is_opened(client, running, coordinator):
    item, other = opened(running, coordinator), waiting(running)
    typed = {"version": item.discussion_version, "discussion": "Ablate."}

    answer = client.post(address("record-discussion", item.pk), typed)

    assert item.case.question in client.get(answer.url).content.decode()
    service.open_case(item=other, by=coordinator)
    assert other.case.question in client.get(answer.url).content.decode()


@pytest.mark.parametrize("name", ["stage", "head", "case", "said", "decision", "room", "list"])
def test_every_part_is_asked_for_by_itself(client, here, running, coordinator, name):
    item = opened(running, coordinator)
    assert part(client, running, name, f"?item={item.pk}").status_code == 200

    assert part(client, running, "elsewhere").status_code == 404
    client.force_login(member(board()))
    assert part(client, running, name, f"?item={item.pk}").status_code == 404


def test_what_is_typed_is_in_the_record_and_everybody_sees_it(client, here, running, coordinator):
    item = opened(running, coordinator)

    answer = client.post(address("save-discussion", item.pk), {"version": 1, "discussion": "Resect\r\nL1."})

    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    client.force_login(member(here))
    page = part(client, running, "said", f"?item={item.pk}").content.decode()
    assert "Resect\nL1." in page
    assert f"{coordinator.display_name}, {answer.json()['saved']}" in page
    assert "textarea" not in page


def test_of_two_who_type_the_second_sees_both(client, running, coordinator):
    item = opened(running, coordinator)
    colleague = member(running.board, Role.CHAIR, given_name="June", family_name="Arkwright")
    service.save_discussion(item=item, version=1, discussion="Ablate.", by=colleague)

    late = client.post(address("save-discussion", item.pk), {"version": 1, "discussion": "Resect."})

    told = late.json()
    assert (late.status_code, told["words"], told["version"]) == (409, "Ablate.", 2)
    assert told["by"] == colleague.display_name
    again = screen(client, running)
    assert ">Ablate.</textarea>" in again
    assert "data-mine>Resect.</p>" in again


def test_words_for_a_case_that_has_gone_are_kept(client, running, coordinator):
    item = opened(running, coordinator)
    service.defer(item=item, reason="No MRI.", by=coordinator)

    answer = client.post(address("save-discussion", item.pk), {"version": 1, "discussion": "Resect."})

    assert answer.status_code == 422
    assert "kept as your draft" in answer.json()["error"]
    assert Draft.objects.get(form="discussion", key=str(item.pk)).payload == {"discussion": ["Resect."]}


def test_members_see_the_screen_and_do_not_run_it(client, here, running):
    item = waiting(running)
    client.force_login(member(here))

    page = screen(client, running)

    assert item.case.question in page
    for action in ("Open this case", "Postpone", "Next case"):
        assert action not in page
    assert client.post(address("open-case", item.pk)).status_code == 403


MOST = {"said": 12, "room": 14, "decision": 8, "list": 9}


@pytest.mark.parametrize("n", [1, 3, 12])
def test_queries_do_not_grow(client, running, coordinator, n, django_assert_max_num_queries):
    for number in range(n):
        item = waiting(running)
        a_diagnosis(item.case)
        a_lesion(item.case, number + 1, mm=12)
        member(running.board)

    with django_assert_max_num_queries(45):
        screen(client, running)
    for name, most in MOST.items():
        with django_assert_max_num_queries(most):
            part(client, running, name, f"?item={item.pk}")


@pytest.mark.parametrize(("name", "least"), [("said", 3), ("case", 8)])
def test_a_second_reader_costs_little_and_sees_the_same(client, here, running, coordinator, name, least):
    opened(running, coordinator, question="Is ablation enough?")
    seen, asked = [], []
    for reader in (member(here, Role.MEMBER, Specialty.SURGERY), member(here, Role.OBSERVER)):
        client.force_login(reader)
        with CaptureQueriesContext(connection) as queries:
            seen.append(part(client, running, name).content.decode())
        asked.append(len(queries))
    assert seen[0] == seen[1]
    assert asked[1] <= asked[0] - least
    looked = AuditEvent.objects.filter(verb="case.viewed").values_list("actor", flat=True)
    assert len(set(looked)) == (2 if name == "case" else 0)


def test_who_may_write_is_not_given_what_readers_share(client, here, running, coordinator):
    opened(running, coordinator)
    client.force_login(member(here, Role.OBSERVER))
    assert "<textarea" not in part(client, running, "said").content.decode()
    client.force_login(coordinator)
    assert "<textarea" in part(client, running, "said").content.decode()
    client.force_login(member(here, Role.OBSERVER))
    assert "<textarea" not in part(client, running, "said").content.decode()
