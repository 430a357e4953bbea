"""What may an e-mail say of what to read before a meeting? Case numbers in their order, and links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse

from cases.models import AgendaItem, Meeting, Membership
from cases.notices._render import at, entry
from cases.notices.meeting import link
from cases.vocabulary import Lane, Specialty
from tumorboard.notifications.outbox import Entry


@dataclass(frozen=True)
class ToRead:
    """A case on the list, and the disciplines that have not given their input to it."""

    item: AgendaItem
    waits_for: frozenset[str] = frozenset()


def reading_list(
    seat: Membership,
    meeting: Meeting,
    listed: Sequence[ToRead],
    *,
    version: int,
    not_before: datetime | None = None,
) -> Entry:
    """In the order of the list, each with whether it waits for this person's discipline."""
    board = meeting.board
    many = "1 case" if len(listed) == 1 else f"{len(listed)} cases"
    return entry(
        kind="reading.list",
        about=meeting.about,
        version=version,
        recipient=seat.user,
        board=board,
        title=f"To read: {many}, {meeting.starts_at.astimezone(board.zone):%d-%b-%Y}, {board}",
        link=link(meeting),
        not_before=not_before,
        expires_at=meeting.starts_at,
        context={
            "starts_at": meeting.starts_at.astimezone(board.zone).replace(tzinfo=None),
            "many": many,
            "discipline": Specialty(seat.specialty).label.lower(),
            "waiting": sum(seat.specialty in one.waits_for for one in listed),
            "lanes": _by_lane(listed, seat.specialty),
        },
    )


def _by_lane(listed: Sequence[ToRead], specialty: str) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The list comes part by part: each part's name with its cases."""
    return [
        (
            Lane(lane).label,
            [
                (
                    one.item.case.number,
                    at(reverse("cases:case", args=[one.item.case_id])),
                    specialty in one.waits_for,
                )
                for one in part
            ],
        )
        for lane, part in groupby(listed, lambda one: one.item.lane)
    ]
