"""What becomes of the e-mails that had not left yet when their meeting was moved?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cases.models import Meeting, MeetingReply
from cases.notices.invitation import invited_to
from cases.notices.meeting import NEVER_LEFT, OF_PLACE, agenda_to
from cases.notices.reply import deputy_named
from cases.queries.agenda_document import agenda_for_mail
from cases.queries.board_days import CUT_OFF, INVITATION, READING
from cases.services._post import owe, withdraw
from cases.services.replies import KIND
from cases.vocabulary import Reply
from tumorboard.notifications.models import JobRun, Message
from tumorboard.notifications.outbox import Entry
from tumorboard.notifications.states import UNSENT, State

MOVED = "the meeting is moved"
CALLED_OFF = "the meeting is cancelled"
AGENDA = "agenda.published"


def owe_anew(moved: Meeting, *, now: datetime) -> None:
    """At the same time in another place: what names the place leaves with the new one, at the hour it had.

    What names no place leaves as it is.
    """
    owed = _take_back(moved.about, OF_PLACE)
    pdf = agenda_for_mail(moved) if any(one.kind == AGENDA for one in owed) else b""
    entries = [(one, agenda_to(one.recipient, moved, pdf=pdf, now=now)) for one in owed if one.kind == AGENDA]
    entries += [(one, invited_to(one.recipient, moved, now=now)) for one in owed if one.kind == INVITATION]
    for reply in MeetingReply.objects.filter(meeting=moved, reply=Reply.DEPUTY).order_by("pk"):
        reply.meeting = moved
        named = [one for one in _take_back(reply.about, [KIND]) if one.recipient == reply.deputy]
        entries += [(one, deputy_named(reply)) for one in named]
    owe([_again(one, entry, now) for one, entry in entries], now=now)


def _take_back(about: str, kinds: Sequence[str]) -> list[Message]:
    """Not those that went to the relay meanwhile: they cannot be called back."""
    waiting = Message.objects.filter(about=about, kind__in=kinds, state__in=UNSENT)
    keys = list(waiting.values_list("pk", flat=True))
    withdraw(about=about, kinds=kinds, reason=MOVED)
    gone = Message.objects.filter(pk__in=keys, state=State.CANCELLED).order_by("pk")
    return list(gone.select_related("recipient__mail_settings"))


def _again(message: Message, entry: Entry, now: datetime) -> Entry:
    later = message.not_before if message.not_before > now else None
    return replace(entry, version=message.version, resend_no=message.resend_no + 1, not_before=later)


def forget_undone(moved: Meeting) -> None:
    """A list to read or a report of the cut-off that reached nobody is sent for the new time."""
    for kind in (CUT_OFF, READING):
        if not Message.objects.filter(about=moved.about, kind=kind).exclude(state__in=NEVER_LEFT).exists():
            JobRun.objects.filter(job=kind, slot__startswith=f"{moved.pk}:").delete()


def without_list(moved: Meeting) -> set[int]:
    """Whose list to read has not reached them, though it has reached others."""
    lists = Message.objects.filter(about=moved.about, kind=READING)
    people = dict.fromkeys(lists.values_list("recipient", flat=True))
    return set(people) - set(lists.exclude(state__in=NEVER_LEFT).values_list("recipient", flat=True))
