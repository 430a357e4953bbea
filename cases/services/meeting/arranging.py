"""How is a list put in order as a whole: order, parts, minutes, a break, and who must leave early?

What a person saw is named by the meeting's version. Of two who set the order of the same list the second is
told, and nothing of theirs is written.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases import permissions
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import AgendaItem, EarlyLeave, Meeting
from cases.notices import meeting as notices
from cases.permissions import Permission
from cases.services import agenda
from cases.services._post import owe
from cases.vocabulary import ItemStatus, Lane, MeetingStatus, Specialty

CHANGED = "The list was changed meanwhile. It is shown as it is now; put it in order again."
GONE = "This case is no longer waiting among those of standard care. Reload the page."
LONGEST_BREAK = 30

Order = Sequence[tuple[UUID, str]]


@transaction.atomic
def reorder(*, meeting: Meeting, version: int, order: Order, by) -> None:
    """Every case that stands on the list, in its order, each with its part."""
    meeting = _claim(meeting, version, by)
    standing = AgendaItem.objects.standing().filter(meeting=meeting)
    items = {item.pk: item for item in standing.select_related("case", "pulled_back_by")}
    if len(order) != len(items) or {pk for pk, _ in order} != set(items):
        raise SomeoneWasFaster(CHANGED)
    places = sorted(item.position for item in items.values())
    for place, (pk, lane) in zip(places, order, strict=True):
        _put(items[pk], place, lane)
    agenda.told(meeting, "meeting.reordered", by=by, subject=meeting, order=[str(pk) for pk, _ in order])


def _put(item: AgendaItem, place: int, lane: str) -> None:
    if lane != item.lane:
        if item.status != ItemStatus.PLANNED:
            raise Refused(f"{item.case.number} is no longer waiting. It stays in its part of the list.")
        agenda.require_lane(item, lane)
    if (place, lane) != (item.position, item.lane):
        # The constraint looks at the end of the transaction, so rows can change places.
        AgendaItem.objects.filter(pk=item.pk).update(position=place, lane=lane, version=F("version") + 1)


@transaction.atomic
def take_order(*, meeting: Meeting, version: int, order: Order, break_after: int | None, by) -> None:
    """An order that was suggested, with its break."""
    reorder(meeting=meeting, version=version, order=order, by=by)
    Meeting.objects.filter(pk=meeting.pk).update(break_after=break_after)


@transaction.atomic
def plan_minutes(*, meeting: Meeting, version: int, minutes: Mapping[UUID, int], by) -> None:
    """The minutes of several cases at once; what is no longer waiting keeps its own."""
    meeting = _claim(meeting, version, by)
    for pk, number in minutes.items():
        waiting = AgendaItem.objects.filter(pk=pk, meeting=meeting, status=ItemStatus.PLANNED)
        waiting.update(minutes=number, version=F("version") + 1)
    agenda.told(
        meeting,
        "meeting.minutes_planned",
        by=by,
        subject=meeting,
        minutes={str(pk): number for pk, number in minutes.items()},
    )


@transaction.atomic
def set_break(*, meeting: Meeting, after: int | None, minutes: int, by) -> None:
    """After how many cases, and how long; None: no break."""
    meeting = _held(meeting, by)
    if not 1 <= minutes <= LONGEST_BREAK:
        raise Refused(f"A break lasts 1 to {LONGEST_BREAK} minutes.")
    last = meeting.items.standing().count() - 1
    if after is not None and not 1 <= after <= last:
        raise Refused(f"A break stands between two cases. There are {last + 1} on the list.")
    Meeting.objects.filter(pk=meeting.pk).update(
        break_after=after, break_minutes=minutes, version=F("version") + 1
    )
    agenda.told(meeting, "meeting.break_set", by=by, subject=meeting, after=after, minutes=minutes)


@transaction.atomic
def leaves_early(*, meeting: Meeting, specialty: str, leaves_at: datetime, by) -> EarlyLeave:
    """Said again, the later word counts."""
    meeting = _held(meeting, by)
    if not meeting.starts_at < leaves_at < meeting.ends_at:
        start, end = (at.astimezone(meeting.board.zone) for at in (meeting.starts_at, meeting.ends_at))
        raise Refused(f"The meeting is from {start:%H:%M} to {end:%H:%M}. Give a time between.")
    leave, _ = EarlyLeave.objects.update_or_create(
        meeting=meeting,
        specialty=specialty,
        defaults={"leaves_at": leaves_at},
        create_defaults={"leaves_at": leaves_at, "created_by": by},
    )
    at = leaves_at.isoformat()
    agenda.told(meeting, "meeting.leaves_early", by=by, subject=leave, specialty=specialty, leaves_at=at)
    return leave


@transaction.atomic
def stays_to_the_end(*, meeting: Meeting, specialty: str, by) -> None:
    meeting = _held(meeting, by)
    EarlyLeave.objects.filter(meeting=meeting, specialty=specialty).delete()
    word = Specialty(specialty).value
    agenda.told(meeting, "meeting.stays_to_the_end", by=by, subject=meeting, specialty=word)


@transaction.atomic
def pull_back(*, item: AgendaItem, reason: str, by) -> None:
    """A member wants to discuss what would only have been recorded; the coordinators are told."""
    permissions.require(by, Permission.PULL_BACK, board=item.meeting.board)
    if not reason.strip():
        raise Refused("Say in a sentence why this case should be discussed.")
    meeting = agenda.changeable(item.meeting)
    pulled = AgendaItem.objects.filter(pk=item.pk, lane=Lane.STANDARD, status=ItemStatus.PLANNED).update(
        lane=Lane.DISCUSSION,
        position=agenda.next_position(meeting),
        audit_sample=False,
        pulled_back_at=timezone.now(),
        pulled_back_by=by,
        pulled_back_reason=reason.strip(),
        version=F("version") + 1,
    )
    if not pulled:
        raise SomeoneWasFaster(GONE)
    agenda.changed(meeting, "meeting.case_pulled_back", by=by, item=item)
    meeting.refresh_from_db(fields=["version"])
    owe(notices.pulled_back(meeting, item.case, by=by))


def _claim(meeting: Meeting, version: int, by) -> Meeting:
    """The conditional UPDATE is the lock: of two who saw the same list one writes."""
    permissions.require(by, Permission.LIST_CASE, board=meeting.board)
    open_lists = [MeetingStatus.PLANNED, MeetingStatus.RUNNING]
    seen = Meeting.objects.filter(pk=meeting.pk, version=version, status__in=open_lists)
    if not seen.update(version=F("version") + 1):
        raise SomeoneWasFaster(CHANGED)
    return Meeting.objects.select_related("board").get(pk=meeting.pk)


def _held(meeting: Meeting, by) -> Meeting:
    permissions.require(by, Permission.LIST_CASE, board=meeting.board)
    return agenda.changeable(meeting)
