"""Is a list put in order as a whole, by one person at a time, and can a member have a case discussed?"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.domain.errors import DomainError, Refused, SomeoneWasFaster
from cases.models import AgendaItem, EarlyLeave, Meeting
from cases.services import agenda
from cases.services import meeting as service
from cases.vocabulary import ItemStatus, Lane, MeetingStatus, Role, Specialty
from tests.factories import a_case, agenda_item, board, meeting, member
from tests.together import at_once
from tumorboard.audit import trail
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db
DISCUSSION, STANDARD = Lane.DISCUSSION, Lane.STANDARD


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


@pytest.fixture
def coming(here):
    return meeting(here)


def items_on(coming, number, **more):
    return [agenda_item(coming, a_case(coming.board), **more) for _ in range(number)]


def as_listed(coming):
    """The list as the meeting goes through it: which item, in which part."""
    rows = coming.items.standing().order_by("lane", "position")
    return [(item.pk, item.lane) for item in rows]


def reorder(coming, order, by, version=None):
    version = version or Meeting.objects.get(pk=coming.pk).version
    service.reorder(meeting=coming, version=version, order=order, by=by)


def test_the_whole_order_is_written_at_once(coming, coordinator):
    a, b, c, d = items_on(coming, 4)
    AgendaItem.objects.filter(pk=b.pk).update(
        status=ItemStatus.TAKEN_OFF, closed_at=timezone.now(), closed_by=coordinator
    )

    reorder(coming, [(d.pk, DISCUSSION), (a.pk, DISCUSSION), (c.pk, STANDARD)], coordinator)

    assert as_listed(coming) == [(d.pk, DISCUSSION), (a.pk, DISCUSSION), (c.pk, STANDARD)]
    assert AgendaItem.objects.get(pk=b.pk).position == 2, "what was taken off keeps its place"
    assert Meeting.objects.get(pk=coming.pk).version == coming.version + 1
    event = trail.of(coming.about).first()
    assert (event.verb, event.details["order"][0]) == ("meeting.reordered", str(d.pk))


@pytest.mark.parametrize("order", ["ab", "abcc", "abx", ""])
def test_a_list_with_other_cases_is_not_the_one_that_was_seen(coming, coordinator, order):
    named = dict(zip("abc", items_on(coming, 3), strict=True), x=items_on(meeting(board()), 1)[0])

    with pytest.raises(SomeoneWasFaster, match="shown as it is now"):
        reorder(coming, [(named[one].pk, DISCUSSION) for one in order], coordinator)

    assert [pk for pk, _ in as_listed(coming)] == [named[one].pk for one in "abc"]


def test_who_saw_an_older_list_writes_nothing(coming, coordinator):
    a, b = items_on(coming, 2)
    coming.refresh_from_db()
    reorder(coming, [(b.pk, DISCUSSION), (a.pk, DISCUSSION)], coordinator, version=coming.version)

    with pytest.raises(SomeoneWasFaster):
        reorder(coming, [(a.pk, STANDARD), (b.pk, DISCUSSION)], coordinator, version=coming.version)

    assert as_listed(coming) == [(b.pk, DISCUSSION), (a.pk, DISCUSSION)]


def test_what_was_discussed_stays_in_its_part_and_may_be_passed(coming, coordinator):
    Meeting.objects.filter(pk=coming.pk).update(status=MeetingStatus.RUNNING)
    a, b, c = items_on(coming, 3)
    AgendaItem.objects.filter(pk=a.pk).update(status=ItemStatus.DISCUSSED)

    with pytest.raises(Refused, match="no longer waiting"):
        reorder(coming, [(b.pk, DISCUSSION), (c.pk, DISCUSSION), (a.pk, STANDARD)], coordinator)
    reorder(coming, [(a.pk, DISCUSSION), (c.pk, DISCUSSION), (b.pk, STANDARD)], coordinator)

    assert as_listed(coming) == [(a.pk, DISCUSSION), (c.pk, DISCUSSION), (b.pk, STANDARD)]


@pytest.mark.parametrize("status", [MeetingStatus.CLOSED, MeetingStatus.CANCELLED])
def test_a_list_that_is_over_keeps_its_order(here, coordinator, status):
    over = meeting(here)
    a, b = items_on(over, 2)
    Meeting.objects.filter(pk=over.pk).update(status=status)
    over.refresh_from_db()

    with pytest.raises(DomainError):
        reorder(over, [(b.pk, DISCUSSION), (a.pk, DISCUSSION)], coordinator)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER])
def test_others_arrange_nothing(coming, role):
    (item,) = items_on(coming, 1)
    by = member(coming.board, role)

    for change in (
        lambda: reorder(coming, [(item.pk, DISCUSSION)], by),
        lambda: service.plan_minutes(meeting=coming, version=coming.version, minutes={item.pk: 3}, by=by),
        lambda: service.set_break(meeting=coming, after=None, minutes=5, by=by),
        lambda: service.stays_to_the_end(meeting=coming, specialty=Specialty.SURGERY, by=by),
        lambda: service.leaves_early(
            meeting=coming, specialty=Specialty.SURGERY, leaves_at=coming.starts_at, by=by
        ),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_a_suggested_order_brings_its_break(coming, coordinator):
    a, b = items_on(coming, 2)

    service.take_order(
        meeting=coming,
        version=coming.version,
        order=[(b.pk, DISCUSSION), (a.pk, DISCUSSION)],
        break_after=1,
        by=coordinator,
    )

    assert [pk for pk, _ in as_listed(coming)] == [b.pk, a.pk]
    assert Meeting.objects.get(pk=coming.pk).break_after == 1


def test_minutes_of_several_cases_are_taken_at_once(coming, coordinator):
    a, b = items_on(coming, 2)
    AgendaItem.objects.filter(pk=b.pk).update(status=ItemStatus.DISCUSSED)

    service.plan_minutes(meeting=coming, version=coming.version, minutes={a.pk: 9, b.pk: 9}, by=coordinator)

    assert list(coming.items.order_by("position").values_list("minutes", flat=True)) == [9, 6]
    with pytest.raises(SomeoneWasFaster):
        service.plan_minutes(meeting=coming, version=coming.version, minutes={a.pk: 3}, by=coordinator)


def test_a_break_stands_between_two_cases(coming, coordinator):
    items_on(coming, 2)

    service.set_break(meeting=coming, after=1, minutes=10, by=coordinator)

    coming.refresh_from_db()
    assert (coming.break_after, coming.break_minutes) == (1, 10)
    for after, minutes in ((2, 5), (0, 5), (1, 0), (1, 31)):
        with pytest.raises(Refused):
            service.set_break(meeting=coming, after=after, minutes=minutes, by=coordinator)
    service.set_break(meeting=coming, after=None, minutes=10, by=coordinator)
    coming.refresh_from_db()
    assert coming.break_after is None


def test_who_leaves_early_is_said_and_unsaid(coming, coordinator):
    def says(minutes):
        at = coming.starts_at + timedelta(minutes=minutes)
        service.leaves_early(meeting=coming, specialty=Specialty.RADIOLOGY, leaves_at=at, by=coordinator)
        return at

    says(30)
    at = says(40)
    assert EarlyLeave.objects.get().leaves_at == at, "the later word counts"
    for minutes in (0, 120):
        with pytest.raises(Refused, match="Give a time between"):
            says(minutes)
    service.stays_to_the_end(meeting=coming, specialty=Specialty.RADIOLOGY, by=coordinator)
    assert not EarlyLeave.objects.exists()


@pytest.mark.parametrize("status", [MeetingStatus.PLANNED, MeetingStatus.RUNNING])
@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR, Role.COORDINATOR])
def test_a_member_has_a_case_discussed_that_would_only_be_recorded(here, coordinator, role, status):
    coming = meeting(here, status=status)
    standard, other = items_on(coming, 2)
    AgendaItem.objects.filter(pk=standard.pk).update(lane=STANDARD, audit_sample=True)
    by = member(here, role)

    service.pull_back(item=standard, reason=" The remnant is small. ", by=by)

    standard.refresh_from_db()
    assert (standard.lane, standard.pulled_back_by, standard.audit_sample) == (DISCUSSION, by, False)
    assert standard.pulled_back_reason == "The remnant is small."
    assert as_listed(coming) == [(other.pk, DISCUSSION), (standard.pk, DISCUSSION)]
    told = Message.objects.get()
    assert (told.kind, told.recipient) == ("case.pulled_back", coordinator)
    assert standard.case.number in told.title
    assert "remnant" not in told.text + told.html
    assert standard.case.patient.family_name not in told.text + told.html
    assert trail.of(coming.about).first().verb == "meeting.case_pulled_back"


def test_pulling_back_has_its_limits(coming, coordinator):
    (item,) = items_on(coming, 1, lane=STANDARD)
    for role in (Role.OBSERVER, Role.REFERRER):
        with pytest.raises(PermissionDenied):
            service.pull_back(item=item, reason="Why not?", by=member(coming.board, role))
    with pytest.raises(Refused, match="Say in a sentence"):
        service.pull_back(item=item, reason="  ", by=coordinator)
    service.pull_back(item=item, reason="Two opinions.", by=coordinator)

    with pytest.raises(SomeoneWasFaster):
        service.pull_back(item=item, reason="Me too.", by=coordinator)
    with pytest.raises(Refused, match="It stays there"):
        service.plan_item(item=item, minutes=3, lane=STANDARD, by=coordinator)
    with pytest.raises(Refused, match="It stays there"):
        reorder(coming, [(item.pk, STANDARD)], coordinator)


def test_standard_care_is_drawn_for_audit_when_the_list_is_sent(coming, coordinator):
    items_on(coming, 2)
    standard = items_on(coming, 6, lane=STANDARD)
    type(coming.board).objects.filter(pk=coming.board_id).update(audit_sample_percent=1)

    def drawn():
        coming.refresh_from_db()
        service.publish_agenda(meeting=coming, version=coming.version, by=coordinator)
        return set(AgendaItem.objects.filter(audit_sample=True).values_list("pk", flat=True))

    first = drawn()
    assert first <= {item.pk for item in standard}
    assert first, "of five or more there is always one"
    assert drawn() == first, "sent again, the same cases are drawn"
    assert all(0 <= agenda._lot(item.pk) < 1 for item in standard)


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_arrange_at_once_and_one_is_told(here):
    coming = meeting(here)
    a, b, c = (item.pk for item in items_on(coming, 3))
    orders = [[a, c, b], [b, a, c], [c, b, a]]
    people = [member(here, Role.COORDINATOR) for _ in orders]

    outcomes = at_once(
        *[
            lambda by=by, order=order: reorder(
                coming, [(pk, DISCUSSION) for pk in order], by, version=coming.version
            )
            for by, order in zip(people, orders, strict=True)
        ]
    )

    assert sum(isinstance(one, SomeoneWasFaster) for one in outcomes) == 2
    won = outcomes.index(None)
    assert [pk for pk, _ in as_listed(coming)] == orders[won]
