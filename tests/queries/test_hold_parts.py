"""Does the screen walk the right cases, and tell how far the decision and the list have come?"""

import pytest
from django.utils import timezone

from cases.models import AgendaItem, Matter
from cases.queries.hold import stage_of
from cases.queries.hold_decision import newest_decision, strip_of
from cases.queries.hold_list import list_of
from cases.services import meeting as meetings
from cases.vocabulary import CaseStatus, Lane, MatterKind
from tests.factories import a_case, agenda_item
from tests.factories.decisions import a_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


def stage(room, **more):
    return stage_of(room.meeting, user=room.coordinator, now=timezone.now(), **more)


def another(room, lane=Lane.DISCUSSION):
    return agenda_item(room.meeting, a_case(room.board, CaseStatus.LISTED), lane=lane)


def test_standard_of_care_is_not_walked_through(room):
    standard, later = another(room, Lane.STANDARD), another(room)

    assert stage(room).next_item == later
    assert stage(room, chosen=later.pk).before == room.item
    assert stage(room, chosen=standard.pk).is_chosen


def test_the_screen_stays_with_what_was_seen_until_another_case_is_opened(room):
    later = another(room)
    AgendaItem.objects.filter(pk=room.item.pk).update(
        status="DISCUSSED", closed_at=timezone.now(), closed_by=room.chair
    )

    assert stage(room).item == later
    assert stage(room, seen=room.item.pk).item == room.item
    meetings.open_case(item=later, by=room.coordinator)
    assert stage(room, seen=room.item.pk).item == later
    assert stage(room, chosen=room.item.pk).elsewhere == later


def test_the_strip_marks_what_lacks(room):
    assert strip_of(room.item, newest_decision(room.item), now=timezone.now()).is_empty

    room.written(actions=[], wish_weight="", intent="")
    strip = strip_of(room.item, newest_decision(room.item), now=timezone.now())
    assert {lack.field for lack in strip.lacks} == {"intent", "actions", "wish_weight"}
    assert any(part.lacking for part in strip.parts)
    assert not strip.may_be_confirmed


def test_the_strip_says_what_the_room_agreed_to_and_what_was_signed(room):
    confirmed = room.confirmed()
    strip = strip_of(room.item, newest_decision(room.item), now=timezone.now())
    assert (strip.is_confirmed, strip.is_signed, list(strip.lacks)) == (True, False, [])

    room.sign(confirmed)
    strip = strip_of(room.item, newest_decision(room.item), now=timezone.now())
    assert strip.is_signed
    assert strip.parts[0].text == confirmed.read_back


def test_the_list_says_how_far_each_case_is_and_what_comes_back(room):
    standard = another(room, Lane.STANDARD)
    decided = room.decide()
    Matter.objects.create(
        meeting=room.meeting,
        case=room.case,
        kind=MatterKind.OVERDUE,
        action=decided.actions.first(),
        created_by=room.coordinator,
    )

    found = list_of(stage(room))

    words = {row.item.pk: row.words for _, rows in found.lanes for row in rows}
    assert words == {room.item.pk: "decided", standard.pk: "recorded, not discussed"}
    assert [lane for lane, _ in found.lanes] == ["Discussion", "Standard of care"]
    assert found.unsettled == 1
