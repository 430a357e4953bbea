"""How does a case get on a list, move on it and leave it, and how is the list sent?

The order as a whole, breaks and who leaves early are set in `services/meeting/arranging.py`.

Whoever changes a list holds its meeting's row: places are given once, and two coordinators see each other.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cases import permissions
from cases.domain import agenda as rules
from cases.domain import lifecycle
from cases.domain.errors import NotReady, Refused, SomeoneWasFaster
from cases.models import AgendaItem, Case, Meeting
from cases.permissions import Permission
from cases.queries.readiness import readiness_of
from cases.services._steps import take
from cases.services.announcing import announce
from cases.vocabulary import ItemStatus, Lane, MeetingStatus
from tumorboard import live
from tumorboard.audit import trail
from tumorboard.notifications import outbox


@transaction.atomic
def list_case(
    *,
    case: Case,
    meeting: Meeting,
    by,
    minutes: int | None = None,
    lane: str = Lane.DISCUSSION,
    late_reason: str = "",
) -> AgendaItem:
    """Put a case at the end of a list. After the cut-off somebody says why it cannot wait."""
    permissions.require(by, Permission.LIST_CASE, board=meeting.board)
    meeting = changeable(meeting)
    now = timezone.now()
    if case.board_id != meeting.board_id:
        raise Refused(f"{case} belongs to another board.")
    if meeting.status == MeetingStatus.PLANNED and meeting.ends_at <= now:
        raise Refused("This meeting is past. Choose one that comes.")
    # Held, so that what makes it ready is not taken back before it stands on the list.
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    _require_ready(case, meeting, now=now)
    late = rules.require_reason_when_late(cut_off=cut_off_of(meeting), now=now, reason=late_reason)
    take(lifecycle.LIST, case, by=by)
    item = AgendaItem.objects.create(
        meeting=meeting,
        case=case,
        position=next_position(meeting),
        minutes=minutes or meeting.board.minutes_per_case,
        lane=lane,
        presentation=case.presentation,
        late_reason=late_reason.strip() if late else "",
        created_by=by,
    )
    changed(meeting, "meeting.case_listed", by=by, item=item, late=late)
    return item


def _require_ready(case: Case, meeting: Meeting, *, now: datetime) -> None:
    """Some boards list only what lacks nothing that blocks; an emergency is always listed."""
    if meeting.board.lists_blocked_cases:
        return
    day = meeting.starts_at.astimezone(meeting.board.zone).date()
    readiness = readiness_of(case, on=day, now=now)
    if not readiness.may_be_listed:
        raise NotReady(f"{readiness.words}: {readiness.detail}. Record it first, or mark an emergency.")


@transaction.atomic
def plan_item(*, item: AgendaItem, minutes: int, lane: str, by) -> None:
    """How long, and in which part of the meeting."""
    meeting = _for_planning(item, by)
    require_lane(AgendaItem.objects.select_related("case", "pulled_back_by").get(pk=item.pk), lane)
    if not _planned(item).update(minutes=minutes, lane=lane, version=F("version") + 1):
        raise SomeoneWasFaster("This case is no longer waiting on the list. Reload the page.")
    changed(meeting, "meeting.case_planned", by=by, item=item, minutes=minutes, lane=lane)


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by) -> None:
    """One place up or down within its part of the list; at the end of it nothing happens."""
    meeting = _for_planning(item, by)
    item = AgendaItem.objects.get(pk=item.pk)
    beside = AgendaItem.objects.standing().filter(meeting=meeting, lane=item.lane)
    if up:
        other = beside.filter(position__lt=item.position).order_by("-position").first()
    else:
        other = beside.filter(position__gt=item.position).order_by("position").first()
    if other is None:
        return
    # The constraint looks at the end of the transaction, so two rows can change places.
    AgendaItem.objects.filter(pk=item.pk).update(position=other.position)
    AgendaItem.objects.filter(pk=other.pk).update(position=item.position)
    changed(meeting, "meeting.case_moved", by=by, item=item, up=up)


@transaction.atomic
def take_off(*, item: AgendaItem, by) -> None:
    """The case goes back to its preparation."""
    meeting = _for_planning(item, by)
    remove(item, by=by)
    changed(meeting, "meeting.case_taken_off", by=by, item=item)


@transaction.atomic
def publish_agenda(*, meeting: Meeting, version: int, by) -> Meeting:
    """Send the list as it was seen (`version`) to everybody who sits on the board."""
    permissions.require(by, Permission.PUBLISH_AGENDA, board=meeting.board)
    now = timezone.now()
    # The conditional UPDATE is the lock: of two who press, one sends.
    seen = Meeting.objects.filter(pk=meeting.pk, version=version, status=MeetingStatus.PLANNED)
    if not seen.update(
        version=F("version") + 1,
        agenda_version=F("agenda_version") + 1,
        agenda_published_at=now,
        agenda_published_by=by,
        calendar_sequence=next_in_calendars(),
    ):
        raise SomeoneWasFaster("The list has changed or was sent meanwhile. Look at it again before sending.")
    meeting = Meeting.objects.select_related("board", "agenda_published_by").get(pk=meeting.pk)
    _require_sendable(meeting, now)
    drawn = _draw_for_audit(meeting)
    withdraw_unsent(meeting, f"replaced by version {meeting.agenda_version}")
    told = announce(meeting, by=by)
    trail.record(
        actor=by,
        verb="agenda.published",
        subject=meeting,
        about=meeting.about,
        version=meeting.agenda_version,
        row_version=meeting.version,
        recipients=told,
        drawn=drawn,
    )
    return meeting


def _draw_for_audit(meeting: Meeting) -> int:
    """Of the cases of standard care some are checked afterwards; until then nobody is shown which."""
    standard = meeting.items.filter(lane=Lane.STANDARD, status=ItemStatus.PLANNED)
    keys = list(standard.order_by("pk").values_list("pk", flat=True))
    drawn = rules.drawn_for_audit(keys, meeting.board.audit_sample_percent, lot=_lot)
    return AgendaItem.objects.filter(pk__in=drawn).update(audit_sample=True)


def _lot(key: UUID) -> float:
    """A number from 0 up to 1 that nobody can choose or foresee, and that stays the same."""
    digest = salted_hmac("tumorboard.agenda.audit-sample", str(key), algorithm="sha256").digest()
    return int.from_bytes(digest[:7], "big") / 256**7


def _require_sendable(meeting: Meeting, now) -> None:
    if meeting.starts_at <= now:
        raise Refused("This meeting has begun. Its agenda is no longer sent.")
    if not meeting.items.standing().exists():
        raise Refused("There is no case on the list yet. List one, then send.")


def withdraw_unsent(meeting: Meeting, reason: str) -> None:
    outbox.withdraw(about=meeting.about, kinds=["agenda.published"], reason=reason)


def next_in_calendars() -> CombinedExpression:
    """Higher than all that calendars were told before, also when agendas alone were counted."""
    return Greatest(F("calendar_sequence"), F("agenda_version")) + 1


def changeable(meeting: Meeting) -> Meeting:
    """The meeting's row, held until the end of the transaction; not for one that is over."""
    held = Meeting.objects.select_for_update(of=("self",)).select_related("board").get(pk=meeting.pk)
    if held.status not in {MeetingStatus.PLANNED, MeetingStatus.RUNNING}:
        raise Refused(f"This meeting is {held.get_status_display().lower()}. Its list stays as it is.")
    return held


