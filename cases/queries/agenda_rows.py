"""What stands on a meeting's list, in the order in which it is discussed, and how ready is each case?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from cases.domain import agenda as rules
from cases.domain.readiness import Readiness
from cases.models import AgendaItem, Case, Meeting, SpecialistInput
from cases.queries.readiness import judged
from cases.queries.recorded import OF_THE_CASE, Recorded, recorded
from cases.vocabulary import InputStatus, Lane, PrimarySite, Specialty, Urgency

LANES = list(Lane)
_SPECIALTIES = list(Specialty)
SIGNS = {"blocked": "block", "stale": "due", "waiting": "ask", "ready": "done"}


@dataclass(frozen=True)
class Chip:
    """One discipline's input, as it stands on a row."""

    code: str
    state: str
    name: str


@dataclass(frozen=True)
class CaseLine:
    """A case on a list, or one that could be put on it."""

    case: Case
    readiness: Readiness
    chips: tuple[Chip, ...]

    @property
    def sign(self) -> str:
        return SIGNS[self.readiness.state]

    @property
    def site(self) -> str:
        diagnosis = getattr(self.case, "diagnosis", None)
        code = diagnosis.primary_site if diagnosis else ""
        return PrimarySite(code).label if code else "Primary site not recorded"

    @property
    def is_emergency(self) -> bool:
        return self.case.urgency == Urgency.EMERGENCY


@dataclass(frozen=True)
class AgendaLine(CaseLine):
    item: AgendaItem
    number: int
    expected_at: datetime
    is_first: bool
    is_last: bool


def items_in_order(meeting: Meeting) -> list[AgendaItem]:
    """As the meeting goes: part by part, in each by place."""
    found = meeting.items.standing().select_related(*(f"case__{one}" for one in OF_THE_CASE))
    return sorted(found, key=lambda item: (LANES.index(Lane(item.lane)), item.position))


def agenda_lines(meeting: Meeting, items: Sequence[AgendaItem], *, now: datetime) -> list[AgendaLine]:
    cases = [item.case for item in items]
    lines = case_lines(cases, on=meeting_day(meeting), now=now)
    return in_order(meeting, items, lines)


def in_order(meeting: Meeting, items: Sequence[AgendaItem], lines: Sequence[CaseLine]) -> list[AgendaLine]:
    """Each line with its place on the list and its time."""
    times = rules.expected_at(meeting.starts_at, [item.minutes for item in items])
    ends = {item.pk: place for item, place in _ends(items)}
    return [
        AgendaLine(
            case=line.case,
            readiness=line.readiness,
            chips=line.chips,
            item=item,
            number=number,
            expected_at=at,
            is_first=ends[item.pk][0],
            is_last=ends[item.pk][1],
        )
        for number, (item, line, at) in enumerate(zip(items, lines, times, strict=True), start=1)
    ]


def case_lines(cases: Sequence[Case], *, on: date, now: datetime) -> list[CaseLine]:
    """Of cases loaded for this page, whatever they hold already."""
    found = recorded(cases)
    readiness = judged(found, on=dict.fromkeys(found, on), now=now)
    return [CaseLine(case, readiness[case.pk], _chips(found[case.pk], now=now)) for case in cases]


def meeting_day(meeting: Meeting) -> date:
    return meeting.starts_at.astimezone(meeting.board.zone).date()


def _ends(items: Sequence[AgendaItem]):
    """Whether an item is the first, and the last, of its part of the list."""
    for _, group in groupby(items, key=lambda item: item.lane):
        lane = list(group)
        yield from ((item, (item is lane[0], item is lane[-1])) for item in lane)


def _chips(found: Recorded, *, now: datetime) -> tuple[Chip, ...]:
    in_order = sorted(found.of_now, key=lambda one: _SPECIALTIES.index(one.specialty))
    return tuple(_chip(Specialty(one.specialty), _state(one, now)) for one in in_order)


def _chip(specialty: Specialty, state: str) -> Chip:
    return Chip(specialty.short, state, specialty.label)


def _state(one: SpecialistInput, now: datetime) -> str:
    if one.status == InputStatus.SIGNED:
        return "received"
    if one.status == InputStatus.NOT_NEEDED:
        return "not needed"
    if one.due_at and one.due_at < now:
        return "overdue"
    return "draft" if one.status == InputStatus.DRAFT else "asked"
