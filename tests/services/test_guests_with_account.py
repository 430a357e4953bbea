"""A guest with an account reads the one case they came for while it is discussed, and nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Letter, Meeting, Recommendation, SpecialistInput
from cases.services import disease
from cases.services import meeting as service
from cases.vocabulary import MeetingStatus
from tests.factories import a_case, person
from tests.factories.decisions import a_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def practitioner():
    return person(email="una.reed@example.org", family_name="Reed")


@pytest.fixture
def guest(room, practitioner):
    return service.admit_guest(item=room.item, name="Una Reed", account=practitioner, by=room.chair)


def seen(user) -> list[Case]:
    return list(Case.objects.visible_to(user))


def test_that_case_and_no_other_and_nothing_of_the_boards_own(room, practitioner, guest):
    a_case(room.board)

    assert seen(practitioner) == [room.case]
    for rows in (Meeting, SpecialistInput, Recommendation, Letter):
        assert not rows.objects.visible_to(practitioner).exists(), rows
    with pytest.raises(PermissionDenied):
        disease.record_wish(case=room.case, wish="Home.", by=practitioner)


def test_until_they_leave(room, practitioner, guest):
    service.guest_leaves(guest=guest, by=room.chair)

    assert seen(practitioner) == []


def test_until_the_case_is_closed_or_the_meeting(room, practitioner, guest):
    service.defer(item=room.item, reason="No CT.", by=room.chair)
    assert seen(practitioner) == []


def test_until_the_meeting_ends(room, practitioner, guest):
    Meeting.objects.filter(pk=room.meeting.pk).update(status=MeetingStatus.CLOSED)
    assert seen(practitioner) == []


def test_not_the_next_day_though_nobody_closed_anything(practitioner, guest):
    with time_machine.travel(timezone.now() + timedelta(hours=12, minutes=1), tick=False):
        assert seen(practitioner) == []


def test_who_is_a_guest_by_name_only_sees_nothing(room, practitioner):
    service.admit_guest(item=room.item, name="Una Reed", by=room.chair)

    assert seen(practitioner) == []


@pytest.mark.parametrize(
    ("email", "status", "reads"), [("UNA.REED@example.org", 302, 200), ("x@y.org", 422, 404)]
)
def test_whoever_runs_the_meeting_names_the_account(client, room, practitioner, email, status, reads):
    client.force_login(room.chair)
    admit = reverse("cases:admit-guest", args=[room.item.pk])
    assert client.post(admit, {"guest-name": "Una Reed", "guest-email": email}).status_code == status
    client.force_login(practitioner)

    assert client.get(reverse("cases:case", args=[room.case.pk])).status_code == reads
