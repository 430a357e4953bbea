"""The list of actions, and the page on which somebody says what became of one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import ActionUpdate, Matter, RecommendedAction
from cases.services import follow_up
from cases.vocabulary import Role
from tests.factories import a_lesion, board, member, person
from tests.factories.decisions import a_room
from tests.factories.plans import a_plan, reported
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


def listed(client, user, **filters):
    client.force_login(user)
    return client.get(reverse("cases:actions"), filters)


def rows(response):
    return [(row.action.position, str(row.standing.due)) for row in response.context["page"].rows]


def report_url(action):
    return reverse("cases:report-action", args=[action.pk])


def test_mine_and_the_boards_by_state(room, client):
    signed = room.decide([room.action(days=1), room.action(days=30), room.action(owner=room.oncologist)])
    done = signed.actions.get(position=2)
    follow_up.report(action=done, report="DONE", reason="", note="", happened_on=room.today, by=room.surgeon)

    assert rows(listed(client, room.surgeon)) == [(1, "due")]
    assert rows(listed(client, room.surgeon, state="ended")) == [(2, "not now")]
    assert rows(listed(client, room.oncologist)) == [(3, "open")]
    assert rows(listed(client, room.oncologist, whose="board")) == [(1, "due"), (3, "open")]
    assert "Nothing is overdue for you." in listed(client, room.oncologist, state="overdue").content.decode()


def test_what_the_address_does_not_know_counts_as_not_said(room, client):
    room.decide()
    response = listed(client, room.surgeon, whose="everybody", state="<script>", page="x")

    assert rows(response) == [(1, "open")]
    assert "<script>" not in response.content.decode().replace("<script src", "").replace("<script ", "")


def test_days_are_those_of_the_board(client):
    """At the date line it is already tomorrow in Kiritimati, and still yesterday in Pago Pago."""
    states = set()
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        room = a_room(board(time_zone=zone))
        room.decide([room.action(days=0)])
        today = timezone.now().astimezone(room.board.zone).date()
        page = listed(client, room.surgeon).context["page"]
        assert page.rows[0].action.today == today
        states |= {str(page.rows[0].standing.due)}

    assert states == {"due"}


def test_an_owner_from_elsewhere_sees_the_action_and_no_patient(room, client):
    signed = room.decide([room.action(), room.action(owner=room.oncologist)])
    mine, other = signed.actions.order_by("position")
    room.surgeon.memberships.update(ended_at=timezone.now())
    page = listed(client, room.surgeon)
    own = client.get(report_url(mine))

    assert rows(page) == [(1, "open")]
    for response in (page, own):
        assert response.status_code == 200
        assert room.case.patient.family_name.upper() not in response.content.decode()
        assert room.case.patient.record_number not in response.content.decode()
    assert client.get(report_url(other)).status_code == 404
    assert client.get(reverse("cases:case", args=[room.case.pk])).status_code == 404


def test_a_report_is_recorded_and_stands_in_the_history(room, client):
    action = room.decide([room.action(), room.action()]).actions.first()
    client.force_login(room.surgeon)
    for said in (
        {"report": "ACCEPTED", "planned_on": room.today.isoformat()},
        {"report": "NOT_DONE", "reason": "COMORBIDITY", "note": "New angina."},
    ):
        assert client.post(report_url(action), said).status_code == 302
    page = client.get(report_url(action)).content.decode()

    assert [report.report for report in action.updates.order_by("created_at")] == ["ACCEPTED", "NOT_DONE"]
    assert "New angina." in page
    assert "comorbidity or general health" in page
    assert trail.of(room.case.about).filter(verb="case.viewed", actor=room.surgeon).exists()


@pytest.mark.parametrize(
    "said",
    [
        {"note": "Kept words"},
        {"report": "NOT_DONE", "note": "Kept words"},
        {"report": "DONE", "note": "Kept words"},
        {"report": "DONE", "happened_on": "2019-01-01", "note": "Kept words"},
        {"report": "DONE", "happened_on": "yesterday", "note": "Kept words"},
        {"report": "EATEN", "note": "Kept words"},
    ],
)
def test_a_report_that_says_too_little_is_422_with_the_text_kept(room, client, said):
    action = room.decide().actions.get()
    client.force_login(room.surgeon)
    response = client.post(report_url(action), said)

    assert response.status_code == 422
    assert "Kept words" in response.content.decode()
    assert not ActionUpdate.objects.exists()


def test_who_may_not_report_sees_no_form(room, client):
    action = room.decide().actions.get()
    client.force_login(room.oncologist)

    assert "What became of it" not in client.get(report_url(action)).content.decode()
    assert client.post(report_url(action), {"report": "ACCEPTED"}).status_code == 403


def test_nothing_is_found_before_the_signature_or_by_strangers(room, client):
    signed = room.decide()
    action = signed.actions.get()
    unsigned = RecommendedAction(pk=room.item.pk)
    for stranger in (person(), member(room.board, Role.REFERRER), a_room().coordinator):
        assert rows(listed(client, stranger, whose="board")) == []
        assert client.get(report_url(action)).status_code == 404
    assert client.get(report_url(unsigned)).status_code == 404


def test_a_part_for_htmx_and_the_whole_page_for_a_browser(room, client):
    client.force_login(room.surgeon)
    address = reverse("cases:actions")

    assert "<html" in client.get(address).content.decode()
    assert "<html" not in client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_a_list_of_three_asks_no_more_questions_than_one_of_one(client):
    def asked(number):
        room = a_room()
        lesions = [a_lesion(room.case, n) for n in range(1, number + 1)]
        room.decide([room.action(lesions=lesions, days=9 + n) for n in range(number)])
        listed(client, room.surgeon, whose="board")
        with CaptureQueriesContext(connection) as queries:
            assert len(rows(listed(client, room.surgeon, whose="board"))) == number
        return len(queries)

    assert asked(1) == asked(3)


def test_long_lists_have_pages(room, client):
    room.decide([room.action(days=20 - n) for n in range(20)])
    response = listed(client, room.surgeon)
    days = [row.action.due_on for row in response.context["page"].rows]

    assert days == sorted(days)
    assert days[0] == room.today + timedelta(days=1)


def test_planned_after_the_due_date_is_asked_about_and_then_recorded(room, client):
    action = room.decide().actions.get()
    client.force_login(room.surgeon)
    late = {"report": "ACCEPTED", "planned_on": (action.due_on + timedelta(days=1)).isoformat()}

    assert client.post(report_url(action), late).status_code == 422
    assert client.post(report_url(action), late | {"later_is_meant": "on"}).status_code == 302
    assert f"planned for {late['planned_on'][8:]}" in client.get(report_url(action)).content.decode()


def test_of_a_condition_one_says_whether_it_is_met_and_sees_what_hangs_on_it(room, client):
    plan = a_plan(room)
    client.force_login(room.coordinator)
    page = client.get(report_url(plan.condition)).content.decode()

    assert "Condition met" in page
    assert 'value="DONE"' not in page
    assert "Waits for its condition" in page
    assert client.post(report_url(plan.condition), {"report": "FAILED"}).status_code == 302
    assert (
        "no longer needed: nothing has to be reported" in client.get(report_url(plan.main)).content.decode()
    )


def test_declined_it_says_how_it_is_given_to_somebody_else(room, client):
    action = room.decide().actions.get()
    reported(action, "DECLINED", reason="LOGISTICS")

    assert rows(listed(client, room.surgeon)) == []
    assert rows(listed(client, room.surgeon, state="declined")) == [(1, "not now")]
    assert "the chair amends" in client.get(report_url(action)).content.decode()


def test_what_waits_has_a_tab_of_its_own_and_is_no_part_of_the_count(room, client):
    a_plan(room, owner=room.oncologist)
    page = listed(client, room.oncologist, state="waiting")

    assert [row.standing.words for row in page.context["page"].rows] == [
        "Waits for its condition",
        "Only if the first plan fails",
    ]
    assert page.context["page"].counts["unfinished"] == 0


@pytest.fixture
def matter(room):
    action = room.decide().actions.get()
    reported(action, "DECLINED", reason="LOGISTICS", note="No slot before Christmas.")
    return Matter.objects.create(
        meeting=room.meeting, case=room.case, kind="DECLINED", action=action, created_by=room.chair
    )


def test_a_matter_shows_what_was_reported_and_is_settled(room, matter, client):
    address = reverse("cases:settle-matter", args=[matter.pk])
    client.force_login(room.chair)
    assert "No slot before Christmas." in client.get(address).content.decode()
    answers = [
        client.post(address, {"version": 1, "said": said, "back": back})
        for said, back in (("", ""), ("Dr Adeyemi asks elsewhere.", "hold"), ("Too late.", ""))
    ]

    assert [answer.status_code for answer in answers] == [422, 302, 422]
    assert answers[1].url == reverse("cases:hold-meeting", args=[room.meeting.pk])
    assert "Someone else has just settled this" in answers[2].content.decode()
    assert "Too late." in answers[2].content.decode()


def test_who_does_not_lead_the_meeting_reads_a_matter_and_settles_nothing(room, matter, client):
    address = reverse("cases:settle-matter", args=[matter.pk])
    client.force_login(room.oncologist)

    assert "What the board said" not in client.get(address).content.decode()
    assert client.post(address, {"version": 1, "said": "x"}).status_code == 403
