"""What stands on a meeting's list, in the order in which it is discussed, and how ready is each case?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from cases.domain import agenda as rules
from cases.domain import ordering
from cases.domain.agreement import Agreement, agreement
from cases.domain.readiness import Readiness
from cases.models import AgendaItem, Case, Meeting, SpecialistInput
from cases.queries.readiness import counting, judged
from cases.queries.recorded import OF_THE_CASE, Recorded, recorded
from cases.vocabulary import InputStatus, ItemStatus, Lane, PrimarySite, Specialty, Urgency

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
    asked: frozenset[Specialty]
    agreement: Agreement
    lesions: int

    @property
    def complexity(self) -> ordering.Complexity:
        return ordering.complexity(
            presentation=self.case.presentation, lesions=self.lesions, agreement=self.agreement
        )

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
    gone: tuple[Specialty, ...] = ()  # disciplines that the case needs and that will have left

    @property
    def suggested(self) -> ordering.Minutes | None:
        """How long the case is likely to want, where that is not what is planned."""
        found = ordering.suggested_minutes(
            self.agreement,
            presentation=self.case.presentation,
            is_standard=self.item.lane == Lane.STANDARD,
        )
        return found if found and found.minutes != self.item.minutes else None

    @property
    def told_to_all(self) -> ordering.Complexity:
        """While opinions are sealed a list does not tell that they differ; who builds it weighs that."""
        is_sealed = self.case.board.seals_opinions and self.item.opened_at is None
        shown = Agreement(self.agreement.asked, 0, 0) if is_sealed else self.agreement
        return ordering.complexity(presentation=self.case.presentation, lesions=self.lesions, agreement=shown)

    @property
    def is_waiting(self) -> bool:
        return self.item.status == ItemStatus.PLANNED


def items_in_order(meeting: Meeting) -> list[AgendaItem]:
    """As the meeting goes: part by part, in each by place."""
    found = meeting.items.standing().select_related(
        "pulled_back_by", *(f"case__{one}" for one in OF_THE_CASE)
    )
    return sorted(found, key=lambda item: (LANES.index(Lane(item.lane)), item.position))


def agenda_lines(meeting: Meeting, items: Sequence[AgendaItem], *, now: datetime) -> list[AgendaLine]:
    cases = [item.case for item in items]
    lines = case_lines(cases, on=meeting_day(meeting), now=now)
    return in_order(meeting, items, lines)


def in_order(meeting: Meeting, items: Sequence[AgendaItem], lines: Sequence[CaseLine]) -> list[AgendaLine]:
    """Each line with its place on the list and its time."""
    minutes = [item.minutes for item in items]
    times = rules.expected_at(meeting.starts_at, minutes, pause=pause_of(meeting))
    ends = {item.pk: place for item, place in _ends(items)}
    return [
        AgendaLine(
            case=line.case,
            readiness=line.readiness,
            chips=line.chips,
            asked=line.asked,
            agreement=line.agreement,
            lesions=line.lesions,
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
    return [_case_line(found[case.pk], readiness[case.pk], now=now) for case in cases]


def _case_line(found: Recorded, readiness: Readiness, *, now: datetime) -> CaseLine:
    answers = [one for one in counting(found.case) if one.status != InputStatus.NOT_NEEDED]
    signed = (one.opinion if one.status == InputStatus.SIGNED else "" for one in answers)
    return CaseLine(
        case=found.case,
        readiness=readiness,
        chips=_chips(found, now=now),
        asked=frozenset(Specialty(one.specialty) for one in answers),
        agreement=agreement(signed),
        lesions=len(found.lesions),
    )


def pause_of(meeting: Meeting) -> rules.Pause | None:
    return rules.Pause(meeting.break_after, meeting.break_minutes) if meeting.break_after else None


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
