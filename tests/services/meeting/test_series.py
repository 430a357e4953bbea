"""Is a series half a year ahead, and does it leave alone what somebody changed or was told of?"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import ClosedDay, Meeting, MeetingSeries
from cases.services import meeting as meetings
from cases.services.meeting import series as service
from cases.vocabulary import HolidayRule, MeetingStatus, Role
from tests.factories import a_case, board, meeting, member
from tests.together import at_once, begins_meanwhile
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
THURSDAYS = "FREQ=WEEKLY;BYDAY=TH"


class Clock:
    def __init__(self):
        self.move_to(2026, 12, 1)  # a Tuesday

    def move_to(self, *day):
        self.now = datetime(*day, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def here():
    return board(holidays="GB-ENG")


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


def begin(here, by, **more):
    said = {"rule": THURSDAYS, "first_on": date(2026, 12, 3), "starts_at": time(8), "minutes": 90}
    said |= {"place": "Room 2", "on_holidays": HolidayRule.SKIP}
    return service.begin(board=here, by=by, **said | more)


def again(series):
    return MeetingSeries.objects.select_related("board").get(pk=series.pk)


def change(series, by, from_day, **more):
    series = again(series)
    names = ("rule", "starts_at", "minutes", "place", "on_holidays", "last_on")
    said = {name: getattr(series, name) for name in names} | more
    return service.change(series=series, version=series.version, from_day=from_day, by=by, **said)


def starts(of):
    rows = of.meetings.filter(status=MeetingStatus.PLANNED).order_by("starts_at")
    return [f"{one.starts_at.astimezone(LONDON):%d-%b %H:%M}" for one in rows]


def announced(one, by):
    meetings.list_case(case=a_case(board=one.board), meeting=one, by=by)
    one.refresh_from_db()
    meetings.publish_agenda(meeting=one, version=one.version, by=by)
    return one


def test_a_series_is_made_half_a_year_ahead_on_its_wall_clock(here, coordinator):
    outcome = begin(here, coordinator)

    found = starts(outcome.series)
    assert (found[0], found[-1], len(found)) == ("03-Dec 08:00", "27-May 08:00", 26)
    assert {one[-5:] for one in found} == {"08:00"}
    assert not outcome.skipped  # Christmas and Easter of 2026/27 spare the Thursdays


def test_a_closed_day_and_a_time_that_is_taken_are_skipped_and_told(here, coordinator):
    ClosedDay.objects.create(board=here, day=date(2026, 12, 24), created_by=coordinator)
    taken = datetime(2026, 12, 10, 9, tzinfo=LONDON)
    meeting(here, starts_at=taken)

    outcome = begin(here, coordinator)

    assert starts(outcome.series)[:3] == ["03-Dec 08:00", "17-Dec 08:00", "31-Dec 08:00"]
    assert [(f"{one.day:%d-%b}", one.why) for one in outcome.skipped] == [
        ("10-Dec", f"{here} meets already on 10-Dec-2026 from 09:00 to 11:00"),
        ("24-Dec", "public holiday or closed"),
    ]


def test_what_cannot_begin_is_refused(here, coordinator):
    for wrong in (
        {"rule": "FREQ=DAILY"},
        {"first_on": date(2026, 11, 26)},
        {"last_on": date(2026, 12, 2)},
        {"first_on": date(2026, 12, 4), "last_on": date(2026, 12, 5)},
    ):
        with pytest.raises(Refused):
            begin(here, coordinator, **wrong)
    with pytest.raises(PermissionDenied):
        begin(here, member(here))
    assert not Meeting.objects.exists()


def test_every_day_it_is_half_a_year_ahead_again_once(here, coordinator, clock):
    series = begin(here, coordinator).series
    service.extend(now=timezone.now())
    before = len(starts(series))

    clock.move_to(2026, 12, 14)
    made = [service.extend(now=timezone.now()) for _ in range(2)]

    assert (before, made) == (26, [2, 0])
    assert starts(series)[-2:] == ["03-Jun 08:00", "10-Jun 08:00"]


def test_what_somebody_moved_or_called_off_is_never_made_anew(here, coordinator, clock):
    series = begin(here, coordinator).series
    first, second = series.meetings.order_by("starts_at")[:2]
    later = first.starts_at + timedelta(hours=3)
    to = {"starts_at": later, "ends_at": later + timedelta(hours=1), "place": "Room 7"}
    meetings.move(meeting=first, **to, version=first.version, by=coordinator)
    meetings.cancel(meeting=second, reason="Nobody is there.", by=coordinator)

    service.extend(now=timezone.now())

    assert starts(series)[:2] == ["03-Dec 11:00", "17-Dec 08:00"]
    assert series.meetings.filter(series_day=second.series_day).count() == 1


def test_another_time_from_a_day_on(here, coordinator):
    series = begin(here, coordinator).series
    known = announced(series.meetings.get(series_day=date(2027, 1, 14)), coordinator)
    own = series.meetings.get(series_day=date(2027, 1, 21))
    to = {"starts_at": own.starts_at + timedelta(hours=6), "ends_at": own.ends_at + timedelta(hours=6)}
    meetings.move(meeting=own, **to, place="", version=own.version, by=coordinator)
    off = series.meetings.get(series_day=date(2027, 1, 28))
    meetings.cancel(meeting=off, reason="Congress.", by=coordinator)

    outcome = change(series, coordinator, date(2027, 1, 7), starts_at=time(9), place="Room 3")

    assert starts(series)[-1] == "31-Dec 08:00"
    assert starts(outcome.series)[:4] == ["07-Jan 09:00", "14-Jan 09:00", "21-Jan 14:00", "04-Feb 09:00"]
    known.refresh_from_db()
    assert (known.place, known.items.count(), known.series) == ("Room 3", 1, outcome.series)
    assert Message.objects.filter(kind="meeting.moved", about=known.about).count() == 1
    assert outcome.kept == [own]
    assert again(series).ended_at == timezone.now()
    assert again(series).last_on == date(2027, 1, 6)


def test_another_day_leaves_what_was_announced_where_it_is(here, coordinator):
    series = begin(here, coordinator).series
    known = announced(series.meetings.get(series_day=date(2027, 1, 14)), coordinator)

    outcome = change(series, coordinator, date(2027, 1, 4), rule="FREQ=WEEKLY;BYDAY=MO")

    known.refresh_from_db()
    assert (outcome.kept, known.series) == ([known], series)
    assert starts(outcome.series)[:2] == ["04-Jan 08:00", "11-Jan 08:00"]
    assert "21-Jan 08:00" not in starts(series)


def test_a_day_is_left_out_and_taken_in_again(here, coordinator):
    series = begin(here, coordinator).series
    day = date(2026, 12, 24)

    service.leave_out(series=series, version=series.version, day=day, by=coordinator)
    service.extend(now=timezone.now())
    assert "24-Dec 08:00" not in starts(series)
    with pytest.raises(Refused, match="does not meet"):
        service.leave_out(series=series, version=again(series).version, day=day, by=coordinator)

    service.take_in(series=series, version=again(series).version, day=day, by=coordinator)
    assert "24-Dec 08:00" in starts(series)


def test_a_day_that_others_know_of_is_called_off_not_left_out(here, coordinator):
    series = begin(here, coordinator).series
    announced(series.meetings.get(series_day=date(2026, 12, 24)), coordinator)

    with pytest.raises(Refused, match="Call it off on its own page"):
        service.leave_out(series=series, version=series.version, day=date(2026, 12, 24), by=coordinator)
    assert again(series).exceptions == []


def test_a_series_ends_and_names_what_others_know_of(here, coordinator):
    series = begin(here, coordinator).series
    known = announced(series.meetings.get(series_day=date(2027, 1, 14)), coordinator)

    outcome = service.end(series=series, version=series.version, last_on=date(2026, 12, 31), by=coordinator)
    service.extend(now=timezone.now())

    assert outcome.kept == [known]
    assert starts(series)[-2:] == ["31-Dec 08:00", "14-Jan 08:00"]
    with pytest.raises(SomeoneWasFaster):
        service.end(series=series, version=again(series).version, last_on=date(2026, 12, 9), by=coordinator)


@pytest.mark.django_db(transaction=True)
def test_two_change_a_series_at_once_and_every_day_is_met_once(here):
    people = [member(here, Role.COORDINATOR) for _ in range(2)]
    series = begin(here, people[0]).series

    outcomes = at_once(
        *[lambda by=by: change(series, by, date(2027, 1, 7), starts_at=time(9)) for by in people]
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["Outcome", "SomeoneWasFaster"]
    assert MeetingSeries.objects.count() == 2
    days = list(Meeting.objects.values_list("series_day", flat=True))
    assert len(days) == len(set(days)) == 26


@pytest.mark.django_db(transaction=True)
def test_a_meeting_to_which_people_are_just_invited_is_not_taken_away(here, coordinator):
    series = again(begin(here, coordinator, last_on=date(2026, 12, 10)).series)
    first = series.meetings.order_by("starts_at").first()
    refused = []

    def leave_out():
        try:
            service.leave_out(series=series, version=series.version, day=date(2026, 12, 3), by=coordinator)
        except Refused as why:
            refused.append(str(why))

    with transaction.atomic():
        Meeting.objects.filter(pk=first.pk).update(invited_at=timezone.now())
        thread = begins_meanwhile(leave_out)
    thread.join(10)

    assert "was announced" in refused[0]
    assert Meeting.objects.filter(pk=first.pk).exists()
