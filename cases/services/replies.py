"""How does somebody say whether they come to a meeting, and who comes for them?"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases import permissions
from cases.domain import coming as rules
from cases.domain.errors import Refused
from cases.models import Meeting, MeetingReply, Membership
from cases.models.board import SITTING, SPEAKING
from cases.notices import reply as notices
from cases.permissions import Permission
from cases.queries.absences import away_on
from cases.services._post import owe
from cases.vocabulary import Reply
from tumorboard import live
from tumorboard.audit import trail
from tumorboard.notifications import outbox

KIND = "reply.deputy"


@transaction.atomic
def say(
    *, meeting: Meeting, user, reply: str, deputy=None, note: str = "", by, by_link: bool = False
) -> MeetingReply:
    """The last answer counts; the same answer once more changes nothing."""
    _require_may_say(meeting, user, by)
    # The meeting's row is the lock: it is not called off meanwhile, and two answers of one person queue.
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("board").get(pk=meeting.pk)
    rules.require_reply(meeting.status, ends_at=meeting.ends_at, now=timezone.now())
    if reply == Reply.DEPUTY:
        _require_deputy(meeting, user, deputy)
    else:
        deputy = None
    said = {"reply": reply, "deputy": deputy, "note": note.strip(), "by_link": by_link}
    before = MeetingReply.objects.filter(meeting=meeting, user=user).select_related("deputy").first()
    if before and (before.reply, before.deputy, before.note) == (reply, deputy, said["note"]):
        return before
    standing = _write(meeting, user, before, said, by=by)
    trail.record(
        actor=by,
        verb="reply.said",
        subject=standing,
        about=meeting.about,
        who=user.pk,
        reply=str(reply),
        by_link=by_link,
        **({"deputy": deputy.pk} if deputy else {}),
    )
    _tell_deputies(standing, before.deputy if before else None, by=by)
    live.announce(meeting.about, "case")
    return standing


def withdraw_named(meeting: Meeting, reason: str) -> None:
    """Whoever has not heard yet that they come for somebody need not hear it of a day that has changed."""
    for reply in MeetingReply.objects.filter(meeting=meeting, reply=Reply.DEPUTY):
        outbox.withdraw(about=reply.about, kinds=[KIND], reason=reason)


def _write(meeting: Meeting, user, before: MeetingReply | None, said: dict, *, by) -> MeetingReply:
    now = timezone.now()
    if before is None:
        return MeetingReply.objects.create(meeting=meeting, user=user, said_at=now, created_by=by, **said)
    MeetingReply.objects.filter(pk=before.pk).update(said_at=now, version=F("version") + 1, **said)
    return MeetingReply.objects.select_related("meeting__board", "user", "deputy").get(pk=before.pk)


def _tell_deputies(standing: MeetingReply, before, *, by) -> None:
    """Whoever is named now, and whoever is not any more; nobody hears of what they said themselves."""
    if standing.deputy == before:
        return
    unheard = before and outbox.withdraw(
        about=standing.about, kinds=[KIND], recipient=before, reason="Somebody else was named."
    )
    if before and before != by and not unheard:
        owe([notices.deputy_free(standing, deputy=before)])
    if standing.deputy and standing.deputy != by:
        owe([notices.deputy_named(standing)])


def _require_may_say(meeting: Meeting, user, by) -> None:
    if user != by:
        permissions.require(by, Permission.REPORT_FOR_OTHERS, board=meeting.board)
    seats = Membership.objects.current().with_role(*SITTING)
    if not seats.filter(board=meeting.board_id, user=user).exists():
        raise PermissionDenied(f"{user} does not sit on {meeting.board}.")


def _require_deputy(meeting: Meeting, user, deputy) -> None:
    if deputy is None or deputy == user:
        raise Refused("Choose who comes instead.")
    seats = Membership.objects.current().with_role(*SPEAKING).filter(board=meeting.board_id, user=deputy)
    if not seats.exists():
        raise Refused(f"{deputy} does not sit on {meeting.board}. Choose somebody who does.")
    theirs = MeetingReply.objects.filter(meeting=meeting, user=deputy).first()
    if theirs and theirs.reply != Reply.COMING:
        raise Refused(f"{deputy} has said that they do not come themselves. Choose somebody else.")
    day = meeting.starts_at.astimezone(meeting.board.zone).date()
    if theirs is None and away_on([deputy], day):
        raise Refused(f"{deputy} is away on {day:%d-%b-%Y}. Choose somebody else.")
