"""Is nothing sent again that is no longer so?"""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.domain.errors import Refused
from cases.models import MeetingReply
from cases.services import meeting as meetings
from cases.services import messages as service
from cases.services import replies
from cases.vocabulary import Role
from tests.factories import a_case, board, meeting, member
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def coordinator(coming):
    return member(coming.board, Role.COORDINATOR)


@pytest.fixture
def coming():
    return meeting(board(), starts_at=(timezone.now() + 7 * DAY).replace(microsecond=0), place="Room 2")


def version_of(coming):
    coming.refresh_from_db()
    return coming.version


def publish(coming, by):
    meetings.publish_agenda(meeting=coming, version=version_of(coming), by=by)
    return minutes_pass("agenda.published", coming)


def minutes_pass(kind, coming):
    """What was owed until now was, some minutes ago, and did not get through; returns the newest."""
    before = Message.objects.filter(about=coming.about).order_by("created_at")
    for message in before:
        earlier = {"created_at": message.created_at - timedelta(minutes=9)}
        Message.objects.filter(pk=message.pk, state=State.QUEUED).update(state=State.DEAD, last_error="550")
        Message.objects.filter(pk=message.pk).update(**earlier)
    return before.filter(kind=kind).last()


@pytest.fixture
def agenda(coming, coordinator):
    meetings.list_case(case=a_case(board=coming.board), meeting=coming, by=coordinator)
    return publish(coming, coordinator)


def move(coming, by, **more):
    version = version_of(coming)
    to = {"starts_at": coming.starts_at, "ends_at": coming.ends_at, "place": coming.place} | more
    meetings.move(meeting=coming, reason="The room is taken.", version=version, by=by, **to)


def cancel(coming, by):
    meetings.cancel(meeting=coming, reason="Nobody can come.", by=by)


def to_another_day(coming, by):
    move(coming, by, starts_at=coming.starts_at + DAY, ends_at=coming.ends_at + DAY)


CHANGES = [
    (to_another_day, "moved or cancelled"),
    (lambda coming, by: move(coming, by, place="Room 3"), "moved or cancelled"),
    (cancel, "moved or cancelled"),
    (publish, "newer agenda"),
]


@pytest.mark.parametrize(("change", "words"), CHANGES, ids=["day", "place", "cancelled", "agenda"])
def test_an_agenda_that_is_no_longer_so_is_not_sent_again(coming, coordinator, agenda, change, words):
    change(coming, coordinator)
    with pytest.raises(Refused, match=words):
        service.resend(message=agenda, by=coordinator)
    assert not Message.objects.filter(resent_by=coordinator).exists()


def test_what_is_still_so_is_sent_again_however_often(coming, coordinator, agenda):
    again = service.resend(message=agenda, by=coordinator)
    assert (again.kind, again.state) == ("agenda.published", State.QUEUED)
    minutes_pass("agenda.published", coming)

    to_another_day(coming, coordinator)
    with pytest.raises(Refused, match="moved or cancelled"):
        service.resend(message=again, by=coordinator)
    moved = minutes_pass("meeting.moved", coming)
    newest = publish(coming, coordinator)
    service.resend(message=moved, by=coordinator)
    assert service.resend(message=newest, by=coordinator).version == 2, "the news of the move is no later one"


@pytest.fixture
def surgeon(coming):
    return member(coming.board, specialty="SURGERY")


def sent(kind, coming, surgeon, **more):
    """A message of long ago that did not get through."""
    usual = {"title": "Words", "text": "Words.", "scope": coming.board.scope, "expires_at": coming.starts_at}
    message = outbox.put(**{"kind": kind, "about": coming.about, "recipient": surgeon} | usual | more)
    earlier = {"created_at": message.created_at - timedelta(minutes=9)}
    Message.objects.filter(pk=message.pk).update(state=State.DEAD, last_error="550", **earlier)
    return message


@pytest.mark.parametrize("kind", ["reading.list", "input.reminder", "cutoff.passed"])
def test_what_names_no_place_is_sent_again_after_another_place_but_not_another_day(
    coming, coordinator, surgeon, kind
):
    mine = sent(kind, coming, surgeon)
    move(coming, coordinator, place="Room 3")
    assert Message.objects.filter(kind="meeting.moved").exists()

    again = service.resend(message=mine, by=coordinator)
    Message.objects.filter(pk=again.pk).update(state=State.DEAD, last_error="550")

    to_another_day(coming, coordinator)
    with pytest.raises(Refused, match="moved or cancelled"):
        service.resend(message=again, by=coordinator)


def comes_for(coming, surgeon, deputy):
    replies.say(meeting=coming, user=surgeon, reply="DEPUTY", deputy=deputy, by=surgeon)
    message = Message.objects.filter(kind="reply.deputy", recipient=deputy).latest("version")
    earlier = {"created_at": message.created_at - timedelta(minutes=9)}
    Message.objects.filter(pk=message.pk).update(state=State.DEAD, last_error="550", **earlier)
    return message


def another_deputy(coming, by):
    surgeon = MeetingReply.objects.get().user
    comes_for(coming, surgeon, member(coming.board, specialty="SURGERY"))


@pytest.mark.parametrize(
    "change", [cancel, to_another_day, lambda coming, by: move(coming, by, place="Room 3"), another_deputy]
)
def test_that_somebody_comes_for_another_is_not_sent_again_when_it_is_no_longer_so(
    coming, coordinator, surgeon, change
):
    named = comes_for(coming, surgeon, member(coming.board, specialty="SURGERY"))
    again = service.resend(message=named, by=coordinator)
    Message.objects.filter(pk=again.pk).update(state=State.DEAD, last_error="550")

    change(coming, coordinator)
    with pytest.raises(Refused, match="moved"):
        service.resend(message=again, by=coordinator)
