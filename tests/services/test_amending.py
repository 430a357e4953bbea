"""A signed decision is changed by a new version beside it, which replaces it once it is signed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.domain import recommendation as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Attendance, Recommendation, StatusChange
from cases.queries.decision import decision_of, in_force, in_making
from cases.services import follow_up, recommendation
from cases.services import meeting as service
from cases.services.recommendation import DissentSaid, PlannedCondition, PlannedPlanB
from cases.vocabulary import CaseStatus, Role
from tests.factories import a_lesion, member
from tests.factories.decisions import a_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def signed(room):
    due = room.today + timedelta(days=9)
    whole = room.action(
        lesions=[a_lesion(room.case)],
        condition=PlannedCondition("the remnant is 30 % or more", room.oncologist, due),
        plan_b=PlannedPlanB("SYSTEMIC", "", room.oncologist, due),
    )
    return room.decide(
        [whole, room.action(kind="IMAGING")], dissents=[DissentSaid("Later.", room.oncologist)]
    )


def begin(room, signed, **more):
    said = {"reason": "New CT.", "by": room.chair} | more
    return recommendation.begin_amendment(recommendation=signed, **said)


def threads(decision):
    return list(decision.actions.order_by("position", "role").values_list("thread", flat=True))


def test_the_next_version_begins_as_the_same_and_the_signed_one_stands(room, signed):
    amended = begin(room, signed)

    assert (amended.number, amended.amendment_reason, amended.signed_at) == (2, "New CT.", None)
    assert decision_of(amended) == decision_of(signed)
    assert threads(amended) == threads(signed)
    assert (in_making(room.item), in_force(room.item)) == (amended, signed)


def test_signing_the_next_version_replaces_the_one_before(room, signed):
    amended = room.amend(signed, rationale="The new CT shows the same.")
    signed.refresh_from_db()
    room.case.refresh_from_db()

    assert amended.number == 2
    assert signed.superseded_at == amended.signed_at
    assert signed.rationale != amended.rationale
    assert in_force(room.item) == amended
    assert room.case.status == CaseStatus.DECIDED
    assert StatusChange.objects.filter(step="decided").count() == 1
    assert amended.read_back != ""
    assert Recommendation.objects.signed().count() == 2


def test_an_amendment_is_read_back_like_the_first(room, signed):
    amended = begin(room, signed)

    with pytest.raises(Refused, match="Read the decision back"):
        recommendation.sign(recommendation=amended, version=amended.version, by=room.chair)


def test_another_chair_signs_what_a_chair_has_amended(room, signed):
    second = member(room.board, Role.CHAIR)
    amended = begin(room, signed)
    recommendation.confirm_read_back(recommendation=amended, version=amended.version, by=room.chair)

    with pytest.raises(Refused, match="another chair of this board signs it"):
        room.sign(amended, by=room.chair)
    assert in_force(room.item) == signed
    room.sign(amended, by=second)
    assert in_force(room.item) == amended


def test_a_chair_who_has_nobody_beside_them_signs_their_own_amendment(room, signed):
    second = member(room.board, Role.CHAIR)
    second.memberships.update(ended_at=timezone.now())
    member(room.board, Role.OBSERVER)

    assert room.amend(signed, rationale="The new CT shows the same.").signed_by == room.chair


def test_it_takes_the_chair_a_reason_and_a_signed_decision_in_force(room, signed):
    with pytest.raises(PermissionDenied):
        begin(room, signed, by=room.coordinator)
    with pytest.raises(Refused, match="why the decision is amended"):
        begin(room, signed, reason=" ")
    amended = begin(room, signed)
    with pytest.raises(SomeoneWasFaster, match="being made already"):
        begin(room, signed)
    with pytest.raises(Refused, match="not signed yet"):
        begin(room, amended)


def test_the_version_that_was_replaced_is_not_amended(room, signed):
    room.amend(signed, rationale="New.")

    with pytest.raises(SomeoneWasFaster, match="later version"):
        begin(room, signed)


def save(room, decision, action, **change):
    said = room.action(lesions=list(action.lesions.all()), kind=action.kind, detail=action.detail)
    recommendation.save_action(
        recommendation=decision,
        action=action,
        version=action.version,
        said=replace(said, **change),
        by=room.chair,
    )
    action.refresh_from_db()
    return action.thread


@pytest.mark.parametrize(
    ("change", "is_the_same"),
    [
        ({}, True),
        ({"due_on": None}, True),
        ({"detail": "left hepatectomy"}, True),
        ({"kind": "ABLATION"}, False),
        ({"lesions": []}, False),
    ],
)
def test_a_report_stays_with_what_it_was_said_of(room, signed, change, is_the_same):
    amended = begin(room, signed)
    action = amended.actions.get(position=1, parent=None)
    before = action.thread

    assert (save(room, amended, action, **change) == before) is is_the_same


def test_what_was_done_is_not_taken_for_what_is_written_over_it(room, signed):
    action = signed.actions.get(position=2)
    follow_up.report(
        action=action, report="DONE", reason="", note="", happened_on=room.today, by=action.owner
    )
    copied = begin(room, signed).actions.get(position=2)

    assert copied.thread == action.thread
    assert save(room, copied.recommendation, copied, detail="CT of the chest") != action.thread


def test_another_condition_begins_unanswered(room, signed):
    amended = begin(room, signed)
    action = amended.actions.get(position=1, parent=None)
    condition = action.children.get(role="CONDITION")
    due = room.today + timedelta(days=9)

    save(room, amended, action, condition=PlannedCondition("it is 40 % or more", room.oncologist, due))

    assert action.children.get().thread != condition.thread


@pytest.fixture
def later(room, signed):
    """The meeting is over; everybody the decision needs had heard it."""
    assert signed.quorum_missing == []
    service.close_meeting(meeting=room.meeting, by=room.coordinator)
    return signed


def test_an_amendment_after_the_meeting_was_heard_by_nobody(room, later):
    amended = room.amend(later, intent="SYMPTOM_RELIEF")

    assert set(amended.quorum_missing) == {"SURGERY", "ONCOLOGY", "RADIOLOGY"}
    assert amended.snapshot["there"] == []
    assert "The board was not quorate" in amended.read_back
    assert amended.ratifications.count() == 3


def test_who_came_after_the_discussion_hears_an_amendment_and_who_left_does_not(room, signed):
    Attendance.objects.filter(specialty="RADIOLOGY").update(left_at=timezone.now())

    assert room.amend(signed, intent="SYMPTOM_RELIEF").quorum_missing == ["RADIOLOGY"]


def test_words_that_change_nothing_that_is_done_keep_their_quorum(room, later):
    assert room.amend(later, rationale="Said better.").quorum_missing == []


def test_what_was_met_for_one_action_is_asked_anew_for_another(room, signed):
    amended = begin(room, signed)
    action = amended.actions.get(position=1, parent=None)
    before = set(action.children.values_list("thread", flat=True))
    due = room.today + timedelta(days=9)
    kept = {
        "condition": PlannedCondition("the remnant is 30 % or more", room.oncologist, due),
        "plan_b": PlannedPlanB("SYSTEMIC", "", room.oncologist, due),
    }

    save(room, amended, action, **kept)
    assert set(action.children.values_list("thread", flat=True)) == before
    save(room, amended, action, kind="ABLATION", **kept)
    assert not before & set(action.children.values_list("thread", flat=True))


def test_what_is_done_keeps_its_past_day_and_the_rest_needs_one_to_come(room, signed):
    done = signed.actions.get(position=2)
    follow_up.report(action=done, report="DONE", reason="", note="", happened_on=room.today, by=done.owner)
    amended = begin(room, signed)
    amended.actions.update(due_on=room.today - timedelta(days=1))
    lacking = rules.lacks(decision_of(amended), today=room.today)

    assert [lack.field for lack in lacking] == [
        "action-1-due_on",
        "action-1-condition-due_on",
        "action-1-plan_b-due_on",
    ]
