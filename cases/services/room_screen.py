"""How does a meeting come onto the screen of a room, and how is that screen locked, resumed and ended?"""

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cases import permissions
from cases.domain import agenda
from cases.domain import room_screen as rules
from cases.domain.errors import Refused
from cases.models import Meeting, RoomSession
from cases.permissions import Permission
from cases.vocabulary import MeetingStatus
from tumorboard import live
from tumorboard.audit import trail

WRONG_CODE = "No screen waits for this code. It holds for ten minutes and once: ask for a new one."
CLOSED = "Too many wrong PINs. The screen is closed: ask whoever runs the meeting for a new code."


@transaction.atomic
def open_room(*, meeting: Meeting, pin: str, by) -> tuple[RoomSession, str]:
    """A screen for this meeting, and the code that its browser has to know. Told once, kept nowhere."""
    permissions.require(by, Permission.RUN_MEETING, board=meeting.board)
    rules.check_pin(pin)
    now = timezone.now()
    if meeting.status == MeetingStatus.PLANNED:
        agenda.require_near(starts_at=meeting.starts_at, now=now)
    elif meeting.status != MeetingStatus.RUNNING:
        raise Refused("This meeting is over.")
    code = rules.new_code()
    room = RoomSession.objects.create(
        meeting=meeting,
        code_digest=_digest(code),
        code_until=now + rules.CODE_HOLDS,
        pin=make_password(pin),
        opened_by=by,
        opened_at=now,
    )
    _told("room.opened", room, by=by)
    return room, code


@transaction.atomic
def enter(*, code: str) -> RoomSession:
    """The browser in the room has the code. Nobody is signed in there, so nobody is named."""
    now = timezone.now()
    waiting = RoomSession.objects.standing().filter(
        code_digest=_digest(rules.normal(code)), entered_at=None, code_until__gt=now
    )
    room = waiting.first()
    if room is None or not waiting.filter(pk=room.pk).update(entered_at=now, last_at=now):
        raise Refused(WRONG_CODE)
    _told("room.entered", room, by=None)
    return room


@transaction.atomic
def lock(*, room: RoomSession, by=None) -> None:
    """From the screen itself nobody is named: whoever stands there may cover it."""
    if by is not None:
        permissions.require(by, Permission.RUN_MEETING, board=room.meeting.board)
    if RoomSession.objects.standing().filter(pk=room.pk, locked_at=None).update(locked_at=timezone.now()):
        _told("room.locked", room, by=by)


def resume(*, room: RoomSession, pin: str) -> None:
    """With the PIN that was chosen at the start. A wrong one counts, whatever becomes of the request."""
    with transaction.atomic():
        held = RoomSession.objects.select_for_update().get(pk=room.pk)
        if held.ended_at:
            raise Refused(CLOSED)
        if check_password(pin, held.pin):
            now = timezone.now()
            RoomSession.objects.filter(pk=held.pk).update(locked_at=None, last_at=now, wrong_pins=0)
            _told("room.resumed", held, by=None)
            return
        left = _count_wrong(held)
    if not left:
        raise Refused(CLOSED)
    raise rules.WrongPin(f"This is not the PIN. {left} more tr{'y' if left == 1 else 'ies'}.")


def _count_wrong(room: RoomSession) -> int:
    """How many tries are left; none: it is over."""
    mine = RoomSession.objects.filter(pk=room.pk)
    mine.update(wrong_pins=F("wrong_pins") + 1, locked_at=timezone.now())
    left = rules.tries_left(room.wrong_pins + 1)
    if not left:
        _end(room, why="wrong PINs", by=None)
    return left


@transaction.atomic
def end(*, room: RoomSession, why: str = "on demand", by=None) -> None:
    if by is not None:
        permissions.require(by, Permission.RUN_MEETING, board=room.meeting.board)
    _end(room, why=why, by=by)


def _end(room: RoomSession, *, why: str, by) -> None:
    if RoomSession.objects.standing().filter(pk=room.pk).update(ended_at=timezone.now()):
        _told("room.ended", room, by=by, why=why)


def _told(verb: str, room: RoomSession, *, by, **details) -> None:
    """Also the screen itself: it looks at once whether it may go on."""
    about = f"meeting:{room.meeting_id}"
    trail.record(actor=by, verb=verb, subject=room, about=about, **details)
    live.announce(about, "screen")


def _digest(code: str) -> str:
    return salted_hmac("cases.room_screen.code", code, algorithm="sha256").hexdigest()
