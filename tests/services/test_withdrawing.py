"""A case withdrawn leaves the list that it stands on, but not from under a discussion."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.domain.errors import Refused
from cases.models import AgendaItem
from cases.services import meeting as meeting_room
from cases.services import pathway
from cases.vocabulary import CaseStatus, ItemStatus, Role
from tests.factories import a_case, agenda_item, board, meeting, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return member(board(), Role.COORDINATOR)


@pytest.fixture
def listed(coordinator):
    liver = coordinator.memberships.get().board
    case = a_case(board=liver)
    planned = meeting(liver, starts_at=timezone.now() + timedelta(days=10))
    meeting_room.list_case(case=case, meeting=planned, by=coordinator)
    return case


def test_a_listed_case_leaves_the_list_when_it_is_withdrawn(listed, coordinator):
    pathway.withdraw(case=listed, reason="Treated elsewhere.", by=coordinator)

    assert listed.status == CaseStatus.WITHDRAWN
    assert AgendaItem.objects.get(case=listed).status == ItemStatus.TAKEN_OFF


def test_a_case_under_discussion_is_not_withdrawn(coordinator):
    liver = coordinator.memberships.get().board
    case = a_case(board=liver, status=CaseStatus.LISTED)
    by_and_at = {"opened_at": timezone.now(), "opened_by": coordinator}
    agenda_item(meeting(liver), case, status=ItemStatus.OPEN, **by_and_at)

    with pytest.raises(Refused, match="being discussed"):
        pathway.withdraw(case=case, reason="Treated elsewhere.", by=coordinator)
