"""What is silent, declined, undone or objected to stands on the next meeting's list by itself, once."""

from datetime import datetime, time, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Matter, Meeting, Ratification
from cases.services import matters
from cases.vocabulary import MeetingStatus
from tests.factories import meeting
from tests.factories.decisions import a_room
from tests.factories.plans import a_plan, amended, reported
from tests.together import at_once
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db


def ended(room):
    """The meeting of the decision is over."""
    Meeting.objects.filter(pk=room.meeting.pk).update(status=MeetingStatus.CLOSED)
    return room


@pytest.fixture
def room():
    return a_room()


def noon(room, days=0):
    return datetime.combine(room.today + timedelta(days=days), time(12), tzinfo=room.board.zone)


def coming(room, days=7):
    return meeting(room.board, noon(room, days), by=room.coordinator)


def kinds(of) -> list[str]:
    return sorted(of.matters.filter(settled_at=None).values_list("kind", flat=True))


def decided(room, *args, over=True, **more):
    """In the meeting, which is closed afterwards."""
    found = a_plan(room, *args, **more)
    if over:
        ended(room)
    return found


def test_three_days_of_silence_after_its_date_come_back(room):
    decided(room, condition=False, days=1)
    next_one = coming(room, 12)

    assert [matters.gather(now=noon(room, days)) for days in (1, 3, 4, 4, 5)] == [0, 0, 1, 0, 0]
    assert kinds(next_one) == ["OVERDUE"]
    assert next_one.matters.get().created_by == get_user_model().objects.the_system()


@pytest.mark.parametrize(
    ("report", "plan_b", "kind"),
    [
        ("DECLINED", True, ["DECLINED"]),
        ("NOT_DONE", False, ["NOT_DONE"]),
        ("NOT_DONE", True, []),
        ("DONE", False, []),
        ("ACCEPTED", False, []),
    ],
)
def test_what_its_owner_said_comes_back(room, report, plan_b, kind):
    plan = decided(room, condition=False, plan_b=plan_b)
    reason = "LOGISTICS" if report in {"DECLINED", "NOT_DONE"} else ""
    reported(plan.main, report, reason=reason)
    next_one = coming(room)
    matters.gather(now=noon(room))

    assert kinds(next_one) == kind


@pytest.mark.parametrize(("plan_b", "kind"), [(False, ["CONDITION_FAILED"]), (True, [])])
def test_a_condition_that_failed_comes_back_where_nothing_is_done_instead(room, plan_b, kind):
    plan = decided(room, plan_b=plan_b)
    reported(plan.condition, "FAILED")
    next_one = coming(room)
    matters.gather(now=noon(room))

    assert kinds(next_one) == kind


def a_ratification(plan, room) -> Ratification:
    plan.decision.ratifications.all().delete()
    return Ratification.objects.create(
        recommendation=plan.decision,
        specialty="PATHOLOGY",
        due_on=room.today - timedelta(days=1),
        created_by=room.chair,
    )


def objected(asked, room, answer="OBJECTED") -> None:
    asked.answer, asked.note = answer, "Too close to the vein."
    asked.answered_at, asked.answered_by = timezone.now(), room.oncologist
    asked.save()


def test_an_objection_after_the_silence_stops_nothing(room):
    plan = decided(room, condition=False, plan_b=False)
    asked = a_ratification(plan, room)
    next_one = coming(room)
    matters.gather(now=noon(room))
    objected(asked, room)

    assert matters.gather(now=noon(room) + timedelta(hours=1)) == 1
    assert kinds(next_one) == ["OBJECTED"]
    assert next_one.matters.get(kind="UNANSWERED").said == matters.GONE


def test_a_meeting_that_was_never_closed_hears_of_nothing(room):
    plan = decided(room, condition=False, plan_b=False, over=False)
    reported(plan.main, "DECLINED", reason="LOGISTICS")
    next_one = coming(room, 9)
    matters.gather(now=noon(room, 2))

    assert (kinds(room.meeting), kinds(next_one)) == ([], ["DECLINED"])


@pytest.mark.parametrize(
    ("answer", "kind"), [("OBJECTED", ["OBJECTED"]), ("", ["UNANSWERED"]), ("RATIFIED", [])]
)
def test_a_provisional_decision_comes_back_when_objected_to_or_unanswered(room, answer, kind):
    plan = decided(room, condition=False, plan_b=False)
    asked = a_ratification(plan, room)
    if answer:
        objected(asked, room, answer)
    next_one = coming(room)
    matters.gather(now=noon(room))

    assert kinds(next_one) == kind


def test_only_the_next_meeting_within_a_fortnight_hears_of_it(room):
    plan = decided(room, condition=False, plan_b=False)
    reported(plan.main, "DECLINED", reason="LOGISTICS")
    far = coming(room, 16)
    assert matters.gather(now=noon(room)) == 0
    near, later = coming(room, 7), coming(room, 9)
    matters.gather(now=noon(room) + timedelta(hours=1))

    assert [kinds(one) for one in (near, later, far)] == [["DECLINED"], [], []]


