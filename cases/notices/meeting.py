"""What may an e-mail say of a meeting? Board, day, place and a link; the list of cases by number only."""

from copy import copy
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cases.exchange.calendar import Attendee, CalendarEntry, invitation
from cases.models import Case, Meeting, Membership
from cases.models.board import SITTING
from cases.vocabulary import Role
from tumorboard.notifications.outbox import Entry, Parcel


def invited(meeting: Meeting) -> list[Membership]:
    """Everybody who sits on the board now; referrers are told the outcome, not the list."""
    seats = Membership.objects.current().with_role(*SITTING).filter(board=meeting.board_id)
    return list(seats.select_related("user").order_by("user__family_name", "user__given_name", "pk"))


def agenda_published(meeting: Meeting, *, pdf: bytes, now: datetime) -> list[Entry]:
    """One message a person, each with the agenda and their own calendar entry."""
    agenda = Parcel(f"agenda-{_day(meeting)}-v{meeting.agenda_version}.pdf", "application/pdf", pdf)
    changed = "Changed agenda" if meeting.agenda_version > 1 else "Agenda"
    return [
        _message(
            "agenda.published",
            f"{changed}: {meeting.board}, {_day(meeting)}",
            meeting,
            seat.user,
            version=meeting.agenda_version,
            attachments=(agenda, _calendar(meeting, seat.user, now=now, version=meeting.agenda_version)),
        )
        for seat in invited(meeting)
    ]


def agenda_cancelled(meeting: Meeting, *, reason: str, now: datetime) -> list[Entry]:
    """To everybody who may have the meeting in the calendar; the entry there is taken out."""
    version = meeting.agenda_version + 1
    return [
        _message(
            "agenda.cancelled",
            f"Cancelled: {meeting.board}, {_day(meeting)}",
            meeting,
            seat.user,
            version=version,
            attachments=(_calendar(meeting, seat.user, now=now, version=version, cancelled=True),),
            reason=reason,
        )
        for seat in invited(meeting)
    ]


def pulled_back(meeting: Meeting, case: Case, *, by) -> list[Entry]:
    """To the coordinators, but for the one who did it; why is read after signing in."""
    seats = Membership.objects.current().with_role(Role.COORDINATOR).filter(board=meeting.board_id)
    return [
        _message(
            "case.pulled_back",
            f"{case.number} is to be discussed: {meeting.board}, {_day(meeting)}",
            meeting,
            seat.user,
            version=meeting.version,
            number=case.number,
        )
        for seat in seats.exclude(user=by).select_related("user").order_by("pk")
    ]


def words(meeting: Meeting, recipient) -> str:
    """The text of the agenda's e-mail, as the person who sends it sees it before."""
    return render_to_string("notices/agenda.published.txt", _context(meeting, recipient))


def as_next_version(meeting: Meeting) -> Meeting:
    """The meeting as its next agenda will speak of it; nothing is written."""
    coming = copy(meeting)
    coming.agenda_version += 1
    return coming


def _message(
    kind: str, title: str, meeting: Meeting, recipient, *, version: int, attachments=(), **more
) -> Entry:
    context = _context(meeting, recipient) | more
    return Entry(
        kind=kind,
        about=meeting.about,
        version=version,
        recipient=recipient,
        title=title,
        text=render_to_string(f"notices/{kind}.txt", context),
        html=render_to_string(f"notices/{kind}.html", context),
        scope=meeting.board.scope,
        expires_at=meeting.ends_at,
        attachments=attachments,
    )


def _context(meeting: Meeting, recipient) -> dict:
    board = meeting.board
    return {
        "meeting": meeting,
        "board": board,
        "recipient": recipient,
        # As the board's clock shows it; a template would turn a moment into its own zone.
        "starts_at": meeting.starts_at.astimezone(board.zone).replace(tzinfo=None),
        "ends_at": meeting.ends_at.astimezone(board.zone).replace(tzinfo=None),
        "link": link(meeting),
    }


def link(meeting: Meeting) -> str:
    return settings.SITE_URL + reverse("cases:meeting", args=[meeting.pk])


def _calendar(meeting: Meeting, user, *, now: datetime, version: int, cancelled: bool = False) -> Parcel:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    entry = CalendarEntry(
        meeting=str(meeting.pk),
        host=settings.MESSAGE_ID_HOST,
        board=meeting.board.name,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        time_zone=meeting.board.time_zone,
        place=meeting.place,
        link=link(meeting),
        version=version,
        organiser=Attendee(name or meeting.board.name, address),
        attendee=Attendee(user.get_full_name(), user.email),
        made_at=now,
        cancelled=cancelled,
    )
    mime = f"text/calendar; method={entry.method}; charset=utf-8"
    return Parcel("meeting.ics", mime, invitation(entry))


def _day(meeting: Meeting) -> str:
    return f"{meeting.starts_at.astimezone(meeting.board.zone):%d-%b-%Y}"
