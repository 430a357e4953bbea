"""What does the page to chase from show: which of what is owed, gathered by meeting?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from cases.domain import wall_clock
from cases.models import Meeting
from cases.queries.chase import boards_chased_by, debts
from cases.queries.chase_debt import What
from cases.queries.chase_log import Row, with_log
from cases.vocabulary import Specialty

NOT_LISTED = "none"


@dataclass(frozen=True)
class Filters:
    """As they stand in the address; what is not understood counts as not said."""

    board: str = ""
    meeting: str = ""
    owed: str = ""  # a discipline
    who: str = ""
    late: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filters":
        def number(name: str) -> str:
            return said if (said := query.get(name, "")).isdecimal() else ""

        owed = query.get("owed", "")
        return cls(
            board=number("board"),
            meeting=_meeting(query.get("meeting", "")),
            owed=owed if owed in Specialty.values else "",
            who=number("who"),
            late="1" if query.get("late") else "",
        )

    @property
    def is_narrowed(self) -> bool:
        return replace(self, late="") != Filters()

    def fits(self, row: Row) -> bool:
        debt = row.debt
        on = str(debt.meeting.pk) if debt.meeting else NOT_LISTED
        return (
            self.board in ("", str(debt.board.pk))
            and self.meeting in ("", on)
            and self.owed in ("", debt.specialty)
            and self.who in ("", str(debt.who.pk) if debt.who else NOT_LISTED)
        )


@dataclass(frozen=True)
class Group:
    """What is owed for one meeting, or apart from any."""

    title: str
    meeting: Meeting | None
    board: Any
    rows: list[Row]

    @property
    def late(self) -> int:
        return sum(row.debt.is_late for row in self.rows)

    @property
    def cut_off_at(self) -> datetime | None:
        if self.meeting is None:
            return None
        return wall_clock.hours_before(self.meeting.starts_at, self.board.cut_off_hours, zone=self.board.zone)


@dataclass(frozen=True)
class Person:
    """Somebody who owes some of what is shown."""

    who: Any
    many: int
    late: int


@dataclass(frozen=True)
class ChasePage:
    filters: Filters
    groups: list[Group]
    people: list[Person]  # of all that is owed, whatever is shown
    to_chase: list[tuple[int, int]]  # of what is shown: person and board, what weighs most first
    boards: list[Any]
    meetings: list[Meeting]
    disciplines: list[Specialty]
    counts: Mapping[str, int]  # of what the filters leave: all, late
    owed_at_all: int
    now: datetime

    @property
    def zone(self) -> str:
        return self.boards[0].time_zone if self.boards else ""

    @property
    def people_to_chase(self) -> int:
        return len({person for _, person in self.to_chase})


def chase_page(user, filters: Filters, *, now: datetime) -> ChasePage:
    every = with_log(debts(user, now=now), now=now)
    fitting = [row for row in every if filters.fits(row)]
    shown = [row for row in fitting if row.debt.is_late or not filters.late]
    meetings = {row.debt.meeting.pk: row.debt.meeting for row in every if row.debt.meeting}
    persons = (row.debt.person for row in shown if row.debt.person and row.debt.who.pk != user.pk)
    return ChasePage(
        filters=filters,
        groups=_groups(shown),
        people=_people(every),
        to_chase=list(dict.fromkeys(persons)),
        boards=list(boards_chased_by(user).order_by("name")),
        meetings=sorted(meetings.values(), key=lambda one: one.starts_at),
        disciplines=[one for one in Specialty if any(row.debt.specialty == one for row in every)],
        counts={"all": len(fitting), "late": sum(row.debt.is_late for row in fitting)},
        owed_at_all=len(every),
        now=now,
    )


def _groups(rows: Sequence[Row]) -> list[Group]:
    """The next meeting first, then what earlier decisions ask for; what stands on no list comes last."""
    found: dict[tuple, list[Row]] = {}
    for row in rows:
        found.setdefault(_group_of(row), []).append(row)
    return [
        Group(title=title, meeting=of[0].debt.meeting, board=of[0].debt.board, rows=of)
        for (_, _, title, _), of in sorted(found.items(), key=lambda item: item[0])
    ]


def _group_of(row: Row) -> tuple[int, float, str, str]:
    debt, meeting = row.debt, row.debt.meeting
    if meeting:
        return 0, meeting.starts_at.timestamp(), "", str(meeting.pk)
    if debt.what in {What.RATIFICATION, What.ACTION}:
        return 1, 0, "From earlier decisions", ""
    return 2, 0, "Not listed yet", ""


def _people(rows: Iterable[Row]) -> list[Person]:
    """By name."""
    owed: dict[Any, list[Row]] = {}
    for row in rows:
        if row.debt.who:
            owed.setdefault(row.debt.who, []).append(row)
    return [
        Person(who, len(owed[who]), sum(row.debt.is_late for row in owed[who]))
        for who in sorted(owed, key=_name)
    ]


def _name(who: Any) -> tuple[str, str, int]:
    return who.family_name, who.given_name, who.pk


def _meeting(text: str) -> str:
    if text == NOT_LISTED:
        return text
    try:
        return str(UUID(text))
    except ValueError:
        return ""
