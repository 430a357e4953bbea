"""A decision is written part by part, by several people, each part with a version of its own."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cases.domain import recommendation as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Draft, PatientWish, Recommendation
from cases.queries.decision import decision_of
from cases.services import draft as draft_room
from cases.services import recommendation
from cases.services.recommendation import PlannedAction, PlannedCondition, PlannedPlanB
from cases.vocabulary import ItemStatus, Lane, MeetingStatus, Role
from tests.factories import a_case, a_lesion, member, person
from tests.factories.decisions import a_room
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def begun(room):
    return recommendation.begin(item=room.item, by=room.surgeon)


def save(room, begun, section, version=0, by=None, **values):
    return recommendation.save_section(
        recommendation=begun, section=section, version=version, values=values, by=by or room.surgeon
    )


def act(room, begun, said, action=None, version=0):
    return recommendation.save_action(
        recommendation=begun, action=action, version=version, said=said, by=room.surgeon
    )


def test_what_was_begun_is_gone_on_with_and_knows_the_recorded_wish(room):
    PatientWish.objects.create(case=room.case, words="To dance.", created_by=room.chair)
    begun = recommendation.begin(item=room.item, by=room.surgeon)

    assert begun.patient_wish == "To dance."
    assert begun.wish_weight == ""
    assert recommendation.begin(item=room.item, by=room.chair) == begun


def test_a_signed_decision_is_not_begun_again(room):
    room.decide()

    with pytest.raises(Refused, match="amend"):
        recommendation.begin(item=room.item, by=room.surgeon)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.REFERRER])
def test_who_only_watches_writes_nothing(room, begun, role):
    watcher = member(room.board, role)

    with pytest.raises(PermissionDenied):
        recommendation.begin(item=room.item, by=watcher)
    with pytest.raises(PermissionDenied):
        save(room, begun, "WHY", rationale="Mine.", by=watcher)
    assert Recommendation.objects.get().rationale == ""


@pytest.mark.parametrize(
    ("lane", "status", "meeting", "allowed"),
    [
        (Lane.DISCUSSION, ItemStatus.PLANNED, MeetingStatus.RUNNING, False),
        (Lane.DISCUSSION, ItemStatus.OPEN, MeetingStatus.RUNNING, True),
        (Lane.DISCUSSION, ItemStatus.DISCUSSED, MeetingStatus.CLOSED, True),
        (Lane.STANDARD, ItemStatus.PLANNED, MeetingStatus.RUNNING, True),
        (Lane.STANDARD, ItemStatus.PLANNED, MeetingStatus.PLANNED, False),
        (Lane.STANDARD, ItemStatus.TAKEN_OFF, MeetingStatus.RUNNING, False),
    ],
)
def test_only_a_case_before_the_board_is_decided(room, lane, status, meeting, allowed):
    room.item.lane, room.item.status, room.meeting.status = lane, status, meeting
    room.item.save()
    room.meeting.save()

    if allowed:
        recommendation.begin(item=room.item, by=room.surgeon)
    else:
        with pytest.raises(Refused, match="not before the board"):
            recommendation.begin(item=room.item, by=room.surgeon)


def test_each_part_counts_its_own_changes_and_the_decision_all_of_them(room, begun):
    assert save(room, begun, "WHY", rationale="Enough liver.") == 1
    assert save(room, begun, "INTENT", intent="CURATIVE") == 1
    assert save(room, begun, "WHY", version=1, rationale="Enough liver is left.") == 2

    begun.refresh_from_db()
    assert (begun.rationale, begun.intent, begun.version) == ("Enough liver is left.", "CURATIVE", 4)
    assert trail.of(room.case.about).filter(verb="decision.drafted").count() == 3


def test_every_section_is_written_whole(room, begun):
    due = room.today + timedelta(days=60)
    save(room, begun, "GUIDELINE", guideline="DEPARTS", guideline_name="EASL", guideline_reason="Age.")
    save(room, begun, "WISH", patient_wish="Home.", wish_weight="IN_PART", wish_reason="One stay.")
    save(room, begun, "TRIAL", trial="OFFERED", trial_words="North")
    save(room, begun, "CHECKLIST", checked=["TRIAL", "WISH"])
    save(room, begun, "REVIEW", expires_on=due, re_present_on=due, re_present_why="Response?")
    begun.refresh_from_db()

    assert begun.checked_by == room.surgeon
    assert decision_of(begun) == rules.Decision(
        guideline="DEPARTS",
        guideline_name="EASL",
        guideline_reason="Age.",
        wish="Home.",
        wish_weight="IN_PART",
        wish_reason="One stay.",
        trial="OFFERED",
        trial_words="North",
        checked=("TRIAL", "WISH"),
        expires_on=due,
        re_present_on=due,
        re_present_why="Response?",
    )
    save(room, begun, "CHECKLIST", version=1, checked=[])
    begun.refresh_from_db()
    assert (begun.checked, begun.checked_at) == ([], None)


def test_a_section_writes_no_other_field(room, begun):
    with pytest.raises(ValueError, match="WHY has no intent"):
        save(room, begun, "WHY", intent="CURATIVE")


def test_who_was_slower_is_told_who_was_faster_and_keeps_the_words(room, begun):
    save(room, begun, "WHY", rationale="First.")

    with pytest.raises(SomeoneWasFaster, match="Duarte has changed this part"):
        save(room, begun, "WHY", rationale="Second.", by=room.oncologist)
    begun.refresh_from_db()
    assert begun.rationale == "First."
    kept = Draft.objects.get(owner=room.oncologist, form="decision", key=f"{room.item.pk}:WHY")
    assert kept.payload == {"rationale": ["Second."]}
    save(room, begun, "WHY", version=1, rationale="Both.", by=room.oncologist)
    assert not Draft.objects.exists()


def test_saving_a_part_ends_the_typing_of_it_and_of_no_other(room, begun):
    for part in ("WHY", "INTENT"):
        draft_room.save(form="decision", key=f"{room.item.pk}:{part}", payload={"x": ["y"]}, by=room.surgeon)
    save(room, begun, "WHY", rationale="Enough.")

    assert Draft.objects.get().key == f"{room.item.pk}:INTENT"


def test_nothing_is_written_into_a_signed_decision(room):
    signed = room.decide()

    with pytest.raises(SomeoneWasFaster, match="has been signed"):
        save(room, signed, "WHY", version=1, rationale="Late.")


def test_a_plan_is_made_changed_taken_back_and_never_has_an_old_number(room, begun):
    lesion = a_lesion(room.case)

    def plan(code, version, detail=""):
        return recommendation.save_plan(
            recommendation=begun, lesion=lesion, plan=code, detail=detail, version=version, by=room.surgeon
        )

    first = plan("RESECT", 0)
    second = plan("ABLATE", first, "microwave")
    assert decision_of(begun).plans == (rules.PlanFor("L1", "ABLATE", "microwave"),)
    assert plan("", second) == 0
    assert not begun.plans.exists()
    third = plan("WATCH", 0)
    assert third not in {first, second}
    with pytest.raises(SomeoneWasFaster, match="L1"):
        plan("RESECT", first)


def test_an_action_has_its_condition_and_its_plan_b(room, begun):
    lesion, due = a_lesion(room.case), room.today + timedelta(days=9)
    whole = room.action(
        lesions=[lesion],
        condition=PlannedCondition(" the remnant is 30 % or more ", room.oncologist, due),
        plan_b=PlannedPlanB("SYSTEMIC", "FOLFOX", room.oncologist, due),
    )
    saved = act(room, begun, whole)

    [said] = decision_of(begun).actions
    assert said.lesions == ("L1",)
    assert said.condition == rules.Condition("the remnant is 30 % or more", str(room.oncologist), due)
    assert said.plan_b == rules.PlanB("SYSTEMIC", "FOLFOX", str(room.oncologist), due)
    assert set(saved.children.values_list("role", "kind")) == {
        ("CONDITION", "CONDITION"),
        ("PLAN_B", "SYSTEMIC"),
    }

    act(room, begun, room.action(plan_b=PlannedPlanB(kind="SBRT")), saved, saved.version)
    [said] = decision_of(begun).actions
    assert (said.lesions, said.condition, said.plan_b) == ((), None, rules.PlanB("SBRT"))


def test_an_unfinished_action_may_be_written(room, begun):
    act(room, begun, PlannedAction(detail="CT?"))

    assert decision_of(begun).actions == (rules.Action(detail="CT?"),)


def test_actions_move_and_go_with_all_that_hangs_on_them(room, begun):
    due = room.today + timedelta(days=9)
    first = act(room, begun, room.action(detail="one", condition=PlannedCondition("x", room.chair, due)))
    second = act(room, begun, room.action(detail="two"))

    recommendation.move_action(action=second, up=True, by=room.surgeon)
    recommendation.move_action(action=second, up=True, by=room.surgeon)
    assert [one.detail for one in decision_of(begun).actions] == ["two", "one"]
    assert first.children.get().position == 2
    recommendation.move_action(action=second, up=False, by=room.surgeon)
    assert [one.detail for one in decision_of(begun).actions] == ["one", "two"]

    first.refresh_from_db()
    with pytest.raises(SomeoneWasFaster):
        recommendation.remove_action(action=first, version=99, by=room.surgeon)
    recommendation.remove_action(action=first, version=first.version, by=room.surgeon)
    assert begun.actions.get().detail == "two"
    with pytest.raises(SomeoneWasFaster):
        act(room, begun, room.action(), first, first.version)


def test_dissent_is_written_changed_and_taken_back(room, begun):
    def dissent(reason, row=None, version=0, who=None):
        return recommendation.save_dissent(
            recommendation=begun, dissent=row, version=version, reason=reason, who=who, by=room.surgeon
        )

    one = dissent("Two more cycles.", who=room.oncologist)
    two = dissent("Too early.", one, one.version)
    assert decision_of(begun).dissents == (rules.Dissent("", "Too early."),)
    with pytest.raises(SomeoneWasFaster):
        dissent("Mine.", one, one.version)
    recommendation.remove_dissent(dissent=two, version=two.version, by=room.surgeon)
    assert not begun.dissents.exists()


def test_foreign_people_and_lesions_are_refused(room, begun):
    stranger, foreign = person(), a_lesion(a_case(room.board))
    due = room.today

    with pytest.raises(Refused, match="owned by somebody of this board"):
        act(room, begun, room.action(owner=stranger))
    with pytest.raises(Refused, match="owned by somebody of this board"):
        act(room, begun, room.action(condition=PlannedCondition("x", stranger, due)))
    with pytest.raises(Refused, match="lesions of this patient"):
        act(room, begun, room.action(lesions=[foreign]))
    with pytest.raises(Refused, match="write it there"):
        act(room, begun, room.action(kind="CONDITION"))
    with pytest.raises(Refused, match="lesions of this patient"):
        recommendation.save_plan(
            recommendation=begun, lesion=foreign, plan="WATCH", version=0, by=room.surgeon
        )
    for who, reason, words in ((stranger, "No.", "sits on this board"), (None, " ", "would do instead")):
        with pytest.raises(Refused, match=words):
            recommendation.save_dissent(
                recommendation=begun, dissent=None, version=0, reason=reason, who=who, by=room.surgeon
            )
    act(room, begun, room.action(owner=room.referrer))


def test_words_of_earlier_days_are_read_as_a_condition_that_nobody_owns(room, begun):
    row = begun.actions.create(
        position=1, kind="RESECTION", condition="CEA falls", plan_b="two stages", created_by=room.chair
    )
    [said] = decision_of(begun).actions

    assert (said.condition, said.plan_b) == (rules.Condition("CEA falls"), rules.PlanB(detail="two stages"))
    due = room.today + timedelta(days=9)
    act(room, begun, room.action(condition=PlannedCondition("CEA falls", room.chair, due)), row, row.version)
    row.refresh_from_db()
    assert (row.condition, row.plan_b, row.children.get().detail) == ("", "", "CEA falls")
