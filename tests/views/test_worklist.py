"""Does the worklist show the right cases in the right order, without a name in its address?"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.vocabulary import CaseStatus, PrimarySite, Role, Specialty
from tests.factories import a_case, a_diagnosis, a_patient, agenda_item, board, meeting, member, person
from tests.factories.decisions import a_room
from tests.factories.inputs import an_input

pytestmark = pytest.mark.django_db


@pytest.fixture
def liver():
    return board()


@pytest.fixture
def coordinator(liver, client):
    user = member(liver, Role.COORDINATOR)
    client.force_login(user)
    return user


def numbers(response):
    return [row.case.number for row in response.context["page"].rows]


def listed(client, **query):
    response = client.get(reverse("cases:worklist"), query)
    assert response.status_code == 200
    return numbers(response)


def search(client, words):
    return client.post(reverse("cases:search"), {"q": words})


def test_sorted_by_meeting_then_by_what_is_due_first(client, liver, coordinator):
    now = timezone.now()
    late, soon, unlisted, owing = (a_case(liver) for _ in range(4))
    agenda_item(meeting(liver, now + timedelta(days=9)), late)
    agenda_item(meeting(liver, now + timedelta(days=2)), soon)
    an_input(owing, person(), due_at=now + timedelta(days=1))

    assert listed(client) == [one.number for one in (soon, late, owing, unlisted)]


def test_only_cases_that_the_person_may_see(client, liver, coordinator):
    mine = a_case(liver)
    a_case()

    assert listed(client) == [mine.number]


def test_each_view_holds_its_cases_and_says_how_many(client, liver, coordinator):
    preparing = a_case(liver)
    referred = a_case(liver, CaseStatus.REFERRED)
    returned = a_case(liver, CaseStatus.RETURNED)
    closed = a_case(liver, CaseStatus.CLOSED)
    an_input(preparing, coordinator)
    expected = {
        "open": [referred, preparing],
        "owed": [preparing],
        "triage": [referred],
        "blocked": [preparing],
        "not-done": [],
        "with-referrer": [returned],
        "ended": [closed],
    }
    views = client.get(reverse("cases:worklist")).context["page"].views

    for view, cases in expected.items():
        assert set(listed(client, view=view)) == {one.number for one in cases}
    assert {view: count for view, _, count in views} == {view: len(c) for view, c in expected.items()}


def test_decided_cases_with_an_unfinished_action_are_a_view(client):
    room = a_room()
    room.decide()
    client.force_login(room.coordinator)

    assert listed(client, view="not-done") == [room.case.number]


def test_filters_stand_in_the_address(client, liver, coordinator):
    now = timezone.now()
    breast, kidney = a_case(liver), a_case(liver, CaseStatus.LISTED)
    a_diagnosis(breast, primary_site=PrimarySite.BREAST)
    a_diagnosis(kidney, primary_site=PrimarySite.KIDNEY)
    sitting = meeting(liver, now + timedelta(days=2))
    agenda_item(sitting, kidney)
    an_input(breast, person(), Specialty.ONCOLOGY)

    assert listed(client, primary="BREAST") == [breast.number]
    assert listed(client, status="LISTED") == [kidney.number]
    assert listed(client, meeting=sitting.pk) == [kidney.number]
    assert listed(client, owed="ONCOLOGY") == [breast.number]
    assert listed(client, readiness="ready") == []
    assert len(listed(client, readiness="blocked", board=liver.pk)) == 2


def test_nonsense_in_the_address_is_ignored(client, liver, coordinator):
    case = a_case(liver)
    nonsense = {
        "view": "x",
        "board": "x",
        "status": "x",
        "meeting": "1' or 1",
        "page": "99",
        "readiness": "-",
    }

    assert listed(client, **nonsense) == [case.number]


@pytest.mark.parametrize(
    "words", ["santana", "Santana-Rey, Lucia", "LUCÍA", "santanna", "4711", "rec-4711", "inv"]
)
def test_search_finds_names_without_accents_and_nearly_right_and_numbers(client, liver, coordinator, words):
    patient = a_patient(family_name="Santana-Rey", given_name="Lucía", record_number="INV-REC-4711")
    case = a_case(liver, patient=patient)
    a_case(liver, patient=a_patient(family_name="Okonjo", given_name="Peter", record_number="X-1"))

    response = search(client, words)

    assert response.url == "/cases/?search=1"
    assert numbers(client.get(response.url)) == [case.number]


def test_a_name_never_stands_in_the_address(client, liver, coordinator):
    a_case(liver, patient=a_patient(family_name="Fairweather"))
    response = search(client, "Fairweather")
    page = client.get(response.url)

    assert "fairweather" not in response.url.lower()
    assert 'value="Fairweather"' in page.content.decode()
    assert client.get(reverse("cases:search")).status_code == 405


def test_a_case_number_leads_straight_to_the_case(client, liver, coordinator):
    case = a_case(liver)

    assert search(client, case.number.lower()).url == reverse("cases:case", args=[case.pk])


def test_search_does_not_reach_other_boards(client, coordinator):
    hidden = a_case(patient=a_patient(family_name="Elsewhere"))

    assert search(client, hidden.number).url == "/cases/?search=1"
    assert numbers(client.get("/cases/?search=1")) == []
    assert "No case matches" in client.get("/cases/?search=1").content.decode()


def test_a_referrer_sees_their_cases_and_not_what_is_asked_within_the_board(client, liver):
    referrer = person()
    case = a_case(liver, CaseStatus.LISTED, referred_by=referrer)
    an_input(case, person(family_name="Secretive"), due_at=timezone.now() - timedelta(days=1))
    client.force_login(referrer)
    page = client.get(reverse("cases:worklist"))
    row = page.context["page"].rows[0]

    assert (row.case, row.inputs, row.due_on, row.readiness.waiting) == (case, (), None, ())


def test_fifty_a_page(client, liver, coordinator):
    for _ in range(51):
        a_case(liver, referred_by=coordinator)

    assert len(listed(client)) == 50
    assert len(listed(client, page="2")) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_rows(client, liver, coordinator, count, django_assert_max_num_queries):
    sitting = meeting(liver)
    for _ in range(count):
        case = a_case(liver, CaseStatus.LISTED)
        a_diagnosis(case)
        an_input(case, person())
        agenda_item(sitting, case)

    with django_assert_max_num_queries(19):
        client.get(reverse("cases:worklist"))


def test_an_empty_list_says_what_to_do(client, coordinator):
    assert "A case begins with a referral" in client.get(reverse("cases:worklist")).content.decode()
