"""On which days does a series meet next, which of them fail, and why?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q, QuerySet

from cases.domain import series as rules
from cases.domain.series import Occurrence, Plan
from cases.models import Meeting, MeetingSeries, TumorBoard
from cases.permissions import Permission, may
from cases.queries.board_days import rules_of
from cases.queries.meetings import boards_to_schedule
from cases.vocabulary import MeetingStatus
from tumorboard.notifications.models import Message

SHOWN = 10


@dataclass(frozen=True)
class Date:
    """One day of the rule, with the meeting that is made of it or what stands in its way."""

    occurrence: Occurrence
    zone: ZoneInfo
    meeting: Meeting | None = None
    clash: Meeting | None = None
    stays: bool = False  # its meeting was announced, or something stands on it
    comes_along: bool = False  # a meeting that others know of takes this time

    @property
    def on_its_day(self) -> bool:
        """The day need not be said twice."""
        zone = self.starts_at and self.starts_at.astimezone(self.zone)
        return bool(zone and zone.date() == self.occurrence.day)

    @property
    def starts_at(self) -> datetime | None:
        return self.meeting.starts_at if self.meeting else self.occurrence.starts_at

    @property
    def ends_at(self) -> datetime | None:
        return self.meeting.ends_at if self.meeting else self.occurrence.ends_at

    @property
    def is_cancelled(self) -> bool:
        return self.meeting is not None and self.meeting.status == MeetingStatus.CANCELLED

    @property
    def is_own(self) -> bool:
        """Somebody gave this meeting another time than the series has."""
        planned = (self.occurrence.starts_at, self.occurrence.ends_at)
        return self.meeting is not None and (self.meeting.starts_at, self.meeting.ends_at) != planned

    @property
    def is_left_out(self) -> bool:
        return self.occurrence.why == rules.LEFT_OUT


def plan_of(series: MeetingSeries) -> Plan:
    return Plan(
        rule=rules.read(series.rule),
        first_on=series.first_on,
        last_on=series.last_on,
        starts_at=series.starts_at,
        minutes=series.minutes,
        on_holidays=series.on_holidays,
        exceptions=frozenset(series.exceptions),
    )


def next_dates(
    series: MeetingSeries, *, now: datetime, instead_of: MeetingSeries | None = None
) -> list[Date]:
    """The next ten days of the rule; `instead_of`: a series whose meetings make room for this one."""
    board = series.board
    today = now.astimezone(board.zone).date()
    coming = rules.coming(
        plan_of(series), since=today, count=SHOWN, days=rules_of(board).days, zone=board.zone
    )
    stands, along = (
        _of(instead_of, coming, place=series.place) if instead_of else (_made(series, coming), set())
    )
    standing = _standing(board, now, coming, but=instead_of or series)
    return [
        Date(
            one,
            board.zone,
            stands.get(one.day),
            None if one.day in stands else _clash(one, standing),
            comes_along=one.day in along,
        )
        for one in coming
    ]


def _of(
    series: MeetingSeries, coming: Sequence[Occurrence], *, place: str
) -> tuple[dict[date, Meeting], set[date]]:
    """Of a series that is changed: the meetings that stay as they are, and the days whose meeting moves."""
    made = _made(series, coming)
    zone, days = series.board.zone, rules_of(series.board).days
    until = max(made, default=series.first_on)
    before = rules.occurrences(
        plan_of(series), since=min(made, default=until), until=until, days=days, zone=zone
    )
    was, will_be = ({one.day: one for one in found} for found in (before, coming))
    stands = {
        day: meeting
        for day, meeting in made.items()
        if meeting.status != MeetingStatus.PLANNED
        or not is_as(meeting, was.get(day), series.place)
        or is_as(meeting, will_be[day], place)
    }
    free = {one.series_day for one in untouched(series.meetings.filter(series_day__in=made))}
    return stands, set(made) - set(stands) - free


def is_as(meeting: Meeting, one: Occurrence | None, place: str) -> bool:
    """Whether a meeting is still where its series put it."""
    planned = (one.starts_at, one.ends_at, place) if one else ()
    return (meeting.starts_at, meeting.ends_at, meeting.place) == planned


def _made(series: MeetingSeries, coming: Sequence[Occurrence]) -> dict[date, Meeting]:
    if series._state.adding:
        return {}
    found = series.meetings.filter(series_day__in=[one.day for one in coming])
    return {meeting.series_day: meeting for meeting in found if meeting.series_day}


def _standing(
    board: TumorBoard, now: datetime, coming: Sequence[Occurrence], *, but: MeetingSeries
) -> list[Meeting]:
    ends = [one.ends_at for one in coming if one.ends_at]
    reach = max(ends, default=now) + timedelta(days=1)
    others = board.meetings.filter(starts_at__lt=reach, ends_at__gt=now)
    others = others.exclude(status=MeetingStatus.CANCELLED)
    return list(others if but._state.adding else others.exclude(series=but))


def _clash(one: Occurrence, standing: Sequence[Meeting]) -> Meeting | None:
    if not one.starts_at or not one.ends_at:
        return None
    return next((m for m in standing if m.starts_at < one.ends_at and m.ends_at > one.starts_at), None)


def untouched(meetings: QuerySet[Meeting]) -> list[Meeting]:
    """Of which nobody was told and on which nothing stands: they can go without a trace in any calendar."""
    of_none = dict.fromkeys(["items", "replies", "matters", "early_leaves", "attendances", "merged_from"])
    quiet = meetings.filter(
        status=MeetingStatus.PLANNED, agenda_version=0, calendar_sequence=0, invited_at=None, **of_none
    )
    found = list(quiet.select_related("board"))
    told = Message.objects.filter(about__in=[meeting.about for meeting in found])
    spoken_of = set(told.values_list("about", flat=True))
    return [meeting for meeting in found if meeting.about not in spoken_of]


@dataclass(frozen=True)
class Line:
    series: MeetingSeries
    words: str
    next_at: datetime | None
    ahead: int
    is_over: bool


@dataclass(frozen=True)
class AllSeries:
    lines: list[Line]
    may_schedule: list[TumorBoard]


def all_series(user, *, now: datetime) -> AllSeries:
    """Of all boards on which the person sits: those that go on first."""
    boards = boards_to_schedule(user)
    coming = Q(meetings__status=MeetingStatus.PLANNED, meetings__starts_at__gt=now)
    rows = MeetingSeries.objects.visible_to(user).select_related("board")
    rows = rows.annotate(
        next_at=Min("meetings__starts_at", filter=coming), ahead=Count("meetings", filter=coming)
    )
    lines = [_line(one, now) for one in rows.order_by("board__name", "first_on", "pk")]
    return AllSeries(sorted(lines, key=lambda line: line.is_over), boards)


def _line(series: MeetingSeries, now: datetime) -> Line:
    today = now.astimezone(series.board.zone).date()
    return Line(
        series=series,
        words=rules.read(series.rule).words,
        next_at=series.next_at,  # type: ignore[attr-defined]
        ahead=series.ahead,  # type: ignore[attr-defined]
        is_over=bool(series.last_on and series.last_on < today) or is_ended(series),
    )


def is_ended(series: MeetingSeries) -> bool:
    return series.ended_at is not None


@dataclass(frozen=True)
class SeriesPage:
    series: MeetingSeries
    words: str
    dates: list[Date]
    may_change: bool


def series_page(series: MeetingSeries, *, user, now: datetime) -> SeriesPage:
    """What is ended is shown by the meetings that are still to come of it."""
    dates = next_dates(series, now=now)
    if is_ended(series):
        dates = [one for one in dates if one.meeting]
    allowed = not is_ended(series) and may(user, Permission.SCHEDULE_MEETING, board=series.board)
    made = [one.meeting.pk for one in dates if one.meeting] if allowed else []
    free = {meeting.pk for meeting in untouched(Meeting.objects.filter(pk__in=made))}
    dates = [replace(one, stays=one.meeting is not None and one.meeting.pk not in free) for one in dates]
    return SeriesPage(series, rules.read(series.rule).words, dates, allowed)


def skipped(one: Occurrence, why: str) -> Occurrence:
    return replace(one, starts_at=None, ends_at=None, why=why)
