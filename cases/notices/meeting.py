"""What may an e-mail say of a meeting? Board, day, place and a link; the list of cases by number only."""

from collections.abc import Iterable
from copy import copy
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.urls import reverse

from cases.exchange.calendar import Attendee, CalendarEntry, invitation
from cases.models import Case, Meeting, MeetingReply, Membership
from cases.models.board import SITTING
from cases.notices import _render
from cases.notices.kinds import KINDS
from cases.notices.reply_link import reply_links
from cases.vocabulary import CalendarChoice, Role
from tumorboard.notifications.models import Message
from tumorboard.notifications.outbox import Entry, Parcel
from tumorboard.notifications.states import State

# What speaks of the day and the place of a meeting, and is of no use once they have changed.
OF_DAY_AND_PLACE = tuple(kind for kind in KINDS if kind != "case.pulled_back")
OF_DAY = ("reading.list", "input.reminder", "cutoff.passed")  # they name no place
OF_PLACE = tuple(kind for kind in OF_DAY_AND_PLACE if kind not in OF_DAY)
NEVER_LEFT = (State.CANCELLED, State.EXPIRED)


def invited(meeting: Meeting) -> list[Membership]:
    """Everybody who sits on the board now; referrers are told the outcome, not the list."""
    seats = Membership.objects.current().with_role(*SITTING).filter(board=meeting.board_id)
    seats = seats.select_related("user__mail_settings")
    return list(seats.order_by("user__family_name", "user__given_name", "pk"))


def told_before(meeting: Meeting, *, by: datetime | None = None) -> list[Membership]:
    """Who sits on the board now and may count on this meeting.

    Whoever was owed anything about it, said whether they come, or was named to come for somebody. Asked
    before what has not left is withdrawn: whether it has left is known to the relay alone. What waits for a
    later hour than `by`, such as the morning, has told nobody yet.
    """
    owed = Message.objects.filter(about=meeting.about).exclude(state__in=NEVER_LEFT)
    if by:
        owed = owed.exclude(state=State.QUEUED, not_before__gt=by)
    replies = MeetingReply.objects.filter(meeting=meeting)
    answered = {person for pair in replies.values_list("user", "deputy") for person in pair}
    people = answered | set(owed.values_list("recipient", flat=True))
    return [seat for seat in invited(meeting) if seat.user_id in people]


def agenda_to(user, meeting: Meeting, *, pdf: bytes, now: datetime) -> Entry:
    """One message a person, each with the agenda and their own calendar entry."""
    agenda = Parcel(f"agenda-{_day(meeting)}-v{meeting.agenda_version}.pdf", "application/pdf", pdf)
    changed = "Changed agenda" if meeting.agenda_version > 1 else "Agenda"
    return _message(
        "agenda.published",
        f"{changed}: {meeting.board}, {_day(meeting)}",
        meeting,
        user,
        version=meeting.agenda_version,
        attachments=(agenda, *calendar_parcel(meeting, user, now=now)),
    )


def meeting_moved(
    meeting: Meeting, old: Meeting, *, to: Iterable[Membership], reason: str, now: datetime
) -> list[Entry]:
    """The old time and place, and the new: `old` is the meeting as it stood before."""
    same_time = (old.starts_at, old.ends_at) == (meeting.starts_at, meeting.ends_at)
    what = "Another place" if same_time else "Moved"
    return [
        _message(
            "meeting.moved",
            f"{what}: {meeting.board}, {_day(old if same_time else meeting)}",
            meeting,
            seat.user,
            version=meeting.calendar_sequence,
            attachments=calendar_parcel(meeting, seat.user, now=now),
            reason=reason,
            old=old,
            same_time=same_time,
            reply={} if same_time else reply_links(meeting, seat.user),
            old_starts_at=_on_the_wall(old.starts_at, meeting),
            old_ends_at=_on_the_wall(old.ends_at, meeting),
        )
        for seat in to
    ]


