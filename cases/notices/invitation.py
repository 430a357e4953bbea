"""What may an e-mail say that asks somebody to a meeting? Board, day, place, and two links to answer."""

from datetime import datetime

from cases.models import Meeting
from cases.notices._render import entry
from cases.notices.meeting import calendar_parcel, link
from cases.notices.reply_link import reply_links
from tumorboard.notifications.outbox import Entry


def invited_to(user, meeting: Meeting, *, now: datetime, not_before: datetime | None = None) -> Entry:
    """With the entry for this person's own calendar."""
    board = meeting.board
    starts_at, ends_at = (at.astimezone(board.zone) for at in (meeting.starts_at, meeting.ends_at))
    parcels = calendar_parcel(meeting, user, now=now)
    return entry(
        kind="meeting.invited",
        about=meeting.about,
        recipient=user,
        board=board,
        title=f"Do you come? {starts_at:%d-%b-%Y}, {board}",
        link=link(meeting),
        not_before=not_before,
        expires_at=meeting.starts_at,
        attachments=parcels,
        context={
            "meeting": meeting,
            # As the board's clock shows it; a template would turn a moment into its own zone.
            "starts_at": starts_at.replace(tzinfo=None),
            "ends_at": ends_at.replace(tzinfo=None),
            "has_entry": bool(parcels),
            "reply": reply_links(meeting, user),
        },
    )
