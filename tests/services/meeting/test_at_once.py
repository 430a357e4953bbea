"""Two people press at the same moment: does one win, and is the other told?"""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.domain.errors import DomainError, SomeoneWasFaster
from cases.models import AgendaItem, Attendance, Meeting
from cases.services import meeting as service
from cases.vocabulary import MeetingStatus, Role
from tests.factories import a_case, board, meeting, member
from tests.together import at_once
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


def errors(outcomes):
    found = [one for one in outcomes if isinstance(one, Exception)]
    assert all(isinstance(one, DomainError) for one in found), found
    return found


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinators(here):
    return [member(here, Role.COORDINATOR) for _ in range(4)]


def test_two_publish_at_once_and_one_agenda_goes_out(here, coordinators):
    coming = meeting(here)
    service.list_case(case=a_case(board=here), meeting=coming, by=coordinators[0])
    coming.refresh_from_db()

    outcomes = at_once(
        *[
            lambda by=by: service.publish_agenda(meeting=coming, version=coming.version, by=by)
            for by in coordinators
        ]
    )

    assert [type(one) for one in errors(outcomes)] == [SomeoneWasFaster] * 3
    coming.refresh_from_db()
    assert (coming.agenda_version, Message.objects.count()) == (1, len(coordinators))


def test_a_case_put_on_two_lists_at_once_stands_on_one(here, coordinators):
    case = a_case(board=here)
    weeks = [meeting(here, starts_at=timezone.now() + timedelta(days=7 * n)) for n in range(1, 5)]

    outcomes = at_once(
        *[
            lambda by=by, week=week: service.list_case(
                case=type(case).objects.get(pk=case.pk), meeting=week, by=by
            )
            for by, week in zip(coordinators, weeks, strict=True)
        ]
    )

    assert len(errors(outcomes)) == 3
    assert AgendaItem.objects.filter(case=case).count() == 1


def test_cases_listed_at_once_get_a_place_each(here, coordinators):
    coming = meeting(here)
    cases = [a_case(board=here) for _ in coordinators]

    outcomes = at_once(
        *[
            lambda by=by, case=case: service.list_case(case=case, meeting=coming, by=by)
            for by, case in zip(coordinators, cases, strict=True)
        ]
    )

    assert not errors(outcomes)
    assert sorted(coming.items.values_list("position", flat=True)) == [1, 2, 3, 4]


def test_one_date_scheduled_at_once_is_one_meeting(here, coordinators):
    start = timezone.now() + timedelta(days=3)
    end = start + timedelta(hours=1)

    outcomes = at_once(
        *[
            lambda by=by: service.schedule(board=here, starts_at=start, ends_at=end, place="", by=by)
            for by in coordinators
        ]
    )

    assert len(errors(outcomes)) == 3
    assert Meeting.objects.count() == 1


def test_a_person_ticked_in_by_several_at_once_is_there_once(here, coordinators):
    running = meeting(here, status=MeetingStatus.RUNNING)
    surgeon = member(here)

    outcomes = at_once(
        *[lambda by=by: service.join(meeting=running, user=surgeon, by=by) for by in coordinators]
    )

    assert not errors(outcomes)
    assert Attendance.objects.get().user == surgeon
