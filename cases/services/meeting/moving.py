"""How is a meeting moved, called off, or held together with another, and who is told?

Only a meeting that is planned. Who has it in the calendar is told, and their entry follows it.
"""

from collections.abc import Iterable
from copy import copy
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cases import permissions
from cases.domain import agenda as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.domain.naming import require_nobody_named
from cases.models import AgendaItem, Meeting, Patient
from cases.notices import meeting as notices
from cases.permissions import Permission
from cases.queries.board_days import REMINDER
from cases.services import _moments, agenda, reading, replies
from cases.services._post import owe, withdraw
from cases.services.announcing import require_told
from cases.services.meeting._unsent import CALLED_OFF, MOVED, forget_undone, owe_anew, without_list
from cases.services.meeting.scheduling import hold_calendar, why_not
from cases.services.specialist_input.reminded import put_right
from cases.vocabulary import ItemStatus, MeetingStatus
from tumorboard.audit import trail

FASTER = "The meeting was changed meanwhile. Look at it again before you move it."


@transaction.atomic
def move(
    *,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    reason: str = "",
    version: int,
    by,
) -> Meeting:
    """Another time, another place, or both: as it was seen (`version`), with everything on its list."""
    permissions.require(by, Permission.SCHEDULE_MEETING, board=meeting.board)
    hold_calendar(meeting.board)
    old = _planned(meeting)
    if old.version != version:
        raise SomeoneWasFaster(FASTER)
    require_nobody_named(reason, _patients_of(old))
    later = starts_at - old.starts_at
    same_time = (old.starts_at, old.ends_at) == (starts_at, ends_at)
    if same_time and old.place == place.strip():
        raise Refused("This is the time and the place that it has.")
    if not same_time:
        rules.require_span(starts_at=starts_at, ends_at=ends_at, now=timezone.now())
    require_told(old)
    now = timezone.now()
    # What waits for the morning is owed anew with the new place; of another time everybody hears at once.
    told = notices.told_before(old, by=now if same_time else None)
    moved = _write(old, starts_at, ends_at, place.strip())
    if same_time:
        owe_anew(moved, now=now)
    else:
        _to_another_time(moved, later, now=now)
    owe(notices.meeting_moved(moved, old, to=told, reason=reason.strip(), now=now))
    agenda.told(moved, "meeting.moved", by=by, subject=moved, **_from_and_to(old, moved), told=len(told))
    return moved


def _write(old: Meeting, starts_at: datetime, ends_at: datetime, place: str) -> Meeting:
    moved = copy(old)
    try:
        with transaction.atomic():
            Meeting.objects.filter(pk=old.pk).update(
                starts_at=starts_at,
                ends_at=ends_at,
                place=place,
                calendar_sequence=agenda.next_in_calendars(),
                version=F("version") + 1,
            )
    except IntegrityError as error:
        taken = why_not(error, old.board, starts_at, ends_at, place, but=old)
        raise Refused(f"{taken}. Choose another time.") from error
    moved.refresh_from_db(fields=["starts_at", "ends_at", "place", "calendar_sequence", "version"])
    return moved


def _to_another_time(moved: Meeting, later: timedelta, *, now: datetime) -> None:
    _withdraw(moved, MOVED)
    unread = without_list(moved)
    _shift_leaves(moved, later)
    # Who said that they come, said it of the old time.
    moved.replies.all().delete()
    forget_undone(moved)
    _moments.moved(moved, now=now)
    put_right(moved, reason=MOVED, now=now)
    reading.again(moved, people=unread, now=now)


def _shift_leaves(moved: Meeting, later: timedelta) -> None:
    """Who leaves an hour after the beginning still does; after the new end, they stay to it."""
    moved.early_leaves.update(leaves_at=F("leaves_at") + later)
    moved.early_leaves.filter(leaves_at__gte=moved.ends_at).delete()


def _from_and_to(old: Meeting, moved: Meeting) -> dict[str, str]:
    return {
        "from_time": old.starts_at.isoformat(),
        "to_time": moved.starts_at.isoformat(),
        "place": moved.place,
    }


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, carry_to: Meeting | None = None, by) -> None:
    """Called off: its cases go back to preparation, or all to another list in their order."""
    permissions.require(by, Permission.SCHEDULE_MEETING, board=meeting.board)
    if not reason.strip():
        raise Refused("Say why the meeting is called off; those invited are told.")
    held = _both(meeting, carry_to)
    require_nobody_named(reason, _patients_of(held))
    carried = 0
    if carry_to is None:
        for item in held.items.filter(status=ItemStatus.PLANNED).order_by("position"):
            agenda.remove(item, by=by)
    else:
        carried = _carry(held, carry_to, reason=reason.strip(), by=by)
    _call_off(held, instead=carry_to, carried=carried, reason=reason.strip(), by=by)
    trail.record(
        actor=by,
        verb="meeting.cancelled",
        subject=meeting,
        about=meeting.about,
        carried=carried,
        carried_to=str(carry_to.pk) if carry_to else "",
    )


