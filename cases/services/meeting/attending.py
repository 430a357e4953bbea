"""Who is in the room, from when to when, and for whom does a deputy speak?"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import permissions
from cases.domain import check_in as codes
from cases.domain.errors import Refused
from cases.models import Attendance, Meeting, Membership
from cases.models.board import SPEAKING
from cases.permissions import Permission
from cases.vocabulary import MeetingStatus
from tumorboard import live
from tumorboard.audit import trail

FOR_THE_CHAIR = "Whoever runs the meeting records a deputy. Ask the coordinator or the chair."
NOT_KNOWN = "This code is not known. Look at the wall again; it counts while the meeting runs."


@transaction.atomic
def join(*, meeting: Meeting, user, by, deputy_for=None) -> Attendance:
    """Somebody is there now, for themselves or in another's place. Said twice, it is still one presence."""
    _require_may_say(meeting, user, by)
    require_running(meeting)
    specialty = _deputised(meeting, user, deputy_for, by) if deputy_for else _own(meeting, user)
    return _enter(meeting, user, by=by, specialty=specialty, deputy_for=deputy_for)


@transaction.atomic
def check_in(*, code: str, by) -> Meeting:
    """Who types the code on the wall is in the room. Of other boards' codes one learns nothing."""
    typed = codes.normal(code)
    if not codes.is_code(typed):
        raise Refused(NOT_KNOWN)
    running = Meeting.objects.filter(status=MeetingStatus.RUNNING, check_in_code=typed)
    meeting = running.visible_to(by).select_related("board").first()
    if meeting is None:
        raise Refused(NOT_KNOWN)
    require_running(meeting)
    _enter(meeting, by, by=by, specialty=_own(meeting, by), by_code=True)
    return meeting


@transaction.atomic
def leave(*, meeting: Meeting, user, by) -> None:
    _require_may_say(meeting, user, by)
    require_running(meeting)
    left = Attendance.objects.present().filter(meeting=meeting, user=user).update(left_at=timezone.now())
    if left:
        trail.record(actor=by, verb="meeting.left", subject=meeting, about=meeting.about, who=user.pk)
        announce(meeting)


def announce(meeting: Meeting) -> None:
    """Every screen of this meeting asks anew who is there."""
    live.announce(meeting.about, "room")


def require_running(meeting: Meeting) -> None:
    # Shared with nobody else: a meeting is not closed while somebody comes in.
    held = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if held.status != MeetingStatus.RUNNING:
        raise Refused("Attendance is recorded while the meeting runs.")


def _require_may_say(meeting: Meeting, user, by) -> None:
    """Whoever runs the meeting ticks everybody; a person of the board ticks themselves."""
    needed = Permission.VIEW_BOARD if user == by else Permission.RUN_MEETING
    permissions.require(by, needed, board=meeting.board)


def _own(meeting: Meeting, user) -> str:
    seat = Membership.objects.current().filter(board=meeting.board, user=user).first()
    if seat is None and not meeting.items.filter(case__referred_by=user).exists():
        raise Refused("Only people of the board, and whoever referred a case of today, are recorded here.")
    return seat.specialty if seat and seat.role in SPEAKING else ""


def _deputised(meeting: Meeting, user, deputy_for, by) -> str:
    """The discipline of the absent person, for which the deputy counts instead of their own."""
    # Else anybody could make the quorum by a tick of their own.
    if Permission.RUN_MEETING not in permissions.granted(by, board=meeting.board):
        raise Refused(FOR_THE_CHAIR)
    speaking = Membership.objects.current().with_role(*SPEAKING).filter(board=meeting.board)
    absent = speaking.filter(user=deputy_for).exclude(specialty="").first()
    if absent is None or deputy_for == user:
        raise Refused("A deputy stands in for somebody who speaks for a discipline on this board.")
    if Attendance.objects.present().filter(meeting=meeting, user=deputy_for).exists():
        raise Refused(f"{deputy_for} is here. A deputy stands in for somebody who is absent.")
    return absent.specialty


def _enter(
    meeting: Meeting, user, *, by, specialty: str, deputy_for=None, by_code: bool = False
) -> Attendance:
    try:
        with transaction.atomic():
            presence = Attendance.objects.create(
                meeting=meeting,
                user=user,
                specialty=specialty,
                deputy_for=deputy_for,
                checked_in_by_code=by_code,
                joined_at=timezone.now(),
                created_by=by,
            )
    except IntegrityError:
        return _standing(meeting, user, deputy_for)
    trail.record(
        actor=by,
        verb="meeting.joined",
        subject=presence,
        about=meeting.about,
        who=user.pk,
        **({"deputy_for": deputy_for.pk} if deputy_for else {}),
    )
    announce(meeting)
    return presence


def _standing(meeting: Meeting, user, deputy_for) -> Attendance:
    """Somebody who is there already: as the same, nothing happens; as somebody else's deputy, it is said."""
    there = Attendance.objects.present().get(meeting=meeting, user=user)
    if deputy_for and there.deputy_for_id != deputy_for.pk:
        raise Refused(f"{user} is here already. Say first that they leave, then for whom they come back.")
    return there
