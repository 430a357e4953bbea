"""How does a series of meetings begin, change, leave a day out and end, and who keeps it half a year ahead?

A meeting that somebody moved, called off or told others of stays as it is: it is neither made anew nor taken
away, only named to whoever changes the series.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases import permissions
from cases.domain import series as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.domain.series import AHEAD, Occurrence
from cases.models import Meeting, MeetingSeries, TumorBoard
from cases.permissions import Permission
from cases.queries.board_days import rules_of
from cases.queries.series import is_as, plan_of, skipped, untouched
from cases.services._mornings import each_board_once
from cases.services.meeting.moving import move
from cases.services.meeting.scheduling import hold_calendar, put_down
from cases.vocabulary import MeetingStatus
from tumorboard.audit import trail

FASTER = "This series was changed meanwhile. Look at it again before you change it."
CHANGED = "The series of meetings has changed."
DAY = timedelta(days=1)


@dataclass
class Outcome:
    """What came of it: meetings made, days without one and why, meetings that were left as they are."""

    series: MeetingSeries
    made: int = 0
    skipped: list[Occurrence] = field(default_factory=list)
    kept: list[Meeting] = field(default_factory=list)


@transaction.atomic
def begin(
    *,
    board: TumorBoard,
    rule: str,
    first_on: date,
    last_on: date | None = None,
    starts_at: time,
    minutes: int,
    place: str = "",
    on_holidays: str,
    by,
) -> Outcome:
    permissions.require(by, Permission.SCHEDULE_MEETING, board=board)
    if first_on < _today(board):
        raise Refused("The first day has passed. Choose one to come.")
    series = MeetingSeries.objects.create(
        board=board,
        rule=str(rules.read(rule)),
        first_on=first_on,
        last_on=_end(first_on, last_on),
        starts_at=starts_at,
        minutes=minutes,
        place=place.strip(),
        on_holidays=on_holidays,
        created_by=by,
    )
    _told("series.begun", series, by=by, rule=series.rule)
    outcome = _make(series, now=timezone.now(), by=by)
    if not outcome.made:
        why = "; ".join(sorted({one.why for one in outcome.skipped}))
        raise Refused(f"No meeting would come of it. {why}".strip())
    return outcome


@transaction.atomic
def change(*, series: MeetingSeries, version: int, from_day: date, by, **said: Any) -> Outcome:
    """From this day on another rule, time or place: the series ends there and another goes on."""
    held = _claim(series, version, by)
    if from_day < _today(held.board):
        raise Refused("This day has passed. Choose one to come.")
    later = MeetingSeries.objects.create(
        board=held.board,
        first_on=from_day,
        exceptions=[day for day in held.exceptions if day >= from_day],
        created_by=by,
        **said
        | {"rule": str(rules.read(said["rule"])), "last_on": _end(from_day, said.get("last_on"))}
        | {"place": said["place"].strip()},
    )
    kept = _hand_over(held, later, by=by)
    _stop(held, from_day - DAY, by=by)
    _told("series.changed", held, by=by, from_day=from_day.isoformat(), goes_on=str(later.pk))
    outcome = _make(later, now=timezone.now(), by=by)
    outcome.kept += kept
    return outcome


@transaction.atomic
def leave_out(*, series: MeetingSeries, version: int, day: date, by) -> None:
    """One day of the rule without a meeting."""
    held = _claim(series, version, by)
    plan = plan_of(held)
    if not _ruled(held, day, day) or day in plan.exceptions:
        raise Refused(f"The series does not meet on {day:%d-%b-%Y}.")
    kept = _take_away(held.meetings.filter(series_day=day))
    if kept:
        raise Refused(
            f"The meeting of {day:%d-%b-%Y} was announced, or has cases. "
            "Call it off on its own page; it is not made again."
        )
    MeetingSeries.objects.filter(pk=held.pk).update(exceptions=sorted({*held.exceptions, day}))
    _told("series.day_left_out", held, by=by, day=day.isoformat())


@transaction.atomic
def take_in(*, series: MeetingSeries, version: int, day: date, by) -> Outcome:
    """A day that was left out has its meeting after all."""
    held = _claim(series, version, by)
    MeetingSeries.objects.filter(pk=held.pk).update(exceptions=[d for d in held.exceptions if d != day])
    _told("series.day_taken_in", held, by=by, day=day.isoformat())
    return _make(held, now=timezone.now(), by=by)


@transaction.atomic
def end(*, series: MeetingSeries, version: int, last_on: date, by) -> Outcome:
    """No meeting after this day, but those that were announced or have cases: they are named."""
    held = _claim(series, version, by)
    kept = _take_away(held.meetings.filter(series_day__gt=last_on, starts_at__gt=timezone.now()))
    _stop(held, last_on, by=by)
    _told("series.ended", held, by=by, last_on=last_on.isoformat())
    return Outcome(held, kept=kept)


def extend(*, now: datetime) -> int:
    """Once a day each board's series are half a year ahead again; returns how many meetings were made."""
    return each_board_once("series.extended", partial(_extend, now=now), now)


