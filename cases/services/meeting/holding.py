"""What happens in the room: open, discuss one case after the other, put off, close?"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases import permissions
from cases.domain import agenda as rules
from cases.domain import lifecycle
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import AgendaItem, Attendance, Case, Meeting
from cases.permissions import Permission
from cases.services import agenda
from cases.services import draft as draft_room
from cases.services._steps import take
from cases.vocabulary import ItemStatus, MeetingStatus
from tumorboard.audit import trail

FORM = "discussion"  # under which the unfinished minutes are kept
FASTER = (
    "Someone else has changed this case meanwhile. What you typed is still here; compare, then record again."
)


@transaction.atomic
def open_meeting(*, meeting: Meeting, by) -> None:
    permissions.require(by, Permission.RUN_MEETING, board=meeting.board)
    rules.require_near(starts_at=meeting.starts_at, now=timezone.now())
    planned = Meeting.objects.filter(pk=meeting.pk, status=MeetingStatus.PLANNED)
    if not planned.update(status=MeetingStatus.RUNNING, version=F("version") + 1):
        raise SomeoneWasFaster("This meeting is open already, or over. Reload the page.")
    meeting.refresh_from_db()
    trail.record(actor=by, verb="meeting.opened", subject=meeting, about=meeting.about)


@transaction.atomic
def open_case(*, item: AgendaItem, by) -> None:
    """This case is before the board now; one that was open without a word goes back to the list."""
    meeting = _running(item, by)
    waiting = meeting.items.filter(status=ItemStatus.OPEN).exclude(pk=item.pk)
    waiting.update(status=ItemStatus.PLANNED, opened_at=None, opened_by=None, version=F("version") + 1)
    now = timezone.now()
    opened = AgendaItem.objects.filter(pk=item.pk, status=ItemStatus.PLANNED).update(
        status=ItemStatus.OPEN, opened_at=now, opened_by=by, version=F("version") + 1
    )
    if not opened and not AgendaItem.objects.filter(pk=item.pk, status=ItemStatus.OPEN).exists():
        raise Refused("This case is no longer waiting. Look at it without opening it.")
    if opened:
        _told("meeting.case_opened", item, by=by)


@transaction.atomic
def record_discussion(*, item: AgendaItem, version: int, discussion: str, by) -> None:
    """What was said, in words. The first time it ends the discussion of this case; later it corrects."""
    _running(item, by)
    if not discussion.strip():
        raise Refused("Write down in a sentence what was said.")
    now, words = timezone.now(), {"discussion": discussion.strip(), "version": F("version") + 1}
    mine = AgendaItem.objects.filter(pk=item.pk, version=version)
    ended = mine.filter(status=ItemStatus.OPEN).update(
        status=ItemStatus.DISCUSSED, closed_at=now, closed_by=by, **words
    )
    if not ended and not mine.filter(status=ItemStatus.DISCUSSED).update(**words):
        raise SomeoneWasFaster(FASTER)
    if ended:
        take(lifecycle.DISCUSS, Case.objects.get(pk=item.case_id), by=by)
    draft_room.discard(form=FORM, key=str(item.pk), by=by)
    _told("meeting.discussion_recorded", item, by=by)


@transaction.atomic
def defer(*, item: AgendaItem, reason: str, by) -> None:
    """Not today: back to preparation, with the reason for whoever prepares it next."""
    _running(item, by)
    if not reason.strip():
        raise Refused("Say why the case is postponed; whoever prepares it next needs to know.")
    changed = AgendaItem.objects.filter(
        pk=item.pk, status__in=[ItemStatus.PLANNED, ItemStatus.OPEN, ItemStatus.DISCUSSED]
    ).update(
        status=ItemStatus.DEFERRED,
        defer_reason=reason.strip(),
        closed_at=timezone.now(),
        closed_by=by,
        version=F("version") + 1,
    )
    if not changed:
        raise SomeoneWasFaster("This case has left the list meanwhile. Reload the page.")
    take(lifecycle.DEFER, Case.objects.get(pk=item.case_id), by=by, reason=reason.strip())
    _told("meeting.case_deferred", item, by=by)


@transaction.atomic
def close_meeting(*, meeting: Meeting, by) -> None:
    """Every case has ended; whoever is still there leaves now. From here on nothing changes."""
    permissions.require(by, Permission.RUN_MEETING, board=meeting.board)
    held = agenda.changeable(meeting)
    if held.status != MeetingStatus.RUNNING:
        raise Refused("This meeting has not been opened.")
    waiting = held.items.filter(status__in=[ItemStatus.PLANNED, ItemStatus.OPEN]).order_by("position")
    numbers = list(waiting.values_list("case__number", flat=True))
    if numbers:
        raise Refused(f"Still on the list: {', '.join(numbers)}. Discuss or postpone each, then close.")
    Attendance.objects.present().filter(meeting=held).update(left_at=timezone.now())
    Meeting.objects.filter(pk=held.pk).update(status=MeetingStatus.CLOSED, version=F("version") + 1)
    meeting.refresh_from_db()
    trail.record(actor=by, verb="meeting.closed", subject=meeting, about=meeting.about)


def _running(item: AgendaItem, by) -> Meeting:
    """The meeting's row, held: cases are opened and ended one after the other."""
    permissions.require(by, Permission.RUN_MEETING, board=item.meeting.board)
    meeting = agenda.changeable(item.meeting)
    if meeting.status != MeetingStatus.RUNNING:
        raise Refused("This meeting has not been opened yet. Open it first.")
    return meeting


def _told(verb: str, item: AgendaItem, *, by) -> None:
    about = f"case:{item.case_id}"
    trail.record(actor=by, verb=verb, subject=item, about=about, meeting=str(item.meeting_id))
