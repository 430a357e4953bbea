"""The pages of an emergency: asked for by a form, said on every page while it lasts, reviewed afterwards."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.models import EmergencyAccess
from cases.services import emergency as service
from cases.vocabulary import Role
from tests.factories import a_case, board, member, person
from tumorboard.audit import trail
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db

PAGE, REVIEWS = reverse("cases:emergency"), reverse("cases:emergency-reviews")
SAID = {"reason_kind": "ACUTE", "reason": "Unconscious in the emergency room.", "confirmed": "on"}
NOT_FOUND = "No case of your hospital fits this."


@pytest.fixture
def case():
    return a_case(board(hospital="North Riding University Hospital"))


@pytest.fixture
def surgeon(case, client):
    surgeon = member(board(hospital=case.board.hospital.name))
    client.force_login(surgeon)
    return surgeon


@pytest.fixture
def officer(case):
    officer = person()
    case.board.hospital.privacy_officers.add(officer)
    return officer


def begin(case, by):
    return service.begin(case=case, reason_kind="ACUTE", reason=SAID["reason"], by=by)


def shown(response) -> str:
    return " ".join(response.content.decode().split())


def test_by_its_number_or_by_the_patient_and_never_in_an_address(client, case, surgeon, officer):
    response = client.post(PAGE, SAID | {"number": f" {case.number.lower()} "})

    assert response.url == reverse("cases:case", args=[case.pk])
    assert Message.objects.filter(kind="emergency.begun", recipient=officer).count() == 1
    other = a_case(case.board)
    patient = other.patient
    named = {"record_number": patient.record_number, "birth_date": patient.birth_date.isoformat()}
    assert client.post(PAGE, SAID | named).url == reverse("cases:case", args=[other.pk])
    assert client.get(PAGE, SAID | named).status_code == 200
    assert EmergencyAccess.objects.count() == 2


@pytest.mark.parametrize("left_out", ["reason", "reason_kind", "confirmed", "number"])
def test_what_is_left_out_is_asked_for_and_the_rest_is_kept(client, case, surgeon, left_out):
    said = SAID | {"number": case.number}
    response = client.post(PAGE, {name: value for name, value in said.items() if name != left_out})

    assert response.status_code == 422
    assert not EmergencyAccess.objects.exists()
    kept = {"reason": SAID["reason"], "number": case.number}
    assert all(value in shown(response) for name, value in kept.items() if name != left_out)


def test_another_hospital_is_answered_as_if_nobody_were_there(client, case, surgeon):
    elsewhere = a_case(board(hospital="Another Hospital"))
    there = client.post(PAGE, SAID | {"number": elsewhere.number})
    nobody = client.post(PAGE, SAID | {"number": "XX-26-9999"})

    assert (there.status_code, nobody.status_code) == (422, 422)
    assert NOT_FOUND in shown(there)
    main = [shown(one).partition("<main")[2].partition("</main>")[0] for one in (there, nobody)]
    words = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", one) for one in main]
    assert words[0].replace(elsewhere.number, "") == words[1].replace("XX-26-9999", "")


def test_without_a_seat_there_is_no_form(client, case):
    client.force_login(person())

    assert "Only who has a seat" in shown(client.get(PAGE))
    assert client.post(PAGE, SAID | {"number": case.number}).status_code == 422
    assert not EmergencyAccess.objects.exists()


def test_every_page_says_so_with_the_minutes_left_until_it_is_over(client, case, surgeon, officer):
    access = begin(case, surgeon)
    pages = [reverse("cases:today"), reverse("cases:case", args=[case.pk]), reverse("cases:meetings"), PAGE]

    assert all(case.number in shown(client.get(page)) for page in pages)
    with time_machine.travel(access.begun_at + timedelta(minutes=50, seconds=30), tick=False):
        client.force_login(surgeon)  # who did nothing for so long has been signed out
        assert "for 10 more minutes" in shown(client.get(pages[0]))
    with time_machine.travel(access.begun_at + timedelta(minutes=60, seconds=1), tick=False):
        client.force_login(surgeon)
        assert "Emergency access</span>" not in shown(client.get(pages[0]))
        assert client.get(pages[1]).status_code == 404


def test_ending_it_shuts_the_case(client, case, surgeon, officer):
    access = begin(case, surgeon)
    end = reverse("cases:end-emergency", args=[access.pk])
    client.force_login(member(board(hospital=case.board.hospital.name)))
    assert client.post(end).status_code == 404
    client.force_login(surgeon)
    client.post(end)

    assert client.get(reverse("cases:case", args=[case.pk])).status_code == 404


def test_each_view_is_marked_and_those_of_others_are_not(client, case, surgeon, officer):
    access = begin(case, surgeon)
    for name in ("case", "labs", "history", "lesions"):
        assert client.get(reverse(f"cases:{name}", args=[case.pk])).status_code == 200, name
    client.force_login(member(case.board))
    client.get(reverse("cases:case", args=[case.pk]))

    reads = trail.of(case.about).filter(verb="case.viewed").order_by("at")
    assert [(one.actor, one.details.get("emergency"), one.details.get("page")) for one in reads] == [
        *[(surgeon, str(access.pk), name) for name in ("case", "labs", "history", "lesions")],
        (reads.last().actor, None, None),
    ]


def test_the_officer_reads_why_and_what_and_says_so(client, case, surgeon, officer):
    access = begin(case, surgeon)
    client.get(reverse("cases:case", args=[case.pk]))
    client.force_login(officer)
    page = shown(client.get(REVIEWS))
    answer = reverse("cases:review-emergency", args=[access.pk])
    refused = client.post(answer, {f"{access.pk}-verdict": "NOT_JUSTIFIED", f"{access.pk}-note": ""})
    done = client.post(answer, {f"{access.pk}-verdict": "JUSTIFIED", f"{access.pk}-note": "Seen the chart."})

    assert all(
        said in page for said in (SAID["reason"], case.number, surgeon.get_full_name(), "Opened: case")
    )
    assert case.patient.family_name not in page
    assert refused.status_code == 422
    assert "Say why it was not justified" in shown(refused)
    assert done.url == REVIEWS
    assert "Seen the chart." in shown(client.get(REVIEWS))


def test_the_reviews_are_there_for_privacy_officers_of_the_hospital_only(client, case, surgeon, officer):
    access = begin(case, surgeon)
    other = board(hospital="Another Hospital")
    elsewhere = person()
    other.hospital.privacy_officers.add(elsewhere)
    for who, status in ((surgeon, 404), (member(case.board, Role.CHAIR), 404), (elsewhere, 200)):
        client.force_login(who)
        assert client.get(REVIEWS).status_code == status
        assert client.post(reverse("cases:review-emergency", args=[access.pk])).status_code == 404
    assert case.number not in shown(client.get(REVIEWS))


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_accesses(client, case, officer, n, django_assert_num_queries):
    for _ in range(n):
        begin(case, member(board(hospital=case.board.hospital.name)))
    client.force_login(officer)
    client.get(REVIEWS)
    with django_assert_num_queries(10, exact=False):
        client.get(REVIEWS)


@pytest.mark.parametrize("n", [0, 1, 3])
def test_the_banner_costs_no_question_to_the_database(client, case, surgeon, officer, n):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page = reverse("cases:meetings")
    client.get(page)
    with CaptureQueriesContext(connection) as before:
        client.get(page)
    for _ in range(n):
        begin(a_case(case.board), surgeon)
    with CaptureQueriesContext(connection) as after:
        client.get(page)
    assert len(after) == len(before)


def test_who_tries_number_after_number_is_stopped(client, case, surgeon, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"emergency": "3/m/key"}
    tried = [client.post(PAGE, SAID | {"number": f"XX-26-000{n}"}).status_code for n in range(4)]

    assert tried == [422, 422, 422, 429]
    assert client.get(PAGE).status_code == 200
