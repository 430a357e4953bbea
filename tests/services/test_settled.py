"""Once an action or a ratification is settled: does no e-mail leave that still asks for it?"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cases.models import Ratification
from cases.services import chasing, follow_up, pathway
from cases.services import ratification as ratifying
from cases.vocabulary import RatificationAnswer, Specialty
from tests.factories import board, member
from tests.factories.decisions import a_room
from tests.factories.inputs import an_input
from tumorboard.notifications.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_tuesday")]
ASKING = ("action.handed_over", "action.due", "input.chased")


def at(day, hour=8):
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def room():
    return a_room(board(quiet_from=time(20), quiet_until=time(7)))


def states(person, kinds=ASKING):
    found = Message.objects.filter(recipient=person, kind__in=kinds)
    return dict(found.values_list("kind", "state"))


@pytest.fixture
def pass_days(monkeypatch):
    def pass_days(days):
        now = timezone.now
        monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(days=days))

    return pass_days


@pytest.fixture
def asked(room, pass_days):
    return lambda *days: _asked(room, pass_days, *days)


def _asked(room, pass_days, *days):
    """Handed over, due a day later, and chased: nothing of it has left."""
    decided = room.decide([room.action(days=one) for one in days])
    pass_days(1)
    follow_up.remind_due(now=at(room.today))
    chasing.chase(people={(room.board.pk, room.surgeon.pk)}, by=room.coordinator)
    assert states(room.surgeon) == dict.fromkeys(ASKING, "QUEUED")
    return list(decided.actions.order_by("position"))


def report(action, kind, **more):
    said = {"reason": "", "note": "", "happened_on": None} | more
    follow_up.report(action=action, report=kind, by=action.owner, **said)


@pytest.mark.parametrize(
    "said", [{"kind": "DONE"}, {"kind": "DECLINED", "reason": "OTHER", "note": "I left the trust."}]
)
def test_a_settled_action_is_not_asked_for(room, asked, said):
    [action] = asked(0)
    if said["kind"] == "DONE":
        said = said | {"happened_on": room.today}
    report(action, **said)
    assert states(room.surgeon) == dict.fromkeys(ASKING, "CANCELLED")


def test_while_another_is_owed_its_message_leaves(room, asked):
    first, second = asked(0, 0)
    report(first, "DONE", happened_on=room.today)
    assert states(room.surgeon) == dict.fromkeys(ASKING, "QUEUED")
    report(second, "DONE", happened_on=room.today)
    assert states(room.surgeon) == dict.fromkeys(ASKING, "CANCELLED")


def test_of_what_is_due_nothing_is_said_while_only_something_later_is_left(room, asked):
    first, _ = asked(0, 14)
    report(first, "DONE", happened_on=room.today)
    assert states(room.surgeon)["action.due"] == "CANCELLED"
    assert states(room.surgeon)["action.handed_over"] == "QUEUED"


def test_what_was_overdue_is_not_taken_to_the_coordinators_once_it_is_reported(room, pass_days):
    [action] = room.decide([room.action(days=0)]).actions.all()
    pass_days(28)
    assert follow_up.escalate(now=at(room.today)) == 1
    report(action, "DONE", happened_on=room.today)
    assert states(room.coordinator, ["action.escalated"]) == {"action.escalated": "CANCELLED"}


def test_of_an_answered_ratification_nobody_is_asked_reminded_or_chased():
    room = a_room(present=(Specialty.SURGERY, Specialty.ONCOLOGY))
    radiologist = member(room.board, specialty=Specialty.RADIOLOGY)
    one = Ratification.objects.get(recommendation=room.decide())
    ratifying.remind_awaiting(now=at(room.today))
    Ratification.objects.filter(pk=one.pk).update(due_on=room.today)
    ratifying.remind_awaiting(now=at(room.today))
    chasing.chase(people={(room.board.pk, radiologist.pk)}, by=room.coordinator)
    kinds = ["ratification.asked", "input.chased"]
    assert states(radiologist, kinds) == dict.fromkeys(kinds, "QUEUED")

    one = Ratification.objects.select_related("recommendation__case__board").get(pk=one.pk)
    pathway.answer_ratification(ratification=one, answer=RatificationAnswer.RATIFIED, note="", by=radiologist)
    kinds += ["ratification.reminder"]
    assert set(states(radiologist, kinds).values()) == {"CANCELLED"}


def test_once_the_board_has_decided_nobody_is_chased_for_an_input(room):
    an_input(room.case, room.oncologist)
    chasing.chase(people={(room.board.pk, room.oncologist.pk)}, by=room.coordinator)
    assert states(room.oncologist, ["input.chased"]) == {"input.chased": "QUEUED"}
    room.decide()
    assert states(room.oncologist, ["input.chased"]) == {"input.chased": "CANCELLED"}
