"""Who is in the room, from when to when?"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import permissions
from cases.domain.errors import Refused
from cases.models import Attendance, Meeting, Membership
from cases.permissions import Permission
from cases.vocabulary import MeetingStatus, Role
from tumorboard.audit import trail


@transaction.atomic
def join(*, meeting: Meeting, user, by) -> Attendance:
    """Somebody is there now. Said twice, it is still one presence."""
    _require_may_say(meeting, user, by)
    _require_running(meeting)
    seat = Membership.objects.current().filter(board=meeting.board, user=user).first()
    specialty = seat.specialty if seat and seat.role != Role.REFERRER else ""
    if seat is None and not meeting.items.filter(case__referred_by=user).exists():
        raise Refused("Only people of the board, and whoever referred a case of today, are recorded here.")
    try:
        with transaction.atomic():
            presence = Attendance.objects.create(
                meeting=meeting, user=user, specialty=specialty, joined_at=timezone.now(), created_by=by
            )
    except IntegrityError:
        return Attendance.objects.present().get(meeting=meeting, user=user)
    trail.record(actor=by, verb="meeting.joined", subject=presence, about=meeting.about, who=user.pk)
    return presence


@transaction.atomic
def leave(*, meeting: Meeting, user, by) -> None:
    _require_may_say(meeting, user, by)
    _require_running(meeting)
    left = Attendance.objects.present().filter(meeting=meeting, user=user).update(left_at=timezone.now())
    if left:
        trail.record(actor=by, verb="meeting.left", subject=meeting, about=meeting.about, who=user.pk)


def _require_may_say(meeting: Meeting, user, by) -> None:
    """Whoever runs the meeting ticks everybody; a person of the board ticks themselves."""
    needed = Permission.VIEW_BOARD if user == by else Permission.RUN_MEETING
    permissions.require(by, needed, board=meeting.board)


def _require_running(meeting: Meeting) -> None:
    # Shared with nobody else: a meeting is not closed while somebody comes in.
    held = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if held.status != MeetingStatus.RUNNING:
        raise Refused("Attendance is recorded while the meeting runs.")