def cut_off_of(meeting: Meeting):
    board = meeting.board
    return rules.cut_off(meeting.starts_at, board.cut_off_hours, zone=board.zone)


def changed(meeting: Meeting, verb: str, *, by, item: AgendaItem, **details) -> None:
    """Count the change, so that nobody sends a list that they have not seen."""
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1)
    told(meeting, verb, by=by, subject=item, case=str(item.case_id), **details)


def told(meeting: Meeting, verb: str, *, by, subject, **details) -> None:
    """Into the trail, and to every screen that shows this meeting."""
    trail.record(actor=by, verb=verb, subject=subject, about=meeting.about, **details)
    live.announce(f"meeting:{meeting.pk}", "case")


def require_lane(item: AgendaItem, lane: str) -> None:
    """What a member wants to have discussed does not go back among what is only recorded."""
    if item.pulled_back_at and lane != Lane.DISCUSSION:
        who = item.pulled_back_by.display_name
        raise Refused(f"{item.case.number} was pulled back into the discussion by {who}. It stays there.")


def remove(item: AgendaItem, *, by) -> None:
    """Off the list, and back to preparation; the caller holds the meeting."""
    gone = _planned(item).update(
        status=ItemStatus.TAKEN_OFF, closed_at=timezone.now(), closed_by=by, version=F("version") + 1
    )
    if not gone:
        raise SomeoneWasFaster("This case is no longer waiting on the list. Reload the page.")
    take(lifecycle.TAKE_OFF, Case.objects.get(pk=item.case_id), by=by)


def _planned(item: AgendaItem):
    return AgendaItem.objects.filter(pk=item.pk, status=ItemStatus.PLANNED)


def _for_planning(item: AgendaItem, by) -> Meeting:
    permissions.require(by, Permission.LIST_CASE, board=item.meeting.board)
    return changeable(item.meeting)


def next_position(meeting: Meeting) -> int:
    """After all that ever stood on the list: a place that was given is not given again."""
    return (meeting.items.aggregate(last=Max("position"))["last"] or 0) + 1
