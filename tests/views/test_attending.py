"""Who is there: the list over the live screen, deputies, guests, and the code on the wall."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Attendance, Guest
from cases.services import meeting as service
from cases.vocabulary import CaseStatus, MeetingStatus, Role, Specialty
from tests.factories import a_case, a_diagnosis, agenda_item, board, meeting, member, person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
CODE = "ACDE34"
CHECK_IN = "cases:check-in"


@pytest.fixture
def here():
    return board(quorum_specialties=[Specialty.SURGERY])


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


@pytest.fixture
def pathologist(here):
    return member(here, specialty=Specialty.PATHOLOGY, given_name="Ada", family_name="Lowe")


@pytest.fixture
def running(here):
    soon = timezone.now() + timedelta(minutes=5)
    return meeting(here, starts_at=soon, status=MeetingStatus.RUNNING, check_in_code=CODE)


@pytest.fixture
def item(running, coordinator):
    case = a_case(board=running.board, status=CaseStatus.LISTED, topics=["DIAGNOSIS"])
    a_diagnosis(case, primary_site="HCC")
    listed = agenda_item(running, case)
    service.open_case(item=listed, by=coordinator)
    return listed


def address(name, thing):
    return reverse(f"cases:{name}", args=[thing.pk])


def listed(client, running):
    return client.get(address("attendance", running), headers=HTMX).content.decode()


def test_the_list_says_whom_the_case_needs_and_why(client, running, item, coordinator, pathologist):
    client.force_login(coordinator)
    page = listed(client, running)

    assert "Not quorate" in page
    assert "A. Lowe · because the diagnosis is asked about" in page
    assert "nobody sits for it · because the primary is hepatocellular carcinoma" in page
    assert "nobody sits for it · needed for every case" in page
    service.join(meeting=running, user=pathologist, by=pathologist)
    assert listed(client, running).count(">missing<") == page.count(">missing<") - 1


def test_a_deputy_is_recorded_from_the_board_or_by_address(client, running, coordinator, pathologist):
    client.force_login(coordinator)
    registrar = person(email="ben@example.org", given_name="Ben", family_name="Hope")
    typed = {"deputy-deputy_for": pathologist.pk, "deputy-email": "Ben@example.org"}
    answer = client.post(address("deputy", running), typed, headers=HTMX)

    there = Attendance.objects.get()
    assert (there.user, there.deputy_for, there.specialty) == (registrar, pathologist, "PATHOLOGY")
    assert "for A. Lowe" in answer.content.decode()
    assert 'hx-swap-oob="true"' in answer.content.decode()


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_deputy_who_is_not_known_comes_back_as_typed(client, running, coordinator, pathologist, headers):
    client.force_login(coordinator)
    typed = {"deputy-deputy_for": pathologist.pk, "deputy-email": "nobody@example.org"}
    answer = client.post(address("deputy", running), typed, headers=headers)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nobody with this address" in page
    assert "nobody@example.org" in page
    assert not Attendance.objects.exists()


def test_what_a_rule_refuses_is_said_and_kept(client, running, coordinator, pathologist):
    client.force_login(coordinator)
    one = member(running.board)
    service.join(meeting=running, user=one, by=coordinator)
    typed = {"deputy-deputy_for": pathologist.pk, "deputy-email": one.email}
    answer = client.post(address("deputy", running), typed, headers=HTMX)

    assert answer.status_code == 422
    assert "is here already" in answer.content.decode()


def test_a_member_is_told_who_records_a_deputy(client, running, pathologist):
    one, other = member(running.board), member(running.board)
    client.force_login(one)
    typed = {"deputy-deputy_for": pathologist.pk, "deputy-user": other.pk}
    answer = client.post(address("deputy", running), typed)

    assert answer.status_code == 422
    assert "Whoever runs the meeting records it" in answer.text
    assert not Attendance.objects.exists()


def test_a_guest_comes_and_goes(client, running, item, coordinator):
    client.force_login(coordinator)
    assert client.post(address("admit-guest", item), {"guest-name": " "}, headers=HTMX).status_code == 422
    typed = {"guest-name": "Una Reed", "guest-comes_as": "GP", "guest-specialty": "PATHOLOGY"}
    page = client.post(address("admit-guest", item), typed, headers=HTMX).content.decode()
    assert "guest for this case, GP, Pathology" in page

    client.post(address("guest-leaves", Guest.objects.get()))
    assert not Guest.objects.present().exists()


def test_only_who_runs_the_meeting_records_guests(client, running, item, pathologist):
    client.force_login(pathologist)

    assert client.post(address("admit-guest", item), {"guest-name": "Una Reed"}).status_code == 403


def test_what_is_refused_to_a_button_is_said_in_the_list(client, running, coordinator, pathologist):
    service.close_meeting(meeting=running, by=coordinator)
    client.force_login(pathologist)
    answer = client.post(address("join", running), {"user": pathologist.pk}, headers=HTMX)

    assert answer.status_code == 409
    assert "while the meeting runs" in answer.content.decode()


def test_ticking_does_not_touch_a_form_that_is_being_typed(client, running, coordinator, pathologist):
    client.force_login(coordinator)
    page = client.post(address("join", running), {"user": pathologist.pk}, headers=HTMX).content.decode()

    assert "attendance-forms" not in page
    assert "attendance-forms" not in listed(client, running)


def test_checking_in_with_the_code_on_the_wall(client, running, pathologist):
    client.force_login(pathologist)
    assert client.post(reverse(CHECK_IN), {"code": "acd e34"}).url == reverse(CHECK_IN)
    page = client.get(reverse(CHECK_IN)).content.decode()

    assert "You are here" in page
    assert address("hold-meeting", running) in page
    assert Attendance.objects.get().checked_in_by_code


def test_five_wrong_codes_and_even_the_right_one_waits(client, running, pathologist):
    client.force_login(pathologist)
    answers = [client.post(reverse(CHECK_IN), {"code": f"ACDE3{digit}"}) for digit in "679AC"]
    assert [answer.status_code for answer in answers] == [422] * 5
    assert 'value="ACDE3C"' in answers[-1].content.decode()

    late = client.post(reverse(CHECK_IN), {"code": CODE})
    assert late.status_code == 429
    assert "Wait five minutes" in late.content.decode()
    assert not Attendance.objects.exists()
    other = member(running.board)
    client.force_login(other)
    assert client.post(reverse(CHECK_IN), {"code": CODE}).status_code == 302


def test_another_boards_code_is_answered_like_a_wrong_one(client, running):
    client.force_login(member(board()))
    wrong, others = (client.post(reverse(CHECK_IN), {"code": code}) for code in ("ACDE36", CODE))

    assert (wrong.status_code, others.status_code) == (422, 422)
    assert "This code is not known" in others.content.decode()