def agenda_cancelled(
    meeting: Meeting,
    *,
    to: Iterable[Membership],
    reason: str,
    now: datetime,
    carried: int = 0,
    instead: Meeting | None = None,
) -> list[Entry]:
    """The entry in the calendar is taken out. `instead`: where its cases, so many, are discussed."""
    there = {"instead_at": _on_the_wall(instead.starts_at, meeting)} if instead else {}
    return [
        _message(
            "agenda.cancelled",
            f"Cancelled: {meeting.board}, {_day(meeting)}",
            meeting,
            seat.user,
            version=meeting.calendar_sequence,
            attachments=calendar_parcel(meeting, seat.user, now=now, cancelled=True),
            reason=reason,
            carried=carried,
            **there,
        )
        for seat in to
    ]


def pulled_back(meeting: Meeting, case: Case, *, by) -> list[Entry]:
    """To the coordinators, but for the one who did it."""
    seats = Membership.objects.current().with_role(Role.COORDINATOR).filter(board=meeting.board_id)
    seats = seats.exclude(user=by).select_related("user__mail_settings").order_by("pk")
    return [pulled_back_to(seat.user, meeting, case) for seat in seats]


def pulled_back_to(user, meeting: Meeting, case: Case) -> Entry:
    """Why is read after signing in."""
    return _message(
        "case.pulled_back",
        f"{case.number} is to be discussed: {meeting.board}, {_day(meeting)}",
        meeting,
        user,
        version=meeting.version,
        number=case.number,
    )


def words(meeting: Meeting, recipient) -> str:
    """The text of the agenda's e-mail, as the person who sends it sees it before."""
    text, _html = _render.letter(
        "agenda.published",
        title="",
        recipient=recipient,
        board=meeting.board,
        link=link(meeting),
        context=_context(meeting) | {"has_entry": not _reads_feed(recipient)},
    )
    return text


def as_next_version(meeting: Meeting) -> Meeting:
    """The meeting as its next agenda will speak of it; nothing is written."""
    coming = copy(meeting)
    coming.agenda_version += 1
    return coming


def _message(
    kind: str, title: str, meeting: Meeting, recipient, *, version: int, attachments=(), **more: Any
) -> Entry:
    return _render.entry(
        kind=kind,
        title=title,
        recipient=recipient,
        board=meeting.board,
        link=link(meeting),
        about=meeting.about,
        version=version,
        expires_at=meeting.ends_at,
        attachments=attachments,
        context=_context(meeting) | {"has_entry": not _reads_feed(recipient)} | more,
    )


def _context(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "starts_at": _on_the_wall(meeting.starts_at, meeting),
        "ends_at": _on_the_wall(meeting.ends_at, meeting),
    }


def _on_the_wall(moment: datetime, meeting: Meeting) -> datetime:
    """As the board's clock shows it; a template would turn a moment into its own zone."""
    return moment.astimezone(meeting.board.zone).replace(tzinfo=None)


def link(meeting: Meeting) -> str:
    return settings.SITE_URL + reverse("cases:meeting", args=[meeting.pk])


def calendar_parcel(meeting: Meeting, user, *, now: datetime, cancelled: bool = False) -> tuple[Parcel, ...]:
    """The entry for this person's calendar; none for whose calendar reads its own address."""
    if _reads_feed(user):
        return ()
    attendee = Attendee(user.get_full_name(), user.email)
    entry = calendar_entry(meeting, made_at=now, attendee=attendee, cancelled=cancelled)
    mime = f"text/calendar; method={entry.method}; charset=utf-8"
    return (Parcel("meeting.ics", mime, invitation(entry)),)


def calendar_entry(meeting: Meeting, *, made_at: datetime, **more: Any) -> CalendarEntry:
    """Under one identifier for ever, whatever becomes of the meeting."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return CalendarEntry(
        meeting=str(meeting.pk),
        host=settings.MESSAGE_ID_HOST,
        board=meeting.board.name,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        time_zone=meeting.board.time_zone,
        place=meeting.place,
        link=link(meeting),
        sequence=meeting.calendar_sequence,
        organiser=Attendee(name or meeting.board.name, address),
        made_at=made_at,
        **more,
    )


def _reads_feed(user) -> bool:
    chosen = getattr(user, "mail_settings", None)  # who never chose has no row
    return chosen is not None and chosen.calendar == CalendarChoice.FEED


def _day(meeting: Meeting) -> str:
    return f"{meeting.starts_at.astimezone(meeting.board.zone):%d-%b-%Y}"
