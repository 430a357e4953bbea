"""A condition is answered, and the rest of the plan takes its turn; whoever it concerns hears of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.domain.errors import Refused
from cases.models import ActionUpdate, Case, StatusChange
from cases.models.follow_up import actions
from cases.services import follow_up
from cases.vocabulary import CaseStatus
from tests.factories import agenda_item, brought_to
from tests.factories.decisions import a_room
from tests.factories.plans import a_condition, a_plan, amended, reported
from tests.services.test_follow_up_reminders import at
from tests.together import at_once
from tumorboard.notifications.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_tuesday")]


@pytest.fixture
def room():
    return a_room()


def report(action, kind, *, by=None, **more):
    said = {"reason": "", "note": "", "happened_on": None} | more
    return follow_up.report(action=action, report=kind, by=by or action.owner, **said)


def states(plan) -> list[str]:
    found = dict(actions().with_state().filter(recommendation=plan.decision).values_list("role", "state"))
    return [str(found[role]) for role in plan.rows]


def told(kind) -> list:
    return [message.recipient for message in Message.objects.filter(kind=kind).order_by("pk")]


def test_a_condition_that_is_met_makes_its_action_due_and_tells_its_owner(room):
    plan = a_plan(room)
    report(plan.condition, "MET")

    assert states(plan) == ["to be done", "ended", "only if plan A fails"]
    assert told("action.condition_met") == [room.surgeon]
    assert told("action.plan_b") == told("action.withdrawn") == []


def test_a_condition_that_is_not_met_drops_its_action_and_plan_b_takes_its_turn(room):
    plan = a_plan(room)
    report(plan.condition, "FAILED")

    assert states(plan) == ["no longer needed", "ended", "to be done"]
    assert told("action.plan_b") == [room.oncologist]
    assert told("action.withdrawn") == [room.surgeon]
    for message in Message.objects.filter(kind__startswith="action."):
        for secret in ("FOLFOX", "hepatectomy", "remnant", "Resection", room.case.patient.family_name):
            assert secret not in message.title + message.text + message.html


def test_corrected_the_plan_turns_back_and_both_hear_of_it(room):
    plan = a_plan(room)
    report(plan.condition, "FAILED")
    report(plan.condition, "MET")

    assert states(plan) == ["to be done", "ended", "only if plan A fails"]
    assert told("action.condition_met") == [room.surgeon]
    assert told("action.not_now") == [room.oncologist]
    assert told("action.crossed") == []


def test_a_condition_that_is_open_again_stops_its_action(room):
    plan = a_plan(room)
    report(plan.condition, "MET")
    report(plan.condition, "ACCEPTED", planned_on=room.today)

    assert states(plan)[0] == "waits for its condition"
    assert told("action.not_now") == [room.surgeon]


@pytest.mark.parametrize("begun", ["ACCEPTED", "DONE"])
def test_a_correction_after_plan_b_was_begun_goes_to_the_coordinators(room, begun):
    plan = a_plan(room)
    report(plan.condition, "FAILED")
    day = {"happened_on": room.today} if begun == "DONE" else {"planned_on": room.today}
    report(plan.plan_b, begun, **day)
    report(plan.condition, "MET")

    assert told("action.crossed") == [room.coordinator]


def test_after_the_board_has_decided_again_an_earlier_plan_sets_nobody_to_work(room):
    plan = a_plan(room)
    room.case.refresh_from_db()
    brought_to(room.case, CaseStatus.LISTED, presentation=2)
    opened = {"status": "OPEN", "opened_at": timezone.now(), "opened_by": room.coordinator}
    room.item = agenda_item(room.meeting, room.case, presentation=2, **opened)
    room.decide([room.action(kind="IMAGING")])
    report(plan.condition, "MET")

    assert told("action.condition_met") == []
    assert told("action.overtaken") == [room.coordinator]


def test_a_condition_that_the_board_adds_or_changes_is_told(room):
    first = room.decide()
    Message.objects.all().delete()
    second = amended(room, first, changed={1: room.action(condition=a_condition(room))})
    assert set(told("action.handed_over")) == {room.chair, room.surgeon}
    assert "waits for its condition" in Message.objects.get(recipient=room.surgeon).text
    Message.objects.all().delete()
    amended(room, second, changed={1: room.action()})
    assert told("action.handed_over") == [room.surgeon]
    assert told("action.withdrawn") == [room.chair]


def test_an_owner_who_has_left_is_told_of_to_the_coordinators(room):
    plan = a_plan(room)
    room.surgeon.is_active = False
    room.surgeon.save()
    report(plan.condition, "MET")

    assert told("action.condition_met") == []
    assert told("action.ownerless") == [room.coordinator]
    assert follow_up.escalate(now=at(room.today)) == 1


def test_who_said_it_is_not_told_it(room):
    plan = a_plan(room, owner=room.chair)
    report(plan.condition, "MET", by=room.chair)

    assert told("action.condition_met") == []


def test_what_was_not_done_gives_plan_b_its_turn(room):
    plan = a_plan(room, condition=False)
    report(plan.main, "NOT_DONE", reason="NOT_A_CANDIDATE")

    assert states(plan) == ["ended", "to be done"]
    assert Case.objects.get().status == CaseStatus.DECIDED
    report(plan.plan_b, "DONE", happened_on=room.today)
    assert Case.objects.get().status == CaseStatus.CLOSED


def test_done_as_planned_closes_the_case_without_plan_b(room):
    plan = a_plan(room)
    report(plan.condition, "MET")
    report(plan.main, "DONE", happened_on=room.today)

    assert Case.objects.get().status == CaseStatus.CLOSED
    assert told("action.withdrawn") == [room.oncologist]


@pytest.mark.parametrize("by_amendment", [True, False])
def test_a_closed_case_with_work_to_do_is_open_again(room, by_amendment):
    plan = a_plan(room, condition=False)
    report(plan.main, "DONE", happened_on=room.today)
    assert Case.objects.get().status == CaseStatus.CLOSED
    if by_amendment:
        amended(room, plan.decision, said=[room.action(kind="CLINIC")])
    else:
        report(plan.main, "NOT_DONE", reason="NOT_A_CANDIDATE")

    assert Case.objects.get().status == CaseStatus.DECIDED
    assert StatusChange.objects.filter(step="reopened").count() == 1


def test_the_patient_has_died_before_the_condition_was_answered(room):
    plan = a_plan(room)
    report(plan.condition, "FAILED", reason="DIED")

    assert states(plan) == ["no longer needed", "ended", "no longer needed"]
    assert told("action.plan_b") == []


@pytest.mark.parametrize("plan_b", [True, False])
def test_a_failed_condition_without_plan_b_leaves_nothing_to_do(room, plan_b):
    plan = a_plan(room, plan_b=plan_b)
    report(plan.condition, "FAILED")

    assert Case.objects.get().status == (CaseStatus.DECIDED if plan_b else CaseStatus.CLOSED)


def test_nothing_is_done_before_its_condition_is_answered(room):
    plan = a_plan(room)

    with pytest.raises(Refused, match="condition is still open"):
        report(plan.main, "DONE", happened_on=room.today)
    with pytest.raises(Refused, match="first plan fails"):
        report(plan.plan_b, "DONE", happened_on=room.today)
    assert not ActionUpdate.objects.exists()


def test_only_whose_turn_it_is_is_chased(room):
    plan = a_plan(room, days=1)
    monday = room.today + timedelta(days=60 - room.today.weekday() + 3)
    long_after = at(monday)
    follow_up.remind_due(now=long_after)
    follow_up.escalate(now=long_after)

    assert told("action.due") == [room.chair]
    assert Message.objects.get(kind="action.escalated").title.startswith("1 action ")
    report(plan.condition, "FAILED")
    follow_up.remind_due(now=long_after + timedelta(days=1))
    assert set(told("action.due")) == {room.chair, room.oncologist}


def test_of_an_amendment_only_what_is_new_or_changed_is_handed_over(room):
    first = room.decide([room.action(), room.action(kind="IMAGING"), room.action(kind="BIOPSY")])
    Message.objects.all().delete()
    amended(
        room,
        first,
        changed={2: room.action(kind="IMAGING", owner=room.oncologist)},
        dropped=[3],
        said=[room.action(kind="CLINIC", owner=room.referrer)],
    )

    assert set(told("action.handed_over")) == {room.oncologist, room.referrer}
    gone = Message.objects.get(kind="action.withdrawn")
    assert (gone.recipient, gone.title) == (room.surgeon, f"2 actions in {room.case.number} no longer needed")


def test_an_amendment_after_the_case_came_back_swallows_no_later_message(room):
    first = room.decide()
    Message.objects.all().delete()
    Case.objects.filter(pk=room.case.pk).update(presentation=2)
    amended(room, first, changed={1: room.action(days=30)})

    assert Message.objects.get(kind="action.handed_over").version == 1002


def test_an_amendment_that_leaves_nothing_to_do_closes_the_case(room):
    first = room.decide([room.action(), room.action(kind="IMAGING")])
    report(first.actions.get(position=1), "DONE", happened_on=room.today)
    amended(room, first, dropped=[2])

    assert Case.objects.get().status == CaseStatus.CLOSED


def test_a_report_on_a_version_that_no_longer_stands_is_refused(room):
    first = room.decide()
    old = first.actions.get()
    amended(room, first, changed={1: room.action(days=30)})

    with pytest.raises(Refused, match="amended since"):
        report(old, "DONE", happened_on=room.today)


def test_a_report_follows_its_action_through_the_versions(room):
    first = room.decide()
    reported(first.actions.get(), "PARTLY", reason="LOGISTICS", happened_on=room.today)
    second = amended(room, first, changed={1: room.action(days=30)})

    assert actions().with_report().get(recommendation=second).last_report == "PARTLY"


@pytest.mark.django_db(transaction=True)
def test_met_and_not_met_at_once_end_in_one_state_of_the_plan():
    room = a_room()
    plan = a_plan(room)

    def said(kind, by):
        return lambda: report(plan.condition, kind, by=by)

    at_once(said("MET", room.chair), said("FAILED", room.coordinator))
    last = ActionUpdate.objects.order_by("-created_at").first().report
    met = ["to be done", "ended", "only if plan A fails"]

    assert ActionUpdate.objects.count() == 2
    assert states(plan) == (met if last == "MET" else ["no longer needed", "ended", "to be done"])
    assert StatusChange.objects.filter(step="closed").count() == 0
