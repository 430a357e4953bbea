"""In which order would this list be best discussed, and who leaves before a case is over?"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import prefetch_related_objects

from cases.domain import agenda as rules
from cases.domain import ordering
from cases.models import Meeting
from cases.queries.agenda_rows import AgendaLine, pause_of
from cases.queries.room import needs_of
from cases.vocabulary import Lane, Specialty


@dataclass(frozen=True)
class Leaving:
    """A discipline that goes before the end, and when, as the board's clock shows it."""

    specialty: Specialty
    at: datetime
    clock: str


@dataclass(frozen=True)
class Place:
    """Where a case would stand, where it stands, and why there."""

    line: AgendaLine
    number: int
    expected_at: datetime
    reason: str

    @property
    def moves(self) -> str:
        if self.number == self.line.number:
            return ""
        return f"now {self.line.number}"


@dataclass(frozen=True)
class Proposal:
    """An order that differs from the present one. `order` is what its form sends."""

    places: tuple[Place, ...]
    break_after: int | None
    order: str

    @property
    def key(self) -> str:
        """Names this proposal, so that who has declined it is not asked again."""
        return hashlib.sha256(f"{self.order} {self.break_after}".encode()).hexdigest()[:16]


def leaving_early(meeting: Meeting) -> list[Leaving]:
    return [
        Leaving(
            Specialty(one.specialty), one.leaves_at, f"{one.leaves_at.astimezone(meeting.board.zone):%H:%M}"
        )
        for one in meeting.early_leaves.order_by("leaves_at", "specialty")
    ]


def with_who_is_gone(lines: Sequence[AgendaLine], leaves: Sequence[Leaving]) -> list[AgendaLine]:
    """Each case to be discussed, with the disciplines that it needs and that will have left by its end."""
    if not leaves:
        return list(lines)
    when = _when(leaves)
    return [
        replace(line, gone=ordering.gone_before(item, at=line.expected_at, leaves=when))
        if line.item.lane == Lane.DISCUSSION
        else line
        for line, item in zip(lines, _items(lines), strict=True)
    ]


def proposal(meeting: Meeting, lines: Sequence[AgendaLine], leaves: Sequence[Leaving]) -> Proposal | None:
    """None where the order is good as it is. What is only recorded stays where it stands."""
    discussed = [line for line in lines if line.item.lane == Lane.DISCUSSION]
    if len(discussed) < 2:
        return None
    found = ordering.suggest(
        _items(discussed), starts_at=meeting.starts_at, leaves=_when(leaves), pause=meeting.break_minutes
    )
    by_key = {str(line.item.pk): line for line in discussed}
    proposed = [by_key[key] for key in found.order]
    if proposed == discussed:
        return None
    pause = pause_of(meeting) or _pause(found.break_after, meeting.break_minutes)
    times = rules.expected_at(meeting.starts_at, [line.item.minutes for line in proposed], pause=pause)
    places = tuple(
        Place(line, number, at, found.reasons[str(line.item.pk)])
        for number, (line, at) in enumerate(zip(proposed, times, strict=True), start=1)
    )
    rest = [line for line in lines if line.item.lane != Lane.DISCUSSION]
    return Proposal(places, pause.after if pause else None, order_of([*proposed, *rest]))


def order_of(lines: Iterable[AgendaLine]) -> str:
    """Part and case, one after the other, as a form sends them."""
    return " ".join(f"{line.item.lane}:{line.item.pk}" for line in lines)


def _pause(after: int | None, minutes: int) -> rules.Pause | None:
    return rules.Pause(after, minutes) if after else None


def _when(leaves: Sequence[Leaving]) -> dict[Specialty, tuple[datetime, str]]:
    return {one.specialty: (one.at, one.clock) for one in leaves}


def _items(lines: Sequence[AgendaLine]) -> list[ordering.Item]:
    prefetch_related_objects([line.item.meeting.board for line in lines], "quorum_rules")
    return [
        ordering.Item(
            key=str(line.item.pk),
            minutes=line.item.minutes,
            needs=line.asked | {need.specialty for need in needs_of(line.item)},
            is_emergency=line.is_emergency,
            complexity=line.complexity,
        )
        for line in lines
    ]