@transaction.atomic
def merge(*, meeting: Meeting, into: Meeting, by) -> None:
    """Its list stands behind the other's, in its order; it is no longer a meeting of its own."""
    permissions.require(by, Permission.SCHEDULE_MEETING, board=meeting.board)
    held = _both(meeting, into)
    reason = f"It is held together with the meeting of {_said(into)}."
    carried = _carry(held, into, reason=reason, by=by)
    _call_off(held, instead=into, carried=carried, reason=reason, by=by, merged_into=into)
    trail.record(
        actor=by,
        verb="meeting.merged",
        subject=meeting,
        about=meeting.about,
        carried=carried,
        into=str(into.pk),
    )


def _patients_of(meeting: Meeting) -> Iterable[Patient]:
    """Everybody who stands on its list, or stood there."""
    return Patient.objects.filter(cases__agenda_items__meeting=meeting).distinct()


def _planned(meeting: Meeting) -> Meeting:
    held = agenda.changeable(meeting)
    if held.status != MeetingStatus.PLANNED:
        raise Refused("This meeting is running. Close it instead.")
    return held


def _both(meeting: Meeting, other: Meeting | None) -> Meeting:
    """Both rows, held in one order: two who carry to and fro wait, and do not block each other."""
    if other is None:
        return _planned(meeting)
    if other.pk == meeting.pk or other.board_id != meeting.board_id:
        raise Refused("Choose another meeting of the same board.")
    pair = sorted([meeting, other], key=lambda one: one.pk)
    held = {one.pk: agenda.changeable(one) for one in pair}
    if held[other.pk].status != MeetingStatus.PLANNED or held[other.pk].ends_at <= timezone.now():
        raise Refused("The other meeting is no longer to come. Choose another.")
    if held[meeting.pk].status != MeetingStatus.PLANNED:
        raise Refused("This meeting is running. Close it instead.")
    return held[meeting.pk]


def _carry(meeting: Meeting, to: Meeting, *, reason: str, by) -> int:
    """The rows themselves go behind what stands there, with lane, minutes and all that was said of them."""
    items = list(meeting.items.filter(status=ItemStatus.PLANNED).select_related("case").order_by("position"))
    late = timezone.now() >= agenda.cut_off_of(to)
    said = f"Carried over from {_said(meeting)}. {reason}" if late else ""
    place = agenda.next_position(to)
    for number, item in enumerate(items):
        AgendaItem.objects.filter(pk=item.pk).update(
            meeting=to,
            position=place + number,
            late_reason=item.late_reason or said,
            version=F("version") + 1,
        )
        trail.record(
            actor=by,
            verb="meeting.case_carried",
            subject=item,
            about=item.case.about,
            meeting=str(to.pk),
            before=str(meeting.pk),
        )
    if items:
        Meeting.objects.filter(pk=to.pk).update(version=F("version") + 1)
        agenda.told(to, "meeting.list_carried", by=by, subject=to, before=str(meeting.pk), cases=len(items))
    return len(items)


def _call_off(meeting: Meeting, *, instead: Meeting | None, carried: int, reason: str, by, **more) -> None:
    told = notices.told_before(meeting, by=timezone.now())
    Meeting.objects.filter(pk=meeting.pk).update(
        status=MeetingStatus.CANCELLED,
        cancel_reason=reason,
        calendar_sequence=agenda.next_in_calendars(),
        version=F("version") + 1,
        **more,
    )
    meeting.refresh_from_db(fields=["status", "calendar_sequence", "version"])
    _withdraw(meeting, CALLED_OFF)
    put_right(meeting, reason=CALLED_OFF, now=timezone.now())
    owe(
        notices.agenda_cancelled(
            meeting, to=told, reason=reason, now=timezone.now(), carried=carried, instead=instead
        )
    )


def _withdraw(meeting: Meeting, reason: str) -> None:
    """Agendas and invitations of a day that is no longer so. Reminders may speak of other days as well."""
    kinds = [kind for kind in notices.OF_DAY_AND_PLACE if kind != REMINDER]
    withdraw(about=meeting.about, kinds=kinds, reason=reason)
    replies.withdraw_named(meeting, reason)


def _said(meeting: Meeting) -> str:
    return f"{meeting.starts_at.astimezone(meeting.board.zone):%A %d-%b-%Y, %H:%M}"
