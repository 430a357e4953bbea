"""From what is it told who comes: answers, absences and what each meeting needs?"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import prefetch_related_objects

from cases.domain import quorum_rules
from cases.domain.quorum_rules import Need
from cases.models import Absence, AgendaItem, Meeting, MeetingReply, Membership
from cases.models.board import SITTING
from cases.queries.room import needs_of
from cases.queries.sitting import NAMES
from cases.vocabulary import Specialty


class Said(NamedTuple):
    """One answer to the invitation."""

    reply: str
    deputy_id: int | None
    deputy: tuple[str, ...]  # what they are called


def replies(meetings: Sequence[Meeting]) -> dict[Any, dict[int, Said]]:
    found: dict[Any, dict[int, Said]] = {}
    rows = MeetingReply.objects.filter(meeting__in=meetings).values_list(
        "meeting", "user", "reply", "deputy", *(f"deputy__{name}" for name in NAMES)
    )
    for meeting, user, reply, deputy, *names in rows:
        found.setdefault(meeting, {})[user] = Said(reply, deputy, tuple(names))
    return found


def absences_on(meetings: Sequence[Meeting]) -> list[Absence]:
    days = [day(meeting) for meeting in meetings]
    boards = {meeting.board_id for meeting in meetings}
    seats = Membership.objects.current().with_role(*SITTING).filter(board__in=boards)
    away = Absence.objects.standing().filter(
        user__in=seats.values("user"), first_day__lte=max(days), last_day__gte=min(days)
    )
    return list(away.select_related("deputy"))


def needs_on(meetings: Sequence[Meeting]) -> dict[Any, tuple[Need, ...]]:
    """What the board always needs, and what each case of the list asks for; every discipline once."""
    prefetch_related_objects([meeting.board for meeting in meetings], "quorum_rules")
    by_key = {meeting.pk: meeting for meeting in meetings}
    found: dict[Any, dict[Specialty, Need]] = {
        meeting.pk: {
            need.specialty: need for need in quorum_rules.needs(always=meeting.board.quorum_specialties)
        }
        for meeting in meetings
    }
    items = AgendaItem.objects.filter(meeting__in=meetings).standing()
    for item in items.select_related("case__diagnosis").order_by("position"):
        item.meeting = by_key[item.meeting_id]
        for need in needs_of(item):
            found[item.meeting_id].setdefault(need.specialty, need)
    return {key: tuple(needs.values()) for key, needs in found.items()}


def day(meeting: Meeting) -> date:
    return meeting.starts_at.astimezone(meeting.board.zone).date()