def test_of_another_board_nothing_comes(room):
    plan = decided(room, condition=False, plan_b=False)
    reported(plan.main, "DECLINED", reason="LOGISTICS")
    other = ended(a_room())
    theirs = coming(other)
    matters.gather(now=noon(room))

    assert kinds(theirs) == []


def test_what_is_no_longer_so_settles_itself(room):
    plan = decided(room, condition=False, plan_b=False)
    reported(plan.main, "DECLINED", reason="LOGISTICS")
    next_one = coming(room)
    matters.gather(now=noon(room))
    reported(plan.main, "DONE", happened_on=room.today)
    matters.gather(now=noon(room) + timedelta(hours=1))
    matter = next_one.matters.get()

    assert matter.said == matters.GONE
    assert matter.settled_by == get_user_model().objects.the_system()


def test_what_is_so_again_is_raised_again_in_the_same_meeting(room):
    plan = decided(room, condition=False, plan_b=False)
    next_one = coming(room)
    for hour, (said, found) in enumerate([("DECLINED", 1), ("ACCEPTED", 0), ("DECLINED", 1)]):
        reported(plan.main, said, reason="LOGISTICS" if said == "DECLINED" else "")
        assert matters.gather(now=noon(room) + timedelta(hours=hour)) == found

    assert kinds(next_one) == ["DECLINED"]
    assert next_one.matters.get().said == ""


def test_what_no_meeting_has_discussed_does_not_go_with_the_months(room):
    plan = decided(room, condition=False, plan_b=False)
    reported(plan.main, "NOT_DONE", reason="LOGISTICS")
    first = coming(room)
    matters.gather(now=noon(room))
    Meeting.objects.filter(pk=first.pk).update(status=MeetingStatus.CLOSED)
    later = coming(room, 120)
    matters.gather(now=noon(room, 119))

    assert (kinds(first), kinds(later)) == (["NOT_DONE"], ["NOT_DONE"])


def test_an_amended_action_does_not_come_twice(room):
    plan = decided(room, condition=False, plan_b=False, days=1)
    next_one = coming(room, 12)
    matters.gather(now=noon(room, 4))
    amended(room, plan.decision, said=[room.action(kind="CLINIC", days=90)])
    matters.gather(now=noon(room, 5))

    assert kinds(next_one) == ["OVERDUE"]


def running(room, report, **more):
    plan = decided(room, condition=False, plan_b=False)
    reported(plan.main, report, **more)
    held = coming(room)
    matters.gather(now=noon(room))
    Meeting.objects.filter(pk=held.pk).update(status=MeetingStatus.RUNNING)
    return Matter.objects.select_related("meeting__board", "case").get(meeting=held)


@pytest.mark.parametrize(("report", "comes_again"), [("NOT_DONE", []), ("DECLINED", ["DECLINED"])])
def test_settled_is_over_unless_its_cause_stays(room, report, comes_again):
    matter = running(room, report, reason="LOGISTICS")
    matters.settle(matter=matter, said=" Noted. ", version=1, by=room.chair)
    Meeting.objects.filter(pk=matter.meeting_id).update(status=MeetingStatus.CLOSED)
    after = coming(room, 9)
    matters.gather(now=noon(room, 1))

    assert (matter.said, matter.settled_by, kinds(after)) == ("Noted.", room.chair, comes_again)
    assert trail.of(room.case.about).filter(verb="matter.settled").count() == 1


def test_unsettled_it_comes_to_the_next_meeting_too(room):
    matter = running(room, "NOT_DONE", reason="LOGISTICS")
    Meeting.objects.filter(pk=matter.meeting_id).update(status=MeetingStatus.CLOSED)
    after = coming(room, 9)
    matters.gather(now=noon(room, 1))

    assert kinds(after) == ["NOT_DONE"]


def test_who_settles_it_and_when(room):
    matter = running(room, "DECLINED", reason="LOGISTICS")

    with pytest.raises(PermissionDenied):
        matters.settle(matter=matter, said="Noted.", version=1, by=room.surgeon)
    with pytest.raises(Refused, match="what the board said"):
        matters.settle(matter=matter, said=" ", version=1, by=room.chair)
    matter.meeting.status = MeetingStatus.CLOSED
    with pytest.raises(Refused, match="while it runs"):
        matters.settle(matter=matter, said="Noted.", version=1, by=room.chair)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_settle_at_once_one_is_told():
    room = a_room()
    matter = running(room, "DECLINED", reason="LOGISTICS")

    def settle(by):
        again = Matter.objects.select_related("meeting__board", "case").get(pk=matter.pk)
        return lambda: matters.settle(matter=again, said=f"By {by}.", version=1, by=by)

    answers = at_once(settle(room.chair), settle(room.coordinator))

    assert [type(one) for one in answers if one] == [SomeoneWasFaster]
    assert Matter.objects.get().version == 2
