"""From the link in an e-mail an owner answers for one action, without signing in and without a patient."""

from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.utils import timezone

from cases.domain.errors import Refused
from cases.models import ActionUpdate
from cases.notices.answer_link import SALT, link_for
from cases.services import follow_up
from tests.factories.decisions import a_room
from tests.factories.plans import a_plan, amended, reported
from tumorboard.audit import trail
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def action(room):
    return room.decide().actions.get()


def address(action) -> str:
    return "/answer/" + link_for(action).split("/answer/")[1]


def taken_on(day, **more):
    return {"report": "ACCEPTED", "planned_on": day.isoformat()} | more


def test_the_link_in_the_e_mail_opens_without_a_password_and_names_nobody(room, action, client):
    told = Message.objects.get(kind="action.handed_over")
    link = next(line for line in told.text.splitlines() if "/answer/" in line).split(": ")[1]
    page = client.get(link.removeprefix("http://localhost:8000"))
    shown = page.content.decode()

    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    for known in (room.case.number, "Resection", str(room.board), action.owner.get_full_name()):
        assert known in shown
    for secret in (
        room.case.patient.family_name,
        room.case.patient.record_number,
        room.case.question,
        "hepatectomy",
        "enough liver",
    ):
        assert secret not in shown


def test_taken_on_with_a_day_in_the_name_of_the_owner(room, action, client):
    link = address(action)
    answer = client.post(link, taken_on(room.today + timedelta(days=3)))
    update = ActionUpdate.objects.get()

    assert (answer.status_code, answer.url) == (302, link)
    assert (update.report, update.by_link, update.created_by) == ("ACCEPTED", True, room.surgeon)
    assert update.planned_on == room.today + timedelta(days=3)
    event = trail.of(room.case.about).get(verb="action.reported")
    assert (event.actor, event.details["via"]) == (room.surgeon, "link")
    assert f"Planned for {update.planned_on:%d-%b-%Y}" in client.get(address(action)).content.decode()


def test_declined_with_a_reason_and_no_words(action, client):
    assert client.post(address(action), {"report": "DECLINED", "reason": "LOGISTICS"}).status_code == 302
    assert ActionUpdate.objects.get().reason == "LOGISTICS"
    assert 'name="note"' not in client.get(address(action)).content.decode()


def test_a_day_after_the_due_date_is_a_question_and_not_a_refusal(action, client):
    late = action.due_on + timedelta(days=7)
    asked = client.post(address(action), taken_on(late))

    assert asked.status_code == 422
    assert "If it is meant" in asked.content.decode()
    assert late.isoformat() in asked.content.decode()
    assert client.post(address(action), taken_on(late, later_is_meant="on")).status_code == 302
    assert ActionUpdate.objects.get().planned_on == late


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"report": "ACCEPTED"},
        {"report": "DECLINED"},
        {"report": "DECLINED", "reason": "OTHER"},
        {"report": "DONE", "planned_on": "2026-12-01"},
        {"report": "ACCEPTED", "planned_on": "2020-01-01"},
    ],
)
def test_too_little_or_too_much_is_422_and_writes_nothing(action, client, said):
    assert client.post(address(action), said).status_code == 422
    assert not ActionUpdate.objects.exists()


@pytest.mark.parametrize("wrong", ["changed", "another salt", "nonsense", "too old"])
def test_a_link_that_is_not_ours_or_too_old_opens_nothing(action, client, wrong, monkeypatch):
    link = address(action)
    if wrong == "changed":
        link = link.replace(link[10], "A" if link[10] != "A" else "B", 1)
    if wrong == "another salt":
        link = f"/answer/{signing.dumps([action.thread.hex, action.owner_id], salt='x')}/"
    if wrong == "nonsense":
        link = f"/answer/{signing.dumps(['x', 'y'], salt=SALT)}/"
    if wrong == "too old":
        made = signing.time.time() - 31 * 86400
        with monkeypatch.context() as earlier:
            earlier.setattr(signing.time, "time", lambda: made)
            link = address(action)
    for answer in (client.get(link), client.post(link, {"report": "DECLINED", "reason": "LOGISTICS"})):
        assert answer.status_code == 404
        assert "not good any more" in answer.content.decode()
    assert not ActionUpdate.objects.exists()


def test_the_account_has_ended(room, action, client):
    room.surgeon.is_active = False
    room.surgeon.save()

    assert client.get(address(action)).status_code == 404


def test_whoever_has_left_the_board_reads_nothing_from_an_old_e_mail(room, action, client):
    room.surgeon.memberships.update(ended_at=timezone.now())

    assert client.get(address(action)).status_code == 404


@pytest.mark.parametrize(
    ("said", "reason", "words"),
    [("NOT_DONE", "DIED", "No longer asked"), ("PARTLY", "PROGRESSION", "Answered")],
)
def test_why_something_was_not_done_stays_behind_the_sign_in(action, client, said, reason, words):
    reported(action, said, reason=reason)
    shown = client.get(address(action)).content.decode().split("<dl")[1].split("</dl>")[0]

    assert words in shown
    assert "died" not in shown
    assert "progress" not in shown


def test_it_was_given_to_somebody_else_or_dropped(room, client):
    first = room.decide([room.action(), room.action(kind="IMAGING")])
    mine, dropped = first.actions.order_by("position")
    second = amended(room, first, changed={1: room.action(owner=room.oncologist)}, dropped=[2])

    assert client.get(address(mine)).status_code == client.get(address(dropped)).status_code == 404
    assert client.get(address(second.actions.get())).status_code == 200


def test_an_amendment_that_leaves_the_action_leaves_the_link(room, action, client):
    link = address(action)
    amended(room, action.recommendation, said=[room.action(kind="CLINIC")])

    assert client.post(link, {"report": "DECLINED", "reason": "LOGISTICS"}).status_code == 302


def test_used_again_after_the_end_it_says_so(room, action, client):
    reported(action, "DONE", happened_on=room.today)
    page = client.get(address(action)).content.decode()
    again = client.post(address(action), {"report": "DECLINED", "reason": "LOGISTICS"})

    assert "Nothing is asked of you any more" in page
    assert "<form method" not in page.split("<main")[1]
    assert again.status_code == 422
    assert ActionUpdate.objects.count() == 1


def test_what_waits_may_be_taken_on_without_a_day(room, client):
    plan = a_plan(room)
    assert "Waits for its condition" in client.get(address(plan.main)).content.decode()
    assert client.post(address(plan.main), {"report": "ACCEPTED"}).status_code == 302


def test_whoever_tries_too_often_waits(action, client):
    cache.clear()
    link = address(action)
    answers = [client.post(link, {}).status_code for _ in range(21)]
    cache.clear()

    assert answers == [422] * 20 + [429]


def test_a_browser_without_our_token_is_refused(action):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)

    assert strict.post(address(action), {"report": "DECLINED", "reason": "LOGISTICS"}).status_code == 403


def test_only_taking_on_and_declining_go_by_link(action):
    token = address(action).split("/")[2]

    with pytest.raises(Refused, match="Sign in"):
        follow_up.answer(token=token, report="DONE")
