"""Does an e-mail to everybody name a patient because somebody typed the name into it?"""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.domain.errors import Refused
from cases.services import meeting as service
from cases.vocabulary import MeetingStatus, Role
from tests.factories import a_case, a_patient, board, meeting, member
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db
NAMED = "Zyxwirth is not ready."


@pytest.fixture
def coming():
    here = board()
    one = meeting(here, starts_at=timezone.now() + timedelta(days=7))
    one.coordinator = member(here, Role.COORDINATOR)
    listed = a_case(here, patient=a_patient(family_name="Zyxwirth"))
    service.list_case(case=listed, meeting=one, by=one.coordinator)
    Message.objects.all().delete()
    return one


def call_off(coming, reason):
    service.cancel(meeting=coming, reason=reason, by=coming.coordinator)


def move(coming, reason):
    later = {"starts_at": coming.starts_at + timedelta(days=1), "ends_at": coming.ends_at + timedelta(days=1)}
    coming.refresh_from_db(fields=["version"])
    service.move(
        meeting=coming, place="", reason=reason, version=coming.version, by=coming.coordinator, **later
    )


@pytest.mark.parametrize("do", [call_off, move])
def test_why_a_meeting_is_changed_names_no_patient_of_its_list(coming, do):
    with pytest.raises(Refused, match="without the name"):
        do(coming, NAMED)
    coming.refresh_from_db()
    assert coming.status == MeetingStatus.PLANNED
    assert not Message.objects.exists()

    do(coming, "Two surgeons are ill.")
