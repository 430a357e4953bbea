"""Does the case page show what is known, offer the one next step, and hide what is not for the reader?"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import PatientWish
from cases.queries.case_page import journey
from cases.vocabulary import CaseStatus, Role, Specialty
from tests.factories import a_case, a_diagnosis, a_lesion, agenda_item, board, lab, meeting, member
from tests.factories.decisions import a_room
from tests.factories.inputs import a_signed_input, an_input
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db


def page_of(client, user, case):
    client.force_login(user)
    response = client.get(reverse("cases:case", args=[case.pk]))
    assert response.status_code == 200
    return response.context["page"], response.content.decode()


def test_strangers_do_not_learn_that_the_case_exists(client):
    case = a_case()
    client.force_login(member(board(), Role.COORDINATOR))

    assert client.get(reverse("cases:case", args=[case.pk])).status_code == 404
    assert client.get(reverse("cases:history", args=[case.pk])).status_code == 404
    assert not trail.of(case.about).exists()


@pytest.mark.parametrize("page", ["case", "history"])
def test_every_read_leaves_a_trace(client, page):
    case = a_case()
    reader = member(case.board, Role.OBSERVER)
    client.force_login(reader)
    client.get(reverse(f"cases:{page}", args=[case.pk]))

    assert [(one.actor, one.verb) for one in trail.of(case.about)] == [(reader, "case.viewed")]


@pytest.mark.parametrize("role", [None, *(one for one in Role if one != Role.REFERRER)])
@pytest.mark.parametrize("status", [one for one in CaseStatus if one != CaseStatus.LISTED])
def test_whatever_is_offered_may_be_pressed(client, status, role):
    """Without a role: the referrer, who has left the board since."""
    case = a_case(status=status)
    client.force_login(member(case.board, role) if role else case.referred_by)
    response = client.get(reverse("cases:case", args=[case.pk]))
    page = response.context.get("page") if response.status_code == 200 else None
    offered = [page.primary, *page.others] if page else []

    pressed = {
        one.label: client.get(one.url).status_code for one in offered if one and one.url and not one.posts
    }
    assert set(pressed.values()) <= {200}, pressed


def test_question_wish_lesions_scores_and_opinions_stand_on_one_page(client):
    case = a_case()
    a_diagnosis(case)
    lab(case, "bilirubin", 11, "umol/L")
    lab(case, "albumin", 39, "g/L")
    a_lesion(case, mm=31, segments=("4a", "8"))
    surgeon = member(case.board, family_name="Arkwright")
    a_signed_input(case, surgeon)
    PatientWish.objects.create(case=case, words="I want to dance in June.", created_by=surgeon)
    page, html = page_of(client, surgeon, case)

    for words in (case.question, "I want to dance in June.", "−2.63", "Arkwright", "4a, 8", "Resect"):
        assert words in html
    assert page.lesions.rows[0].now_mm == "31"
    assert "to be judged by the board" in html


def test_a_lesion_shows_its_change_and_the_decided_plan(client):
    room = a_room()
    today = timezone.now().date()
    lesion = a_lesion(room.case, mm=42, measured_on=today - timedelta(days=90))
    lesion.measurements.create(long_axis_mm=31, measured_on=today, created_by=room.chair)
    room.decide(actions=[room.action(lesions=(lesion,))])
    page, _ = page_of(client, room.coordinator, room.case)
    row = page.lesions.rows[0]

    assert (row.before_mm, row.now_mm, row.change, row.plan) == ("42", "31", "−26 %", "RESECTION")
    assert page.lesions.total == "31 mm, −26 %"


class TestReferrerFromOutside:
    def test_reads_neither_opinions_nor_discussion_nor_an_unsigned_decision(self, client):
        room = a_room()
        room.item.discussion = "Secret words of the board."
        type(room.item).objects.filter(pk=room.item.pk).update(discussion=room.item.discussion)
        an_input(room.case, room.surgeon)
        page, html = page_of(client, room.referrer, room.case)

        assert (page.sits, page.inputs) == (False, [])
        assert "Secret words" not in html
        assert room.surgeon.display_name not in html

    def test_reads_the_decision_once_it_is_signed(self, client):
        room = a_room()
        signed = room.decide()
        _, html = page_of(client, room.referrer, room.case)

        assert signed.read_back in html
        assert reverse("cases:decision", args=[signed.pk]) in html


def offered(client, user, case):
    page, _ = page_of(client, user, case)
    return page.primary.label if page.primary else None


class TestNextStep:
    @pytest.mark.parametrize(
        ("status", "role", "label"),
        [
            (CaseStatus.REFERRED, Role.COORDINATOR, "Accept"),
            (CaseStatus.REFERRED, Role.OBSERVER, "Accept"),
            (CaseStatus.PREPARING, Role.COORDINATOR, "Plan a meeting"),
            (CaseStatus.PREPARING, Role.OBSERVER, None),
            (CaseStatus.RETURNED, Role.COORDINATOR, "Complete the referral"),
            (CaseStatus.CLOSED, Role.CHAIR, "Bring it again"),
            (CaseStatus.CLOSED, Role.MEMBER, None),
            (CaseStatus.WITHDRAWN, Role.CHAIR, None),
        ],
    )
    def test_one_by_status_and_seat(self, client, status, role, label):
        case = a_case(status=status)

        assert offered(client, member(case.board, role, Specialty.SURGERY), case) == label

    def test_what_may_not_be_done_is_shown_with_its_reason(self, client):
        case = a_case(status=CaseStatus.REFERRED)
        _, html = page_of(client, member(case.board, Role.OBSERVER), case)

        assert 'aria-disabled="true"' in html
        assert "The coordinator or the chair accepts a referral" in html
        assert reverse("cases:accept", args=[case.pk]) not in html

    def test_a_blocked_case_says_by_what_where_the_board_wants_it_whole(self, client):
        case = a_case(board(lists_blocked_cases=False))
        meeting(case.board)
        page, _ = page_of(client, member(case.board, Role.COORDINATOR), case)

        assert page.primary.url == ""
        assert page.primary.reason.startswith("Blocked by 13: primary site, histology and 11 more.")

    def test_other_boards_list_it_with_a_warning(self, client):
        case = a_case()
        coming = meeting(case.board)
        page, html = page_of(client, member(case.board, Role.COORDINATOR), case)

        assert page.primary.url == reverse("cases:meeting", args=[coming.pk])
        assert "Blocked by 13" in html

    def test_an_emergency_can_be_listed_although_it_is_blocked(self, client):
        case = a_case(board(lists_blocked_cases=False), urgency="EMERGENCY")
        coming = meeting(case.board)
        page, _ = page_of(client, member(case.board, Role.COORDINATOR), case)

        assert page.primary.url == reverse("cases:meeting", args=[coming.pk])

    def test_whoever_owes_an_input_is_led_to_it(self, client):
        case = a_case()
        surgeon = member(case.board)
        asked = an_input(case, surgeon)
        page, _ = page_of(client, surgeon, case)

        assert page.primary.url == reverse("cases:input", args=[asked.pk])

    def test_a_discussed_case_leads_to_its_decision(self, client):
        room = a_room()

        assert offered(client, room.coordinator, room.case) == "Go to the meeting"
        room.decide()
        assert offered(client, room.coordinator, room.case) == "Read the decision"


def test_what_is_missing_is_told_to_the_referrer_of_a_returned_case(client):
    here = board()
    case = a_case(here, status=CaseStatus.RETURNED, referred_by=member(here, Role.REFERRER))
    page, _ = page_of(client, case.referred_by, case)

    assert page.primary.label == "Complete the referral"


@pytest.mark.parametrize(
    ("status", "states"),
    [
        (CaseStatus.REFERRED, ["now", "next", "next", "next", "next", "next"]),
        (CaseStatus.LISTED, ["past", "past", "now", "next", "next", "next"]),
        (CaseStatus.CLOSED, ["past", "past", "past", "past", "past", "now"]),
        (CaseStatus.RETURNED, ["now", "next", "next", "next", "next", "next", "next"]),
        (CaseStatus.WITHDRAWN, ["now"]),
    ],
)
def test_the_journey_shows_where_the_case_is(status, states):
    assert [state for _, state in journey(status)] == states


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_what_is_known(client, count, django_assert_max_num_queries):
    room = a_room()
    for number in range(1, count + 1):
        lesion = a_lesion(room.case, number=number, mm=20)
        lab(room.case, "cea", number, "ug/L", taken_on=timezone.now().date() - timedelta(days=number))
        an_input(room.case, room.surgeon, list(Specialty)[number])
        room.action(lesions=(lesion,))
    room.decide(actions=[room.action() for _ in range(count)])
    client.force_login(room.coordinator)
    url = reverse("cases:case", args=[room.case.pk])
    client.get(url)

    with django_assert_max_num_queries(31):
        client.get(url)


def test_a_case_on_a_list_says_when_and_where(client):
    case = a_case(status=CaseStatus.LISTED)
    sitting = meeting(case.board)
    agenda_item(sitting, a_case(case.board))
    agenda_item(sitting, case)
    page, html = page_of(client, member(case.board, Role.OBSERVER), case)

    assert (page.item.position, page.item.of) == (2, 2)
    assert "no. 2 of 2" in html