def _extend(board: TumorBoard, _day: date, *, now: datetime) -> int:
    system = get_user_model().objects.the_system()
    return sum(_make(one, now=now, by=system).made for one in board.series.running().order_by("pk"))


def _make(series: MeetingSeries, *, now: datetime, by) -> Outcome:
    """What is missing of the coming half year; the row is held, so that nobody makes the same day twice."""
    hold_calendar(series.board)
    held = MeetingSeries.objects.select_for_update(of=("self",)).select_related("board").get(pk=series.pk)
    today = now.astimezone(held.board.zone).date()
    outcome = Outcome(held)
    known = set(held.meetings.filter(series_day__gte=today).values_list("series_day", flat=True))
    for one in _ruled(held, today, today + AHEAD):
        if one.day in known or (one.starts_at and one.starts_at <= now):
            continue
        try:
            _make_one(held, one, by=by)
        except Refused as refused:
            outcome.skipped.append(skipped(one, str(refused)))
        else:
            outcome.made += 1
    return outcome


def _make_one(series: MeetingSeries, one: Occurrence, *, by) -> None:
    if not one.starts_at or not one.ends_at:
        raise Refused(one.why)
    more = {"place": series.place, "series": series, "series_day": one.day}
    put_down(series.board, one.starts_at, one.ends_at, by=by, **more)


def _hand_over(held: MeetingSeries, later: MeetingSeries, *, by) -> list[Meeting]:
    """What others know of follows the new rule where it can; the rest is made anew by it.

    Returns the meetings that stay as they are.
    """
    ahead = held.meetings.filter(series_day__gte=later.first_on)
    before = {one.day: one for one in _ruled(held, later.first_on)}
    after = {one.day: one for one in _ruled(later, later.first_on)}
    kept = []
    for meeting in _take_away(ahead):
        day = meeting.series_day or later.first_on
        was, will_be = before.get(day), after.get(day)
        is_own = not is_as(meeting, was, held.place)
        if is_own or will_be is None or not _follows(meeting, will_be, later.place, by=by):
            kept.append(meeting)
    ahead.filter(series_day__in=after).update(series=later)
    return kept


def _follows(meeting: Meeting, one: Occurrence, place: str, *, by) -> bool:
    """To its new time, and whoever was told of the old one is told."""
    if not one.starts_at or not one.ends_at:
        return False
    if is_as(meeting, one, place):
        return True
    seen = {"meeting": meeting, "version": meeting.version, "reason": CHANGED, "by": by}
    try:
        with transaction.atomic():
            move(starts_at=one.starts_at, ends_at=one.ends_at, place=place, **seen)
    except Refused:
        return False
    return True


def _take_away(meetings) -> list[Meeting]:
    """Those that nobody was told of and on which nothing stands go; the others are returned."""
    # Held before they are looked at: nobody is invited to one, and no case listed, while it goes.
    held = list(meetings.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    gone = [meeting.pk for meeting in untouched(Meeting.objects.filter(pk__in=held))]
    Meeting.objects.filter(pk__in=gone).delete()
    return list(meetings.filter(status=MeetingStatus.PLANNED).select_related("board").order_by("starts_at"))


def _ruled(series: MeetingSeries, since: date, until: date | None = None) -> list[Occurrence]:
    board = series.board
    until = until or _today(board) + AHEAD + DAY
    return rules.occurrences(
        plan_of(series), since=since, until=until, days=rules_of(board).days, zone=board.zone
    )


def _stop(series: MeetingSeries, last_on: date, *, by) -> None:
    """Its last day; with nothing more to be made of it, it is ended."""
    is_done = last_on <= _today(series.board) + AHEAD
    now = {"ended_at": timezone.now(), "ended_by": by} if is_done else {}
    day = {"last_on": last_on} if last_on >= series.first_on else {}
    MeetingSeries.objects.filter(pk=series.pk).update(**now, **day)


def _claim(series: MeetingSeries, version: int, by) -> MeetingSeries:
    """The conditional UPDATE is the lock: of two who saw the same series one writes."""
    permissions.require(by, Permission.SCHEDULE_MEETING, board=series.board)
    seen = MeetingSeries.objects.filter(pk=series.pk, version=version, ended_at=None)
    if not seen.update(version=F("version") + 1):
        raise SomeoneWasFaster(FASTER)
    return MeetingSeries.objects.select_related("board").get(pk=series.pk)


def _end(first_on: date, last_on: date | None) -> date | None:
    if last_on and last_on < first_on:
        raise Refused("The last day comes before the first.")
    return last_on


def _today(board: TumorBoard) -> date:
    return timezone.now().astimezone(board.zone).date()


def _told(verb: str, series: MeetingSeries, *, by, **details: Any) -> None:
    trail.record(actor=by, verb=verb, subject=series, about=series.about, **details)
