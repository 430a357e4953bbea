"""What may an e-mail say to somebody who was named to come in another's place? Board, day, place, a link."""

from django.conf import settings
from django.urls import reverse

from cases.models import MeetingReply
from cases.notices._render import entry
from tumorboard.notifications.outbox import Entry


def deputy_named(reply: MeetingReply) -> Entry:
    return _message(reply, reply.deputy, f"You come for {reply.user} on {_day(reply)}")


def deputy_free(reply: MeetingReply, *, deputy) -> Entry:
    return _message(reply, deputy, f"You need not come for {reply.user} on {_day(reply)}", free=True)


def _message(reply: MeetingReply, deputy, title: str, *, free: bool = False) -> Entry:
    meeting = reply.meeting
    zone = meeting.board.zone
    return entry(
        kind="reply.deputy",
        title=title,
        recipient=deputy,
        board=meeting.board,
        link=settings.SITE_URL + reverse("cases:meeting", args=[meeting.pk]),
        about=reply.about,
        version=reply.version,
        context={
            "meeting": meeting,
            "who": reply.user,
            "free": free,
            "starts_at": meeting.starts_at.astimezone(zone).replace(tzinfo=None),
            "ends_at": meeting.ends_at.astimezone(zone).replace(tzinfo=None),
        },
        expires_at=meeting.ends_at,
    )


def _day(reply: MeetingReply) -> str:
    return f"{reply.meeting.starts_at.astimezone(reply.meeting.board.zone):%d-%b-%Y}"
