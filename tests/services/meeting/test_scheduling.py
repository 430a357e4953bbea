"""When may a board meet?"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.domain.errors import Refused
from cases.services import meeting as service
from cases.vocabulary import MeetingStatus, Role
from tests.factories import board, member

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


@pytest.fixture
def eight():
    return (timezone.now() + timedelta(days=7)).replace(microsecond=0)


def schedule(on, start, by, hours=2):
    return service.schedule(board=on, starts_at=start, ends_at=start + hours * HOUR, place="Room 2 ", by=by)


def test_a_board_meets_once_at_a_time(here, coordinator, eight):
    made = schedule(here, eight, coordinator)
    assert (made.place, made.status) == ("Room 2", MeetingStatus.PLANNED)

    with pytest.raises(Refused, match="meets already on"):
        schedule(here, eight + HOUR, coordinator)

    schedule(here, eight + 2 * HOUR, coordinator)
    elsewhere = board()
    schedule(elsewhere, eight, member(elsewhere, Role.CHAIR))


def test_past_and_foreign_dates_are_refused(here, coordinator, eight):
    with pytest.raises(Refused, match="has passed"):
        schedule(here, timezone.now() - HOUR, coordinator)
    with pytest.raises(PermissionDenied):
        schedule(here, eight, member(here))
    with pytest.raises(PermissionDenied):
        schedule(board(), eight, coordinator)
