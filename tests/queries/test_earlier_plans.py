"""A plan of an earlier presentation does not go on unseen beside the new one."""

import pytest
from django.utils import timezone

from cases.models import AgendaItem
from cases.queries.decision_making import making
from cases.vocabulary import ItemStatus
from tests.factories import agenda_item, meeting
from tests.factories.decisions import a_room

pytestmark = pytest.mark.django_db


def test_what_is_open_from_an_earlier_presentation_is_named_beside_the_signature():
    room = a_room()
    room.decide()
    AgendaItem.objects.filter(meeting=room.meeting).update(status=ItemStatus.DISCUSSED)
    again = agenda_item(meeting(room.board), room.case, presentation=2)
    checks = making(again, user=room.chair, now=timezone.now()).checks
    [named] = [check.words for check in checks if check.label == "Earlier plan"]

    assert named.startswith(f"Still open from {room.today:%d-%b-%Y}: ")
    assert named.endswith(f"({room.surgeon})")
