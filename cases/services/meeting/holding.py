"""What happens in the room: open, discuss one case after the other, put off, close?"""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases import permissions
from cases.domain import agenda as rules
from cases.domain import lifecycle
from cases.domain.before_the_talk import stood_before
from cases.domain.check_in import new_code
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import AgendaItem, Attendance, Case, Meeting, SpecialistInput
from cases.permissions import Permission
from cases.services import agenda
from cases.services import draft as draft_room
from cases.services._steps import take
from cases.services.meeting.guests import guests_leave
from cases.vocabulary import ItemStatus, MeetingStatus
from tumorboard import live
from tumorboard.audit import trail

FORM = "discussion"  # under which the unfinished minutes are kept
LONGEST = 4000  # characters of what was said of one case
FASTER = "Someone else has written meanwhile. What you typed is still here: keep yours, or take theirs."


@transaction.atomic
def open_meeting(*, meeting: Meeting, by) -> None:
    permissions.require(by, Permission.RUN_MEETING, board=meeting.board)
    rules.require_near(starts_at=meeting.starts_at, now=timezone.now())
    planned = Meeting.objects.filter(pk=meeting.pk, status=MeetingStatus.PLANNED)
    running = {"status": MeetingStatus.RUNNING, "check_in_code": new_code()}
    if not planned.update(**running, version=F("version") + 1):
        raise SomeoneWasFaster("This meeting is open already, or over. Reload the page.")
    meeting.refresh_from_db()
    trail.record(actor=by, verb="meeting.opened", subject=meeting, about=meeting.about)
    announce(meeting, "case")


@transaction.atomic
def open_case(*, item: AgendaItem, by) -> None:
    """This case is before the board now. One that was open without a word goes back to the list."""
    meeting = _running(item, by)
    for other in meeting.items.filter(status=ItemStatus.OPEN).exclude(pk=item.pk):
        _leave(other, by=by)
    now = timezone.now()
    planned = AgendaItem.objects.filter(pk=item.pk, status=ItemStatus.PLANNED)
    opened = planned.update(status=ItemStatus.OPEN, opened_at=now, opened_by=by, version=F("version") + 1)
    if not opened and not AgendaItem.objects.filter(pk=item.pk, status=ItemStatus.OPEN).exists():
        raise Refused("This case is no longer waiting. Look at it without opening it.")
    if opened:
        AgendaItem.objects.filter(pk=item.pk, stood_before={}).update(stood_before=_tally(item))
        _told("meeting.case_opened", item, by=by)
        announce(meeting, "case")


def _leave(item: AgendaItem, *, by) -> None:
    """The board goes on to another case: what was written of this one ends its discussion."""
    still = AgendaItem.objects.filter(pk=item.pk, status=ItemStatus.OPEN)
    if item.discussion.strip() or item.recommendations.exists():
        _end(still, item, by=by)
    else:
        guests_leave(item=item)
        still.update(status=ItemStatus.PLANNED, opened_at=None, opened_by=None, version=F("version") + 1)


def _end(still, item: AgendaItem, *, by, **more) -> int:
    """The discussion is over; the case goes on to its decision."""
    ended = still.update(
        status=ItemStatus.DISCUSSED,
        closed_at=timezone.now(),
        closed_by=by,
        version=F("version") + 1,
        **more,
    )
    if ended:
        guests_leave(item=item)
        take(lifecycle.DISCUSS, Case.objects.get(pk=item.case_id), by=by)
        _told("meeting.discussion_ended", item, by=by)
    return ended


def _tally(item: AgendaItem) -> dict[str, dict[str, str]]:
    """What each discipline preferred before anybody spoke."""
    signed = SpecialistInput.objects.current().filter(
        case=item.case_id, presentation=item.presentation, signed_at__isnull=False
    )
    return stood_before(signed.values_list("specialty", "opinion", "confidence"))


def save_discussion(*, item: AgendaItem, version: int, discussion: str, by) -> int:
    """What is being said, as it is typed: into the record at once, and onto every screen.

    `version` is the one of these words alone. Whoever comes second overwrites nothing; what they typed is
    kept as their draft. Returns the version that stands now.
    """
    try:
        return _save_words(item, version, discussion, by)
    except (SomeoneWasFaster, Refused):
        draft_room.save(
            form=FORM,
            key=str(item.pk),
            payload={"discussion": [discussion]},
            base_version=version,
            by=by,
        )
        raise


@transaction.atomic
def _save_words(item: AgendaItem, version: int, discussion: str, by) -> int:
    meeting = _running(item, by)
    if len(discussion) > LONGEST:
        raise Refused(f"At most {LONGEST} characters. Shorten the text.")
    spoken = AgendaItem.objects.filter(pk=item.pk, status__in=[ItemStatus.OPEN, ItemStatus.DISCUSSED])
    if not spoken.exists():
        raise Refused("This case is no longer before the board. What you typed is kept as your draft.")
    mine = spoken.filter(discussion_version=version)
    if not mine.update(version=F("version") + 1, **_as_written(discussion, by=by)):
        raise SomeoneWasFaster(FASTER)
    draft_room.discard(form=FORM, key=str(item.pk), by=by)
    _told("meeting.words_saved", item, by=by)
    announce(meeting, "said")
    return version + 1


def _as_written(discussion: str, *, by) -> dict[str, Any]:
    return {
        "discussion": discussion,
        "discussion_version": F("discussion_version") + 1,
        "discussion_by": by,
    }


@transaction.atomic
def record_discussion(*, item: AgendaItem, version: int, discussion: str, by) -> None:
    """What was said, in words. The first time it ends the discussion of this case; later it corrects."""
    meeting = _running(item, by)
    if not discussion.strip():
        raise Refused("Write down in a sentence what was said.")
    mine = AgendaItem.objects.filter(pk=item.pk, discussion_version=version)
    written = _as_written(discussion.strip(), by=by)
    ended = _end(mine.filter(status=ItemStatus.OPEN), item, by=by, **written)
    after = mine.filter(status=ItemStatus.DISCUSSED)
    if not ended and not after.update(version=F("version") + 1, **written):
        raise SomeoneWasFaster(FASTER)
    draft_room.discard(form=FORM, key=str(item.pk), by=by)
    _told("meeting.discussion_recorded", item, by=by)
    announce(meeting, "said")
    if ended:
        announce(meeting, "case")


@transaction.atomic
def defer(*, item: AgendaItem, reason: str, by) -> None:
    """Not today: back to preparation, with the reason for whoever prepares it next."""
    meeting = _running(item, by)
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
    guests_leave(item=item)
    take(lifecycle.DEFER, Case.objects.get(pk=item.case_id), by=by, reason=reason.strip())
    _told("meeting.case_deferred", item, by=by)
    announce(meeting, "case")


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
    announce(meeting, "case")


def announce(meeting: Meeting, topic: str) -> None:
    """Every screen of this meeting hears that something has changed, once it is in the record."""
    live.announce(meeting.about, topic)


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
